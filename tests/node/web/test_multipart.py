from __future__ import annotations

import pytest

from kit.multipart import form
from node.web.multipart import Part, parts

HEADERS, BODY = form(
    {"titre": "Été à « deux »\r\nlignes", "vide": ""}, {"fichier": ('a%22b.pdf"; x="', b"\x00\r\n--nope\r\n\xff")}
)


def test_every_part_comes_out_as_it_went_in() -> None:
    assert parts(HEADERS["Content-Type"], BODY) == [
        Part(name="titre", filename=None, content="Été à « deux »\r\nlignes".encode()),
        Part(name="vide", filename=None, content=b""),
        Part(name="fichier", filename='a"b.pdf', content=b"\x00\r\n--nope\r\n\xff"),
    ]


def test_a_form_that_is_torn_off_is_refused() -> None:
    with pytest.raises(ValueError, match="end"):
        parts(HEADERS["Content-Type"], BODY[:-30])


def test_a_form_of_too_many_parts_is_refused() -> None:
    headers, body = form({f"champ{number}": "x" for number in range(501)})
    with pytest.raises(ValueError, match="many"):
        parts(headers["Content-Type"], body)


@pytest.mark.parametrize("kind", ["", "application/json", "multipart/form-data", "multipart/form-data; boundary="])
def test_what_is_no_form_has_no_parts(kind: str) -> None:
    assert parts(kind, BODY) == []


def test_a_part_without_name_or_with_an_endless_head_is_left_out() -> None:
    body = b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x\r\n" + b"y" * 5000 + b"\r\n\r\nb\r\n--x--\r\n"
    assert parts("multipart/form-data; boundary=x", body) == []
