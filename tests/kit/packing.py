"""Documents made by hand for tests: a ZIP of parts, as word processors write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""
DOCUMENT = f'<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body>{{}}</w:body></w:document>'
_STYLES = f"""<w:styles xmlns:w="{_WORD}">
<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style></w:styles>"""
_CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:title>Document Word</dc:title><dc:creator>Marie Roy;Luc Côté</dc:creator><cp:keywords>accueil, bail</cp:keywords>
<dcterms:created>2023-05-04T10:00:00Z</dcterms:created><dcterms:modified>2024-01-02T00:00:00Z</dcterms:modified>
</cp:coreProperties>"""

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "style", "table", "meta"))
_XMLNS = (
    f'{_SPACES} xmlns:fo="{_ODF}:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, **parts: str | bytes) -> bytes:
    """A Word document with this body; a part given by name ("word/document.xml" too) takes the place of the usual one."""
    whole = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": RELATIONS,
        "word/styles.xml": _STYLES,
        "docProps/core.xml": _CORE,
        "word/document.xml": DOCUMENT.format(body),
    }
    return packed(whole | parts)


def paragraph(words: str, style: str = "") -> str:
    """A paragraph of Word, in a style by its id."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:t>{words}</w:t></w:r></w:p>"


def odt(body: str, styles: str = "", **parts: str | bytes) -> bytes:
    """An OpenDocument text with this body and these styles of its own."""
    content = (
        f"<office:document-content {_XMLNS}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {_XMLNS}><office:meta><dc:title>Du fichier</dc:title>"
        "<meta:initial-creator>Marie Roy</meta:initial-creator><dc:creator>Luc Côté</dc:creator>"
        "<meta:creation-date>2023-05-04T10:00:00</meta:creation-date><meta:keyword>accueil</meta:keyword>"
        "</office:meta></office:document-meta>"
    )
    mimetype = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": mimetype, "content.xml": content, "meta.xml": meta} | parts)
