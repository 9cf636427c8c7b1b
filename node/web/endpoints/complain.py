"""Somebody reports something that they see."""

from __future__ import annotations

from federation.messages import Received
from node.actions.complain import complain
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.moderating import CATEGORIES, LONGEST_REASON
from node.domain.visibility import scope_of
from node.errors import Conflict, Invalid
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.forms import back, field_of
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Keeps it and says so; raises NotFound for what may not be seen, Invalid with what is wrong by field."""
    tongue, iri = Tongue(language_of(visit.language)), field_of(received, "iri")
    category, words = field_of(received, "motif"), field_of(received, "texte")
    if category not in CATEGORIES:
        raise Invalid(
            "A report has a reason.", problems={"motif": tongue.say("Dites ce qui ne va pas, en choisissant une ligne.")}
        )
    if len(words) > LONGEST_REASON:
        raise Invalid("This is too long.", problems={"texte": tongue.say("%(most)s caractères au plus.", most=LONGEST_REASON)})

    def keep(uow: UnitOfWork) -> None:
        complain(uow, visit.house, scope_of(visit.reader), iri, category, words)

    try:
        await tools.database.write(keep)
    except Conflict as problem:
        full = tongue.say("Beaucoup de signalements attendent déjà. Écrivez plutôt à la personne responsable du site.")
        raise Invalid(str(problem), problems={"": full}) from problem
    return back(visit, Addresses(visit).page("/signaler", iri=iri), "signale")


ENDPOINT = Endpoint(path="/signaler", receive=receive)
