"""Documents of office programs without who wrote them: the properties of the file say that, and nobody sees it on the page.

Photographs in them lose what their camera wrote; tracked changes and comments stay, by nobody in particular.
Spec: APPNOTE.TXT §4.4. Spec: ODF 1.3 Part 3 §4.3.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

_OOXML = ("docx", "docm", "dotx", "xlsx", "xlsm", "xltx", "pptx", "pptm", "potx", "ppsx")
_ODF = ("odt", "ods", "odp", "odg", "ott", "ots", "otp")
#: Documents whose properties are emptied.
PAPERS = frozenset({*_OOXML, *_ODF})
#: No more comes out of a document.
MOST = 200 * 1024 * 1024
_PROPERTIES = "http://schemas.openxmlformats.org/"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = {
    "docprops/core.xml": f'{_XML}<cp:coreProperties xmlns:cp="{_PROPERTIES}package/2006/metadata/core-properties"/>',
    "docprops/app.xml": f'{_XML}<Properties xmlns="{_PROPERTIES}officeDocument/2006/extended-properties"/>',
    "docprops/custom.xml": f'{_XML}<Properties xmlns="{_PROPERTIES}officeDocument/2006/custom-properties"/>',
    "meta.xml": (
        '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta office:version="1.3" '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:meta/></office:document-meta>'
    ),
}
#: What is signed is signed with its properties, by somebody who wanted to be known; what is sealed shows them to nobody.
_SIGNED = ("_xmlsignatures/", "meta-inf/documentsignatures.xml")
_MANIFEST, _SEALED = "META-INF/manifest.xml", b"encryption-data"

#: Where tracked changes and comments say whose they are: as attributes of tags, or between two. What people read is no tag.
_TAG = re.compile(rb"<[A-Za-z_][^<>]*>")
_WHOSE = re.compile(rb"""(\s(?:[\w.-]+:)?(?:author|initials|userId|displayName)\s*=\s*)(?:"[^"]*"|'[^']*')""")
_WHOSE_NAME = re.compile(rb"""(\s(?:name|initials|userId)\s*=\s*)(?:"[^"]*"|'[^']*')""")
_BETWEEN = re.compile(
    rb"(<((?:[\w.-]+:)?(?:author|creator|creator-initials|sender-initials))(?:\s[^<>]*)?>)[^<]*(</\2\s*>)", re.DOTALL
)
_AUTHORS = frozenset({"ppt/commentauthors.xml", "ppt/authors.xml", "xl/revisions/usernames.xml"})
_NOBODY = rb'\g<1>"Author"'

#: Parts of a JPEG where a camera writes (Exif, XMP, IPTC, a remark), and where its picture begins.
_WRITTEN, _PICTURE = frozenset({0xE1, 0xED, 0xFE}), 0xDA
_JPEG, _ALONE = b"\xff\xd8", frozenset({0x01, *range(0xD0, 0xD8)})


class Unreadable(ValueError):
    """This is no document of an office program, or it is damaged."""


def without_author(content: bytes) -> bytes:
    """The same document with empty properties; as it is where it is signed or sealed. Raises Unreadable."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # sealed with a password, as Office does it
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {entry.filename.lower() for entry in archive.infolist()}
            if any(name.startswith(_SIGNED) for name in names) or not names & _EMPTY.keys() or _is_sealed(archive):
                return content
            return _written(archive)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, OSError, EOFError) as problem:
        raise Unreadable from problem


def as_shown(jpeg: bytes) -> bytes:
    """The same picture, point for point, without what its camera wrote beside it; as it is where it is none."""
    if not jpeg.startswith(_JPEG):
        return jpeg
    kept, at = [_JPEG], len(_JPEG)
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:  # noqa: PLR2004 (so begins each part)
        if jpeg[at + 1] == _PICTURE:
            return b"".join((*kept, jpeg[at:]))
        end = at + 2 if jpeg[at + 1] in _ALONE else at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] not in _WRITTEN:
            kept.append(jpeg[at:end])
        at = end
    return jpeg


def _is_sealed(archive: zipfile.ZipFile) -> bool:
    if _MANIFEST not in archive.namelist() or archive.getinfo(_MANIFEST).file_size > MOST:
        return False
    return _SEALED in archive.read(_MANIFEST)


def _written(archive: zipfile.ZipFile) -> bytes:
    if sum(entry.file_size for entry in archive.infolist()) > MOST:
        raise Unreadable
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        for entry in archive.infolist():
            empty = _EMPTY.get(entry.filename.lower())
            kept = zipfile.ZipInfo(entry.filename)  # at no date, by no program
            kept.compress_type, kept.external_attr = entry.compress_type, entry.external_attr
            written.writestr(kept, _cleaned(entry.filename.lower(), archive.read(entry)) if empty is None else empty)
    return made.getvalue()


def _cleaned(name: str, part: bytes) -> bytes:
    """A part of a document as it goes on; raises Unreadable for one whose names would not be found."""
    if not name.endswith(".xml"):
        return as_shown(part)
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable
    if name.startswith(("word/", "xl/", "ppt/")):
        whose = _WHOSE_NAME if name in _AUTHORS else _WHOSE
        if whose.search(part):
            part = _TAG.sub(lambda tag: whose.sub(_NOBODY, tag[0]), part)
        return _BETWEEN.sub(rb"\g<1>Author\g<3>", part) if name.startswith("xl/comments") else part
    is_text = name.rpartition("/")[2] in {"content.xml", "styles.xml"}
    return _BETWEEN.sub(rb"\g<1>\g<3>", part) if is_text else part
