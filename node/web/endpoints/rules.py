"""A member agrees to the rules of their community."""

from __future__ import annotations

from federation.messages import Received
from node.actions.set_rules import agree
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Conflict, Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of, number_of
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Notes it and leads back; raises NotAllowed, NotFound, or Invalid where the rules have changed once more."""
    if not visit.form_token:
        raise NotAllowed
    if field_of(received, "geste") != "accord":
        raise Invalid("Nothing of that name can be done about rules.")
    path, version = f"/communautes/{visit.path['slug']}", number_of(received, "version")

    def note(uow: UnitOfWork) -> None:
        agree(uow, visit.house, visit.reader.actor, f"{visit.house.url}{path}", version)
        uow.notices.see(visit.reader.actor, visit.house.now, f"{visit.house.url}{path}/regles")

    try:
        await tools.database.write(note)
    except Conflict as problem:
        words = Tongue(language_of(visit.language)).say("Les règles viennent de changer encore\u00a0; relisez-les.")
        raise Invalid(str(problem), problems={"": words}) from problem
    return back(visit, f"{path}/regles", "accord")


ENDPOINT = Endpoint(path="/communautes/{slug:[a-z0-9-]+}/regles", receive=receive)
