"""Organisations whose accounts open this node too, and whom they vouched for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from node.storage.ground import Shelf, made
from node.storage.tables.accounts import identities, providers


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow:
    """A provider of OpenID Connect: `client` and `secret` are what it knows this node by, `document` its configuration."""

    slug: str
    name: str
    issuer: str
    client: str
    secret: str = ""
    document: str = ""
    looked_at: datetime | None = None


class Providers(Shelf):
    """The providers, by the word that their addresses here carry."""

    def put(self, row: ProviderRow) -> None:
        """Keeps one, in the place of that of the same word."""
        self.ground.upsert(providers, ["slug"], asdict(row))

    def get(self, slug: str) -> ProviderRow | None:
        """One of them."""
        row = self.ground.row(select(providers).where(providers.c.slug == slug))
        return made(ProviderRow, row) if row else None

    def all(self) -> list[ProviderRow]:
        """All of them, by name."""
        return [
            made(ProviderRow, row) for row in self.ground.rows(select(providers).order_by(providers.c.name, providers.c.slug))
        ]

    def remove(self, slug: str) -> int:
        """Lets go of one; how many there were."""
        return self.ground.run(delete(providers).where(providers.c.slug == slug))

    def person(self, issuer: str, subject: str) -> str:
        """Whose account of a provider this is, "" for nobody's."""
        held = select(identities.c.person).where(identities.c.issuer == issuer, identities.c.subject == subject)
        return next(iter(self.ground.texts(held)), "")

    def link(self, issuer: str, subject: str, person: str, at: datetime) -> None:
        """Says that an account of a provider is a person's."""
        self.ground.run(insert(identities).values(issuer=issuer, subject=subject, person=person, since=at))

    def issuers_of(self, person: str) -> list[str]:
        """The providers that vouch for a person."""
        return self.ground.texts(select(identities.c.issuer).where(identities.c.person == person).order_by(identities.c.issuer))

    def unlink(self, issuer: str, person: str) -> int:
        """Says no longer that an account of a provider is a person's; how many there were."""
        return self.ground.run(delete(identities).where(identities.c.issuer == issuer, identities.c.person == person))
