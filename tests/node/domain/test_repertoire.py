from __future__ import annotations

from datetime import UTC, datetime

import pytest

from node.domain.entries import Audience, Entry
from node.domain.repertoire import MODES, Mode, lineage, mode_for, origin, provenance

HERE = "https://a.example/communautes/habitation"
ENTRY = Entry(
    iri="https://B.example:8443/ressources/1",
    type="Article",
    kind="PracticeNote",
    audience=Audience.PUBLIC,
    author="https://b.example/personnes/ana",
    community="https://b.example/communautes/logement",
    language="fr",
    license="https://creativecommons.org/licenses/by/4.0/",
    published_at=datetime(2026, 1, 1, tzinfo=UTC),
)


def test_a_thing_is_its_own_communitys_and_a_reference_elsewhere() -> None:
    assert mode_for(ENTRY, ENTRY.community) is Mode.OWN
    assert mode_for(ENTRY, HERE) is Mode.REFERENCE


def test_provenance_shows_where_a_thing_lives_and_who_wrote_it() -> None:
    shown = provenance(ENTRY, Mode.FOLLOW, ("https://c.example/1",))
    assert (shown.host, shown.author, shown.community) == ("b.example:8443", ENTRY.author, ENTRY.community)
    assert (shown.license, shown.language, shown.moment) == (ENTRY.license, "fr", ENTRY.published_at)
    assert (shown.mode, shown.lineage, shown.is_local) == (Mode.FOLLOW, ("https://c.example/1",), False)


def test_the_last_change_counts_as_its_date() -> None:
    changed = datetime(2026, 5, 1, tzinfo=UTC)
    entry = Entry(iri="https://a.example/1", type="Note", kind="Note", audience=Audience.PUBLIC, updated_at=changed)
    assert provenance(entry, Mode.OWN).moment == changed


def test_every_mode_is_said_in_words() -> None:
    assert {mode: [tag for tag, _ in MODES[mode].entries] for mode in Mode} == {mode: ["fr", "en"] for mode in Mode}


@pytest.mark.parametrize(
    ("iri", "expected"),
    [("https://ana@B.example/x", "b.example"), ("http://127.0.0.1:8000/x", "127.0.0.1:8000"), ("word", "")],
)
def test_the_origin_is_the_host(iri: str, expected: str) -> None:
    assert origin(iri) == expected


def test_lineage_goes_back_to_the_first_and_no_loop_holds_it() -> None:
    assert lineage("c", {"c": "b", "b": "a"}) == ("b", "a")
    assert lineage("a", {"c": "b"}) == ()
    assert lineage("a", {"a": "b", "b": "a"}) == ("b",)
    assert lineage("a", {"a": "b", "b": "c", "c": "b"}) == ("b", "c")
