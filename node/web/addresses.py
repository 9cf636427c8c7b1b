"""Where things are read on this site: hyperlinks for what is from here and for what comes from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from node.contracts import Visit

RESOURCE_ELSEWHERE = "/ailleurs/ressource"
COMMUNITY_ELSEWHERE = "/ailleurs/communaute"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses that pages link to during one visit; a language asked for in the address stays in it."""

    visit: Visit

    def page(self, path: str, **query: str | int | None) -> str:
        """The address of one of this site's pages; parameters that are empty are left out."""
        kept = {key: str(value) for key, value in query.items() if value not in {None, ""}}
        if "langue" in self.visit.query and "langue" not in kept:
            kept["langue"] = self.visit.language
        return f"{path}?{urlencode(kept)}" if kept else path

    def here(self, **changed: str | int | None) -> str:
        """The address of this very page with some parameters changed, or taken away where they are None."""
        parts = urlsplit(self.visit.url)
        query: dict[str, str | int | None] = dict(parse_qsl(parts.query))
        return self.page(parts.path, **{**query, **changed})

    def thing(self, iri: str) -> str:
        """Where a resource is read; one from elsewhere is read here too, with its origin."""
        if self.visit.house.is_local(iri):
            return self.page(urlsplit(iri).path or "/")
        return self.page(RESOURCE_ELSEWHERE, iri=iri)

    def community(self, iri: str) -> str:
        """Where a community is read."""
        if self.visit.house.is_local(iri):
            return self.page(urlsplit(iri).path)
        return self.page(COMMUNITY_ELSEWHERE, iri=iri)

    def host(self, iri: str) -> str:
        """The site that something comes from, "" when it is this one."""
        return "" if self.visit.house.is_local(iri) else urlsplit(iri).netloc
