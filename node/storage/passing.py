"""A community passes on what is done in it: the activity whole, byte for byte, and what is new once more by its address alone.

Forums read the activity inside the Announce; microblogs know only things that are announced, and would show nothing.
Spec: FEP-1b12 §The Announce activity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from federation import outbox
from node.domain.actors import followers_of
from node.domain.embedded import without_hidden
from node.domain.entries import Audience
from node.storage.here import Here
from node.storage.hosts import host_of
from node.storage.sending import Wrapped, send
from node.storage.shelves.outbox import OutboxRow
from node.storage.tables.peers import peers
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.activities.announce import Announce
from vocab.namespaces import PUBLIC
from vocab.values import Ref

#: Software known to read an activity inside an Announce; anything else is also told of the thing itself.
READS_WHOLE = ("maillage", "lemmy", "piefed", "mbin", "kbin", "nodebb", "lotide")
#: Software that answers with an error when it is told of the same activity twice, by its author and by the community.
HEARS_ONCE = ("lemmy",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Something that is done in a community.

    `document` is the activity `activity` as its author sent it, `thing` what it is about; `is_new`: it was not there before.
    """

    community: str
    activity: str
    document: bytes
    thing: str
    is_new: bool = False


def pass_on(uow: UnitOfWork, here: Here, passage: Passage, inboxes: Iterable[str]) -> None:
    """The community announces an activity whole to these inboxes, and a new thing again to those who know only things.

    Nothing goes out of what is already announced: call it on first sight alone.
    """
    everybody = list(dict.fromkeys(inboxes))
    group, followers = passage.community, followers_of(passage.community)
    inner = without_hidden(passage.document)
    send(
        uow,
        here,
        lambda iri, at: Wrapped(
            activity=outbox.announce(Ref(passage.activity), group, iri, at, followers=followers), inner=inner
        ),
        everybody,
        about=passage.thing,
        audience=Audience.PUBLIC,
    )
    plain = plain_readers(uow, everybody) if passage.is_new else []
    if plain:
        send(
            uow,
            here,
            lambda iri, at: outbox.announce(passage.thing, group, iri, at, followers=followers),
            plain,
            about=passage.thing,
            audience=Audience.PUBLIC,
        )


def take_back_announcements(uow: UnitOfWork, here: Here, community: str, thing: str, inboxes: Iterable[str]) -> None:
    """A community takes back that it passed on a thing which has left it, where nobody looks into an Announce.

    Those did not understand that it was deleted, or taken out, and would go on showing it as passed on.
    """
    plain = plain_readers(uow, inboxes)
    said = [row for row in uow.outbox.about(thing) if row.actor == community] if plain else []
    undone = {ref.iri for row in said if row.type == "Undo" for ref in getattr(jsonld.read(row.document), "object", ())}
    for row in said:
        if row.iri in undone or not _shows(row):
            continue
        done = Announce(
            id=row.iri, actor=Ref(community), object=(Ref(thing),), cc=(Ref(followers_of(community)),), to=(Ref(PUBLIC),)
        )
        send(
            uow,
            here,
            lambda iri, at, done=done: outbox.undo(done, iri, at),  # type: ignore[misc]
            plain,
            about=thing,
            audience=Audience.PUBLIC,
        )


def _shows(row: OutboxRow) -> bool:
    """Whether an activity is an Announce that makes a thing appear: of its address, or of its Create, which leads to it."""
    announced = jsonld.read(row.document) if row.type == "Announce" else None
    inner = announced.object[0].thing if isinstance(announced, Activity) and announced.object else None
    return announced is not None and (inner is None or inner.type == "Create")


def hears_once(uow: UnitOfWork, inboxes: Iterable[str]) -> set[str]:
    """Those of these inboxes where an activity is an error when it is known already."""
    hosts = set(uow.ground.texts(select(peers.c.host).where(peers.c.software.in_(HEARS_ONCE))))
    return {inbox for inbox in inboxes if host_of(inbox) in hosts}


def plain_readers(uow: UnitOfWork, inboxes: Iterable[str]) -> list[str]:
    """Those of these inboxes where nobody is known to look into an Announce."""
    readers = set(uow.ground.texts(select(peers.c.host).where(peers.c.software.in_(READS_WHOLE))))
    return [inbox for inbox in inboxes if host_of(inbox) not in readers]


def whole_readers(uow: UnitOfWork, inboxes: Iterable[str]) -> list[str]:
    """Those of these inboxes where somebody is known to look into an Announce."""
    among = list(inboxes)
    plain = set(plain_readers(uow, among))
    return [inbox for inbox in among if inbox not in plain]
