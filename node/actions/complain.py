"""Somebody tells those who animate a community, or who look after the node, that something is not right."""

from __future__ import annotations

from dataclasses import dataclass

from node.contracts import House
from node.domain.moderating import CATEGORIES, LONGEST_REASON
from node.domain.visibility import Scope
from node.errors import Conflict, Invalid, NotFound
from node.storage.hosts import host_of
from node.storage.office import animators, keepers
from node.storage.sending import fresh_name
from node.storage.shelves.reports import Complaint
from node.storage.unit_of_work import UnitOfWork

#: So many reports of people without account wait at most: they must not fill the desk.
MOST_OF_NOBODY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What is reported: a thing or a person (`iri`), the community in which that is looked at ("": by the node), whose it is."""

    iri: str
    community: str
    owner: str


def concern(uow: UnitOfWork, house: House, iri: str, scope: Scope) -> Concern:
    """What somebody may report, as far as they may see it; raises NotFound for anything else.

    Those who animate hear of it first, unless one of them wrote it: then those who look after the node.
    """
    stored, actor = uow.things.get(iri, scope), uow.actors.get(iri)
    if stored is not None and stored.entry.deleted_at is None:
        owner, community = stored.entry.author, stored.entry.community
    elif actor is not None and actor.type in {"Person", "Group"}:
        owner, community = iri, ""
    else:
        raise NotFound("There is nothing of that address here.")
    known = animators(uow, house, community) if community and house.is_local(community) else []
    return Concern(iri=iri, community=community if known and owner not in known else "", owner=owner)


def complain(uow: UnitOfWork, house: House, by: Scope, iri: str, category: str, words: str) -> Concern:
    """Keeps a report and tells whom it goes to; raises NotFound, Invalid, or Conflict when too much waits."""
    about = concern(uow, house, iri, by)
    if category not in CATEGORIES or len(words) > LONGEST_REASON:
        raise Invalid(f"A report has one of the reasons, and at most {LONGEST_REASON} characters.")
    complaint = Complaint(
        activity=f"{house.url}/signaler#{fresh_name(house)}",
        reporter=by.actor,
        host=host_of(house.url),
        objects=(iri,),
        content=words.strip().replace("\0", ""),
        community=about.community,
        category=category,
    )
    is_flood = not by.actor and uow.reports.count("waiting", reporter="") >= MOST_OF_NOBODY
    if is_flood or not uow.reports.add(complaint, house.now):
        raise Conflict("Too many reports wait already.")
    told = animators(uow, house, about.community) if about.community else keepers(uow, house)
    page = f"{about.community}/moderation" if about.community else f"{house.url}/noeud/moderation"
    for person in told:
        uow.notices.add(person, "report", page, house.now, by="", community=about.community)
    return about
