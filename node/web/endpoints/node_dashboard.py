"""What is done on the dashboard: look at everything, make a copy, send the letters that wait, appoint and dismiss."""

from __future__ import annotations

from federation.messages import Received
from node.actions.add_member import appoint, dismiss
from node.actions.back_up import ALL, BACK_UP, EVERY, back_up
from node.actions.examine_node import examine
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Busy, Conflict, Invalid, NotAllowed
from node.web.forms import back, field_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises NotAllowed for whoever does not look after the node, Invalid for no such deed."""
    if not visit.is_admin:
        raise NotAllowed
    deed = field_of(received, "geste")
    if deed == "regarder":
        await examine(tools)
        return back(visit, "/tableau-de-bord", "regarde")
    if deed == "copie":
        return back(visit, "/tableau-de-bord#sante", await _copied(tools, visit))
    if deed == "relancer":
        await tools.database.write(lambda uow: uow.letters.hurry(visit.house.now))
        return back(visit, "/tableau-de-bord", "relance")
    if deed in {"nommer", "retirer"}:
        return back(visit, "/tableau-de-bord#responsables", await _keeper(tools, visit, deed, field_of(received, "personne")))
    raise Invalid("Nothing of that name can be done about this site.")


async def _copied(tools: Tools, visit: Visit) -> str:
    try:
        await back_up(tools)
    except (Busy, Invalid, OSError):
        return "sans-copie"
    await tools.database.write(lambda uow: uow.tasks.wake(BACK_UP, ALL, due_at=visit.house.now + EVERY))
    return "copie"


async def _keeper(tools: Tools, visit: Visit, deed: str, person: str) -> str:
    try:
        await tools.database.write(lambda uow: (appoint if deed == "nommer" else dismiss)(uow, visit.house, person))
    except Conflict:
        return "derniere"
    return "nommee" if deed == "nommer" else "retiree"


ENDPOINT = Endpoint(path="/noeud/soins", receive=receive)
