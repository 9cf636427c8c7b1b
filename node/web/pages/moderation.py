"""What is reported in a community, what is asked of whom, and what was decided: for those who animate it."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.moderating import LONGEST_REASON
from node.domain.rights import Deed
from node.storage.office import kept_by
from node.storage.restraining import EVERYBODY, calmed
from node.storage.strangers import holds_first_answers
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.moderation import deed_words, item, line
from node.web.translations import phrase

MOST = 50
_SAID = {
    "decide": phrase("C’est décidé, noté, et dit à qui cela concerne."),
    "ralentir": phrase(
        "C’est ralenti pour sept jours\u00a0: un message à l’heure au plus par personne. Vous pouvez y mettre fin avant."
    ),
    "reprendre": phrase("Chacun·e écrit de nouveau à son rythme."),
    "retenir": phrase("C’est noté\u00a0: la première réponse de qui n’a jamais écrit ici attendra votre regard."),
    "laisser": phrase("C’est noté\u00a0: ces réponses se lisent aussitôt."),
    "leve": phrase("C’est levé\u00a0: la personne peut de nouveau écrire."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The desk; to anybody else it answers as one that is not there."""
    desk = Desk(uow, visit)
    community = f"{visit.house.url}/communautes/{visit.path['slug']}"
    kept_by(uow, visit.house, visit.reader.actor, community, Deed.MODERATE)
    outcome = visit.query.get("fait", "")
    return View(
        title=desk.tongue.say("Modération"),
        values={
            "community": desk.community(community),
            "waiting": [item(desk, row) for row in reversed(uow.reports.listed("waiting", MOST, community=community))],
            "restraints": [
                (row, desk.person(row.person), deed_words("pause" if row.kind == "pause" else "ralentir", desk.language))
                for row in uow.restraints.in_force(community, visit.house.now)
                if row.person != EVERYBODY
            ],
            "calmed": calmed(uow, visit.house, community),
            "holds": holds_first_answers(uow, community),
            "lines": [line(desk, row) for row in uow.decisions.of_community(community, MOST)],
            "longest": LONGEST_REASON,
            "path": f"/communautes/{visit.path['slug']}/moderation",
            "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
        },
    )


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/moderation", right="member", show=show)
