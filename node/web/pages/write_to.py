"""The form by which somebody who reads writes to whoever wrote, with or without an account."""

from __future__ import annotations

from node.actions.relay import LONGEST_NAME, LONGEST_TEXT, RELAY, about
from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import authors_of, thing_link
from node.web.desk import Desk


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form about a public thing of ours; raises NotFound for anything else."""
    desk = Desk(uow, visit)
    iri = visit.sent.get("iri") or visit.query.get("iri", "")
    stored = about(uow, iri)
    member = uow.members.get(visit.reader.actor) if visit.form_token else None
    return View(
        title=desk.tongue.say("Écrire à l’auteur·trice"),
        values={
            "iri": iri,
            "about": thing_link(desk, iri, stored),
            "authors": authors_of(desk, stored),
            "longest": {"nom": LONGEST_NAME, "texte": LONGEST_TEXT},
            "own": {"nom": visit.reader_name, "courriel": member.email if member else ""},
            "is_done": visit.query.get("fait") == "envoye",
        },
    )


PAGE = Page(path=RELAY, right="anyone", show=show)
