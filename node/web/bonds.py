"""The links of a reader's communities with communities elsewhere: where each stands, what can be done, who may do it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from node.domain import standing
from node.domain.following import LinkState
from node.domain.rights import Deed, may
from node.storage.shelves.followings import FollowingRow
from node.storage.shelves.peers import PeerRow
from node.web.desk import Desk, Link, Origin
from node.web.gatherings import history_words
from node.web.translations import phrase
from node.web.wording import day, hour

_BUTTONS = {
    standing.Deed.AGAIN: phrase("Relancer"),
    standing.Deed.WITHDRAW: phrase("Annuler la demande"),
    standing.Deed.PAUSE: phrase("Ne plus recevoir"),
    standing.Deed.RESUME: phrase("Recevoir de nouveau"),
    standing.Deed.LEAVE: phrase("Ne plus suivre"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a link, as it is shown: the label, the sentence, what was brought over, the buttons (name and words)."""

    stage: str
    label: str
    words: str
    history: str
    deeds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """A community of ours and one elsewhere. `receives` is None while ours never asked.

    `publishes`: theirs receives what ours publishes ("oui", "non", "demande", "d-avance", "pause"); `write` leads to whoever
    answers for them; `may_change`: the reader decides for our community.
    """

    ours: Link
    theirs: Link
    our_iri: str
    their_iri: str
    origin: Origin
    receives: Step | None
    publishes: str
    write: str
    may_change: bool


def bonds(desk: Desk, communities: Iterable[str]) -> list[Bond]:
    """Every link of these communities of ours with communities elsewhere, those first that wait for somebody."""
    found = [_bond(desk, ours, theirs) for ours in sorted(communities) for theirs in _others(desk, ours)]
    return sorted(found, key=lambda each: (each.publishes != "demande", each.theirs.text.casefold(), each.ours.text.casefold()))


def may_follow(desk: Desk, community: str) -> bool:
    """Whether the reader follows others in the name of a community of ours."""
    roles = desk.uow.members.roles(desk.visit.reader.actor, community, desk.visit.house.now)
    return bool(desk.visit.form_token) and may(roles, Deed.FOLLOW)


def _others(desk: Desk, ours: str) -> list[str]:
    out = [row.target for row in desk.uow.followings.of(ours) if row.state != "ended"]
    back = [row.follower for row in desk.uow.followings.to(ours) if row.state in {"requested", "accepted", "paused"}]
    known = (desk.actor(iri) for iri in dict.fromkeys([*out, *back]))
    return [row.iri for row in known if row is not None and row.type == "Group" and not row.is_local]


def _bond(desk: Desk, ours: str, theirs: str) -> Bond:
    out, host = desk.uow.followings.get(ours, theirs), urlsplit(theirs).netloc
    peer = desk.uow.peers.get(host)
    return Bond(
        ours=desk.community(ours),
        theirs=desk.community(theirs),
        our_iri=ours,
        their_iri=theirs,
        origin=desk.origin(theirs),
        receives=step(desk, out, peer) if out is not None and out.state != "ended" else None,
        publishes=publishes(desk, ours, theirs),
        write=write_to(desk, theirs, peer),
        may_change=may_follow(desk, ours),
    )


def step(desk: Desk, row: FollowingRow, peer: PeerRow | None) -> Step:
    """Where a link that one of ours asked for stands."""
    waiting = row.state == "requested" and any(
        each.activity == row.activity for each in desk.uow.deliveries.waiting(peer_host(row))
    )
    found = standing.standing(
        standing.Signs(
            state=LinkState(row.state),
            requested_at=row.requested_at,
            answered_at=row.answered_at,
            ended_at=row.ended_at,
            is_on_its_way=waiting,
            failing_since=peer.failing_since if peer else None,
            next_try_at=peer.next_try_at if peer else None,
        )
    )
    moments = {"since": _day(desk, found.since), "next": hour(found.next_at, desk.language) if found.next_at else ""}
    return Step(
        stage=str(found.stage),
        label=found.label().in_language(desk.as_spoken),
        words=found.words().in_language(desk.as_spoken).format(**moments),
        history=history_words(desk, row) if row.state == "accepted" else "",
        deeds=tuple((str(deed), desk.tongue.say(_BUTTONS[deed])) for deed in found.deeds),
    )


def peer_host(row: FollowingRow) -> str:
    """The server of whom one of ours follows."""
    return urlsplit(row.target).netloc


def publishes(desk: Desk, ours: str, theirs: str) -> str:
    """Whether what one of ours publishes goes there: oui, non, pause; demande while they wait; d-avance for when they ask."""
    back = desk.uow.followings.get(theirs, ours)
    state = back.state if back is not None else ""
    said = {"accepted": "oui", "paused": "pause", "requested": "demande"}.get(state)
    return said or ("d-avance" if desk.uow.agreements.is_welcome(ours, theirs) else "non")


def write_to(desk: Desk, iri: str, peer: PeerRow | None) -> str:
    """Where one writes to whoever answers for a community elsewhere: a letter where an address is known, else its own page."""
    agreed = desk.uow.agreements.get(urlsplit(iri).netloc)
    contact = peer.contact if peer and peer.contact else ""
    named = next((word.strip("<>,;") for word in (agreed.contacts.split() if agreed else []) if "@" in word), "")
    return f"mailto:{named or contact}" if named or contact else iri


def _day(desk: Desk, at: datetime | None) -> str:
    return day(at, desk.language) if at else ""
