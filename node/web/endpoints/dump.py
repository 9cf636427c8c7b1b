"""Glossaries and correspondences as files to be taken whole: of one community, or of all.

Spec: SKOS §4. Spec: SSSOM §TSV.
"""

from __future__ import annotations

from node.contracts import Endpoint, Listing, Reply, Visit
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import NotFound
from node.formats import sssom
from node.storage.naming import names_of
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import TURTLE
from node.web.skos import dump, public_here


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The file; raises NotFound for a community that is not here."""
    communities = [row for row in uow.actors.local("Group") if row.state == "active"]
    wanted = visit.path["community"].removesuffix("/")
    if wanted:
        communities = [row for row in communities if row.iri == f"{visit.house.url}/{wanted}"]
        if not communities:
            raise NotFound
    if visit.path["file"].endswith(".ttl"):
        body = dump(uow, communities, visit.house.organisation, is_whole=not wanted)
        return Reply(body=body, media_type=f"{TURTLE}; charset=utf-8")
    return Reply(body=_correspondences(uow, visit, communities[0] if wanted else None), media_type=_TSV)


def _correspondences(uow: UnitOfWork, visit: Visit, community: ActorRow | None) -> bytes:
    found = list(public_here(uow, "Mapping", community.iri if community else None))
    settled = [each.thing for each in found if sssom.is_settled(each.thing)]
    is_french = visit.house.language == "fr"
    whose = community.name if community else visit.house.name
    return sssom.write(
        Listing(
            things=settled,
            title=f"Correspondances : {whose}" if is_french else f"Mappings: {whose}",
            here=f"{visit.house.url}/{visit.path['community']}{visit.path['file']}",
            publisher=visit.house.name,
            changed_at=max((at for each in found if (at := each.entry.updated_at or each.entry.published_at)), default=None),
            names=names_of(uow, settled, PUBLIC_SCOPE, visit.house.language),
        )
    )


_TSV = f"{sssom.FORMAT.media_type}; charset=utf-8"

ENDPOINT = Endpoint(
    path="/{community:|communautes/[a-z0-9-]+/}{file:glossaire\\.ttl|correspondances\\.tsv}",
    answer=answer,
    is_open=True,
    may_close=True,
)
