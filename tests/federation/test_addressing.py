"""Who is addressed, and that hidden recipients stay hidden."""

from __future__ import annotations

import pytest

from federation.addressing import is_public, own, recipients, shared, without_hidden
from vocab.activities.create import Create
from vocab.namespaces import PUBLIC
from vocab.thing import Thing
from vocab.things.note import Note
from vocab.values import Ref, Text

A, B, C = "https://noeud.example/a", "https://noeud.example/b", "https://autre.example/c"
FOLLOWERS = "https://noeud.example/communautes/logement/followers"


def _refs(*iris: str) -> tuple[Ref, ...]:
    return tuple(Ref(iri) for iri in iris)


@pytest.mark.parametrize("everybody", [PUBLIC, "as:Public", "Public"])
def test_the_public_in_its_three_spellings(everybody: str) -> None:
    assert is_public(Note(to=_refs(everybody)))
    assert is_public(Note(to=_refs(A), cc=_refs(everybody)))
    assert recipients(Note(to=_refs(everybody, A))) == (A,)


def test_without_public_it_is_not_public() -> None:
    for thing in (Note(), Note(to=_refs(A)), Note(bto=_refs(PUBLIC)), Note(audience=_refs(PUBLIC)), Thing(id=A)):
        assert not is_public(thing)


def test_recipients_come_once_and_hidden_ones_too() -> None:
    note = Note(to=_refs(A, B), cc=_refs(B, C), bto=_refs(C), bcc=_refs("https://autre.example/d"), audience=_refs(A, ""))
    assert recipients(note) == (A, B, C, "https://autre.example/d")
    assert recipients(note, but=(A, C)) == (B, "https://autre.example/d")
    assert recipients(Thing(id=A)) == ()


def test_b20_hidden_recipients_never_leave() -> None:
    note = Note(id=A, to=_refs(B), bto=_refs(C), bcc=_refs(C), content=Text.of("bonjour"))
    create = Create(id=B, actor=Ref(A), object=(note.ref, Ref(C)), bcc=_refs(C), result=(Ref(C),))
    shown = without_hidden(create)
    assert (shown.bto, shown.bcc) == ((), ())
    inner = shown.object[0].thing
    assert isinstance(inner, Note)
    assert (inner.bto, inner.bcc, inner.to, inner.content) == ((), (), _refs(B), Text.of("bonjour"))
    assert shown.object[1] == Ref(C)
    assert isinstance(shown, Create)
    assert shown.actor == Ref(A)
    assert note.bto  # the thing itself keeps them: they are still to be delivered to


def test_things_without_addresses_are_left_alone() -> None:
    thing = Thing(id=A)
    assert without_hidden(thing) is thing


def test_one_inbox_a_server_for_the_public() -> None:
    inboxes = [
        (f"{A}/inbox", "https://noeud.example/inbox"),
        (f"{B}/inbox", "https://noeud.example/inbox"),
        (f"{C}/inbox", None),
        (f"{C}/inbox", ""),
        ("", None),
    ]
    assert shared(inboxes) == ["https://noeud.example/inbox", f"{C}/inbox"]
    assert own(inboxes) == [f"{A}/inbox", f"{B}/inbox", f"{C}/inbox"]


def test_a_shared_inbox_elsewhere_is_not_used() -> None:
    assert shared([(f"{A}/inbox", "https://innocent.example/inbox")]) == [f"{A}/inbox"]
