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
    may_prove: bool = False


def kept_key(uow: UnitOfWork, key_id: str) -> KeptKey | None:
    """The key of that id, of an actor here or elsewhere; None when it is not known."""
    row = uow.actors.by_key(key_id)
    if row is not None and row.key_pem:
        return _kept(row, PublicKey(iri=row.key_id, owner=row.iri, pem=row.key_pem))
    further = uow.public_keys.get(key_id)
    owner = uow.actors.get(further.actor) if further is not None else None
    if further is None or owner is None:
        return None
    may_prove = further.kind == "assertionMethod"
    return _kept(owner, PublicKey(iri=further.iri, owner=owner.iri, pem=further.pem), may_prove=may_prove)


def proving_key(uow: UnitOfWork, key_id: str) -> PublicKey | None:
    """The key of that id, when it is in the assertionMethod of an actor elsewhere who may write here; None otherwise."""
    known = kept_key(uow, key_id) if key_id else None
    return known.key if known is not None and known.may_prove and known.is_usable else None


def _kept(owner: ActorRow, key: PublicKey, *, may_prove: bool = False) -> KeptKey | None:
    if owner.fetched_at is None:
        return None
    return KeptKey(
        key=key,
        fetched_at=owner.fetched_at,
        is_usable=owner.state == "active",
        is_ours=owner.is_local,
        may_prove=may_prove,
    )
