"""Which page and which endpoint answer at a path: the two may share one address, negotiation decides between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, TypeVar

from node.contracts import Endpoint, Page

T = TypeVar("T", Page, Endpoint)

#: So many paths are remembered, none longer than so many characters: the inboxes and what is looked at most.
REMEMBERED, LONGEST = 512, 200

_PLACEHOLDER = re.compile(r"\{(?P<name>[a-z_]+)(?::(?P<pattern>[^{}]+))?\}")


@dataclass(frozen=True, slots=True)
class Route(Generic[T]):
    """A page or endpoint and the addresses it answers at; `name` is its module's."""

    name: str
    pattern: re.Pattern[str]
    target: T


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A page or endpoint that answers at a path, with the values of its placeholders."""

    name: str
    target: T
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What answers at a path: a page, an endpoint or both."""

    page: Match[Page] | None
    endpoint: Match[Endpoint] | None

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that the address allows."""
        endpoint = self.endpoint.target if self.endpoint else None
        reading = ("GET", "HEAD") if self.page or (endpoint and (endpoint.answer or endpoint.ask or endpoint.opens)) else ()
        return (*reading, "POST") if endpoint and endpoint.receive else reading


class Routes:
    """All addresses of the node but static files."""

    def __init__(self, pages: Mapping[str, Page], endpoints: Mapping[str, Endpoint]) -> None:
        self.pages = _ordered(pages)
        self.endpoints = _ordered(endpoints)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._find)

    def find(self, path: str) -> Found | None:
        """What answers at `path` (decoded, without query), None when nothing does."""
        return self._remembered(path) if len(path) <= LONGEST else self._find(path)

    def _find(self, path: str) -> Found | None:
        page, endpoint = _first(self.pages, path), _first(self.endpoints, path)
        return Found(page, endpoint) if page or endpoint else None

    def paths(self) -> list[tuple[str, str, str]]:
        """("page" or "endpoint", name, path as declared) of every route, sorted."""
        return sorted(
            [("page", route.name, route.target.path) for route in self.pages]
            + [("endpoint", route.name, route.target.path) for route in self.endpoints]
        )


def _ordered(targets: Mapping[str, T]) -> list[Route[T]]:
    """The routes, the most literal first, so that /communautes/nouvelle goes before /communautes/{slug}."""
    paths = [target.path for target in targets.values()]
    doubled = sorted(path for path, count in Counter(paths).items() if count > 1)
    if doubled:
        raise ValueError(f"two contributions answer at {doubled[0]}")
    routes = [Route(name, _compiled(target.path), target) for name, target in targets.items()]
    return sorted(routes, key=lambda route: (_freedom(route.target.path), -len(route.target.path), route.target.path))


@cache
def _compiled(path: str) -> re.Pattern[str]:
    pattern, end = "", 0
    for placeholder in _PLACEHOLDER.finditer(path):
        pattern += re.escape(path[end : placeholder.start()])
        pattern += f"(?P<{placeholder['name']}>{placeholder['pattern'] or '[^/]+'})"
        end = placeholder.end()
    return re.compile(pattern + re.escape(path[end:]))


def _freedom(path: str) -> int:
    return len(_PLACEHOLDER.findall(path))


def _first(routes: Iterable[Route[T]], path: str) -> Match[T] | None:
    for route in routes:
        match = route.pattern.fullmatch(path)
        if match:
            return Match(route.name, route.target, {key: value or "" for key, value in match.groupdict().items()})
    return None
