"""What waits for an answer of those who look after the node, each with the way to where it is given."""

from __future__ import annotations

from node.storage.neighbours import held_messages
from node.web.desk import Desk, Link


def asked_of_keepers(desk: Desk) -> list[Link]:
    """Requests to follow ours, messages that are looked at first, reports; nothing for anybody else, nor where nothing waits."""
    if not desk.visit.is_admin:
        return []
    is_local, count = desk.visit.house.is_local, desk.tongue.count
    asking = sum(not is_local(row.follower) for row in desk.uow.followings.all("requested"))
    held, reports = len(held_messages(desk.uow)), desk.uow.reports.count("waiting")
    said = (
        (
            asking,
            count("Une demande de suivi attend une réponse", "%(num)s demandes de suivi attendent une réponse", asking),
            "/liens",
        ),
        (
            held,
            count("Un message d’ailleurs attend un regard", "%(num)s messages d’ailleurs attendent un regard", held),
            "/liens",
        ),
        (
            reports,
            count("Un signalement attend une réponse", "%(num)s signalements attendent une réponse", reports),
            "/signalements",
        ),
    )
    return [Link(text=words, href=desk.addresses.page(path)) for number, words, path in said if number]
