"""Follow: somebody elsewhere asks to receive what a community of ours publishes.

Spec: ActivityPub §7.5.
"""

from __future__ import annotations

from federation import outbox
from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.activities import about
from node.domain.following import LinkEvent, LinkState, Verdict, after, decide
from node.domain.peers import Trust
from node.errors import NotFound
from node.storage.acquaintance import acquaintance
from node.storage.hosts import host_of
from node.storage.link_notices import ASKED, tell_animators
from node.storage.linking import move, settle
from node.storage.openness import mode_of
from node.storage.sending import send
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity

_EVENTS = {Verdict.ACCEPT: LinkEvent.ACCEPT, Verdict.REFUSE: LinkEvent.REFUSE}


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """The one followed is ours, and the one who follows has an inbox to be answered at."""
    _target(uow, house, verified)
    follower = uow.actors.get(verified.actor)
    if follower is None or not follower.inbox:
        raise NotFound("The actor who asks to follow cannot be read, or has no inbox.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Accepts, holds or refuses; asked again by somebody accepted, accepts again."""
    target = _target(uow, house, verified).iri
    known = uow.followings.get(verified.actor, target)
    if known is not None and known.state == "ended" and known.activity == verified.activity.id:
        return Outcome.IGNORED  # taken back before it arrived
    already = LinkState(known.state) if known is not None else None
    server = acquaintance(uow, host_of(verified.actor))
    decision = decide(
        mode_of(uow, house, target),
        is_approved=server.trust is Trust.APPROVED or uow.agreements.is_welcome(target, verified.actor),
        is_blocked=server.trust is Trust.BLOCKED,
        already=already,
    )
    state = after(already, LinkEvent.ASK) or LinkState.REQUESTED
    if decision.verdict in _EVENTS:
        state = after(state, _EVENTS[decision.verdict]) or state
    note = decision.reason.in_language(house.language)
    # Also when it holds already: what is answered later is answered to the last request.
    uow.followings.put(verified.actor, target, activity=verified.activity.id, state=state.value, at=house.now, note=note)
    settle(uow, verified.actor, target, state, house.now)
    _answer(uow, house, verified, target, decision.verdict)
    if decision.verdict is Verdict.HOLD:
        tell_animators(uow, house, target, ASKED, verified.actor)
    return Outcome.DONE


def undo(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """The follower no longer follows. Taken back before it came, it is remembered as ended."""
    activity = verified.activity
    known = uow.followings.by_activity(activity.id) if activity.id else None
    if known is None or known.follower != verified.actor:
        target = _named(activity) or _asked_before(uow, verified)
        known = uow.followings.get(verified.actor, target) if target else None
        if known is None:
            return _remember(uow, house, verified, target)
    move(uow, known, LinkEvent.END, house.now)
    return Outcome.DONE


def _asked_before(uow: UnitOfWork, verified: Verified) -> str:
    """Whom a Follow that is known by its id alone was about: it may be older than the one that the link came from."""
    came = uow.inbox.get(verified.activity.id) if verified.activity.id else None
    if came is None or came.actor != verified.actor or came.type != "Follow" or not came.body:
        return ""
    return _named(jsonld.read(came.body))


def _remember(uow: UnitOfWork, house: House, verified: Verified, target: str) -> Outcome:
    if not target or not verified.activity.id or not house.is_local(target):
        return Outcome.IGNORED
    uow.followings.put(verified.actor, target, activity=verified.activity.id, state="ended", at=house.now)
    return Outcome.DONE


def _answer(uow: UnitOfWork, house: House, verified: Verified, target: str, verdict: Verdict) -> None:
    activity, follower = verified.activity, uow.actors.get(verified.actor)
    if not isinstance(activity, Activity) or follower is None or verdict is Verdict.HOLD:
        return
    wrap = outbox.accept if verdict is Verdict.ACCEPT else outbox.reject
    send(uow, house, lambda name, at: wrap(activity, target, name, at), [follower.inbox], about=activity.id)


def _target(uow: UnitOfWork, house: House, verified: Verified) -> ActorRow:
    iri = about(verified.activity).iri
    target = uow.actors.get(iri) if house.is_local(iri) else None
    if target is None or not target.is_local or target.state != "active":
        raise NotFound("There is nobody of that address to follow here.")
    return target


def _named(activity: object) -> str:
    objects = activity.object if isinstance(activity, Activity) else ()
    return objects[0].iri if len(objects) == 1 else ""


HANDLER = Handler(activity="Follow", check=check, receive=receive, undo=undo)
