"""Where to look once the story has been played, and a link that signs somebody of each community in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from node.cli.demonstration.playing import Player
from node.cli.demonstration.publishing import address_of
from node.cli.naming import member
from node.contracts import House
from node.storage.unit_of_work import UnitOfWork

LINKS_LAST = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A way into a community: its page, and a link that signs one person in, once."""

    community: str
    page: str
    person: str
    sign_in: str


def doors(player: Player) -> Iterator[Door]:
    """One for each community."""
    for community in player.story.communities:
        node, (key, name) = player.node_of(community.key), next(iter(community.people.items()))
        house = node.house()
        token = node.database.write_now(partial(_token, house=house, email=address_of(key, community)))
        page, sign_in = player.iri_of(community.key), f"{house.url}/entrer?jeton={token}"
        yield Door(community=community.name, page=page, person=name, sign_in=sign_in)


def _token(uow: UnitOfWork, *, house: House, email: str) -> str:
    return uow.sessions.create_token("sign-in", member(uow, email).iri, house.now + LINKS_LAST)
