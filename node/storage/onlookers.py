"""Who will see a thing, told before it is published: people by name, and other nodes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from node.domain.entries import Audience
from node.domain.fields import fold
from node.storage.hosts import host_of
from node.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlookers:
    """Who sees something of an audience.

    `people` are those who have a name in it, `names` of the first few but whoever asks, `far` how many have their account
    elsewhere; `hosts` the other nodes to which it goes. `towns`: in how many towns they live, as far as they have told, of which
    `told` did.
    """

    audience: Audience
    people: int = 0
    names: tuple[str, ...] = ()
    far: int = 0
    hosts: tuple[str, ...] = ()
    towns: int = 0
    told: int = 0


#: So many people are named.
NAMED = 4


def onlookers(
    uow: UnitOfWork, audience: Audience, author: str, communities: Iterable[str], at: datetime
) -> Onlookers:  # fmt: skip
    """Who will see what `author` publishes for this audience; `communities`: the one it is in, or the chosen ones."""
    if audience is Audience.SELF:
        return Onlookers(audience=audience, people=1)
    among = sorted(set(communities) - {""})
    if audience is Audience.PUBLIC:
        followers = {each for actor in (*among, author) for each in uow.followings.followers(actor)}
        hosts = _hosts(uow, followers)
        return Onlookers(audience=audience, hosts=hosts)
    people = {row.person for community in among for row in uow.members.of(community, at)} | {author}
    rows = [row for person in people if (row := uow.actors.get(person)) is not None and row.state == "active"]
    named = sorted((row.name or row.username for row in rows if row.iri != author), key=str.casefold)
    far = [row for row in rows if not row.is_local]
    chosen = {host_of(iri) for iri in among if (row := uow.actors.get(iri)) is not None and not row.is_local}
    towns = [fold(town) for town in uow.members.towns(row.iri for row in rows)]
    return Onlookers(
        audience=audience,
        people=len(rows),
        names=tuple(named[:NAMED]),
        far=len(far),
        hosts=tuple(sorted({row.host for row in far} | chosen)),
        towns=len(set(towns)),
        told=len(towns),
    )


def _hosts(uow: UnitOfWork, actors: Iterable[str]) -> tuple[str, ...]:
    rows = (uow.actors.get(actor) for actor in actors)
    return tuple(sorted({row.host or host_of(row.iri) for row in rows if row is not None and not row.is_local}))
