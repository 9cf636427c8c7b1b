"""Sites that are followed by their feed, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from node.domain.politeness import in_words
from node.storage.shelves.feeds import FeedRow
from node.web.desk import Desk, Link, Origin, web
from node.web.wording import excerpt

SITE = "/ailleurs/site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site with its feed. `words` say how it does, `error` is what was met (for those who look after the node)."""

    iri: str
    href: str
    name: str
    host: str
    summary: str
    home: Link
    address: str
    held: int
    followers: tuple[Link, ...]
    words: str
    error: str
    is_well: bool
    looked_at: datetime | None
    changed_at: datetime | None
    next_at: datetime | None

    @property
    def origin(self) -> Origin:
        """Where it lives."""
        return Origin(host=self.host, name=self.host)


def site(desk: Desk, row: FeedRow) -> Site:
    """A site for a page."""
    return Site(
        iri=row.iri,
        href=desk.addresses.page(SITE, iri=row.iri),
        name=row.name,
        host=row.host,
        summary=excerpt(row.summary, 180),
        home=Link(text=row.host, href=web(row.site) or web(row.address)),
        address=row.address,
        held=desk.uow.holdings.count(row.iri, scope=desk.scope),
        followers=tuple(desk.community(iri) for iri in desk.uow.feeds.followers(row.iri)),
        words=in_words(row.trouble).in_language(desk.as_spoken),
        error=row.error,
        is_well=not row.trouble,
        looked_at=row.looked_at,
        changed_at=row.changed_at,
        next_at=row.next_at,
    )


def sites(desk: Desk) -> list[Site]:
    """Every site that is followed by its feed, by name; first those that somebody has to look at."""
    rows = sorted(desk.uow.feeds.all(), key=lambda row: (not row.trouble, row.name.casefold(), row.iri))
    return [site(desk, row) for row in rows]


def by_feed(desk: Desk, iri: str) -> Link | None:
    """The site by whose feed something came, None for what came in any other way."""
    row = desk.uow.feeds.of_item(iri) if "#" in iri else None
    return Link(text=row.name, href=desk.addresses.page(SITE, iri=row.iri)) if row else None


def feed_words(desk: Desk, iri: str) -> str:
    """What a list says of something that came by a feed, "" for anything else."""
    return desk.tongue.say("Suivi par flux, sans réponse possible") if by_feed(desk, iri) else ""
