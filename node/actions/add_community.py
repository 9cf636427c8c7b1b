"""Adds a community to the node, and changes what is said of it."""

from __future__ import annotations

import re
from dataclasses import replace

from federation.addresses import origin
from node.contracts import House
from node.domain.actors import RESERVED, KeyPair, as_community, community_address
from node.domain.legible import paragraph
from node.domain.patterns import USUAL, Pattern
from node.errors import Conflict, Invalid, NotFound
from node.storage.enrolling import enrol, free_username, fresh_keys
from node.storage.patterned import keep_pattern
from node.storage.presenting import actor_of_ours, present
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab.things.group import Group
from vocab.values import Ref, Text

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


def add_community(  # noqa: PLR0913 -- what can be said of a community at once
    uow: UnitOfWork,
    house: House,
    name: str,
    *,
    slug: str = "",
    summary: str = "",
    keys: KeyPair | None = None,
    pattern: Pattern = USUAL,
) -> ActorRow:
    """A new community; its `slug` (made from the name when not given) is part of its address for good.

    What kind of group it is comes from its pattern, and stays.

    Raises Invalid for a name or slug that cannot be, Conflict for a slug that is taken.
    """
    if not name.strip():
        raise Invalid("A community needs a name.")
    chosen = slug or free_username(uow, name)
    if not _SLUG.fullmatch(chosen) or chosen in RESERVED:
        raise Invalid(f"{chosen!r} cannot be part of an address; use a-z, 0-9 and -, at most 40 characters.")
    if uow.actors.by_username(chosen) is not None:
        raise Conflict(f"{chosen!r} is taken here already.")
    group = pattern.kind(
        id=community_address(house.url, chosen),
        preferred_username=chosen,
        name=Text.of(name.strip(), house.language),
        summary=paragraph(summary or name.strip(), house.language),
    )
    pair = keys or fresh_keys()
    row = enrol(uow, as_community(group, house.url), keys=pair, url=house.url, at=house.now)
    if pattern is not USUAL:
        keep_pattern(uow, row.iri, pattern)
    return row


def describe_community(
    uow: UnitOfWork, house: House, community: str, *, name: str = "", summary: str = "", territory: str | None = None
) -> ActorRow:
    """Changes name, summary or territory (the IRI of a Place; "" for none) of a community of ours, and tells its followers.

    Raises NotFound, or Invalid for a territory that is no address.
    """
    group = actor_of_ours(uow, community)
    if not isinstance(group, Group):
        raise NotFound("There is no such community here.")
    if territory and origin(territory) is None:
        raise Invalid(f"{territory!r} is not the address of a place; write it as in https://savoirs.example/lieux/estrie")
    changed = replace(
        group,
        name=Text.of(name, house.language) if name else group.name,
        summary=paragraph(summary, house.language) if summary else group.summary,
        territory=group.territory if territory is None else ((Ref(territory),) if territory else ()),
    )
    return present(uow, house, changed)


def say_time(uow: UnitOfWork, house: House, community: str, time: str) -> ActorRow:
    """Says in words what taking part in a community of ours takes, "" nothing of it; raises NotFound."""
    group = actor_of_ours(uow, community)
    if not isinstance(group, Group):
        raise NotFound("There is no such community here.")
    return present(uow, house, replace(group, expected_time=Text.of(time, house.language) if time else None))
