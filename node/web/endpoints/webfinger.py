"""WebFinger: which actor of this node a name means.

Spec: RFC 7033 §4.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from federation.discovery import JRD, jrd, parse_resource
from federation.handles import Handle
from node.contracts import Endpoint, House, Reply, Visit
from node.errors import Invalid, NotFound
from node.storage.hosts import host_of
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """What is known of the account or address in `resource`; raises Invalid, MalformedHandle, NotOurs or NotFound."""
    resource = visit.query.get("resource", "")
    if not resource:
        raise Invalid("Say which account is meant: ?resource=acct:name@host")
    row = _actor(uow, visit.house, resource)
    if row is None or not row.is_local or row.state != "active":
        raise NotFound
    account = Handle(name=row.username, host=host_of(visit.house.url))
    is_server = resource.rstrip("/") == visit.house.url
    service = visit.house.application if is_server else ""
    rels = frozenset(value for name, value in parse_qsl(urlsplit(visit.url).query) if name == "rel")
    seen_from = f"{visit.house.url}/ailleurs?adresse={{uri}}"
    return Reply(body=jrd(account, row.iri, page=row.iri, subscribe=seen_from, service=service, rels=rels), media_type=JRD)


def _actor(uow: UnitOfWork, house: House, resource: str) -> ActorRow | None:
    asked = parse_resource(resource, house.url)
    if isinstance(asked, Handle):
        if asked.name.lower() == asked.host.partition(":")[0]:  # how Mastodon and Lemmy call a server itself
            return uow.actors.get(house.application)
        return uow.actors.by_username(asked.name)
    return uow.actors.get(house.organisation if asked.rstrip("/") == house.url else asked)


ENDPOINT = Endpoint(path="/.well-known/webfinger", answer=answer, is_open=True)
