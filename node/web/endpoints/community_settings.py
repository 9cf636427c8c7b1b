"""Changes what a community says of itself, and tells those who follow it."""

from __future__ import annotations

from federation.messages import Received
from node.actions.add_community import describe_community, say_time
from node.actions.restrict_community import restrict
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.legible import paragraph
from node.domain.rights import Deed
from node.storage.gathering import is_restricted
from node.storage.office import kept_by
from node.storage.patterned import keep_pattern, pattern_of
from node.storage.presenting import actor_of_ours
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of, fields_of
from node.web.founding import said_of
from vocab.things.group import Group


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Changes it and leads back; raises NotFound for whoever may not, Invalid by field."""
    path, house = f"/communautes/{visit.path['slug']}", visit.house
    iri, by = f"{house.url}{path}", visit.reader.actor
    await tools.database.read(lambda uow: kept_by(uow, house, by, iri, Deed.DESCRIBE))
    said, is_reserved = said_of(received, visit), field_of(received, "reserve") == "oui"

    def deed(uow: UnitOfWork) -> None:
        kept_by(uow, house, by, iri, Deed.DESCRIBE)
        group = actor_of_ours(uow, iri)
        # nobody is told of what has not changed
        known = group.expected_time.primary if isinstance(group, Group) and group.expected_time else ""
        if known != said.time:
            say_time(uow, house, iri, said.time)
        if (
            group.name is None
            or group.name.primary != said.name
            or group.summary != paragraph(said.sentence or said.name, house.language)
        ):
            describe_community(uow, house, iri, name=said.name, summary=said.sentence or said.name)
        if "gabarit" in fields_of(received) and pattern_of(uow, iri) is not said.pattern:
            keep_pattern(uow, iri, said.pattern)
        if is_restricted(uow, iri) != is_reserved:
            restrict(uow, house, iri, is_restricted=is_reserved)

    await tools.database.write(deed)
    return back(visit, f"{path}/reglages", "change")


ENDPOINT = Endpoint(path="/communautes/{slug:[a-z0-9-]+}/reglages", receive=receive)
