"""Sends a thing of ours to those it is for, and takes it back from those it is no longer for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from federation import outbox
from node.domain.completing import Setting, addresses
from node.domain.entries import Audience, Entry
from node.domain.publishing import consequences
from node.domain.receiving import tombstone
from node.storage.far import far_handle
from node.storage.gathering import is_taken_out
from node.storage.here import Here
from node.storage.hosts import host_of
from node.storage.passing import Passage, hears_once, pass_on, plain_readers, whole_readers
from node.storage.receivers import Receivers, followers_inboxes, reached, receivers
from node.storage.sending import send
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity
from vocab.activities.delete import Delete
from vocab.things.object import Object
from vocab.values import Ref


def spread(uow: UnitOfWork, here: Here, entry: Entry, thing: Object, *, before: Entry | None) -> None:
    """Sends a thing as it now is; `before` is the entry of its last version, None for the first.

    What is public goes out through its community; what is not goes to single people, each in a message of their own. Those who
    had it and are no longer meant are told that it is gone; those who were told so and are meant again, that it is back.
    """
    meant = receivers(uow, entry, here.now)
    had = reached(uow, before) if before is not None else []
    owed = consequences(had, meant.inboxes)
    back = _thought_gone(uow, here, entry, before, had) & meant.inboxes
    if entry.audience is Audience.PUBLIC:
        _spread_openly(uow, here, _Spread(entry=entry, thing=thing, before=before, meant=meant, back=back))
    # A server on which somebody may still see it changes its copy: a tombstone there would hide it from them for good.
    still = {host_of(inbox) for inbox in meant.inboxes}
    unsent = _hold_back(uow, entry, before, still)
    for person, inbox in meant.members:
        is_new = inbox in owed.create | back or host_of(inbox) in unsent
        wrap = outbox.wrap_create if is_new else outbox.wrap_update
        if inbox in back:
            _send_back(uow, here, entry, [inbox], person=person)
        one = replace(wrap(thing, entry.author, "", here.now), to=(Ref(person),), cc=())
        _send(uow, here, entry, [inbox], one)
    gone = sorted(inbox for inbox in owed.delete if host_of(inbox) not in still)
    if before is not None and gone and not _is_open_to_all(entry, before):
        take_back(uow, here, before, gone)


def _hold_back(uow: UnitOfWork, entry: Entry, before: Entry | None, hosts: Iterable[str]) -> set[str]:
    """Of what is not for everybody any more, nothing public leaves for these servers either; those for which something waited."""
    if before is None or before.audience is not Audience.PUBLIC or entry.audience is Audience.PUBLIC:
        return set()
    return {host for host in hosts if uow.deliveries.drop_undelivered(entry.iri, host)}


def _is_open_to_all(entry: Entry, before: Entry) -> bool:
    """Whether everybody may see it where it was: who is sent it no more is told nothing, and least of all that it is gone."""
    return entry.audience is Audience.PUBLIC and entry.community == before.community


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spread:
    """A public thing on its way: what it was before, whom it is for, and who of those was told that it was gone."""

    entry: Entry
    thing: Object
    before: Entry | None
    meant: Receivers
    back: frozenset[str]


def _spread_openly(uow: UnitOfWork, here: Here, spread: _Spread) -> None:
    entry, thing, meant = spread.entry, spread.thing, spread.meant
    was_public = spread.before is not None and spread.before.audience is Audience.PUBLIC
    create, update = outbox.wrap_create(thing, entry.author, "", here.now), outbox.wrap_update(thing, entry.author, "", here.now)
    if spread.back:
        plain = plain_readers(uow, meant.of_community)
        undone = _send_back(uow, here, entry, [each for each in (*meant.of_author, *plain) if each in spread.back])
        whole = [each for each in meant.of_community if each in spread.back and each not in plain]
        _pass_on(uow, here, entry, undone, whole, is_new=False)
    # Who does not look into what a community passes on learns of a change from the author alone.
    plain = plain_readers(uow, meant.of_community) if was_public else []
    told = _send(uow, here, entry, [*meant.of_author, *plain], update if was_public else create)
    if spread.back:
        # Some forums (NodeBB) show again what they hid when it changes, and only then.
        told = _send(uow, here, entry, (), update)
    _pass_on(uow, here, entry, told, meant.of_community, is_new=not was_public)


def _thought_gone(uow: UnitOfWork, here: Here, entry: Entry, before: Entry | None, had: Sequence[str]) -> frozenset[str]:
    """The inboxes that were told that a thing of ours was gone, and not since that it is back."""
    if before is None:
        return frozenset()
    rows = uow.outbox.about(entry.iri)
    said = [row.type for row in rows if row.actor == entry.author and row.type in {"Delete", "Undo"}]
    if said[-1:] != ["Delete"]:
        return frozenset()
    return frozenset(had) - receivers(uow, before, here.now).inboxes


def _send_back(uow: UnitOfWork, here: Here, entry: Entry, inboxes: Sequence[str], *, person: str = "") -> Activity:
    """Tells these inboxes that the end of a thing is taken back; `person` is whom alone it is for, "" for all that see the thing.

    The Delete inside is not the one that was sent: Lemmy refuses what holds an activity that it knows already.
    """
    end = _end_of(uow, here, entry)
    if person:
        end = replace(end, to=(Ref(person),), cc=())
    return send(
        uow,
        here,
        lambda iri, at: outbox.undo(replace(end, id=f"{iri}#delete"), iri, at),
        inboxes,
        about=entry.iri,
        audience=entry.audience,
    )


def _pass_on(uow: UnitOfWork, here: Here, entry: Entry, told: Activity, inboxes: Sequence[str], *, is_new: bool) -> None:
    """A community of ours passes a member's public activity on to those who follow it, as it stands in the outbox.

    Of what a coordinator took out of it, it says nothing more.
    """
    community = uow.actors.get(entry.community) if entry.community else None
    sent = uow.outbox.get(told.id)
    if community is None or not community.is_local or sent is None or is_taken_out(uow, entry.community, entry):
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
    passed_on = _reads_of_the_end(uow, entry, inboxes)
    direct = sorted({*inboxes} - hears_once(uow, passed_on))
    gone = _send(uow, here, entry, direct, _end_of(uow, here, entry))
    if entry.audience is Audience.PUBLIC:
        _pass_on(uow, here, entry, gone, passed_on, is_new=False)


def _reads_of_the_end(uow: UnitOfWork, entry: Entry, inboxes: Sequence[str]) -> list[str]:
    """Those of these inboxes to which its community says it too; whoever else holds a copy hears of it from the author."""
    if entry.audience is not Audience.PUBLIC or not entry.community:
        return []
    told = {*inboxes}
    return [inbox for inbox in whole_readers(uow, followers_inboxes(uow, entry.community)) if inbox in told]


def _end_of(uow: UnitOfWork, here: Here, entry: Entry) -> Delete:
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
    return replace(outbox.wrap_delete(left, entry.author, "", here.now, to=()), to=to, cc=cc)


def _send(uow: UnitOfWork, here: Here, entry: Entry, inboxes: Sequence[str], activity: Activity) -> Activity:
    return send(
        uow,
        here,
        lambda iri, _: replace(activity, id=iri),
        inboxes,
        about=entry.iri,
        audience=entry.audience,
    )
