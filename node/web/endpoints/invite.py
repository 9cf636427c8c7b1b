"""What the form of invitations does: keep a round to be looked at, send it, send one letter again, take one back."""

from __future__ import annotations

from federation.messages import Received
from node.actions import invite
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.rights import Deed
from node.errors import Conflict, Invalid
from node.storage.office import kept_by
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of, number_of
from node.web.inviting import beginning, round_of, sent_code
from node.web.translations import language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises NotFound for whoever may not invite, Invalid with what is wrong in the form."""
    path = f"/communautes/{visit.path['slug']}"
    house, by, community = visit.house, visit.reader.actor, f"{visit.house.url}{path}"
    await tools.database.read(lambda uow: kept_by(uow, house, by, community, Deed.INVITE))
    deed = field_of(received, "geste")
    if deed == "relire":
        found = round_of(received, visit)
        await tools.database.write(lambda uow: invite.prepare(uow, house, by, community, found))
        return back(visit, f"{path}/inviter?etape=relire", "")
    if deed == "envoyer":
        return back(visit, f"{path}/inviter", await _sent(tools, visit, community))
    number = number_of(received, "qui")
    if deed == "relancer":
        await tools.database.write(lambda uow: _again(uow, visit, community, number))
        return back(visit, f"{path}/inviter", "renvoyee")
    if deed == "remettre":
        token = await tools.database.write(lambda uow: invite.by_hand(uow, house, by, number))
        return back(visit, f"{path}/inviter?lien={token}", "")
    if deed == "retirer":
        await tools.database.write(lambda uow: invite.withdraw(uow, house, by, number))
        return back(visit, f"{path}/inviter", "retiree")
    raise Invalid("Nothing of that name can be done about invitations.")


async def _sent(tools: Tools, visit: Visit, community: str) -> str:
    try:
        done = await tools.database.write(lambda uow: invite.send(uow, visit.house, visit.reader.actor, community))
    except Conflict as refused:
        return "deja" if "already" in str(refused) else "trop"
    return sent_code(done)


def _again(uow: UnitOfWork, visit: Visit, community: str, number: int) -> None:
    row = uow.invitations.numbered(number)
    found = kept_by(uow, visit.house, visit.reader.actor, community, Deed.INVITE)
    language = row.language if row else visit.language
    invite.again(
        uow, visit.house, visit.reader.actor, number, beginning(uow, visit.house, found, visit.reader_name, language_of(language))
    )


ENDPOINT = Endpoint(path="/communautes/{slug:[a-z0-9-]+}/inviter", receive=receive)
