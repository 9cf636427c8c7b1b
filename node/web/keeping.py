"""What waits for an answer of those who look after the node, each with the way to where it is given."""

from __future__ import annotations

from collections.abc import Mapping

from node.storage.neighbours import held_messages
from node.web.desk import Desk, Link
from node.web.translations import phrase

#: What came of a deed about another organisation, by its name.
_DONE: Mapping[str, str] = {
    "accepter-la-demande": phrase("La demande est acceptée\u00a0: ce qui est public ici part maintenant là-bas."),
    "decliner-la-demande": phrase("La demande est déclinée\u00a0; l’autre côté en est averti."),
    "approuver": phrase("Cette organisation est approuvée\u00a0: ce qu’elle envoie entre."),
    "pause": phrase("Les échanges sont en pause. Reprenez-les quand vous voudrez\u00a0: ce qui attend suivra."),
    "retenir": phrase("Ce qui vient de là attendra votre regard avant d’entrer."),
    "reprendre": phrase("Les échanges reprennent."),
    "refuser": phrase("Tout échange est refusé. Le refus se lève ici même."),
    "lever-le-refus": phrase("Le refus est levé. Les liens d’avant ne reviennent pas d’eux-mêmes\u00a0: redemandez-les."),
    "relancer": phrase("Ce qui attendait repart maintenant."),
    "laisser-entrer": phrase("Le message est entré."),
    "ecarter": phrase("Le message est écarté."),
    "examiner": phrase("L’essai est fait\u00a0: voyez ci-dessous ce qu’il a trouvé."),
}


def told(desk: Desk, deed: str) -> str:
    """What a deed about another organisation has done; "" where there was none."""
    return desk.tongue.say(_DONE.get(deed, phrase("C’est fait."))) if deed else ""


def asked_of_keepers(desk: Desk) -> list[Link]:
    """Requests to follow ours, messages that are looked at first, reports; nothing for anybody else, nor where nothing waits."""
    if not desk.visit.is_admin:
        return []
    is_local, count, reports = desk.visit.house.is_local, desk.tongue.count, desk.uow.reports
    asking = sum(not is_local(row.follower) for row in desk.uow.followings.all("requested"))
    held, far = len(held_messages(desk.uow)), reports.count("waiting", category="")
    own = sum(bool(row.category) for row in reports.listed("waiting", community=""))
    appeals = len(desk.uow.restraints.appeals(is_waiting=True))
    said = (
        (
            "/liens",
            asking,
            count("Une demande de suivi attend une réponse", "%(num)s demandes de suivi attendent une réponse", asking),
        ),
        (
            "/liens",
            held,
            count("Un message d’ailleurs attend un regard", "%(num)s messages d’ailleurs attendent un regard", held),
        ),
        ("/signalements", far, count("Un signalement d’ailleurs attend", "%(num)s signalements d’ailleurs attendent", far)),
        ("/noeud/moderation", own, count("Un signalement attend une réponse", "%(num)s signalements attendent une réponse", own)),
        ("/noeud/moderation", appeals, count("Une décision est contestée", "%(num)s décisions sont contestées", appeals)),
    )
    return [Link(text=words, href=desk.addresses.page(path)) for path, number, words in said if number]
