"""The form by which those who look after the node say a phrase of the pages otherwise."""

from __future__ import annotations

from urllib.parse import urlencode

from federation.messages import Received
from node.actions.dress import reword
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.appearance import Fault
from node.errors import Invalid, NotAllowed, NotFound
from node.web.forms import back, field_of
from node.web.translations import LANGUAGES, Tongue, phrase, sayings

PATH = "/noeud/textes"
WORDS = {
    Fault.LONG: phrase("Écrivez quelque chose, en 600 signes au plus."),
    Fault.MARKS: phrase(
        'Les signes < > & " et % ne peuvent pas y être\u00a0: écrivez «\u00a0et\u00a0», ou des guillemets «\u00a0».'
    ),
    Fault.VALUES: phrase("Gardez tel quel ce qui est entre %( et )s\u00a0: la page le remplit."),
    Fault.MANY: phrase("Cinq cents phrases sont déjà changées\u00a0: reprenez-en une d’origine d’abord."),
}


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Changes the phrase or takes the first words up again; raises NotAllowed, NotFound, or Invalid with what is wrong."""
    if not visit.is_admin:
        raise NotAllowed
    language, key = field_of(received, "dans"), field_of(received, "phrase")
    if language not in LANGUAGES or key not in sayings(language):
        raise NotFound("The pages have no such phrase.")
    made = sayings(language)[key][1]
    typed = tuple(field_of(received, f"forme-{number}").strip() for number, _ in enumerate(made, 1))
    words = () if field_of(received, "geste") == "reprendre" or typed == made else typed
    original = (key, *made)
    fault = await tools.database.write(lambda uow: reword(uow, visit.house, visit.reader.actor, language, original, words))
    if fault is not None:
        raise Invalid("These words cannot stand there.", problems={"": Tongue(visit.language).say(WORDS[fault])})
    return back(visit, f"{PATH}?{urlencode({'q': field_of(received, 'q'), 'dans': language})}", "1")


ENDPOINT = Endpoint(path=PATH, receive=receive)
