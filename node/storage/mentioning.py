"""Names the people of this node whom a text mentions as « @nom », so that they are told of it."""

from __future__ import annotations

import re
from typing import TypeVar

from node.domain.mentions import handle_of, mentioning
from node.storage.here import Here
from node.storage.hosts import host_of
from node.storage.unit_of_work import UnitOfWork
from vocab.things.object import Object

T = TypeVar("T", bound=Object)

#: So many people are named in one text at most.
MOST = 20
_NAMED = re.compile(r"(?<![\w@/.])@([a-z0-9][a-z0-9_-]*)(?:@([a-z0-9.-]+(?::[0-9]+)?))?", re.IGNORECASE)


def naming_people(uow: UnitOfWork, here: Here, thing: T, words: str) -> T:
    """The thing with a mention of everybody here whom these words name by their username; who is not known stays words."""
    own = host_of(here.url)
    for username, host in list(dict.fromkeys(_NAMED.findall(words)))[:MOST]:
        row = uow.actors.by_username(username.lower()) if host.lower() in {"", own} else None
        if row is not None and row.type == "Person" and row.state == "active":
            thing = mentioning(thing, row.iri, handle_of(row.username, row.host))
    return thing
