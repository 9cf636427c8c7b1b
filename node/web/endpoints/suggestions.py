"""What somebody may be about to search for, while they type: people and communities, terms, notebooks, titles; in their scope."""

from __future__ import annotations

import orjson

from node.contracts import Endpoint, Reply, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import kind_of, title_of
from node.web.desk import Desk
from node.web.negotiation import JSON
from node.web.wording import leading

#: So many of each; more would be no help.
PEOPLE, THINGS, LONGEST = 3, 6, 100


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """A list of what it is called, what it is, and where it leads; empty for one letter."""
    desk, typed = Desk(uow, visit), visit.query.get("q", "").strip()[:LONGEST]
    found = [*_people(desk, typed), *_things(desk, typed)] if len(typed) > 1 else []
    return Reply(body=orjson.dumps(found), media_type=JSON, headers=(("X-Robots-Tag", "noindex"),))


def _people(desk: Desk, typed: str) -> list[dict[str, str]]:
    words = {"Person": desk.tongue.say("Personne"), "Group": desk.tongue.say("Communauté")}
    found = desk.uow.search.people(typed, scope=desk.scope, limit=PEOPLE, is_begun=True)
    return [
        {
            "text": each.name,
            "kind": words.get(each.type, desk.tongue.say("Organisation")),
            "href": (desk.community(each.iri) if each.type == "Group" else desk.person(each.iri)).href,
        }
        for each in found
    ]


def _things(desk: Desk, typed: str) -> list[dict[str, str]]:
    return [
        {
            "text": title_of(desk, each)[0],
            "kind": leading(kind_of(desk, each.thing)),
            "href": desk.addresses.thing(each.entry.iri),
        }
        for each in desk.uow.search.beginning(typed, scope=desk.scope, limit=THINGS)
    ]


ENDPOINT = Endpoint(path="/recherche/suggestions", answer=answer)
