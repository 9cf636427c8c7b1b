"""The public keys of actors elsewhere as the rows have them: for transport/keys.py, which may not look itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from federation.messages import PublicKey
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptKey:
    """A key with the moment at which it was read; not usable when its owner is suspended here, or gone."""

    key: PublicKey
    fetched_at: datetime
    is_usable: bool
    is_ours: bool = False


def kept_key(uow: UnitOfWork, key_id: str) -> KeptKey | None:
    """The key of that id, of an actor here or elsewhere; None when it is not known."""
    row = uow.actors.by_key(key_id)
    if row is not None and row.key_pem:
        return _kept(row, PublicKey(iri=row.key_id, owner=row.iri, pem=row.key_pem))
    further = uow.public_keys.get(key_id)
    owner = uow.actors.get(further.actor) if further is not None else None
    if further is None or owner is None:
        return None
    return _kept(owner, PublicKey(iri=further.iri, owner=owner.iri, pem=further.pem))


def proving_key(uow: UnitOfWork, key_id: str) -> PublicKey | None:
    """The key of that id, when it is in the assertionMethod of an actor elsewhere who may write here; None otherwise."""
    named = uow.public_keys.get(key_id)
    owner = uow.actors.get(named.actor) if named is not None and named.kind == "assertionMethod" else None
    if named is None or owner is None or owner.state != "active":
        return None
    return PublicKey(iri=named.iri, owner=owner.iri, pem=named.pem)


def _kept(owner: ActorRow, key: PublicKey) -> KeptKey | None:
    if owner.fetched_at is None:
        return None
    return KeptKey(key=key, fetched_at=owner.fetched_at, is_usable=owner.state == "active", is_ours=owner.is_local)
