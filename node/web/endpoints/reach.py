"""Somebody changes who sees a resource of theirs, or withdraws it, by the forms of its page."""

from __future__ import annotations

from federation.messages import Received
from node.actions.change_audience import Change, Unconfirmed, change_audience
from node.actions.publish import publish
from node.actions.withdraw import withdraw
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.entries import Audience
from node.domain.visibility import scope_of
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of, fields_of
from node.web.sharing import REACHES
from node.web.shelved import SHELVED, iri_of
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; asks first before more people see it. Raises NotAllowed, NotFound, Invalid by field."""
    if not visit.form_token:
        raise NotAllowed
    here, tongue = f"/{visit.path['shelf']}/{visit.path['id']}", Tongue(language_of(visit.language))
    if visit.path["deed"] == "supprimer":
        is_sure = field_of(received, "sur") == "oui"
        await tools.database.write(lambda uow: _withdraw(uow, visit, is_sure=is_sure))
        return back(visit, "/brouillons", "retire")
    given = fields_of(received)
    audience, readers = REACHES.get(given.get("qui", [""])[-1]), frozenset(given.get("choisie", ()))
    if audience is None:
        raise Invalid("No audience.", problems={"qui": tongue.say("Choisissez qui le verra.")})
    if audience is Audience.CHOSEN and not readers:
        raise Invalid("No communities.", problems={"choisie": tongue.say("Cochez au moins une communauté.")})
    change = Change(
        iri=iri_of(visit),
        by=visit.reader.actor,
        audience=audience,
        community=given.get("communaute", [""])[-1],
        readers=readers,
        is_confirmed="confirmer" in given,
    )

    def deed(uow: UnitOfWork) -> None:
        change_audience(uow, visit.house, change, publish)

    try:
        await tools.database.write(deed)
    except Unconfirmed as fault:
        words = tongue.say("Plus de gens le verront. Cochez la case pour confirmer.")
        raise Invalid(str(fault), problems={"confirmer": words}) from fault
    except NotAllowed as refused:
        words = tongue.say("Vous ne pouvez pas publier là. Choisissez une autre visibilité.")
        raise Invalid(str(refused), problems={"qui": words}) from refused
    return back(visit, f"{here}/visibilite", "change")


def _withdraw(uow: UnitOfWork, visit: Visit, *, is_sure: bool) -> None:
    stored = uow.things.get(iri_of(visit), scope_of(visit.reader))
    if stored is None or stored.entry.deleted_at is not None:
        raise NotFound  # before anything is said of who may
    if not is_sure:
        raise Invalid("Say that it is meant.")
    withdraw(uow, visit.house, iri_of(visit), visit.reader.actor)


ENDPOINT = Endpoint(path=f"/{SHELVED}/{{deed:visibilite|supprimer}}", receive=receive)
