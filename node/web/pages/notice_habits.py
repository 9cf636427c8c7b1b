"""The one place where somebody says what they want to be told of, how often, and of what no more."""

from __future__ import annotations

from node.actions.relay import RELAY, takes_letters
from node.contracts import Page, View, Visit
from node.domain.digest import RHYTHMS, WEEKDAYS
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk, Link
from node.web.notices import subject_of
from node.web.translations import phrase

LONGEST = 2_000
_SAID = {
    "masquer": phrase("C’est noté\u00a0: ses mots sont repliés pour vous. Personne n’en est avisé."),
    "montrer": phrase("C’est noté\u00a0: ses mots se lisent de nouveau."),
    "garde": phrase("C’est noté."),
    "sourdine": phrase("C’est noté\u00a0: vous n’en serez plus avisé·e."),
    "parler": phrase("C’est noté\u00a0: vous en serez de nouveau avisé·e."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """How often letters come, and what is muted."""
    desk, person, outcome = Desk(uow, visit), visit.reader.actor, visit.query.get("fait", "")
    habit, member = uow.notices.habit(person), uow.members.get(person)
    letters = f"{visit.house.url}{RELAY}"
    muted = [subject for subject in uow.notices.muted(person) if subject != letters]
    mine = sorted((desk.community(iri) for iri in visit.reader.communities - set(muted)), key=lambda link: link.text.casefold())
    return View(
        title=desk.tongue.say("Choisir mes avis"),
        values={
            "habit": habit,
            "email": member.email if member else "",
            "rhythms": [
                (name, words.in_language(desk.as_spoken), hint.in_language(desk.as_spoken)) for name, words, hint in RHYTHMS
            ],
            "days": [(str(number), words.in_language(desk.as_spoken)) for number, words in enumerate(WEEKDAYS)],
            "letters": letters,
            "takes_letters": takes_letters(uow, visit.house, person),
            "hidden": [(subject, subject_of(desk, subject)) for subject in uow.notices.hidden(person)],
            "asked": _asked(desk),
            "muted": [(subject, subject_of(desk, subject)) for subject in muted],
            "communities": [(f"{visit.house.url}{link.href.partition('?')[0]}", link) for link in mine],
            "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
        },
    )


def _asked(desk: Desk) -> tuple[str, Link] | None:
    """Whom the reader may want to hide, when they come from a page that shows words of that person."""
    iri = desk.visit.query.get("personne", "")[:LONGEST]
    row = desk.uow.actors.get(iri) if iri and iri != desk.visit.reader.actor else None
    return (iri, desk.person(iri)) if row is not None and row.type != "Group" else None


PAGE = Page(path="/moi/avis", right="member", show=show)
