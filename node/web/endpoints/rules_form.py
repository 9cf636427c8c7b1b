"""Those who animate a community put new rules in force."""

from __future__ import annotations

from federation.messages import Received
from node.actions.set_rules import LONGEST, set_rules
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.promises import MODES
from node.errors import Conflict, Invalid, NotAllowed
from node.storage.shelves.rules import RulesRow
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of, number_of
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Keeps the next version and leads to it; raises NotAllowed, NotFound, or Invalid with what is wrong by field."""
    if not visit.form_token:
        raise NotAllowed
    tongue, path = Tongue(language_of(visit.language)), f"/communautes/{visit.path['slug']}"
    text, mode = field_of(received, "texte"), field_of(received, "promesse")
    problems = {
        "texte": tongue.say("Écrivez vos règles, %(most)s caractères au plus.", most=LONGEST)
        if not 0 < len(text.strip()) <= LONGEST
        else "",
        "promesse": tongue.say("Choisissez une de ces promesses.") if mode not in MODES else "",
    }
    wrong = {name: words for name, words in problems.items() if words}
    if wrong:
        raise Invalid("These rules cannot be kept so.", problems=wrong)
    community, based_on = f"{visit.house.url}{path}", number_of(received, "version")
    comment = field_of(received, "motif")
    row = RulesRow(community=community, version=0, text=text, mode=mode, comment=comment, at=visit.house.now)

    def keep(uow: UnitOfWork) -> None:
        set_rules(uow, visit.house, visit.reader.actor, row, based_on=based_on)

    try:
        await tools.database.write(keep)
    except Conflict as problem:
        words = tongue.say(
            "Quelqu’un d’autre vient de changer les règles. Votre texte est plus bas\u00a0; lisez d’abord la nouvelle version."
        )
        raise Invalid(str(problem), problems={"": words}) from problem
    return back(visit, f"{path}/regles", "garde")


ENDPOINT = Endpoint(path="/communautes/{slug:[a-z0-9-]+}/regles/modifier", receive=receive)
