"""Reserves a community to those who coordinate it, or opens it to its members again; its followers are told.

Spec: FEP-1b12 §Group.
"""

from __future__ import annotations

from dataclasses import replace

from node.contracts import House
from node.errors import NotFound
from node.storage.presenting import actor_of_ours, present
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab.things.group import Group


def restrict(uow: UnitOfWork, house: House, community: str, *, is_restricted: bool) -> ActorRow:
    """Only those who coordinate the community publish in it from now on, or every member again; NotFound when it is not ours.

    What others of elsewhere send to it waits for a decision.
    """
    group = actor_of_ours(uow, community)
    if not isinstance(group, Group):
        raise NotFound("There is no such community here.")
    return present(uow, house, replace(group, is_restricted_to_moderators=is_restricted))
