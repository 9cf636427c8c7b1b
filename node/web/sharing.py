"""What the box in which people share offers: in which community, for whom, and who that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from node.domain.entries import Audience
from node.domain.rights import Deed, may
from node.storage.befriended import befriended
from node.storage.onlookers import Onlookers, onlookers
from node.web.desk import Desk

#: What the four choices are called in the form, the narrowest first.
REACHES: Mapping[str, Audience] = {
    "moi": Audience.SELF,
    "communaute": Audience.COMMUNITY,
    "choisies": Audience.CHOSEN,
    "public": Audience.PUBLIC,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A community in which somebody may share, and who sees what is shared in it, in words by choice."""

    iri: str
    name: str
    seen_by: Mapping[str, str]


def places(desk: Desk) -> list[Place]:
    """The communities in which the reader may share, by name."""
    uow, visit = desk.uow, desk.visit
    found = []
    for iri in (each for each in desk.communities if each in visit.reader.communities):
        roles = uow.members.roles(visit.reader.actor, iri, visit.house.now)
        row = uow.actors.get(iri)
        if row is not None and may(roles, Deed.PUBLISH):
            found.append(Place(iri=iri, name=row.name, seen_by=seen_in(desk, iri)))
    return found


def seen_in(desk: Desk, community: str) -> dict[str, str]:
    """Who sees what is shared in a community ("" for none), in words by choice."""
    choices = REACHES if community else {"moi": Audience.SELF}
    return {name: said_of(desk, _looking(desk, audience, [community])) for name, audience in choices.items()}


def communities(desk: Desk) -> list[tuple[str, str, str]]:
    """Every community that may be chosen: address, name, and how many people that is, or at which other node a copy lies."""
    found, people = [], desk.uow.members.people(desk.visit.house.now)
    for iri in desk.communities:
        row = desk.uow.actors.get(iri)
        if row is not None:
            found.append((iri, row.name, desk.tongue.count("%(num)s personne", "%(num)s personnes", people.get(iri, 0))))
    mine = [iri for iri in desk.communities if iri in desk.visit.reader.communities]
    far = {row.iri: row for iri in mine for row in befriended(desk.uow, iri)}
    copied = ((row, desk.tongue.say("copie chez %(house)s", house=desk.house_of(row.host))) for row in far.values())
    return [*found, *((row.iri, row.name, words) for row, words in copied)]


def reaches(desk: Desk, place: Place | None) -> list[tuple[str, str, str]]:
    """The choices of a form: value, word, who that is."""
    words = {
        "moi": desk.tongue.say("Moi"),
        "communaute": desk.tongue.say("Ma communauté"),
        "choisies": desk.tongue.say("Communautés choisies"),
        "public": desk.tongue.say("Public"),
    }
    seen = place.seen_by if place else seen_in(desk, "")
    return [(name, words[name], seen[name]) for name in REACHES if name in seen]


def said_of(desk: Desk, seen: Onlookers) -> str:
    """Who sees something, in one line that names people and other nodes."""
    tongue = desk.tongue
    if seen.audience is Audience.SELF:
        return tongue.say("Vous seul·e. Rien ne sort d’ici.")
    if seen.audience is Audience.PUBLIC:
        return _everybody(desk, seen)
    if seen.audience is Audience.CHOSEN:
        return tongue.say("Les membres des communautés que vous cochez, et personne d’autre.") + _copied(desk, seen)
    if seen.people <= 1:
        return tongue.say("Vous seul·e pour l’instant\u00a0: personne d’autre n’est membre.")
    return f"{_people(desk, seen)}{_beyond(desk, seen)}"


def _everybody(desk: Desk, seen: Onlookers) -> str:
    if not seen.hosts:
        return desk.tongue.say("Tout le monde, sur le web\u00a0; aucun autre site ne le reçoit pour l’instant.")
    nodes = desk.tongue.count("un autre site le reçoit", "%(num)s autres sites le reçoivent", len(seen.hosts))
    names = listed(desk, houses(desk, seen))
    return desk.tongue.say("Tout le monde, sur le web\u00a0; %(nodes)s (%(names)s).", nodes=nodes, names=names)


def _copied(desk: Desk, seen: Onlookers) -> str:
    return desk.tongue.say(" Copie chez %(names)s.", names=listed(desk, houses(desk, seen))) if seen.hosts else ""


def houses(desk: Desk, seen: Onlookers) -> list[str]:
    """The other nodes by the name of their organisation."""
    return [desk.house_of(host) for host in seen.hosts]


def listed(desk: Desk, names: Sequence[str], most: int = 6) -> str:
    """Names in a row, the last joined by « et »."""
    shown = [*names[:most], *([desk.tongue.say("%(num)s autres", num=len(names) - most)] if len(names) > most else [])]
    if len(shown) < 2:  # noqa: PLR2004 -- one alone is joined with nothing
        return "".join(shown)
    return desk.tongue.say("%(names)s et %(last)s", names=", ".join(shown[:-1]), last=shown[-1])


def _people(desk: Desk, seen: Onlookers) -> str:
    others = seen.people - 1
    count = desk.tongue.count("%(num)s personne", "%(num)s personnes", seen.people)
    if seen.towns > 1:
        some = "" if seen.told == seen.people else desk.tongue.say(" au moins")
        count = desk.tongue.say("%(count)s de %(towns)s villes%(some)s", count=count, towns=seen.towns, some=some)
    if others <= len(seen.names):
        return desk.tongue.say("%(count)s\u00a0: vous, %(names)s", count=count, names=listed(desk, seen.names))
    return desk.tongue.say("%(count)s, dont vous, %(names)s", count=count, names=", ".join(seen.names))


def _beyond(desk: Desk, seen: Onlookers) -> str:
    if not seen.hosts:
        return desk.tongue.say("\u00a0; aucun autre site.")
    far = desk.tongue.count("une a son compte", "%(num)s ont leur compte", seen.far)
    return desk.tongue.say("\u00a0; %(far)s ailleurs (%(names)s).", far=far, names=listed(desk, houses(desk, seen)))


def _looking(desk: Desk, audience: Audience, among: Sequence[str]) -> Onlookers:
    return onlookers(desk.uow, audience, desk.visit.reader.actor, among, desk.visit.house.now)
