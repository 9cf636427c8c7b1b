"""What is at an address that a member pasted, before anything is followed: who they are, how much they publish, what they get."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from node.contracts import Page, View, Visit
from node.domain.html import visible
from node.domain.outlooks import Outlook
from node.errors import NotFound
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.bonds import may_follow, step
from node.web.cards import community_card, document_of
from node.web.desk import Desk, Link
from node.web.friends import root_of
from node.web.seeking import PREVIEW
from node.web.wording import excerpt, language_name, licence

_LONGEST_NUMBER = 18
_KINDS = ("communaute", "choix", "flux")


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What was found for this reader; raises NotFound for what was not, or is too old."""
    desk = Desk(uow, visit)
    number = visit.query.get("n", "")
    is_number = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER
    row = uow.previews.get(int(number), visit.reader.actor) if is_number else None
    if row is None or row.kind not in _KINDS:
        raise NotFound
    found: Mapping[str, Any] = json.loads(row.found)
    values = {"communaute": _community, "choix": _choices, "flux": _feed}[row.kind](desk, found)
    title = desk.tongue.say("Avant de suivre")
    return View(title=title, values={"kind": row.kind, "asked": row.address, **_ours(desk), **values}, is_secret=True)


def _ours(desk: Desk) -> dict[str, Any]:
    """The communities in whose name the reader may follow; else those who may, of each of theirs."""
    mine = [iri for iri in desk.communities if iri in desk.visit.reader.communities]
    able = [(iri, desk.community(iri).text) for iri in mine if may_follow(desk, iri)]
    return {"ours": able, "is_member": bool(mine)}


def _community(desk: Desk, found: Mapping[str, Any]) -> dict[str, Any]:
    row = desk.uow.actors.get(str(found["iri"]))
    if row is None:
        raise NotFound
    view = Outlook.of(found["outlook"]) if found["outlook"] else Outlook()
    return {
        "card": community_card(desk, row),
        "address": f"@{row.username}@{row.host}" if row.username else row.iri,
        "iri": row.iri,
        "is_here": row.is_local,
        "root": root_of(row.iri),
        "software": _software(desk, row),
        "languages": [language_name(tag, desk.tongue) for tag in view.languages],
        "licences": [licence(iri, desk.tongue) for iri in view.licences],
        "total": view.total,
        "pace": view.pace(desk.visit.house.now).in_language(desk.as_spoken),
        "latest": [(visible(each.title), datetime.fromisoformat(each.at) if each.at else None) for each in view.latest],
        "stands": _standings(desk, row),
        "summary": excerpt(desk.worded(getattr(document_of(row), "summary", None))[0], 600),
    }


def _software(desk: Desk, row: ActorRow) -> str:
    peer = desk.uow.peers.get(row.host)
    return peer.software if peer else ""


def _standings(desk: Desk, row: ActorRow) -> list[tuple[Link, Any]]:
    """Where a link stands that one of the reader's communities has asked for before."""
    mine = (desk.uow.followings.get(iri, row.iri) for iri in sorted(desk.visit.reader.communities))
    peer = desk.uow.peers.get(row.host)
    return [
        (desk.community(link.follower), step(desk, link, peer)) for link in mine if link is not None and link.state != "ended"
    ]


def _choices(desk: Desk, found: Mapping[str, Any]) -> dict[str, Any]:
    del desk
    listed = [each for each in found["choices"] if str(each["iri"]).startswith(("https://", "http://"))]
    said = [{"iri": each["iri"], "name": visible(each["name"]), "summary": excerpt(each["summary"], 200)} for each in listed]
    return {"choices": said}


def _feed(desk: Desk, found: Mapping[str, Any]) -> dict[str, Any]:
    del desk
    return {
        "address": found["address"],
        "name": visible(found["title"]) or found["address"],
        "summary": excerpt(found["summary"], 300),
        "items": [visible(title) for title in found["items"]],
    }


PAGE = Page(path=PREVIEW, right="member", show=show)
