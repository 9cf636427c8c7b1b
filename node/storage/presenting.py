"""Tells others that the document of an actor of ours has changed, and keeps the new one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from federation.outbox import wrap_update
from node.domain.entries import Audience
from node.errors import NotFound
from node.storage.enrolling import write
from node.storage.here import Here
from node.storage.receivers import inboxes_of
from node.storage.sending import send
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.namespaces import PUBLIC
from vocab.things.actor import Actor
from vocab.values import Ref


def actor_of_ours(uow: UnitOfWork, iri: str) -> Actor:
    """What an actor of ours says of itself; raises NotFound when it is not ours, or not in force."""
    row = uow.actors.get(iri)
    actor = jsonld.read(row.document) if row is not None and row.is_local and row.state == "active" else None
    if not isinstance(actor, Actor):
        raise NotFound("There is nobody of that address here.")
    return actor


def present(uow: UnitOfWork, here: Here, actor: Actor) -> ActorRow:
    """Keeps what an actor of ours now says of itself, its keys as they are, and tells those who know it."""
    row = write(uow, replace(actor, updated=here.now), here.now)
    whole = replace(actor_of_ours(uow, actor.id), to=(Ref(PUBLIC),))
    send(
        uow,
        here,
        lambda iri, at: wrap_update(whole, actor.id, iri, at),
        inboxes_of(uow, acquaintances(uow, actor.id)),
        about=actor.id,
        audience=Audience.PUBLIC,
    )
    return row


def acquaintances(uow: UnitOfWork, actor: str) -> Iterable[str]:
    """Who elsewhere knows an actor of ours: whom it follows and who follows it; of one without links, all who have any here.

    People write through their communities, the node itself fetches from everybody: those who received that keep their keys.
    """
    mine = [*uow.followings.to(actor, "accepted"), *uow.followings.of(actor, "accepted")]
    links = mine or uow.followings.all("accepted")
    return dict.fromkeys(iri for link in links for iri in (link.follower, link.target) if iri != actor)
