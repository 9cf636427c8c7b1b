"""Names the people of this node whom a text mentions, as « @nom » or by a link to them, so that they are told of it."""

from __future__ import annotations

import html
import re
from typing import TypeVar

from node.domain.html import plain
from node.domain.mentions import handle_of, mentioning
from node.storage.here import Here
from node.storage.hosts import host_of
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab.things.object import Object

T = TypeVar("T", bound=Object)

#: So many people are named in one text at most.
MOST = 20
_NAMED = re.compile(r"(?<![\w@/.])@([a-z0-9][a-z0-9_-]*)(?:@([a-z0-9.-]+(?::[0-9]+)?))?", re.IGNORECASE)
_LINKED = re.compile(r'<a\s[^<>]*href="([^"]{1,500})"[^<>]*>\s*@')
_LINK = re.compile(r"<a\s[^<>]*>[^<>]*</a>")


def naming_people(uow: UnitOfWork, here: Here, thing: T) -> T:
    """The thing with a mention of everybody here whom its text names; who is not known stays words."""
    content = thing.content.primary if thing.content is not None else ""
    if "@" not in content:
        return thing
    for row in [*_linked(uow, content), *_named(uow, here, plain(_LINK.sub(" ", content)))][:MOST]:
        if row is not None and row.is_local and row.type == "Person" and row.state == "active":
            thing = mentioning(thing, row.iri, handle_of(row.username, row.host))
    return thing


def naming_community(uow: UnitOfWork, thing: T, community: str) -> T:
    """The thing with a mention of the community of ours to whose members it is said.

    So whoever answers with other software, which addresses those that a message mentions, answers to all of them.
    """
    row = uow.actors.get(community)
    return mentioning(thing, row.iri, handle_of(row.username, row.host)) if row is not None and row.is_local else thing


def _linked(uow: UnitOfWork, content: str) -> list[ActorRow | None]:
    """Those to whom a link with an @ leads."""
    return [uow.actors.get(html.unescape(iri)) for iri in list(dict.fromkeys(_LINKED.findall(content)))[:MOST]]


def _named(uow: UnitOfWork, here: Here, words: str) -> list[ActorRow | None]:
    """Those whose username stands after an @."""
    own, found = host_of(here.url), list(dict.fromkeys(_NAMED.findall(words)))[:MOST]
    return [uow.actors.by_username(username.lower()) for username, host in found if host.lower() in {"", own}]
