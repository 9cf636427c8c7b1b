"""Brings a former version of a resource back, by the form of that version's page."""

from __future__ import annotations

from federation.messages import Received
from node.actions.publish import publish
from node.actions.revise import Revision, restore
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.versions import LONGEST_COMMENT
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of
from node.web.shelved import SHELVED, iri_of, version_of
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Publishes it again and leads to the resource; raises NotAllowed, or NotFound for what the person may not see."""
    if not visit.form_token:
        raise NotAllowed
    number = version_of(visit)
    tongue = Tongue(language_of(visit.language))
    reason = field_of(received, "raison").strip()
    words = tongue.say("Version %(number)s rétablie", number=str(number))
    comment = f"{words}. {reason}"[:LONGEST_COMMENT] if reason else words
    wish = Revision(iri=iri_of(visit), by=visit.reader.actor, base=0, sheet={}, comment=comment)

    def deed(uow: UnitOfWork) -> None:
        restore(uow, visit.house, wish, number, publish)

    await tools.database.write(deed)
    return back(visit, f"/{visit.path['shelf']}/{visit.path['id']}", "retablir")


ENDPOINT = Endpoint(path=f"/{SHELVED}/versions/{{number:[1-9][0-9]*}}", receive=receive)
