"""An exchange begins among members, about what they may read; a summary is confirmed."""

from __future__ import annotations

import pytest

from kit.guests import Stage
from node.actions.confirm import confirm
from node.actions.open_exchange import OPEN, Opening, open_exchange
from node.actions.reply import reply
from node.domain.entries import Audience, Entry
from node.domain.promises import CHATHAM, mode_of
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.engine import Database
from vocab.things.help_request import HelpRequest
from vocab.things.note import Note


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def begin(stage: Stage, author: str = "", community: str = "", **said: object) -> Entry:
    opening = Opening(**{"title": "Un titre", "words": "Bonjour.", **said})  # type: ignore[arg-type]
    return stage.database.write_now(
        lambda uow: open_exchange(uow, stage.house(), community or stage.community, author or stage.author, opening)
    )


def test_it_is_for_members_alone_and_carries_what_is_promised(stage: Stage) -> None:
    note = stage.note("Une note")
    entry = begin(stage, about=note.iri, mode=CHATHAM)
    scope = Scope(actor=stage.author, communities=frozenset({stage.community}))
    assert entry.audience is Audience.COMMUNITY
    assert stage.database.read_now(lambda uow: uow.things.get(entry.iri, PUBLIC_SCOPE)) is None
    (found,) = stage.database.read_now(lambda uow: uow.discussions.about(note.iri, scope))
    assert isinstance(found.thing.thing, Note)
    assert (found.thing.entry.iri, found.thing.thing.license, mode_of(found.thing.thing)) == (entry.iri, None, CHATHAM)
    said = stage.database.write_now(lambda uow: reply(uow, stage.house(), entry.iri, stage.author, "Oui."))
    carried = stage.database.read_now(lambda uow: uow.things.get(said.iri, scope))
    assert carried is not None
    assert mode_of(carried.thing) == CHATHAM


def test_a_request_for_help_is_open(stage: Stage) -> None:
    entry = begin(stage, asks_for_help=True)
    found = stage.database.read_now(lambda uow: uow.things.get_any(entry.iri))
    assert found is not None
    assert isinstance(found.thing, HelpRequest)
    assert found.thing.request_state is not None
    assert found.thing.request_state.iri == OPEN


def test_what_cannot_begin(stage: Stage) -> None:
    with pytest.raises(Invalid):
        begin(stage, title="  ")
    with pytest.raises(Invalid):
        begin(stage, mode="https://example.org/autre")
    with pytest.raises(NotFound):
        begin(stage, community=f"{stage.house().url}/communautes/jamaisvue")
    with pytest.raises(NotFound):
        begin(stage, about=f"{stage.house().url}/ressources/jamaisvue")
    with pytest.raises(NotAllowed):
        begin(stage, author=f"{stage.house().url}/personnes/inconnue")


def test_only_a_summary_of_somebody_else_is_confirmed(stage: Stage) -> None:
    entry = begin(stage)
    write = stage.database.write_now
    said = write(lambda uow: reply(uow, stage.house(), entry.iri, stage.author, "En somme…", sums_up=True))
    assert not write(lambda uow: confirm(uow, stage.house(), stage.author, said.iri))
    with pytest.raises(NotFound):
        write(lambda uow: confirm(uow, stage.house(), stage.author, entry.iri))
    with pytest.raises(NotFound):
        write(lambda uow: confirm(uow, stage.house(), f"{stage.house().url}/personnes/inconnue", said.iri))
