"""A member changes what they say of themselves."""

from __future__ import annotations

from dataclasses import replace

from federation.messages import Received
from node.actions.change_account import LONGEST_HELP, LONGEST_LANGUAGES, LONGEST_NAME, LONGEST_TOWN, Portrait, introduce
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Invalid, NotAllowed
from node.web.doors import ME
from node.web.forms import back, field_of
from node.web.middleware.locale import TONGUES
from node.web.translations import Tongue, language_of, phrase

_NAMELESS = phrase("Écrivez votre nom, comme les autres vous le diront.")
_LONG = phrase("Ce texte est trop long\u00a0: raccourcissez-le un peu.")
_LIMITS = {"nom": LONGEST_NAME, "langues": LONGEST_LANGUAGES, "aide": LONGEST_HELP, "ville": LONGEST_TOWN}


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises Invalid with what is wrong."""
    person, house, say = visit.reader.actor, visit.house, Tongue(language_of(visit.language)).say
    if not visit.form_token:
        raise NotAllowed
    said = {name: field_of(received, name).strip() for name in _LIMITS}
    problems = {name: say(_LONG) for name, most in _LIMITS.items() if len(said[name]) > most}
    if not said["nom"]:
        problems["nom"] = say(_NAMELESS)
    if problems:
        raise Invalid("This form is not right.", problems=problems)
    chosen = field_of(received, "ma_langue")
    tongue = chosen if chosen in TONGUES else ""
    portrait = Portrait(name=said["nom"], tongue=tongue, languages=said["langues"], helps=said["aide"], town=said["ville"])
    await tools.database.write(lambda uow: introduce(uow, house, person, portrait))
    return back(replace(visit, language=tongue.partition("-")[0] or visit.language), ME, "moi")


ENDPOINT = Endpoint(path=ME, receive=receive)
