"""Takes what somebody brings along, and has it looked through; nothing is published before they say so."""

from __future__ import annotations

from federation.messages import Received
from node.actions.bring import MOST_LINKS, Load, begin
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Conflict, Invalid, NotAllowed
from node.storage.shelves.bringings import BroughtRow
from node.web.bringing import PATH
from node.web.forms import back, field_of, files_of
from node.web.translations import Tongue, language_of

LONGEST = 2_000


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Keeps it and leads to its page; raises NotAllowed, or Invalid with what is wrong by field."""
    if not visit.form_token:
        raise NotAllowed
    tongue = Tongue(language_of(visit.language))
    load = _load(received, tongue)
    person, community = visit.reader.actor, field_of(received, "communaute")
    try:
        row = await tools.database.write(lambda uow: begin(uow, visit.house, person, community, load))
    except Conflict as problem:
        words = tongue.say("Plusieurs apports attendent déjà\u00a0: finissez-en un, ou laissez-le.")
        raise Invalid(str(problem), problems={"": words}) from problem
    except NotAllowed as refused:
        words = tongue.say("Vous ne pouvez pas publier là. Choisissez une de vos communautés.")
        raise Invalid(str(refused), problems={"communaute": words}) from refused
    return back(visit, f"{PATH}/{row.id}", "")


def _load(received: Received, tongue: Tongue) -> Load:
    given = [*files_of(received, "fichiers"), *files_of(received, "dossier")]
    files = [BroughtRow(name=each.name, content=each.content) for each in given if each.content]
    links = [line if "://" in line else f"https://{line}" for line in field_of(received, "liens").split()]
    site = field_of(received, "site").strip()
    if site and "://" not in site:
        site = f"https://{site}"
    wrong = {}
    if len(links) > MOST_LINKS or any(not _is_address(each) for each in links):
        wrong["liens"] = tongue.say("Un lien par ligne, %(most)s au plus\u00a0; chacun commence par https://.", most=MOST_LINKS)
    if site and not _is_address(site):
        wrong["site"] = tongue.say("Ce n’est pas l’adresse d’un site\u00a0; elle commence par https://.")
    if not (wrong or files or links or site):
        wrong[""] = tongue.say("Choisissez un fichier, collez des liens ou donnez l’adresse d’un site.")
    if wrong:
        raise Invalid("There is nothing to look at.", problems=wrong)
    return Load(files=files, links=links, site=site)


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and "." in text and len(text) <= LONGEST


ENDPOINT = Endpoint(path=PATH, receive=receive, takes_files=True)
