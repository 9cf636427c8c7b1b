from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from kit.web_node import web_node
from node.actions.keep_search import keep_search, let_go_of_search, look_at_search
from node.domain.entries import Audience
from node.domain.visibility import Reader
from node.errors import Conflict, Invalid, NotFound
from node.storage.shelves import saved_searches


async def test_a_search_is_its_owners_and_knows_what_they_have_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    async with web_node() as node:
        me = Reader(actor=f"{node.url}/personnes/mireille", communities=frozenset({f"{node.url}/communautes/logement"}))
        other, do, house = replace(me, actor="x"), node.database.write_now, node.house()
        with pytest.raises(Invalid):
            do(lambda uow: keep_search(uow, house, me, "Rien", ""))
        kept = do(lambda uow: keep_search(uow, house, me, " Titres ", "q=titre"))
        assert (kept.name, kept.seen) == ("Titres", 0)
        node.plant("ressources/r1", Audience.PUBLIC)
        for deed in (look_at_search, let_go_of_search):
            with pytest.raises(NotFound):
                do(partial(deed, reader=other, id=kept.id))
        do(lambda uow: look_at_search(uow, me, kept.id))
        assert node.database.read_now(lambda uow: [each.seen for each in uow.search.saved.of(me.actor)]) == [1]
        monkeypatch.setattr(saved_searches, "MOST", 1)
        with pytest.raises(Conflict):
            do(lambda uow: keep_search(uow, house, me, "Autre", "q=autre"))
        do(lambda uow: let_go_of_search(uow, me, kept.id))
        assert node.database.read_now(lambda uow: uow.search.saved.of(me.actor)) == []
