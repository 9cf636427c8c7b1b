"""Brings an actor of ours into being: its document, its row and its keys; or changes what its document says."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from federation.messages import SigningKey
from federation.signatures.keys import ED25519, generate_keys, multibase, public_pem
from node.domain.actors import RESERVED, KeyPair, Published, completed, key_id, proof_key_id, with_keys
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
    """Makes a new actor of ours; raises Conflict when there is one at that address: an identity is never made twice.

    `keys` sign its messages; those that prove what it writes are made here, which takes no time.
    """
    if uow.actors.get(actor.id) is not None:
        raise Conflict(f"{actor.id} is there already.")
    uow.keys.add(actor.id, SigningKey(iri=key_id(actor.id), pem=keys.private), "rsa", at)
    add_proof_key(uow, actor.id, proof_key_id(actor.id), at)
    return write(uow, completed(actor, url=url, at=at), at)


def add_proof_key(uow: UnitOfWork, actor: str, iri: str, at: datetime) -> None:
    """Makes a key by which an actor proves what it writes."""
    uow.keys.add(actor, SigningKey(iri=iri, pem=generate_keys(ED25519)[0]), "ed25519", at)


def write(uow: UnitOfWork, actor: Actor, at: datetime) -> ActorRow:
    """Puts the document of an actor of ours, with its keys as they are now, in the place of the one before.

    Raises Invalid when it is not well-formed.
    """
    wrong = problems(actor)
    if wrong:
        raise Invalid("; ".join(str(problem) for problem in wrong))
    known = uow.actors.get(actor.id)
    whole = _with_keys(uow, actor)
    row = actor_row(whole, jsonld.dump(whole), at=at, is_local=True, state=known.state if known else "active")
    uow.actors.put(row)
    return row


def free_username(uow: UnitOfWork, name: str) -> str:
    """A username for an actor of that name that nobody here has."""
    wanted = slug(name)
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(each for each in names if each not in RESERVED and uow.actors.by_username(each) is None)


def _with_keys(uow: UnitOfWork, actor: Actor) -> Actor:
    main = uow.keys.signing(actor.id)
    proofs = [Published(iri=row.iri, text=multibase(public_pem(row.pem))) for row in uow.keys.of(actor.id, "ed25519")]
    return with_keys(actor, Published(iri=main.iri, text=public_pem(main.pem)), proofs)
