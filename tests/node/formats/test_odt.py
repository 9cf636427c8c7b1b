"""OpenDocument texts: headings, lists, notes, and what is no text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kit.packing import odt, packed
from node.contracts import Draft, File
from node.errors import Invalid
from node.formats.odt import read
from vocab.things.object import Object
from vocab.values import Text

STYLES = """<style:style style:name="T1"><style:text-properties fo:font-weight="bold" fo:font-style="italic"/></style:style>
<style:style style:name="P1" style:parent-style-name="Title"/>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>"""
BODY = """<text:tracked-changes><text:p>biffé</text:p></text:tracked-changes><text:p text:style-name="P1">La visite</text:p>
<text:p>Une <text:span text:style-name="T1">visite</text:span><text:s text:c="2"/>d’accueil<text:line-break/>prend une
heure<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>La note.</text:p></text:note-body></text:note>
et <text:a xlink:href="https://a.example/">le guide</text:a>.<office:annotation><text:p>commentaire</text:p></office:annotation>
</text:p><text:h text:outline-level="1">Détail</text:h>
<text:list text:style-name="L1"><text:list-item><text:p>un</text:p></text:list-item></text:list>
<text:list><text:list-item><text:p>deux</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>"""


def read_one(content: bytes) -> tuple[Draft, Object]:
    (draft,) = read(File(name="ma_visite.odt", content=content))
    assert isinstance(draft.thing, Object)
    return draft, draft.thing


def test_a_text_with_what_it_says_of_itself() -> None:
    draft, thing = read_one(odt(BODY, STYLES))
    assert thing.name == Text.of("La visite", "fr")
    assert thing.content is not None
    words = "".join(thing.content.primary.split("\n"))
    for part in (
        "Une <strong><em>visite</em></strong>  d’accueil<br>prend",
        '<a href="https://a.example/" rel="nofollow noopener ugc">le guide</a>.',
        "<sup>1</sup>",
        "<h2>Détail</h2><ol><li><p>un</p></li></ol><ul><li><p>deux</p></li></ul>",
        "<td><p>a</p></td>",
        "<p><sup>1</sup> La note.</p>",
    ):
        assert part in words, words
    assert "biffé" not in words
    assert "commentaire" not in words
    assert (draft.options, draft.topics) == ({"author": "Marie Roy"}, ("accueil",))
    assert thing.published == datetime(2023, 5, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (packed({"a": "b"}), "no OpenDocument text"),
        (odt(""), "no text"),
        (odt("", **{"content.xml": "<a/>"}), "no text"),
        (odt("", **{"content.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'}), "entities"),
        (odt("<text:section>" * 5_000 + "</text:section>" * 5_000), "too deep"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        read_one(content)
