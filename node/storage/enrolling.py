"""Brings an actor of ours into being: its document, its row and its key; or changes what its document says."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from federation.messages import SigningKey
from federation.signatures.keys import generate_keys
from node.domain.actors import RESERVED, KeyPair, completed, key_id
from node.domain.identifiers import slug
from node.errors import Conflict, Invalid
from node.storage.keeping import actor_row
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.check import problems
from vocab.things.actor import Actor


def fresh_keys() -> KeyPair:
    """A new pair of RSA keys; takes a tenth of a second or so."""
    private, public = generate_keys()
    return KeyPair(private=private, public=public)


def enrol(uow: UnitOfWork, actor: Actor, *, keys: KeyPair, url: str, at: datetime) -> ActorRow:
    """Makes a new actor of ours; raises Conflict when there is one at that address: an identity is never made twice."""
    if uow.actors.get(actor.id) is not None:
        raise Conflict(f"{actor.id} is there already.")
    row = write(uow, completed(actor, url=url, public_pem=keys.public, at=at), at)
    uow.keys.add(actor.id, SigningKey(iri=key_id(actor.id), pem=keys.private), "rsa", at)
    return row


def write(uow: UnitOfWork, actor: Actor, at: datetime) -> ActorRow:
    """Puts the document of an actor of ours in the place of the one before; raises Invalid when it is not well-formed."""
    wrong = problems(actor)
    if wrong:
        raise Invalid("; ".join(str(problem) for problem in wrong))
    known = uow.actors.get(actor.id)
    row = actor_row(actor, jsonld.dump(actor), at=at, is_local=True, state=known.state if known else "active")
    uow.actors.put(row)
    return row


def free_username(uow: UnitOfWork, name: str) -> str:
    """A username for an actor of that name that nobody here has."""
    wanted = slug(name)
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(each for each in names if each not in RESERVED and uow.actors.by_username(each) is None)
