"""The public keys of actors elsewhere as the rows have them: for transport/keys.py, which may not look itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from federation.messages import PublicKey
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
    if row is None or not row.key_pem or row.fetched_at is None:
        return None
    return KeptKey(
        key=PublicKey(iri=row.key_id, owner=row.iri, pem=row.key_pem),
        fetched_at=row.fetched_at,
        is_usable=row.state == "active",
        is_ours=row.is_local,
    )
