"""What waits for those who look after the node is told where they begin, and to nobody else."""

from __future__ import annotations

from kit.rows import actor
from kit.web_node import WebNode, web_node
from node.actions.add_member import appoint
from node.actions.complain import complain
from node.domain.rights import CURATION
from node.domain.visibility import Scope
from node.storage.unit_of_work import UnitOfWork

FAR = "https://ailleurs.example/communautes/b"


def furnish(uow: UnitOfWork, node: WebNode) -> None:
    """Mireille looks after the node; somebody elsewhere asks to follow."""
    appoint(uow, node.house(), f"{node.url}/personnes/mireille")
    uow.actors.put(actor(FAR, name="Loin d’ici", host="ailleurs.example", inbox=f"{FAR}/inbox", state="active"))
    uow.followings.put(FAR, f"{node.url}/communautes/logement", activity=f"{FAR}/f", state="requested", at=node.now)


async def seen(node: WebNode, path: str, name: str = "mireille") -> str:
    return (await node.get(path, accept="text/html", person=f"{node.url}/personnes/{name}")).text


async def test_a_request_from_elsewhere_is_told_until_it_is_answered() -> None:
    words = "Une demande de suivi attend une réponse"
    async with web_node() as node:
        node.database.write_now(lambda uow: furnish(uow, node))
        for path in ("/", "/tableau-de-bord"):
            assert words in await seen(node, path)
        assert "Rien n’attend de réponse de vous." not in await seen(node, "/")
        assert "Attend une réponse d’ici." in await seen(node, "/liens")
        assert words not in await seen(node, "/", "ali")
        assert "La demande est déclinée" in await seen(node, "/liens?fait=decliner-la-demande")
        assert "C’est fait." in await seen(node, "/liens?fait=1")
        ours = f"{node.url}/communautes/logement"
        node.database.write_now(lambda uow: uow.followings.put(FAR, ours, activity=f"{FAR}/f", state="refused", at=node.now))
        assert words not in await seen(node, "/")


async def test_the_way_to_proposals_is_offered_to_whoever_may_answer_them() -> None:
    async with web_node() as node:
        ours = f"{node.url}/communautes/logement"
        node.database.write_now(lambda uow: furnish(uow, node))
        page = await seen(node, "/communautes/logement/reglages")
        assert "/membres" in page
        assert "/propositions" not in page
        node.database.write_now(lambda uow: uow.members.join(f"{node.url}/personnes/mireille", ours, CURATION, node.now))
        assert "/propositions" in await seen(node, "/communautes/logement/reglages")


async def test_a_report_is_told_where_it_is_answered_to_whom_it_goes() -> None:
    async with web_node() as node:
        node.database.write_now(lambda uow: furnish(uow, node))
        mireille = f"{node.url}/personnes/mireille"
        node.database.write_now(
            lambda uow: complain(uow, node.house(), Scope(actor=mireille), f"{node.url}/personnes/ali", "respect", "")
        )
        page = await seen(node, "/")
        assert 'href="/noeud/moderation">Un signalement attend une réponse' in page
        assert "/signalements" not in page.partition("<main")[2]
        assert "signalement attend" not in await seen(node, "/liens"), "it is not answered there"
