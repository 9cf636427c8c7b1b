"""The form in which somebody erases their account, with what follows said before."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.personal import Choice
from node.storage.personal import written_here
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form of whoever reads."""
    desk = Desk(uow, visit)
    written = written_here(uow, visit.reader.actor)
    hosts = {inbox.split("/")[2] for iri in written for inbox in uow.things.recipients(iri) if "://" in inbox}
    say = desk.tongue.say
    return View(
        title=say("Effacer mon compte"),
        values={
            "count": len(written),
            "hosts": len(hosts),
            "choices": [
                (
                    Choice.NAMED.value,
                    say("Mes contributions restent, avec mon nom"),
                    say("Seul le compte s’efface. On pourra encore vous citer."),
                ),
                (
                    Choice.UNNAMED.value,
                    say("Mes contributions restent, sans mon nom"),
                    say("Elles seront signées «\u00a0Une personne partie\u00a0». Leur adresse peut contenir votre nom d’usage."),
                ),
                (
                    Choice.NOTHING.value,
                    say("Tout s’efface"),
                    say("Ici, puis chaque site qui en a une copie est prié de l’oublier. Une copie peut rester ailleurs."),
                ),
            ],
        },
        is_secret=True,
    )


PAGE = Page(path="/moi/donnees/effacer", right="member", show=show)
