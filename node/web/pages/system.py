"""All that pages are made of, on one page: colours, type, what one presses, what one fills in, what one is told."""

from __future__ import annotations

from dataclasses import replace

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.translations import phrase

#: The properties of the style sheet that are colours, each with what it is for.
COLOURS = (
    ("paper", phrase("le fond")),
    ("sheet", phrase("les feuilles posées dessus")),
    ("ink", phrase("le texte")),
    ("soft", phrase("le texte second")),
    ("teal", phrase("les liens et les gestes")),
    ("ochre", phrase("ce qui vient d’ailleurs")),
    ("plum", phrase("ce qui se touche, ce qui est réservé")),
    ("red", phrase("ce qui est à corriger ou part pour de bon")),
)


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The parts, the same for everybody; a form with a mistake in it is among them."""
    desk = Desk(uow, visit)
    problems = {"exemple-jour": desk.tongue.say("Écrivez le jour ainsi\u00a0: 2026-12-04.")}
    wrong = replace(visit, sent={"exemple-jour": "4 déc"}, problems=problems)
    return View(
        title=desk.tongue.say("Ce dont les pages sont faites"),
        values={"colours": [(name, desk.tongue.say(words)) for name, words in COLOURS], "wrong": wrong},
    )


PAGE = Page(path="/systeme", right="anyone", show=show)
