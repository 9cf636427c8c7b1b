"""Elsewhere: an address to follow, the links of the reader's communities, and the communities and sites that ours follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from node.contracts import Listing, Page, View, Visit
from node.domain.standing import Stage
from node.storage.household import first_run
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.bonds import bonds
from node.web.cards import community_cards, document_of
from node.web.desk import Desk, Link
from node.web.feeding import sites
from node.web.friends import friends
from node.web.listings import listing
from node.web.lists import numbered, page_number
from node.web.squares import Squares, squares
from node.web.translations import phrase
from vocab.thing import Thing

_LONGEST, _MOST_OWN = 1_000, 10
#: So many communities are shown on one page.
MOST = 40
_SAID: Mapping[str, str] = {
    "suivre": phrase("La demande est partie. La réponse vient parfois en quelques secondes, parfois quand quelqu’un dit oui."),
    "suivie": phrase(
        "C’est accepté\u00a0: ce qu’elle publie se lit ici, et se trouve dans la recherche, sous «\u00a0D’ailleurs\u00a0»."
    ),
    "relancer": phrase("C’est relancé."),
    "annuler": phrase("La demande est retirée."),
    "quitter": phrase("C’est fait\u00a0: vous ne suivez plus. Ce que vous aviez intégré à vos carnets y reste."),
    "ne-plus-recevoir": phrase("C’est en pause\u00a0: rien n’arrive plus, rien n’est perdu."),
    "recevoir": phrase("C’est repris\u00a0: ce qui a paru entre-temps arrive."),
    "publier": phrase("C’est ouvert\u00a0: ils peuvent recevoir ce que vous publiez pour tout le monde."),
    "ne-plus-publier": phrase("C’est fermé\u00a0: plus rien ne part vers eux."),
    "decliner": phrase("La demande est déclinée."),
    "suivre-flux": phrase("Le site est suivi\u00a0: ce qu’il annonce se lit ici."),
    "deja": phrase("C’était déjà fait, ou ce n’est plus possible\u00a0: voyez où en est le lien."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The communities elsewhere that have a link in force with one of ours; for members, how their own links stand."""
    desk = Desk(uow, visit)
    followed, following = _linked(desk)
    linked, since = [*followed, *following], (page_number(desk) - 1) * MOST
    shown = {row.iri for row in linked[since : since + MOST]}
    done = visit.query.get("fait", "")
    mine = frozenset(desk.communities) & visit.reader.communities
    ties = bonds(desk, mine) if visit.form_token else []
    if done == "suivre" and ties and all(tie.receives is None or tie.receives.stage == Stage.ACTIVE for tie in ties):
        done = "suivie"
    values = {
        "followed": community_cards(desk, [row for row in followed if row.iri in shown]),
        "sites": sites(desk) if not since else [],
        "following": community_cards(desk, [row for row in following if row.iri in shown]),
        "follow_any": bool(followed),
        "followed_by_any": bool(following),
        "pages": numbered(
            desk,
            desk.tongue.say("Communautés précédentes"),
            desk.tongue.say("Communautés suivantes"),
            is_more=len(linked) > since + MOST,
        ),
        "are_mutual": any(link.target in desk.communities for link in desk.uow.followings.all("accepted")),
        "bonds": ties,
        "is_member": bool(visit.form_token),
        "own": _own(desk, mine) if visit.form_token else [],
        "friends": friends(desk) if visit.form_token else [],
        "is_first_day": visit.is_admin and first_run(uow) == "begun",
        "asked": visit.query.get("adresse", "")[:_LONGEST],
        "done": done,
        "said": desk.tongue.say(_SAID[done]) if done in _SAID and visit.form_token else "",
    }
    return View(title=desk.tongue.say("Ailleurs"), things=_documents(linked[:1]), values=values)


def _own(desk: Desk, communities: Iterable[str]) -> list[tuple[Link, str, Squares]]:
    """How the reader's communities, and this site with all of them, are found from elsewhere: handle, and code to show."""
    house = desk.visit.house
    site = (Link(text=house.name, href=desk.addresses.page("/organisation")), house.url, squares(f"{house.url}/"))
    rows = [row for iri in sorted(communities) if (row := desk.uow.actors.get(iri)) is not None]
    ours = [(desk.community(row.iri), f"@{row.username}@{row.host}", squares(row.iri)) for row in rows[:_MOST_OWN]]
    return [*ours, site]


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The same communities, as they tell of themselves."""
    desk = Desk(uow, visit)
    followed, following = _linked(desk)
    return listing(desk, _documents([*followed, *following]), title=desk.tongue.say("Ailleurs"), at=("/ailleurs", {}))


def _documents(rows: Iterable[ActorRow]) -> list[Thing]:
    return [thing for row in rows if (thing := document_of(row))]


def _linked(desk: Desk) -> tuple[list[ActorRow], list[ActorRow]]:
    """Those that ours follow, and those that follow ours without being followed."""
    links = desk.uow.followings.all("accepted")
    followed = {link.target for link in links if link.follower in desk.communities} - set(desk.communities)
    following = {link.follower for link in links if link.target in desk.communities} - set(desk.communities)
    rows = [row for row in desk.uow.actors.known("Group") if not row.is_local and row.state == "active"]
    return [row for row in rows if row.iri in followed], [row for row in rows if row.iri in following - followed]


PAGE = Page(path="/ailleurs", right="anyone", show=show, menu=5, label=phrase("Ailleurs"), listing=listed)
