"""XML from outside: what is forgiven, and what is refused fast and without reading anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from node.domain.markup import DEEPEST, MOST_ELEMENTS, put, tree_of, written
from node.errors import Invalid

BOMB = "<!DOCTYPE r [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY a{n} '{'&a;' * 10}'>" for n in range(9)) + "]><r>&a8;</r>"


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><r>&a;</r>",
        "<!DOCTYPE r [<!ENTITY % a SYSTEM 'http://127.0.0.13/x'>%a;]><r/>",
        "<r>" + "<a>" * 100_000 + "</a>" * 100_000 + "</r>",
        "<r>" + "<a/>" * (MOST_ELEMENTS + 1) + "</r>",
        "<r>" + "<![CDATA[" * 50_000,
        "<r",
        "",
        "du texte",
        "<r></s>",
    ],
)
def test_what_is_hostile_or_broken_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(Invalid) as told:
        tree_of("fil", text.encode())
    assert "\n" not in str(told.value)
    assert str(told.value).startswith("fil: ")


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("<b>secret</b>", "utf-8")
    include = f"<r xmlns:x='http://www.w3.org/2001/XInclude'><x:include href='{secret.as_uri()}'/></r>"
    for text in (include, f"<!DOCTYPE r SYSTEM '{secret.as_uri()}'><r>&b;</r>"):
        assert "secret" not in "".join(tree_of("fil", text.encode()).itertext()).replace("&b;", "")


def test_what_feeds_get_wrong_is_forgiven() -> None:
    text = "\n <?xml version='1.0'?>\n<r>a & b &nbsp; &eacute; &amp; AT&T <![CDATA[ & <b> ]]>\x0b</r>"
    assert tree_of("fil", text.encode()).text == "a & b \xa0 é & AT&T  & <b> "


@pytest.mark.parametrize("coding", ["utf-8", "utf-16", "iso-8859-1", "cp1252", "Latin1", "macroman", "Windows-1252"])
def test_the_encoding_that_is_said_is_believed(coding: str) -> None:
    assert tree_of("fil", f"<?xml version='1.0' encoding='{coding}'?><r>été</r>".encode(coding)).text == "été"


def test_an_encoding_that_is_no_encoding_does_no_harm() -> None:
    for coding in ("zip_codec", "rot13", "idna", "nonsense", "undefined"):
        assert tree_of("fil", f"<?xml version='1.0' encoding='{coding}'?><r>e</r>".encode()).text == "e"
    assert tree_of("fil", b"<r>\xe9t\xe9</r>").text == "été"


def test_an_encoding_that_takes_long_to_read_is_not_believed() -> None:
    with pytest.raises(Invalid, match="no well-formed XML"):
        tree_of("fil", "<?xml version='1.0' encoding='PunyCode'?><r>été</r>".encode("punycode"))


def test_the_deepest_that_is_read() -> None:
    assert tree_of("fil", b"<a>" * DEEPEST + b"</a>" * DEEPEST).tag == "a"
    with pytest.raises(Invalid, match="nested too deep"):
        tree_of("fil", b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_words_can_be_written(words: str, attribute: str) -> None:
    raw = written("r", lambda root: void(put(root, "a", words, b=attribute)), {})
    assert raw.startswith(b"<?xml")
    assert len(fromstring(raw)) <= 1


def void(_: object) -> None:
    """Nothing is done with it."""
