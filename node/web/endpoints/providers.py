"""Those who look after the node say by which organisations one comes in; each is asked before it is kept."""

from __future__ import annotations

from federation.messages import Received
from node.actions.come_in import is_fresh
from node.actions.vouch import LONGEST, Confusable, Offer, look_up, offer, withdraw_offer
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Invalid, NotAllowed
from node.web.doors import PROVIDERS
from node.web.entering import STALE, problem, session_of
from node.web.forms import back, field_of
from node.web.translations import Tongue, language_of, phrase

_EMPTY = phrase("Remplissez ce champ, en trois cents signes au plus.")
_NO_ADDRESS = phrase("Écrivez une adresse qui commence par https://, telle qu’on vous l’a donnée.")
_SILENT = phrase(
    "Rien ne répond à cette adresse comme une organisation le ferait. Vérifiez-la avec la personne qui tient les comptes "
    "là-bas\u00a0: l’adresse doit être celle de l’«\u00a0émetteur\u00a0» (issuer), exactement."
)
_ALONE = phrase(
    "Ces organisations ne peuvent pas ouvrir cette maison ensemble\u00a0: l’une d’elles ne se nomme pas dans ses réponses "
    "et ne nous connaît par aucun secret, et l’autre pourrait se faire passer pour elle. Demandez-lui un secret pour nous, "
    "et écrivez-le ici."
)
_NEEDED = ("nom", "emetteur", "client")


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises NotAllowed for anybody else, Invalid with what is wrong."""
    house, person, here = visit.house, visit.reader.actor, session_of(received, visit)
    if not visit.is_admin:
        raise NotAllowed
    if not await tools.database.read(lambda uow: is_fresh(uow, house, here, person)):
        raise problem(visit, "", STALE)
    if field_of(received, "geste") == "retirer":
        slug = field_of(received, "qui")
        await tools.database.write(lambda uow: withdraw_offer(uow, slug))
        return back(visit, PROVIDERS, "retire")
    wanted = _told(received, visit)
    try:
        found = await look_up(tools.outside, house, wanted.issuer)
    except Invalid as silent:
        raise problem(visit, "emetteur", _SILENT) from silent
    try:
        await tools.database.write(lambda uow: offer(uow, house, wanted, found))
    except Confusable as doubt:
        raise problem(visit, "secret", _ALONE) from doubt
    return back(visit, PROVIDERS, "ajoute")


def _told(received: Received, visit: Visit) -> Offer:
    said = {name: field_of(received, name).strip() for name in (*_NEEDED, "secret")}
    tongue = Tongue(language_of(visit.language))
    problems = {name: tongue.say(_EMPTY) for name in _NEEDED if not 0 < len(said[name]) <= LONGEST}
    starts = ("https://", "http://") if visit.house.allow_http else ("https://",)
    if "emetteur" not in problems and not said["emetteur"].startswith(starts):
        problems["emetteur"] = tongue.say(_NO_ADDRESS)
    if problems:
        raise Invalid("This form is not right.", problems=problems)
    return Offer(name=said["nom"], issuer=said["emetteur"], client=said["client"], secret=said["secret"][:LONGEST])


ENDPOINT = Endpoint(path=PROVIDERS, receive=receive)
