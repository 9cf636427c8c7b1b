from __future__ import annotations

import pytest

from node.domain import uploads
from node.domain.uploads import Given, ending, fits, media_types, named_in, offered, safe_name, shown_as


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Bilan 2026.pdf", "Bilan 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\M\\photo.jpg", "photo.jpg"),
        ("a\x00b.pdf", "ab.pdf"),
        ("CON", "fichier CON"),
        ("com1.txt", "fichier com1.txt"),
        ("", "fichier"),
        ("é" * 300 + ".pdf", "é" * 60 + ".pdf"),
        ('x"; filename="y.html', "x ; filename= y.html"),
    ],
)
def test_a_name_that_any_system_takes(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert len(safe_name(name).encode()) <= 255


@pytest.mark.parametrize("name", ["x.json", "x.html", "x.svg", "x.xml", "x.js", "x.jsonld", "x", "x.pdf.xhtml", "x.mhtml"])
def test_what_a_browser_or_a_server_might_believe_is_kept_as_bytes(name: str) -> None:
    kept = offered(Given(name=name, content=b"{}"))
    assert (kept.media_type, kept.extension, kept.width) == ("application/octet-stream", "bin", 0)


def test_a_document_is_offered_as_what_it_is() -> None:
    assert offered(Given(name="Plan.PDF", content=b"%PDF-")).media_type == "application/pdf"


def test_no_file_is_given_as_anything_that_runs_or_is_believed() -> None:
    wrong = ("html", "svg", "xml", "json", "javascript", "ecmascript")
    assert not [kind for kind in media_types() if any(word in kind.replace("openxmlformats", "") for word in wrong)]


def test_the_files_that_a_document_names() -> None:
    a, b = "a" * 64, "b" * 64
    assert named_in(f'{{"content": "<img src=https://x/media/{a}.jpg> /media/{b}.pdf /media/zz.jpg"}}'.encode()) == {a, b}


def test_the_words_that_show_a_file_end_where_they_should() -> None:
    assert (
        shown_as("plan [v2].pdf", "https://x/media/a.pdf", "", is_picture=False) == "[plan \\[v2\\].pdf](https://x/media/a.pdf)"
    )
    assert shown_as("a.png", "https://x/a.png", "Une ](http://e) tour", is_picture=True).startswith(
        "![Une \\](http://e) tour](https://x"
    )


def test_how_much_somebody_may_keep() -> None:
    assert fits(0, 0, uploads.MOST_BYTES)
    assert not fits(uploads.MOST_FILES, 0, 1)
    assert not fits(0, uploads.MOST_KEPT, 1)


def test_the_end_of_a_name() -> None:
    assert [ending(name) for name in ("a.PDF", ".htaccess", "a.", "a.tar.gz", "a.p df")] == ["pdf", "", "", "gz", ""]
