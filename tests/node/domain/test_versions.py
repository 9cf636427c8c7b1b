"""When a save makes a new version."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from node.domain.entries import Audience, Entry
from node.domain.versions import ONE_SITTING, Saved, is_new_version, is_one_sitting, says_the_same
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

AT = datetime(2026, 11, 22, tzinfo=UTC)
NOTE = PracticeNote(id="https://a.example/1", name=Text.of("Un", "fr"), published=AT)
ENTRY = Entry(iri=NOTE.id, type="Article", kind="PracticeNote", audience=Audience.PUBLIC, is_local=True, author="a", stored_at=AT)


def test_what_nobody_wrote_makes_no_version() -> None:
    later = AT + timedelta(days=1)
    counted = replace(NOTE, updated=later, likes=Ref("https://a.example/1/likes"), unknown=(("https://x.example/y", "[]"),))
    assert says_the_same(NOTE, counted, is_ours=False)
    assert not says_the_same(NOTE, counted, is_ours=True)
    for changed in (
        replace(NOTE, name=Text.of("Deux", "fr")),
        replace(NOTE, topic=(Ref("https://a.example/t"),)),
        replace(NOTE, knowledge_status=Ref("https://w3id.org/cdp/statuts-de-savoir/conteste")),
    ):
        assert not says_the_same(NOTE, changed, is_ours=False)


def test_to_whom_something_goes_is_a_version_of_ours_alone() -> None:
    narrowed = replace(ENTRY, audience=Audience.COMMUNITY)
    assert is_new_version(ENTRY, narrowed, says_the_same=True)
    assert not is_new_version(replace(ENTRY, is_local=False), replace(narrowed, is_local=False), says_the_same=True)
    assert is_new_version(ENTRY, ENTRY, says_the_same=False)
    assert not is_new_version(ENTRY, ENTRY, says_the_same=True)


def test_one_sitting_is_one_version_of_a_draft() -> None:
    draft = replace(ENTRY, audience=Audience.SELF)
    soon = replace(draft, stored_at=AT + timedelta(minutes=1))
    assert is_one_sitting(draft, soon, Saved(), "a", AT)
    assert not is_one_sitting(draft, soon, Saved(comment="fini"), "a", AT)
    assert not is_one_sitting(draft, soon, Saved(by="b"), "a", AT)
    assert not is_one_sitting(ENTRY, replace(soon, audience=Audience.PUBLIC), Saved(), "a", AT)
    assert not is_one_sitting(draft, replace(draft, stored_at=AT + ONE_SITTING), Saved(), "a", AT)
