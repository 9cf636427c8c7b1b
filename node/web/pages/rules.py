"""The rules of a community: what is in force, what was before, who agreed; and what is asked of whoever joins."""

from __future__ import annotations

from typing import Any

from node.contracts import Page, View, Visit
from node.domain.composing import rendered
from node.domain.promises import STAYS_HERE
from node.domain.rights import Deed
from node.storage.office import may_keep
from node.storage.patterned import pattern_of
from node.storage.shelves.rules import RulesRow
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import community_card, document_of
from node.web.desk import Desk
from node.web.promises import promised
from node.web.translations import phrase

_SAID = {
    "accord": phrase("Merci\u00a0: votre accord est noté."),
    "garde": phrase("Les nouvelles règles sont en vigueur. Chaque membre est invité·e à les relire."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The version in force, or the one that is asked for; raises NotFound for a community that is not here."""
    desk = Desk(uow, visit)
    row = desk.here(f"/communautes/{visit.path['slug']}")
    versions = uow.rules.versions(row.iri)
    asked, outcome = visit.query.get("version", ""), visit.query.get("fait", "")
    shown = next((each for each in versions if str(each.version) == asked), versions[0] if versions else None)
    document, pattern = document_of(row), pattern_of(uow, row.iri)
    may_set = may_keep(uow, visit.house, visit.reader.actor, row.iri, Deed.SET_RULES)
    path = f"/communautes/{visit.path['slug']}"
    values: dict[str, Any] = {
        "community": community_card(desk, row),
        "shown": shown,
        "is_current": not versions or shown == versions[0],
        "text": rendered(shown.text if shown else pattern.rules.in_language(desk.as_spoken)),
        "promise": promised(desk, shown.mode if shown else STAYS_HERE),
        "versions": [(each, desk.addresses.page(f"{path}/regles", version=each.version)) for each in versions],
        "expected": desk.worded(getattr(document, "expected_time", None))[0],
        "change": desk.addresses.page(f"{path}/regles/modifier") if may_set else "",
        "card": desk.addresses.page(f"{path}/regles/ouverture"),
        "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID and visit.form_token else "",
        **_agreement(desk, row.iri, versions[0] if versions else None, may_set=may_set),
    }
    return View(title=desk.tongue.say("Nos règles"), values=values)


def _agreement(desk: Desk, community: str, current: RulesRow | None, *, may_set: bool) -> dict[str, Any]:
    """Whether the reader still has to agree; and for those who look after the rules, who has not yet."""
    uow, me = desk.uow, desk.visit.reader.actor
    if current is None or community not in desk.visit.reader.communities:
        return {"agreed": 0, "asks": False, "waiting": [], "count": 0}
    agreed = uow.rules.agreements(community)
    people = dict.fromkeys(row.person for row in uow.members.of(community, desk.visit.house.now))
    waiting = [desk.person(iri) for iri in people if agreed.get(iri, 0) < current.version] if may_set else []
    mine = agreed.get(me, 0)
    return {
        "agreed": mine,
        "asks": bool(desk.visit.form_token) and mine < current.version,
        "waiting": waiting,
        "count": len(people) if may_set else 0,
    }


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/regles", right="anyone", show=show)
