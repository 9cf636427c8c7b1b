"""Sends a thing of ours to those it is for, and takes it back from those it is no longer for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from federation import outbox
from node.domain.completing import Setting, addresses
from node.domain.entries import Audience, Entry
from node.domain.publishing import consequences
from node.domain.receiving import tombstone
from node.storage.far import far_handle
from node.storage.hosts import host_of
from node.storage.passing import Passage, pass_on, plain_readers
from node.storage.receivers import reached, receivers
from node.storage.sending import Here, send
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity
from vocab.things.object import Object
from vocab.values import Ref


def spread(uow: UnitOfWork, here: Here, entry: Entry, thing: Object, *, before: Entry | None) -> None:
    """Sends a thing as it now is; `before` is the entry of its last version, None for the first.

    What is public goes out through its community; what is not goes to single people, each in a message of their own. Those who
    had it and are no longer meant are told that it is gone.
    """
    meant = receivers(uow, entry, here.now)
    had = reached(uow, before) if before is not None else []
    owed = consequences(had, meant.inboxes)
    if entry.audience is Audience.PUBLIC:
        was_public = before is not None and before.audience is Audience.PUBLIC
        wrap = outbox.wrap_update if was_public else outbox.wrap_create
        # Who does not look into what a community passes on learns of a change from the author alone.
        plain = plain_readers(uow, meant.of_community) if was_public else []
        told = _send(uow, here, entry, [*meant.of_author, *plain], wrap(thing, entry.author, "", here.now))
        _pass_on(uow, here, entry, told, meant.of_community, is_new=not was_public)
    for person, inbox in meant.members:
        wrap = outbox.wrap_create if inbox in owed.create else outbox.wrap_update
        one = replace(wrap(thing, entry.author, "", here.now), to=(Ref(person),), cc=())
        _send(uow, here, entry, [inbox], one)
    # A server on which somebody may still see it changes its copy: a tombstone there would hide it from them for good.
    still = {host_of(inbox) for inbox in meant.inboxes}
    gone = sorted(inbox for inbox in owed.delete if host_of(inbox) not in still)
    if before is not None and gone:
        take_back(uow, here, before, gone)


def _pass_on(uow: UnitOfWork, here: Here, entry: Entry, told: Activity, inboxes: Sequence[str], *, is_new: bool) -> None:
    """A community of ours passes a member's public activity on to those who follow it, as it stands in the outbox."""
    community = uow.actors.get(entry.community) if entry.community else None
    sent = uow.outbox.get(told.id)
    if community is None or not community.is_local or sent is None:
        return
    passage = Passage(community=entry.community, activity=told.id, document=sent.document, thing=entry.iri, is_new=is_new)
    pass_on(uow, here, passage, inboxes)


def take_back(uow: UnitOfWork, here: Here, entry: Entry, inboxes: Sequence[str]) -> None:
    """Tells these inboxes that the thing is not there any more; what has not left yet does not leave.

    `entry` is as it was when it was there. Without inboxes, only the outbox is told, and only of what was public.
    """
    if not inboxes and entry.audience is not Audience.PUBLIC:
        return
    for inbox in inboxes:
        uow.deliveries.drop_undelivered(entry.iri, host_of(inbox))
    was = Setting(
        author=entry.author,
        community=entry.community,
        audience=entry.audience,
        at=here.now,
        language="",
        readers=entry.readers,
        far=far_handle(uow, entry.community),
    )
    to, cc = addresses(was)
    left = tombstone(entry.iri, entry.type, here.now)
    _send(uow, here, entry, inboxes, replace(outbox.wrap_delete(left, entry.author, "", here.now, to=()), to=to, cc=cc))


def _send(uow: UnitOfWork, here: Here, entry: Entry, inboxes: Sequence[str], activity: Activity) -> Activity:
    return send(
        uow,
        here,
        lambda iri, _: replace(activity, id=iri),
        inboxes,
        about=entry.iri,
        audience=entry.audience,
    )
