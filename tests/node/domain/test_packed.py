"""Files packed into one: taken out without trust in what they say of themselves."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from kit.packing import packed
from node.domain import packed as room
from node.domain.packed import is_zip, parts_of, unpacked
from node.errors import Invalid


def test_the_files_by_path_without_what_is_hidden() -> None:
    content = packed({"b.txt": "deux", "a/a.txt": "un", "__MACOSX/._b.txt": "x", "a/.DS_Store": "x", "vide/": ""})
    assert is_zip(content)
    assert [(each.name, each.content) for each in unpacked("z.zip", content)] == [("a/a.txt", b"un"), ("b.txt", b"deux")]


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/x", "C:/x", "a\\..\\x", "zip.zip"])
def test_a_path_that_leads_out_or_a_zip_within_is_told_and_not_read(path: str) -> None:
    (each,) = unpacked("z.zip", packed({path: "x"}))
    assert (each.content, bool(each.problem)) == (b"", True)


def test_a_link_is_not_followed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("lien.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
    (each,) = unpacked("z.zip", out.getvalue())
    assert "link" in each.problem


def test_no_more_comes_out_than_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LARGEST", 1_000)
    large, small = unpacked("z.zip", packed({"a": b"\x00" * 5_000_000, "b": "x"}))
    assert (large.content, "larger" in large.problem) == (b"", True)
    assert small.content == b"x"
    monkeypatch.setattr(room, "LARGEST_TOGETHER", 1_500)
    with pytest.raises(Invalid, match="come out"):
        list(unpacked("z.zip", packed({"a": b"\x00" * 900, "b": b"\x00" * 900})))
    monkeypatch.setattr(room, "MOST_FILES", 1)
    with pytest.raises(Invalid, match="too many"):
        list(unpacked("z.zip", packed({"a": "x", "b": "x"})))


def test_a_size_that_lies_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LARGEST", 1_000)
    honest = packed({"a": b"\x00" * 100_000})
    size = (100_000).to_bytes(4, "little")
    (each,) = unpacked("z.zip", honest.replace(size, (10).to_bytes(4, "little")))
    assert len(each.content) <= 1_000


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", packed({"a": "b" * 1000})[:-30], b"PK\x05\x06" + b"\x00" * 5])
def test_what_is_damaged_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match="damaged"):
        list(unpacked("z.zip", content))


def test_parts_of_a_document_by_their_beginning() -> None:
    content = packed({"word/document.xml": "<a/>", "word/styles.xml": "<a/>", "docProps/core.xml": "<a/>"})
    assert set(parts_of("a.docx", content, ("word/document", "docProps"))) == {"word/document.xml", "docProps/core.xml"}
