"""CSL-JSON, both ways."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from node.contracts import Draft, File, Listing, Unread
from node.errors import Invalid
from node.formats.csl import FORMAT, read
from vocab.things.object import Object
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

ITEM = {
    "id": "zotero/1",
    "type": "article-journal",
    "title": "Les <i>communautés</i>",
    "author": [
        {"family": "Wenger", "given": "Etienne"},
        {"non-dropping-particle": "van", "family": "Beethoven", "given": "L."},
        {"literal": "Réseau des savoirs"},
    ],
    "issued": {"date-parts": [[2019, "3"]]},
    "container-title": "Revue",
    "volume": 3,
    "issue": "2",
    "page": "1-10",
    "DOI": "10.1234/ABC",
    "keyword": "pratique; bail",
    "abstract": "Un résumé du texte.\nEn deux parties.",
}


def parts(content: Any) -> list[Draft | Unread]:
    return list(read(File(name="c.json", content=content if isinstance(content, bytes) else orjson.dumps(content))))


def thing_of(part: Draft | Unread) -> Object:
    assert isinstance(part, Draft), part
    assert isinstance(part.thing, Object)
    return part.thing


def test_an_item_finds_its_place() -> None:
    (draft,) = parts([ITEM])
    thing = thing_of(draft)
    assert thing.name == Text.of("Les communautés", "fr")
    assert [text.primary for text in thing.creator] == ["Wenger, Etienne", "van Beethoven, L.", "Réseau des savoirs"]
    assert (thing.issued, thing.published) == ("2019-03", datetime(2019, 3, 1, tzinfo=UTC))
    assert thing.citation == (Text.of("Revue, vol. 3, no 2, p. 1-10", "fr"),)
    assert thing.content == Text.of("<p>Un résumé du texte.</p><p>En deux parties.</p>", "fr")
    assert isinstance(draft, Draft)
    assert (draft.topics, draft.options["key"]) == (("pratique", "bail"), "https://doi.org/10.1234/abc")


def test_what_is_written_is_read_again() -> None:
    (thing,) = (thing_of(part) for part in parts({"items": [ITEM]}))
    assert FORMAT.write
    out = FORMAT.write(Listing(things=[thing]))
    assert orjson.loads(out)[0]["author"][0] == {"family": "Wenger", "given": "Etienne"}
    (again,) = (thing_of(part) for part in parts(out))
    for name in ("name", "creator", "issued", "identifier", "citation", "platform_category", "origin", "in_language"):
        assert getattr(again, name) == getattr(thing, name), name


def test_a_thing_of_ours_is_a_page_of_its_organisation() -> None:
    note = PracticeNote(
        id="https://a.example/r/1",
        name=Text.of("L’accueil", "fr"),
        attributed_to=(Ref("https://a.example/p"),),
        published=datetime(2023, 5, 4, tzinfo=UTC),
        in_language="fr",
    )
    assert FORMAT.write
    (item,) = orjson.loads(FORMAT.write(Listing(things=[note], names={"https://a.example/p": "Luc Côté"}, publisher="Savoirs")))
    assert item == {
        "id": item["id"], "type": "webpage", "title": "L’accueil", "author": [{"literal": "Luc Côté"}], "language": "fr",
        "issued": {"date-parts": [[2023, 5, 4]]}, "container-title": "Savoirs", "publisher": "Savoirs", "URL": "https://a.example/r/1",
    }  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"3", b"[" * 100_000])
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match=r"c\.json"):
        parts(content)


@pytest.mark.parametrize(
    "item", [{}, 3, None, {"title": 4}, {"title": "A", "author": 3, "issued": []}, {"title": "A", "author": [1, {}]}]
)
def test_whatever_an_item_is_it_is_read_or_told(item: Any) -> None:
    told, after = parts([item, {"title": "Suivant"}])
    assert isinstance(told, Draft) == (isinstance(item, dict) and bool(item.get("title")))
    assert thing_of(after).name == Text.of("Suivant")
