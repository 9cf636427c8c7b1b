"""One box for whatever somebody shares: a link, a text, files, a question, a date; and who will see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from node.contracts import Page, View, Visit
from node.domain.sharing import Attached
from node.domain.tracking import link_in
from node.storage.pointing import first_sharing
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import thing_link
from node.web.desk import Desk, Link
from node.web.given_files import attached
from node.web.sharing import Place, communities, places, reaches
from node.web.translations import phrase
from node.web.wording import language_name

#: What a link from a bookmark, or from a phone's share sheet, may bring along: field by parameter, and so much of each.
_BROUGHT = {
    "texte": "texte",
    "titre": "titre",
    "lien": "lien",
    "url": "lien",
    "title": "titre",
    "text": "texte",
    "question": "question",
}
_LONGEST = 4_000
LICENCES = (
    ("", phrase("Non précisée")),
    ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
    ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
    ("https://creativecommons.org/licenses/by-nc/4.0/", "CC BY-NC 4.0"),
    ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC BY-NC-SA 4.0"),
    ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
)


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The box, with what was begun, brought along, or sent and refused."""
    desk = Desk(uow, visit)
    draft, fields = _begun(desk)
    found = places(desk)
    place = _chosen(found, fields, visit)
    seen = reaches(desk, place)
    files = attached(uow, visit, fields.get("joints", "").split(), fields)
    values: dict[str, Any] = {
        "draft": draft,
        "fields": fields,
        "rooms": found,
        "room": place,
        "reaches": seen,
        "reach": fields.get("qui", "") or ("communaute" if place else "moi"),
        "chosen": frozenset(fields.get("choisies", "").split()) or frozenset({place.iri} if place else ()),
        "communities": communities(desk) if place else [],
        "files": files,
        "picture": _picture(files),
        "is_looked": bool(fields.get("lu")),
        "answered": fields.get("repond", "oui") == "oui",
        "licences": _licences(desk, fields),
        "languages": [("", desk.tongue.say("Non précisée")), *((tag, language_name(tag, desk.tongue)) for tag in _tags(fields))],
        "bookmark": f"javascript:location.href='{visit.house.url}/partager?lien='+encodeURIComponent(location.href)"
        "+'&titre='+encodeURIComponent(document.title)+'&texte='+encodeURIComponent(getSelection().toString().slice(0,1000))",
        "before": _before(desk, fields) if "deja" in visit.problems else None,
        "seen": visit.query.get("fait", "") == "vu" and bool(draft),
    }
    return View(title=desk.tongue.say("Partager"), values=values, is_secret=True)


def _begun(desk: Desk) -> tuple[int, Mapping[str, str]]:
    """The number and the fields of a draft, else what the address brings along."""
    visit, said = desk.visit, desk.visit.query
    number = visit.sent.get("brouillon", "") or said.get("brouillon", "")
    if number.isascii() and number.isdecimal() and len(number) <= 18:  # noqa: PLR2004 -- no row has a longer number
        row = desk.uow.drafts.get(int(number), visit.reader.actor)
        if row is not None:
            return row.id, {**row.fields, **visit.sent}
    brought = {field: said[name].strip()[:_LONGEST] for name, field in _BROUGHT.items() if said.get(name, "").strip()}
    if brought.get("lien") and brought.get("texte", "").endswith(brought["lien"]):
        brought["texte"] = brought["texte"].removesuffix(brought["lien"]).strip()
    if brought.get("titre") and not brought.get("lien"):
        brought["texte"] = "\n".join(dict.fromkeys([brought.pop("titre"), brought.get("texte", "")])).strip()
    return 0, {**brought, **visit.sent}


def _before(desk: Desk, fields: Mapping[str, str]) -> Link | None:
    """What of the same page is shared here already."""
    first = first_sharing(desk.uow, fields.get("lien", "") or link_in(fields.get("texte", ""))[0])
    return thing_link(desk, first.entry.iri, first) if first is not None else None


def _chosen(found: list[Place], fields: Mapping[str, str], visit: Visit) -> Place | None:
    wanted, slug = fields.get("communaute", ""), visit.query.get("communaute", "")
    known = (place for place in found if place.iri == wanted or (slug and place.iri.endswith(f"/communautes/{slug}")))
    return next(known, found[0] if found else None)


def _picture(files: list[Attached]) -> Attached | None:
    return next((each for each in files if each.is_picture), None)


def _licences(desk: Desk, fields: Mapping[str, str]) -> list[tuple[str, str]]:
    known = [(iri, desk.tongue.say(words)) for iri, words in LICENCES]
    said = fields.get("licence", "")
    return known if said in {iri for iri, _ in known} else [*known, (said, said)]


def _tags(fields: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(tag for tag in ("fr", "en", "es", "iu", fields.get("langue", "")) if tag))


PAGE = Page(path="/partager", right="member", show=show)
