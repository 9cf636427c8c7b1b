"""The form in which somebody opens an exchange in their community, about a note or about nothing but its title."""

from __future__ import annotations

from node.actions.open_exchange import LONGEST, LONGEST_TITLE, discussed
from node.contracts import Page, View, Visit
from node.domain.promises import MODES, mode_of
from node.errors import NotAllowed, NotFound
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import title_of
from node.web.desk import Desk, Link
from node.web.exchanges import NEW, SLUG, named
from node.web.promises import modes


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form; raises NotFound for a community that is not known here, NotAllowed for whoever may not speak in it."""
    desk = Desk(uow, visit)
    group = named(desk, visit.path["slug"])
    community = group.iri
    about = _about(desk, community)
    rules = uow.rules.current(community)
    promised = mode_of(about.thing) if about is not None else ""
    return View(
        title=desk.tongue.say("Discuter de la note") if about is not None else desk.tongue.say("Ouvrir un échange"),
        values={
            "community": desk.community(community),
            "about": Link(text=title_of(desk, about)[0], href=desk.addresses.thing(about.entry.iri)) if about else None,
            "about_iri": about.entry.iri if about else "",
            "suggested": _suggested(desk, about),
            "modes": modes(desk),
            "mode": promised or (rules.mode if rules else MODES[0]),
            "is_promised": bool(promised),
            "longest": LONGEST,
            "longest_title": LONGEST_TITLE,
            "rules": desk.addresses.page(f"/communautes/{visit.path['slug']}/regles") if group.is_local else "",
            "exchanges": desk.addresses.page(f"/communautes/{visit.path['slug']}/echanges") if group.is_local else "",
            "host": "" if group.is_local else group.host,
        },
    )


def _about(desk: Desk, community: str) -> StoredThing | None:
    iri = desk.visit.query.get("a-propos", "") or desk.visit.sent.get("a-propos", "")
    if not iri:
        return None
    try:
        return discussed(desk.uow, desk.visit.house, community, desk.visit.reader.actor, iri)
    except NotAllowed:
        raise NotFound from None


def _suggested(desk: Desk, about: StoredThing | None) -> str:
    """A title to begin with."""
    if about is None:
        return ""
    return desk.tongue.say("À propos de «\u00a0%(title)s\u00a0»", title=title_of(desk, about)[0])[:LONGEST_TITLE]


PAGE = Page(path=f"/communautes/{SLUG}/{NEW}", right="member", show=show)
