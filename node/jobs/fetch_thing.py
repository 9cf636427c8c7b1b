"""Fetches a thing from its own server and keeps it, or buries what is gone there; and notes which community holds it.

Spec: FEP-4f05.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from federation.errors import Gone, Missing, RemoteError, UnacceptableAnswer
from node.contracts import House, Job, Tools
from node.domain.entries import Audience
from node.domain.errands import FETCH, Errand
from node.domain.neighbours import Condition, Measure, in_words
from node.domain.receiving import tombstone
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.acquaintance import acquaintance, may_fetch
from node.storage.claims import owner_here
from node.storage.hosts import host_of
from node.storage.mishaps import is_lost, set_aside
from node.storage.moderating import let_go
from node.storage.shelves.tasks import TaskRow
from node.storage.taking import hold, take
from node.storage.tellings import told_at_last
from node.storage.unit_of_work import UnitOfWork
from node.transport.collections import named
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.errors import VocabError
from vocab.thing import Thing

#: Four addresses, twice, ten seconds each; and some.
LEASE = timedelta(seconds=120)
MOST_TRIES = 8
#: So many may be under way; to one server, transport opens no more than a few connections.
AT_ONCE = 16


#: What is done about an errand, in the transaction that marks it.
Deed = Callable[[UnitOfWork, House], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quest:
    """A thing to be fetched: its task, and whether to go out for it at all. It may be here already, or `refusal` says why not."""

    row: TaskRow
    errand: Errand
    iri: str
    is_here: bool = False
    refusal: str = ""


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[Quest]:
    """Leases things to be fetched."""
    opinions: dict[tuple[str, bool], str] = {}
    return [_quest(uow, house, row, opinions) for row in uow.tasks.claim_apart(FETCH, house.now, owner_here(), n, LEASE)]


def _quest(uow: UnitOfWork, house: House, row: TaskRow, opinions: dict[tuple[str, bool], str]) -> Quest:
    errand = Errand.of(row.payload)
    iri = errand.iri or row.subject.partition(" ")[0]
    about = host_of(iri), errand.is_vouched
    if house.is_local(iri):
        return Quest(row=row, errand=errand, iri=iri, is_here=True)
    if about not in opinions:
        opinions[about] = _refusal(uow, house, *about)
    return Quest(row=row, errand=errand, iri=iri, refusal=opinions[about])


def _refusal(uow: UnitOfWork, house: House, host: str, is_vouched: bool) -> str:
    """Why nothing is fetched from a server, "" when it may be."""
    if acquaintance(uow, host).measure is Measure.PAUSED:
        return f"{host} : {in_words(Condition.PAUSED).in_language(house.language)}"
    opinion = may_fetch(uow, house, host, is_vouched=is_vouched)
    return "" if opinion.is_allowed else f"{host} : {opinion.reason.in_language(house.language)}"


async def work(tools: Tools, quest: Quest) -> Deed:
    """Fetches one thing; gives what is to be done about it."""
    if quest.refusal:
        return partial(_put_off, quest, quest.refusal, is_final=True)
    if quest.is_here:
        return partial(_hold_local, quest)
    try:
        thing, document = await _fetched(tools, quest)
    except Gone as end:
        return partial(_bury, quest, is_hidden=isinstance(end, Missing))
    except (RemoteError, VocabError) as problem:
        return partial(_put_off, quest, str(problem), is_final=is_lost(problem, quest.row, MOST_TRIES))
    return partial(_keep, quest, thing, document)


def settle(uow: UnitOfWork, house: House, deeds: Sequence[Deed]) -> None:
    """Does what is to be done about several, in the order in which they came."""
    for deed in deeds:
        deed(uow, house)


async def _fetched(tools: Tools, quest: Quest) -> tuple[Thing, bytes]:
    # What is back was gone a moment ago: that answer counts no more.
    answer = await tools.outside.document(quest.iri, is_anew=quest.errand.is_back)
    thing = jsonld.read(answer.body)
    if thing.type == "Tombstone":
        raise Gone(f"{quest.iri} is a tombstone")
    if thing.id != answer.url:
        raise UnacceptableAnswer("The document says that it is another one")
    return thing, answer.body


def _keep(quest: Quest, thing: Thing, document: bytes, uow: UnitOfWork, house: House) -> None:
    meant = _meant(quest.errand, thing)
    if meant is not None:
        uow.tasks.wake(FETCH, meant.subject, due_at=house.now, payload=meant.payload())
        uow.tasks.finish(quest.row, house.now)
        return
    reason = told_at_last(uow, house, quest.errand, document)
    if reason is None:
        reason = take(uow, house, quest.errand, thing, document)
    if reason:
        _put_off(quest, reason, uow, house, is_final=True)
    else:
        uow.tasks.finish(quest.row, house.now)


def _meant(errand: Errand, thing: Thing) -> Errand | None:
    """The errand for the thing itself, when a list named by its bare address the activity that published or passed it on."""
    is_listed = bool(errand.community) and not errand.activity
    if not is_listed or not isinstance(thing, Activity) or thing.type not in {"Create", "Announce"} or errand.budget < 1:
        return None
    iri = named(thing.ref)
    return replace(errand, iri=iri, budget=errand.budget - 1) if iri and iri != thing.id else None


def _hold_local(quest: Quest, uow: UnitOfWork, house: House) -> None:
    stored = uow.things.get(quest.iri, PUBLIC_SCOPE)
    if stored is not None and not getattr(stored.thing, "in_reply_to", ()):
        hold(uow, house, quest.errand, stored.entry)
    uow.tasks.finish(quest.row, house.now)


def _bury(quest: Quest, uow: UnitOfWork, house: House, *, is_hidden: bool) -> None:
    """Gone from its own server: gone here. Of what was never here nothing is remembered.

    `is_hidden`: that server does not say that it is gone, only that it shows nothing there. Of what was delivered to somebody
    here alone that means nothing: the node by itself was never shown it.
    """
    known = uow.things.get_any(quest.iri)
    is_kept_from_us = is_hidden and known is not None and known.entry.audience is not Audience.PUBLIC
    if known is not None and known.entry.deleted_at is None and not known.entry.is_local and not is_kept_from_us:
        uow.things.bury(quest.iri, jsonld.dump(tombstone(quest.iri, known.entry.type, house.now)), house.now)
        let_go(uow, house, known.entry)
    uow.tasks.finish(quest.row, house.now)


def _put_off(quest: Quest, reason: str, uow: UnitOfWork, house: House, *, is_final: bool) -> None:
    uow.tasks.put_off(quest.row, reason, house.now, is_final=is_final)


def _mishap(uow: UnitOfWork, house: House, quest: Quest, reason: str) -> None:
    set_aside(uow, house, quest.row, reason)


JOB = Job(name="fetch_thing", every=0.25, claim=claim, work=work, at_once=AT_ONCE, settle=settle, mishap=_mishap)
