"""Somebody opens an exchange in their community."""

from __future__ import annotations

from federation.messages import Received
from node.actions.open_exchange import LONGEST, LONGEST_TITLE, Opening, open_exchange
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.entries import Entry
from node.domain.promises import MODES
from node.errors import Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.desk import Desk
from node.web.exchanges import NEW, SLUG, named
from node.web.forms import back, field_of
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Publishes it and leads to it; raises NotAllowed, NotFound, or Invalid with what is wrong by field."""
    if not visit.form_token:
        raise NotAllowed
    opening = Opening(
        title=field_of(received, "titre"),
        words=field_of(received, "texte"),
        about=field_of(received, "a-propos"),
        mode=field_of(received, "promesse"),
        asks_for_help=field_of(received, "aide") == "oui",
    )
    problems = _problems(opening, Tongue(language_of(visit.language)))
    if problems:
        raise Invalid("This exchange cannot begin so.", problems=problems)

    def begin(uow: UnitOfWork) -> Entry:
        community = named(Desk(uow, visit), visit.path["slug"]).iri
        return open_exchange(uow, visit.house, community, visit.reader.actor, opening)

    entry = await tools.database.write(begin)
    return back(visit, Addresses(visit).thing(entry.iri), "ouvert")


def _problems(opening: Opening, tongue: Tongue) -> dict[str, str]:
    found = {
        "titre": tongue.say("Donnez un titre à l’échange, de %(most)s caractères au plus.", most=LONGEST_TITLE)
        if not 0 < len(" ".join(opening.title.split())) <= LONGEST_TITLE
        else "",
        "texte": tongue.say("Écrivez quelques mots pour commencer, %(most)s caractères au plus.", most=LONGEST)
        if not 0 < len(opening.words.strip()) <= LONGEST
        else "",
        "promesse": tongue.say("Choisissez une de ces promesses.") if opening.mode and opening.mode not in MODES else "",
    }
    return {name: words for name, words in found.items() if words}


ENDPOINT = Endpoint(path=f"/communautes/{SLUG}/{NEW}", receive=receive)
