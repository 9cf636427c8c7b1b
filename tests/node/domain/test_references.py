"""References and the resources that they stand for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from node.domain.references import Reference, is_citable, key_of, parts_of_date, reference_of, resource
from node.errors import Invalid
from vocab.things.concept import Concept
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text


@pytest.mark.parametrize(
    ("issued", "known"),
    [
        ("2019", (2019,)),
        ("2019/03/04/", (2019, 3, 4)),
        ("March 2019", (2019, 3, 1)),
        ("vers 1998, réimpr.", (1998,)),
        ("s.d.", ()),
    ],
)
def test_a_date_as_far_as_it_is_known(issued: str, known: tuple[int, ...]) -> None:
    assert parts_of_date(resource(Reference(title="T", issued=issued)).issued or "") == known


def test_known_again_by_address_then_isbn_then_key_then_title() -> None:
    whole = Reference(key="k", title="T", kind="book", doi="doi:10.1/x", url="https://a.example", isbn="1-2")
    assert key_of("b", whole, 1) == "https://a.example"  # a DOI has four digits at least
    assert key_of("b", Reference(title="T", kind="book", isbn="1-2"), 1) == "urn:isbn:12"
    assert key_of("b", Reference(title="T", kind="chapter", isbn="1-2", key="k"), 1) == "b#k"
    assert key_of("b", Reference(title="T"), 1) == "b: t"
    assert key_of("b", Reference(), 3) == "b, 3"


@pytest.mark.parametrize(
    "parts", [{}, {"volume": "3"}, {"number": "4", "pages": "1–2"}, {"volume": "3", "number": "4", "pages": "5"}]
)
def test_where_it_stands_goes_into_one_line_and_comes_back(parts: dict[str, Any]) -> None:
    reference = replace(Reference(title="T", kind="article-journal", container="Revue, la"), **parts)
    back = reference_of(resource(reference), {})
    assert (back.container, back.volume, back.number, back.pages) == (
        reference.container, reference.volume, reference.number, reference.pages,
    )  # fmt: skip


def test_nothing_that_comes_from_outside_is_markup() -> None:
    thing = resource(Reference(title="<script>x</script>T", abstract="<img src=x>", authors=("<b>A</b>",), container="<i>R</i>"))
    assert thing.content is not None
    assert "<img" not in thing.content.primary
    assert thing.name == Text.of("<script>x</script>T")  # a name is plain words, shown as such


def test_who_brought_in_what_others_wrote_is_no_author_and_a_term_no_work() -> None:
    account, writer = Ref("https://a.example/p"), Ref("https://a.example/q")
    thing = RepertoireItem(name=Text.of("T"), creator=(Text.of("Côté, Luc"),), attributed_to=(account,), integrator=(account,))
    names = {account.iri: "Ann", writer.iri: "Marie"}
    assert reference_of(thing, names).authors == ("Côté, Luc",)
    assert reference_of(replace(thing, attributed_to=(writer,)), names).authors == ("Côté, Luc", "Marie")
    assert reference_of(replace(thing, creator=()), names).authors == ("Ann",)
    article = resource(Reference(title="T", kind="article-journal", container="Revue"))
    assert [reference_of(each, {}, "Savoirs").publisher for each in (thing, article)] == ["Savoirs", ""]
    assert [is_citable(thing), is_citable(Concept(name=Text.of("T")))] == [True, False]


def test_two_things_of_one_author_and_year_are_cited_under_two_keys() -> None:
    things = [RepertoireItem(id=f"https://a.example/r/{end}", name=Text.of("T"), creator=(Text.of("Côté, Luc"),)) for end in "ab"]
    keys = {reference_of(thing, {}).key for thing in things}
    assert keys == {"cotea", "coteb"}


def test_more_authors_than_any_work_has_are_refused() -> None:
    with pytest.raises(Invalid, match="authors"):
        resource(Reference(title="T", authors=("A",) * 501))


def test_without_a_title_there_is_no_resource() -> None:
    with pytest.raises(Invalid, match="no title"):
        resource(Reference(title="  "))
