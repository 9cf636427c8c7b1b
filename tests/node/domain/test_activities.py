"""What an activity says: one thing, by whom, and what lies inside."""

from __future__ import annotations

import pytest

from node.domain.activities import about, actor_of, inner, must_be_by, topmost
from node.errors import Invalid, NotAllowed
from vocab.activities.announce import Announce
from vocab.activities.create import Create
from vocab.activities.follow import Follow
from vocab.thing import Thing
from vocab.things.note import Note
from vocab.values import Ref

X, A = Ref("https://x.example/1"), Ref("https://x.example/a")


@pytest.mark.parametrize("activity", [Thing(), Follow(), Follow(object=(X, A)), Follow(object=(Ref("", Note()),))])
def test_an_activity_is_about_one_thing_with_an_address(activity: Thing) -> None:
    with pytest.raises(Invalid):
        about(activity)


def test_what_is_inside() -> None:
    follow = Follow(id="https://x.example/f", actor=A, object=(X,))
    assert about(follow) == X
    assert inner(Follow(object=(follow.ref,))) == follow
    assert inner(Follow(object=(X,))).id == X.iri
    assert inner(Follow(object=(Follow(actor=A).ref,))) == Follow(actor=A)
    with pytest.raises(Invalid):
        inner(Follow(object=(Note(id="https://x.example/n").ref,)))


def test_who_did_it() -> None:
    assert (actor_of(Follow(actor=A)), actor_of(Follow()), actor_of(Thing())) == (A.iri, "", "")
    must_be_by(Follow(actor=A), A.iri)
    must_be_by(Follow(), A.iri)
    with pytest.raises(NotAllowed):
        must_be_by(Follow(actor=A), X.iri)


def test_what_an_announcement_is_about_in_the_end() -> None:
    create = Create(id="https://x.example/c", object=(X,))
    assert topmost(Announce(object=(create.ref,)).object[0]) == X.iri
    assert topmost(X) == X.iri
    assert topmost(Create(id="https://x.example/c").ref) == "https://x.example/c"
