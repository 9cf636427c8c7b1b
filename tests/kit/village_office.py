"""What waits in the village for those who look after it, and who they are."""

from __future__ import annotations

import json
from datetime import timedelta

from kit.village import ALI, CHANTAL, COOP, HERE, HOUSE, HOUSING, MIREILLE, MUNICIPAL, NEIGHBOURS, NOTEBOOK, NOW, RIVE, WELCOME
from node.actions.answer_report import settle
from node.actions.moderate import limit
from node.domain.errands import FETCH
from node.domain.neighbours import Measure
from node.domain.rights import CURATION
from node.storage.hosts import host_of
from node.storage.shelves.members import MemberRow
from node.storage.shelves.reports import Complaint
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import AS_CONTEXT

PROPOSALS = "/communautes/habitation/propositions"
#: Where somebody shares, and looks after what they shared.
SHARING = (
    "/partager?lien=https://quotidien.example/a",
    f"/partager/fait?iri={HERE}/ressources/accueil",
    "/brouillons",
    "/ressources/accueil/visibilite",
)
#: What is shown to those who look after things alone.
OFFICE = (PROPOSALS, "/signalements", "/liens", "/noeud/apparence", "/noeud/textes?q=communaute", "/adresses-privees", *SHARING)
LETTER = (
    "<p>Bonjour ! Nous avons traduit votre entente de paiement en arabe et en espagnol, avec deux familles de la coop.</p>"
    "<p>Si elle vous est utile, la voici, <a href='https://savoirs.example/ressources/entente'>à lire chez nous</a>.</p>"
)


def furnish_office(uow: UnitOfWork) -> None:
    """Mireille looks after the repertoire on housing; people elsewhere propose, and report."""
    uow.members.add(MemberRow(iri=MIREILLE, email="mireille@example.org", name="Mireille Gagnon", created_at=NOW))
    uow.members.join(MIREILLE, HOUSING, CURATION, NOW - timedelta(days=40))
    _propose(uow, f"{COOP}/ressources/entente", ALI, days=2, name="Une entente de paiement en trois langues", content=LETTER)
    _report(uow)
    _give_up(uow)
    uow.followings.mark_history(HOUSING, MUNICIPAL, "complete")
    _propose(uow, f"{RIVE}/echanges/7", CHANTAL, days=1, content="<p>Qui a déjà négocié avec un propriétaire absent ?</p>" * 80)


def _report(uow: UnitOfWork) -> None:
    at = NOW - timedelta(days=3)
    words = "Une personne nommée dans ce texte ne veut pas l’être. Pouvez-vous retirer son prénom\u00a0?"
    flags = (
        (f"{RIVE}/organisation", (WELCOME, MIREILLE), words, False),
        (f"{COOP}/organisation", (f"{HERE}/ressources/tour",), "", False),
        (f"{COOP}/organisation", (NOTEBOOK,), "Vieux lien.", False),
        (MIREILLE, (ALI, f"{COOP}/ressources/clauses"), "Le document joint est un formulaire publicitaire.", True),
    )
    for number, (reporter, objects, said, is_ours) in enumerate(flags):
        complaint = Complaint(
            activity=f"{reporter}/signalements/{number}",
            reporter=reporter,
            host=host_of(objects[0] if is_ours else reporter),
            objects=objects,
            content=said,
            is_ours=is_ours,
        )
        uow.reports.add(complaint, at)
    settle(uow, HOUSE, uow.reports.listed("waiting", 1)[0].id, MIREILLE, "Le lien a été mis à jour avec Ali.")
    limit(uow, HOUSE, "rive.example", Measure.HELD, note="Beaucoup de messages à la fois.")


def _give_up(uow: UnitOfWork) -> None:
    """Some things could not be fetched; one refers to a site that nobody here has to do with."""
    refusal = "inconnu.example : Ce nœud n’est ni approuvé ni suivi ici."
    for subject, error in (
        (f"{RIVE}/ressources/perdue {NEIGHBOURS}", f"{RIVE}/ressources/perdue answered 503"),
        (f"{RIVE}/ressources/floue {NEIGHBOURS}", "the document says nothing"),
        ("https://inconnu.example/notes/3", refusal),
    ):
        uow.tasks.wake(FETCH, subject, NOW)
        for row in uow.tasks.claim(FETCH, NOW, "w", 9):
            uow.tasks.park(row, error, NOW)


def _propose(uow: UnitOfWork, iri: str, author: str, *, days: int, **said: str) -> None:
    kind = "Article" if "name" in said else "Note"
    thing = {"id": iri, "type": kind, "attributedTo": author, "to": ["as:Public"], "cc": [HOUSING], **said}
    body = {"@context": AS_CONTEXT, "id": f"{iri}/creer", "type": "Create", "actor": author, "object": thing}
    at = NOW - timedelta(days=days)
    uow.submissions.add(HOUSING, thing=iri, activity=f"{iri}/creer", author=author, body=json.dumps(body).encode(), at=at)
