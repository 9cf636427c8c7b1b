"""One organisation with which this node is linked: the agreement, what a refusal would do, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from node.contracts import Page, View, Visit
from node.domain.neighbours import in_words
from node.errors import NotFound
from node.storage.hosts import normal
from node.storage.neighbours import Neighbour, neighbour
from node.storage.unit_of_work import UnitOfWork
from node.storage.vouching import vouchers
from node.web.desk import Desk
from node.web.translations import phrase
from node.web.wording import zone

_DECISIONS: Mapping[str, str] = {
    "block": phrase("Refusé"),
    "unblock": phrase("Refus levé"),
    "agree": phrase("Entente notée"),
    "limit paused": phrase("Mis en pause"),
    "limit held": phrase("À regarder avant de laisser entrer"),
    "lift": phrase("Repris"),
}
_LOOKED, _SHOWN = 1_000, 20


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The server that `serveur` names; raises NotFound for one that is not known here."""
    desk, host = Desk(uow, visit), normal(visit.query.get("serveur", "") or visit.sent.get("serveur", ""))
    found = neighbour(uow, host, visit.house.now) if host else None
    if found is None or not (found.links or uow.peers.get(host)):
        raise NotFound
    values = {
        "host": host,
        "name": desk.house_of(host),
        "software": f"{found.peer.software} {found.peer.software_version}".strip(),
        "words": in_words(found.condition).in_language(desk.as_spoken),
        "contact": found.peer.contact,
        "vouchers": [desk.community(iri) for iri in vouchers(uow, host)],
        "effects": _effects(found),
        "is_blocked": found.peer.state == "blocked",
        "log": _log(desk, host),
        "done": visit.query.get("fait", ""),
        **_agreement(desk, host),
    }
    return View(title=desk.house_of(host), values=values)


def _agreement(desk: Desk, host: str) -> dict[str, Any]:
    """The agreement as it stands in the form."""
    row = desk.uow.agreements.get(host)
    moments = {"depuis": row.agreed_at if row else None, "revoir": row.review_at if row else None}
    old = {name: f"{at.astimezone(zone()):%Y-%m-%d}" if at else "" for name, at in moments.items()}
    old |= {"pourquoi": row.why if row else "", "contacts": row.contacts if row else "", "charte": row.charter if row else ""}
    return {
        "old": old,
        "written_by": desk.person(row.by) if row and row.by else None,
        "is_due": bool(row and row.review_at and row.review_at <= desk.visit.house.now),
    }


def _effects(found: Neighbour) -> dict[str, int]:
    """What a refusal would end: links in force or asked for, what waits to be sent, what waits to be looked at."""
    alive = [row for row in found.links if row.state in {"requested", "accepted", "paused"}]
    return {"links": len(alive), "waiting": sum(found.queue.values()), "held": found.held}


def _log(desk: Desk, host: str) -> list[dict[str, Any]]:
    rows = [row for row in desk.uow.decisions.recent(_LOOKED) if normal(row.subject) == host]
    return [
        {
            "at": row.at,
            "words": desk.tongue.say(_DECISIONS[row.deed]) if row.deed in _DECISIONS else row.deed,
            "by": desk.person(row.by) if row.by else None,
            "reason": row.reason,
        }
        for row in rows[:_SHOWN]
    ]


PAGE = Page(path="/liens/noeud", right="admin", show=show)
