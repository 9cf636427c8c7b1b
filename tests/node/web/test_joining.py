"""Whoever joins by an invitation agrees to the rules as they are now: the form says so, and the node insists."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from kit.web_node import WebNode, web_node
from node.storage.shelves.rules import RulesRow
from node.storage.unit_of_work import UnitOfWork

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}


def invited(uow: UnitOfWork, node: WebNode) -> str:
    community, by = f"{node.url}/communautes/logement", f"{node.url}/personnes/mireille"
    for text in ("Premières règles.", "Parler en son nom."):
        uow.rules.add(RulesRow(community=community, version=0, text=text, by=by, at=node.now))
    return uow.invitations.add(community, "zoe@example.org", "membre", language="fr", by=by, at=node.now)


@pytest.mark.parametrize(
    ("said", "is_in"), [({}, False), ({"regles": "oui", "version": "1"}, False), ({"regles": "oui", "version": "2"}, True)]
)
async def test_one_joins_by_agreeing_to_the_rules_of_now(said: dict[str, str], is_in: bool) -> None:
    async with web_node() as node:
        token = node.database.write_now(lambda uow: invited(uow, node))
        body = urlencode({"nom": "Zoé Roy", **said}).encode()
        answer = await node.ask("POST", f"/invitation/{token}", headers=FORM, body=body)
        account = node.database.read_now(lambda uow: uow.members.by_email("zoe@example.org"))
        assert (answer.status, account is not None) == ((303, True) if is_in else (422, False))
        if is_in:
            assert account is not None
            agreed = node.database.read_now(lambda uow: uow.rules.agreed(account.iri, f"{node.url}/communautes/logement"))
            assert agreed == 2
        else:
            assert "puis cochez cette case" in answer.text
            assert "Zoé Roy" in answer.text
