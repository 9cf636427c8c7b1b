"""Gives an actor of ours new keys, so that others survive it.

The new keys have addresses of their own: who keeps keys by address asks for them. Who keeps them by actor is told by an Update,
and until then takes what is signed with the key before, which is tried for two days where the new one is refused.
"""

from __future__ import annotations

from federation.messages import SigningKey
from node.contracts import House
from node.domain.actors import KeyPair, key_id, next_key_id, proof_key_id
from node.domain.errands import RETIRE_KEYS
from node.domain.retention import FORMER_KEYS
from node.storage.enrolling import add_proof_key, fresh_keys
from node.storage.presenting import actor_of_ours, present
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork


def rotate_keys(uow: UnitOfWork, house: House, actor: str, *, keys: KeyPair | None = None) -> ActorRow:
    """Puts new keys in the place of an actor's; raises NotFound when it is not ours.

    What it proved with the key before can be verified for two days more. `keys` are made here when not given.
    """
    said, pair = actor_of_ours(uow, actor), keys or fresh_keys()
    uow.keys.retire(actor, house.now)
    uow.keys.add(actor, SigningKey(iri=next_key_id(key_id(actor), house.now), pem=pair.private), "rsa", house.now)
    add_proof_key(uow, actor, next_key_id(proof_key_id(actor), house.now), house.now)
    uow.tasks.wake(RETIRE_KEYS, actor, due_at=house.now + FORMER_KEYS)
    return present(uow, house, said)
