"""Writes an activity of ours into the outbox, with a fresh address and one delivery per inbox."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from federation import proofs
from node.domain.entries import Audience
from node.domain.identifiers import new_id
from node.domain.spaces import activity_address
from node.errors import Invalid
from node.storage.here import Here
from node.storage.shelves.outbox import OutboxRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.errors import VocabError
from vocab.namespaces import PROOF_CONTEXT

_RANDOM_BYTES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """An activity about another document, which goes along in it byte for byte, proofs and all."""

    activity: Activity
    inner: bytes


def fresh_name(here: Here) -> str:
    """An opaque name for something that is made now."""
    return new_id(here.now, secrets.token_bytes(_RANDOM_BYTES))


def send(
    uow: UnitOfWork,
    here: Here,
    make: Callable[[str, datetime], Activity | Wrapped],
    inboxes: Sequence[str],
    *,
    about: str,
    audience: Audience = Audience.SELF,
) -> Activity:
    """Makes an activity with `make(its address, its moment)` and sends it to these inboxes; its actor signs.

    What everybody may read carries a proof too, made here once, so that whoever is passed it can believe it; and so does what a
    community elsewhere is to hand on to its members. What else is for some carries none: it would prove to anybody else who
    wrote it.

    `about` is the IRI that orders deliveries: what concerns the same thing arrives in order. `audience` says who may see the
    activity in the outbox.
    """
    made = make(activity_address(here.url, fresh_name(here)), here.now)
    activity = made.activity if isinstance(made, Wrapped) else made
    row = OutboxRow(
        iri=activity.id,
        actor=activity.actor.iri if activity.actor else "",
        type=activity.type,
        object=about,
        document=_document(
            uow,
            here,
            made,
            is_proven=audience is Audience.PUBLIC or (audience is Audience.COMMUNITY and _is_handed_on(uow, activity)),
        ),
        audience=audience.value,
        published_at=here.now,
    )
    uow.outbox.add(row, inboxes, at=here.now)
    return activity


def _document(uow: UnitOfWork, here: Here, made: Activity | Wrapped, *, is_proven: bool) -> bytes:
    if isinstance(made, Wrapped):
        # No proof around it: the context that a proof needs is closed to changes, and what is inside comes with a context of its
        # own. Whoever reads it as linked data would refuse the whole. Its author's proof is inside.
        return _legible(jsonld.dump_wrapping(made.activity, made.inner))
    author = made.actor.iri if made.actor else ""
    key = uow.keys.current(author, "ed25519") if is_proven else None
    whole = jsonld.dump(made, (PROOF_CONTEXT,) if key else ())
    return proofs.attach(whole, key, here.now) if key else whole


def _is_handed_on(uow: UnitOfWork, activity: Activity) -> bool:
    """Whether an activity goes to a community elsewhere, which alone knows for whom it is."""
    rows = (uow.actors.get(ref.iri) for ref in activity.to)
    return any(row is not None and not row.is_local and row.type == "Group" for row in rows)


def _legible(document: bytes) -> bytes:
    """The same bytes, when they can be read as they will be elsewhere, and here when they are looked for in the outbox.

    What came at the very limit of size or depth is beyond it once it is wrapped. Raises Invalid.
    """
    try:
        jsonld.read(document)
    except VocabError as problem:
        raise Invalid("This is too long or too deep to be passed on.") from problem
    return document
