"""Takes in what may be believed of a thing elsewhere: what its own server answered, or a copy that its author's proof goes with.

Spec: FEP-fe34 §Authentication.
"""

from __future__ import annotations

from dataclasses import replace

from federation.addresses import same_origin
from federation.addressing import is_public
from federation.messages import Verified
from federation.trust import may_be_taken_as_said, may_change
from node.domain.activities import about
from node.domain.embedded import embedded_document
from node.domain.entries import Audience, Entry
from node.domain.errands import FETCH, REFRESH_ACTOR, Errand, shares
from node.domain.receiving import entry_of, is_surely_newer, may_be_kept, references, tombstone
from node.domain.repertoire import mode_for
from node.storage.acquaintance import may_fetch, state_of
from node.storage.conversations import seek
from node.storage.gathering import is_settled
from node.storage.here import Here
from node.storage.hosts import host_of
from node.storage.keeping import MOST_BELONGINGS, keep_actor, keep_thing, with_proven_community
from node.storage.moderating import let_go_when_narrowed
from node.storage.strangers import spoken_in, waits_for_a_look
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.thing import Thing
from vocab.things.actor import Actor
from vocab.things.object import Object


def take(uow: UnitOfWork, here: Here, errand: Errand, thing: Thing, document: bytes) -> str:
    """Keeps what the server of a thing says of it, and has fetched what it needs; "" or, in words, why it is not kept."""
    if isinstance(thing, Actor):
        keep_actor(uow, thing, document, here.now, goes_on=errand.budget >= MOST_BELONGINGS)
        return ""
    author = _author(thing)
    known = uow.things.get_any(thing.id)
    audience = Audience.PUBLIC if is_public(thing) else Audience.COMMUNITY
    reasons = (
        (not may_be_kept(thing), "there is nothing there that could be kept"),
        (author is None, "it is attributed to somebody of another server"),
        (author is not None and state_of(uow, author) not in {"", "active"}, "its author may not write here"),
        # Not meant for everybody, and delivered to nobody here: what a signature of the node may read is not for the shelf.
        (known is None and audience is not Audience.PUBLIC, "it is not public"),
        (
            known is None and _is_of_a_stranger(uow, here, thing, author),
            "its author was never seen here, and answers something of ours",
        ),
    )
    reason = next((reason for applies, reason in reasons if applies), "")
    if reason or author is None:
        return reason
    if errand.is_back:
        uow.things.unbury(thing.id)  # its own server has the last word on whether it is there
    readers = known.entry.readers if known is not None and audience is not Audience.PUBLIC else frozenset()
    entry = entry_of(thing, audience=audience, author=author, at=here.now, readers=readers)
    _keep(uow, here, errand, entry, thing, document)
    return ""


def take_proven(uow: UnitOfWork, here: Here, errand: Errand, proven: Verified) -> bool:
    """Acts on an activity that a community passed on and its author's own proof goes with; False: ask the server of the thing.

    Only what is public, newer than what is here, and the author's alone; an end only of what is here and theirs.
    """
    ref = about(proven.activity)
    may_come = may_fetch(uow, here, host_of(ref.iri), is_vouched=errand.is_vouched)
    if here.is_local(ref.iri) or not may_come.is_allowed or ref.iri != errand.iri:
        return False
    if proven.activity.type == "Delete":
        return _take_end(uow, here, ref.iri, proven.actor)
    if proven.activity.type not in {"Create", "Update"} or not isinstance(ref.thing, Object):
        return False
    return _take_version(uow, here, errand, proven, ref.thing)


def hold(uow: UnitOfWork, here: Here, errand: Errand, entry: Entry) -> None:
    """Notes that a community holds the thing, when it is one that somebody here follows, or one of ours."""
    is_near = here.is_local(errand.community) or bool(uow.followings.to(errand.community, "accepted"))
    if not errand.community or not is_near:
        return
    if entry.audience is not Audience.PUBLIC or entry.deleted_at is not None:
        return
    since = min(entry.published_at or here.now, here.now)
    uow.holdings.add(errand.community, entry.iri, mode_for(entry, errand.community).value, since, errand.activity)


def _take_end(uow: UnitOfWork, here: Here, iri: str, actor: str) -> bool:
    known = uow.things.get_any(iri)
    if known is None or known.entry.deleted_at or not may_change(actor, iri=iri, owner=known.entry.author):
        return False
    uow.things.bury(iri, jsonld.dump(tombstone(iri, known.entry.type, here.now)), here.now)
    return True


def _take_version(uow: UnitOfWork, here: Here, errand: Errand, proven: Verified, thing: Object) -> bool:
    known, actor = uow.things.get_any(thing.id), proven.actor
    is_theirs = [author.iri for author in thing.attributed_to] == [actor]
    if not is_theirs or not may_be_taken_as_said(actor, iri=thing.id, owner=actor) or not may_be_kept(thing):
        return False
    entry = entry_of(thing, audience=Audience.PUBLIC, author=actor, at=here.now)
    is_fresh = known is None or (known.entry.author == actor and is_surely_newer(entry, known.entry))
    if is_fresh and is_public(thing):
        _keep(uow, here, errand, entry, thing, embedded_document(proven.body))
        return True
    return False


def _keep(uow: UnitOfWork, here: Here, errand: Errand, entry: Entry, thing: Thing, document: bytes) -> None:
    known = uow.things.get_any(entry.iri)
    entry = with_proven_community(uow, entry, here.now, announced_by=errand.community)
    if not is_settled(uow, entry, known):
        keep_thing(uow, let_go_when_narrowed(uow, here, entry, known), thing, document)
    answers = isinstance(thing, Object) and bool(thing.in_reply_to)
    if not answers:
        hold(uow, here, replace(errand, community=errand.community or _group(uow, entry)), entry)
    left = _fetch_what_it_needs(uow, here, errand, entry, thing)
    seek(uow, here, entry, thing, replace(errand, budget=left))


def _is_of_a_stranger(uow: UnitOfWork, here: Here, thing: Thing, author: str | None) -> bool:
    """Whether it is an answer that waits for a look when its author sends it: found elsewhere, it goes round nobody."""
    community = spoken_in(uow, thing) if isinstance(thing, Object) and author else ""
    entry = entry_of(thing, audience=Audience.PUBLIC, author=author or "", at=here.now)
    return bool(community) and waits_for_a_look(uow, here, entry, community)


def _group(uow: UnitOfWork, entry: Entry) -> str:
    """The group that a thing is attributed to, which announces nothing and lists no repertoire (Mobilizon's); "" for none."""
    row = uow.actors.get(entry.author) if entry.author else None
    return entry.author if row is not None and row.type == "Group" and not row.repertoire else ""


def _author(thing: Thing) -> str | None:
    """The first of its authors who is on its own server; "" when it names none at all, None when all are elsewhere."""
    named = [ref.iri for ref in thing.attributed_to if ref.iri] if isinstance(thing, Object) else []
    return next((iri for iri in named if same_origin(iri, thing.id)), None if named else "")


def _fetch_what_it_needs(uow: UnitOfWork, here: Here, errand: Errand, entry: Entry, thing: Thing) -> int:
    """Has the actors of a thing fetched and what it refers to; what is left of the budget for the conversation it is part of."""
    actors = {iri for iri in (entry.author, entry.community) if same_origin(iri, entry.iri) and uow.actors.get(iri) is None}
    named = () if errand.is_talk else references(thing)
    others = [iri for iri in named if uow.things.get_any(iri) is None and _is_near(uow, iri, entry.iri)]
    needed = [iri for iri in (*sorted(actors), *others) if not here.is_local(iri)]
    # Actors lead nowhere: each costs one. What is referred to leads further; an answer keeps half for what it answers.
    kept = errand.budget // 2 if isinstance(thing, Object) and thing.in_reply_to else 0
    spent = errand.budget - kept if others else min(errand.budget, len(needed))
    for each in shares(replace(errand, budget=max(spent, 0)), needed):
        if each.iri in actors:
            uow.tasks.wake(REFRESH_ACTOR, each.iri, payload=replace(each, budget=0).payload())
        else:
            uow.tasks.wake(FETCH, each.subject, payload=each.payload())
    return errand.budget - spent


def _is_near(uow: UnitOfWork, iri: str, origin: str) -> bool:
    return same_origin(iri, origin) or uow.peers.is_approved(host_of(iri))
