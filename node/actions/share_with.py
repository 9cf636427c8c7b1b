"""Whether what a community of ours publishes goes to a community elsewhere: a switch of its own, beside following that one."""

from __future__ import annotations

from node.contracts import House
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork


def welcome(uow: UnitOfWork, house: House, community: str, follower: str, by: str) -> str:
    """It may: at once where they ask or asked, else as soon as they do. The state of their link, "" while they do not ask.

    The link itself is moved by whoever calls (actions/answer_follower.py). Raises NotFound for a community that is none of ours.
    """
    _must_be_ours(uow, community)
    uow.agreements.welcome(community, follower, by, house.now)
    return _state(uow, follower, community)


def unwelcome(uow: UnitOfWork, community: str, follower: str) -> str:
    """It may not, from now on; the state of their link, "" when there is none."""
    _must_be_ours(uow, community)
    uow.agreements.unwelcome(community, follower)
    return _state(uow, follower, community)


def _state(uow: UnitOfWork, follower: str, community: str) -> str:
    known = uow.followings.get(follower, community)
    return known.state if known is not None else ""


def _must_be_ours(uow: UnitOfWork, community: str) -> None:
    row = uow.actors.get(community)
    if row is None or not row.is_local or row.type != "Group":
        raise NotFound("There is no such community here.")
