"""Gives our actors what an older version of this program did not give them: a key that proves what they write, their account."""

from __future__ import annotations

from node.contracts import House
from node.domain.actors import proof_key_id
from node.storage.enrolling import add_proof_key, write
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.actor import Actor


def complete_actors(uow: UnitOfWork, house: House) -> int:
    """Completes those that lack something, and nobody a second time; how many there were."""
    completed = 0
    for iri in uow.keys.lacking("ed25519"):
        row = uow.actors.get(iri)
        actor = jsonld.read(row.document) if row is not None and row.state != "gone" else None
        if isinstance(actor, Actor) and uow.keys.current(iri, "rsa") is not None:
            add_proof_key(uow, iri, proof_key_id(iri), house.now)
            write(uow, actor, house.now)
            completed += 1
    return completed
