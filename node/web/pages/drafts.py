"""What somebody has begun to write, and what they keep for themselves alone; nobody else sees either."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from node.actions.share import SHARED
from node.contracts import Page, View, Visit
from node.domain.entries import Audience
from node.storage.shelves.drafts import DraftRow
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import card
from node.web.desk import Desk
from node.web.tongues import TRANSLATE
from node.web.translations import phrase

#: So many notes for oneself are listed.
MOST = 50
_SAID = {
    "garde": phrase("Votre brouillon est gardé. Personne d’autre ne le voit."),
    "jete": phrase("C’est fait\u00a0: ce brouillon n’est plus là."),
    "retire": phrase("C’est retiré. Les autres sites qui l’avaient reçue sont priés de l’effacer."),
    "annule": phrase("C’est annulé. Ce que vous aviez publié est de nouveau un brouillon."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The drafts of the reader, the last touched first, and their notes for themselves."""
    desk, person, outcome = Desk(uow, visit), visit.reader.actor, visit.query.get("fait", "")
    mine = uow.things.listed(scope=desk.scope, author=person, limit=MOST * 4)
    alone = [stored for stored in mine if stored.entry.audience is Audience.SELF][:MOST]
    return View(
        title=desk.tongue.say("Mes brouillons"),
        values={
            "drafts": [(row, _goes_on(desk, row)) for row in uow.drafts.of(person) if not row.about.endswith(SHARED)],
            "alone": [card(desk, stored) for stored in alone],
            "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
        },
        is_secret=True,
    )


def _goes_on(desk: Desk, row: DraftRow) -> str:
    """Where one goes on with a draft."""
    if urlsplit(row.about).path == TRANSLATE:
        return f"{desk.addresses.page(TRANSLATE, **dict(parse_qsl(urlsplit(row.about).query)), brouillon=row.id)}"
    if row.about:
        return desk.addresses.page(f"{urlsplit(row.about).path}/modifier", brouillon=row.id)
    return desk.addresses.page("/partager", brouillon=row.id)


PAGE = Page(path="/brouillons", right="member", show=show)
