from __future__ import annotations

from dataclasses import replace

import pytest

from node.domain.entries import Audience, Entry
from node.domain.replying import Answered, answering, reach_of, written
from vocab.namespaces import PUBLIC
from vocab.things.note import Note
from vocab.values import Ref

HERE, THERE = "https://ici.example", "https://ailleurs.example"
ME, THEM, GROUP = f"{HERE}/personnes/moi", f"{THERE}/u/elle", f"{THERE}/c/groupe"
THING = Note(id=f"{THERE}/notes/1", to=(Ref(PUBLIC),), context_=Ref(f"{THERE}/talk/1"))
ENTRY = Entry(iri=THING.id, type="Note", kind="Note", audience=Audience.PUBLIC, author=THEM, community=GROUP)
OVER = Answered(thing=THING, entry=ENTRY, handle="@elle@ailleurs.example")
MINE = Note(id=f"{HERE}/echanges/1", to=(Ref(PUBLIC),), cc=(Ref(GROUP), Ref(f"{GROUP}/followers")))


def test_an_answer_in_public_names_its_author_and_the_community() -> None:
    said = answering(MINE, OVER, ME)
    assert [ref.iri for ref in said.to] == [PUBLIC]
    # How another server calls its collections is not guessed.
    assert [ref.iri for ref in said.cc] == [THEM, GROUP, f"{ME}/followers"]
    assert ([ref.iri for ref in said.in_reply_to], said.context_) == ([THING.id], THING.context_)
    (mention,) = said.tag
    assert mention.thing is not None
    assert (mention.thing.href.iri, mention.thing.name.primary) == (THEM, "@elle@ailleurs.example")  # type: ignore[attr-defined]


def test_one_in_a_community_of_this_node_goes_where_the_community_passes_it_on() -> None:
    said = answering(MINE, replace(OVER, is_in_house=True), ME)
    assert [ref.iri for ref in said.cc] == [THEM, GROUP, f"{GROUP}/followers", f"{ME}/followers"]


def test_what_is_shown_in_no_public_place_is_answered_so() -> None:
    unlisted = replace(THING, to=(Ref(THEM + "/followers"),), cc=(Ref(PUBLIC),))
    said = answering(MINE, replace(OVER, thing=unlisted), ME)
    assert PUBLIC not in {ref.iri for ref in said.to}
    assert [ref.iri for ref in said.cc] == [PUBLIC]
    assert THEM in {ref.iri for ref in said.to}


def test_one_that_answers_oneself_names_nobody() -> None:
    said = answering(MINE, replace(OVER, entry=replace(ENTRY, author=ME)), ME)
    assert (said.tag, ME in {ref.iri for ref in said.cc}) == ((), False)


@pytest.mark.parametrize(
    ("entry", "is_in_house", "expected"),
    [
        (ENTRY, False, (Audience.PUBLIC, GROUP, frozenset())),
        (replace(ENTRY, audience=Audience.COMMUNITY), True, (Audience.COMMUNITY, GROUP, frozenset())),
        (replace(ENTRY, audience=Audience.COMMUNITY, readers=frozenset({ME})), False, (Audience.CHOSEN, "", frozenset({THEM}))),
        (
            replace(ENTRY, audience=Audience.CHOSEN, is_local=True, readers=frozenset({"c"})),
            True,
            (Audience.CHOSEN, GROUP, frozenset({"c"})),
        ),
    ],
)
def test_an_answer_is_for_no_more_people_than_what_it_answers(entry: Entry, is_in_house: bool, expected: object) -> None:
    assert reach_of(replace(OVER, entry=entry, is_in_house=is_in_house)) == expected


def test_what_a_community_elsewhere_has_for_its_members_is_answered_to_it() -> None:
    private = replace(OVER, entry=replace(ENTRY, audience=Audience.COMMUNITY, readers=frozenset({ME})), is_handed_on=True)
    assert reach_of(private) == (Audience.COMMUNITY, GROUP, frozenset())
    shared = replace(private, shared_with=frozenset({f"{HERE}/c"}))
    assert reach_of(shared) == (Audience.COMMUNITY, GROUP, frozenset({f"{HERE}/c"}))
    said = answering(replace(MINE, to=(Ref(GROUP),), cc=()), private, ME)
    assert ([ref.iri for ref in said.to], said.cc, said.tag) == ([GROUP], (), ())


def test_what_came_to_one_person_is_answered_to_its_author_alone() -> None:
    private = replace(OVER, entry=replace(ENTRY, audience=Audience.COMMUNITY, readers=frozenset({ME})))
    said = answering(replace(MINE, to=(Ref(f"{THEM}/membres"),), cc=()), private, ME)
    assert ([ref.iri for ref in said.to], said.cc) == ([THEM], ())


def test_words_become_paragraphs_and_lines_and_nothing_else() -> None:
    assert written("Un <b>\nmot & un\n\n \nautre\n", "fr").primary == "<p>Un &lt;b&gt;<br>mot &amp; un</p><p>autre</p>"
