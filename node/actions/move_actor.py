"""An actor of ours is known under other accounts too, or goes to one of them for good."""

from __future__ import annotations

from dataclasses import replace

from federation import outbox
from node.contracts import House
from node.domain.actors import followers_of
from node.domain.entries import Audience
from node.domain.moving import doubt
from node.errors import Invalid, NotFound
from node.storage.presenting import actor_of_ours, present
from node.storage.receivers import followers_inboxes
from node.storage.sending import send
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.actor import Actor
from vocab.values import Ref

MOST_ALIASES = 20


def name_alias(uow: UnitOfWork, house: House, actor: str, account: str, *, is_mine: bool = True) -> ActorRow:
    """Says that another account is the actor's too, so that it can move here from there; or no longer says so.

    Raises NotFound for an actor that is not ours, Invalid for more than twenty.
    """
    said = actor_of_ours(uow, actor)
    kept = [ref for ref in said.also_known_as if ref.iri != account]
    aliases = (*kept, Ref(account)) if is_mine else tuple(kept)
    if len(aliases) > MOST_ALIASES or account == actor:
        raise Invalid(f"{account} cannot be another account of {actor}.")
    return present(uow, house, replace(said, also_known_as=tuple(aliases)))


def move_actor(uow: UnitOfWork, house: House, actor: str, target: str) -> ActorRow:
    """An actor of ours has gone to `target`, which is known here as it is now; those who follow are asked to follow there.

    The account stays readable, and says where it has gone. Raises NotFound, or Invalid with what is missing on the other side.
    """
    said, row = actor_of_ours(uow, actor), uow.actors.get(target)
    there = jsonld.read(row.document) if row is not None else None
    if not isinstance(there, Actor):
        raise NotFound(f"There is nobody at {target}.")
    reason = doubt(
        actor,
        target,
        aliases=[ref.iri for ref in there.also_known_as],
        old_went_to=said.moved_to.iri if said.moved_to else "",
        new_went_to=there.moved_to.iri if there.moved_to else "",
    )
    if reason:
        raise Invalid(reason)
    written = present(uow, house, replace(said, moved_to=Ref(target)))
    inboxes = followers_inboxes(uow, actor)
    followers = followers_of(actor)
    send(
        uow,
        house,
        lambda iri, at: outbox.move(actor, target, iri, at, followers=followers),
        inboxes,
        about=actor,
        audience=Audience.PUBLIC,
    )
    return written
