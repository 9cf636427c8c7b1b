"""Somebody who reads writes to whoever wrote, by the form of its page."""

from __future__ import annotations

from federation.messages import Received
from node.actions.relay import LONGEST_NAME, LONGEST_TEXT, RELAY, SHORTEST_TEXT, Note, about, relay
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.letters import is_address
from node.errors import Conflict, Invalid
from node.web.addresses import Addresses
from node.web.forms import back, field_of
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Sends it on and says so; raises NotFound for what is not public, Invalid with what is wrong by field."""
    iri, tongue = field_of(received, "iri"), Tongue(language_of(visit.language))
    note = Note(
        name=" ".join(field_of(received, "nom").split()),
        email=field_of(received, "courriel").strip(),
        text=field_of(received, "texte").replace("\0", "").replace("\r\n", "\n").strip(),
        address=visit.address,
    )
    await tools.database.read(lambda uow: about(uow, iri))
    if wrong := _wrong(note, tongue):
        raise Invalid("This letter cannot be sent as it is.", problems=wrong)
    if not field_of(received, "site"):  # a field that nobody sees: what fills it in is no person
        try:
            await tools.database.write(lambda uow: relay(uow, visit.house, iri, note))
        except Conflict as problem:
            often = tongue.say(
                "Beaucoup de lettres sont parties depuis une heure. Gardez la vôtre et réessayez un peu plus tard."
            )
            raise Invalid(str(problem), problems={"": often}) from problem
    return back(visit, Addresses(visit).page(RELAY, iri=iri), "envoye")


def _wrong(note: Note, tongue: Tongue) -> dict[str, str]:
    wrong = {}
    if not 0 < len(note.name) <= LONGEST_NAME:
        wrong["nom"] = tongue.say("Écrivez votre nom.")
    if not is_address(note.email):
        wrong["courriel"] = tongue.say("Écrivez votre adresse de courriel, par exemple nom@exemple.org.")
    if not SHORTEST_TEXT <= len(note.text) <= LONGEST_TEXT:
        wrong["texte"] = tongue.say("Écrivez votre lettre, en %(most)s caractères au plus.", most=LONGEST_TEXT)
    return wrong


ENDPOINT = Endpoint(path=RELAY, receive=receive)
