"""Two servers find what differs between them, and nothing else, with few digests."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation import comparing
from federation.comparing import Tree
from federation.errors import UnacceptableAnswer
from vocab import jsonld
from vocab.things.collection_page import CollectionPage
from vocab.things.note import Note
from vocab.things.ordered_collection import OrderedCollection
from vocab.values import Ref

BOX = "https://noeud.example/communautes/a/repertoire"
DAY = "2026-11-22T10:00:00.000000Z"


def thing(number: int) -> str:
    return f"https://noeud.example/ressources/{number}"


def walk(here: Tree, there: Tree) -> tuple[set[str], set[str], int, int]:
    """What is wanted and what is surplus, with how many requests and bytes it took; every answer goes over the wire."""
    wanted: set[str] = set()
    surplus: set[str] = set()
    waiting, requests, weight = [""], 0, 0
    while waiting:
        asked, waiting = waiting[: comparing.MOST_PARTS], waiting[comparing.MOST_PARTS :]
        document = jsonld.dump(comparing.page_of(BOX, asked, there.told(asked)))
        requests, weight = requests + 1, weight + len(document)
        found = here.compared(asked, comparing.told_by(jsonld.read(document), BOX))
        wanted.update(found.wanted)
        surplus.update(found.surplus)
        waiting += found.deeper
    return wanted, surplus, requests, weight


HELD = st.dictionaries(st.integers(0, 300).map(thing), st.sampled_from(["", DAY, DAY.replace("22", "21")]), max_size=120)


@given(HELD, HELD)
def test_exactly_the_difference_is_found(here: Mapping[str, str], there: Mapping[str, str]) -> None:
    wanted, surplus, _, _ = walk(Tree(here.items()), Tree(there.items()))
    assert wanted == {iri for iri, moment in there.items() if here.get(iri) != moment}
    assert surplus == set(here) - set(there)


@given(HELD, HELD)
def test_the_digest_says_whether_there_is_any(here: Mapping[str, str], there: Mapping[str, str]) -> None:
    assert (Tree(here.items()).digest == Tree(list(there.items())[::-1]).digest) == (dict(here) == dict(there))


def test_the_digest_can_be_made_by_others() -> None:
    marks = [hashlib.sha256(f"{thing(number)} {DAY}".encode()).hexdigest() for number in (1, 2)]
    assert Tree([(thing(1), DAY), (thing(2), DAY)]).digest == f"{int(marks[0], 16) ^ int(marks[1], 16):064x}"
    assert Tree([]).digest == "0" * 64


def test_ten_differences_in_ten_thousand_cost_little() -> None:
    here = {thing(number): DAY for number in range(10_000)}
    there = {iri: moment for iri, moment in here.items() if iri not in {thing(1), thing(2), thing(3)}}
    there |= {thing(number): DAY.replace("10:", "11:") for number in (10, 11, 12, 13)}
    there |= {thing(number): DAY for number in (20_000, 20_001, 20_002)}
    wanted, surplus, requests, weight = walk(Tree(here.items()), Tree(there.items()))
    assert (len(wanted), len(surplus)) == (7, 3)
    assert requests <= 5
    assert weight < 20_000


def test_as_many_parts_as_may_be_asked_about_are_answered_in_a_page_that_can_be_read() -> None:
    asked = [f"{number:03x}" for number in range(comparing.MOST_PARTS)]
    told = comparing.Part(
        digests={part: "0" * comparing.SHORT for prefix in asked for part in comparing.parts(prefix)}, things={}
    )
    assert comparing.told_by(jsonld.read(jsonld.dump(comparing.page_of(BOX, asked, told))), BOX) == told


def test_moments_are_compared_as_moments() -> None:
    at = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    assert comparing.moment_of(at) == comparing.moment_of(at.astimezone(timezone(timedelta(hours=-5)))) == DAY
    assert comparing.moment_of(None) == ""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ("",)),
        ("0.1f", ("0", "1f")),
        ("a.a", ("a",)),
        ("g", None),
        ("A", None),
        ("0" * 17, None),
        (".".join(["0"] * 65), None),
        ("a b", None),
    ],
)
def test_only_parts_may_be_asked_about(text: str, read: tuple[str, ...] | None) -> None:
    assert comparing.prefixes(text) == read


@given(st.text(max_size=100))
def test_no_text_breaks_the_reading_of_parts(text: str) -> None:
    found = comparing.prefixes(text)
    assert found is None or all(len(prefix) <= comparing.DEEPEST for prefix in found)


def test_what_does_not_lie_where_it_was_asked_for_is_not_believed() -> None:
    stray = next(thing(number) for number in range(100) if not comparing.place(thing(number)).startswith("0"))
    said = CollectionPage(id=f"{BOX}?parties=0", part_of=Ref(BOX), items=(Ref(stray),), digests=("zz:1", "0"))
    told = comparing.told_by(said, BOX)
    assert Tree([]).compared(["0"], told) == comparing.Difference()


def test_a_tree_without_end_is_not_followed_deeper_than_it_can_be() -> None:
    said = CollectionPage(id=BOX, part_of=Ref(BOX), digests=(f"{'0' * 17}:{'1' * 16}",))
    assert comparing.told_by(said, BOX).digests == {}


@pytest.mark.parametrize(
    "document", [Note(id=BOX), OrderedCollection(id=BOX), CollectionPage(id=BOX, part_of=Ref("https://autre.example/"))]
)
def test_other_documents_say_nothing_of_parts(document: object) -> None:
    with pytest.raises(UnacceptableAnswer):
        comparing.told_by(document, BOX)


@pytest.mark.parametrize(("said", "read"), [(None, ""), ("x", ""), ("AB" * 32, "ab" * 32)])
def test_a_digest_is_read_or_there_is_none(said: str | None, read: str) -> None:
    assert comparing.digest_of(OrderedCollection(id=BOX, digest=said)) == read
