"""What people agreed on with another server: why, with whom, under which charter, until when; and who may receive what."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select

from node.storage.ground import Shelf, made
from node.storage.hosts import normal
from node.storage.tables.agreements import agreements, welcomes


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """The agreement behind a link. `by` is who wrote it down, `told_at` when its silence was last told of."""

    host: str
    why: str = ""
    contacts: str = ""
    charter: str = ""
    by: str = ""
    agreed_at: datetime | None = None
    review_at: datetime | None = None
    told_at: datetime | None = None


class Agreements(Shelf):
    """The agreements, by host, and the communities elsewhere that may receive what one of ours publishes before they ask."""

    def get(self, host: str) -> AgreementRow | None:
        """That with a server."""
        row = self.ground.row(select(agreements).where(agreements.c.host == normal(host)))
        return made(AgreementRow, row) if row else None

    def put(self, row: AgreementRow) -> None:
        """Writes one down, in the place of what was there."""
        self.ground.upsert(agreements, ["host"], {**asdict(row), "host": normal(row.host)})

    def all(self) -> list[AgreementRow]:
        """Every one, by host."""
        return [made(AgreementRow, row) for row in self.ground.rows(select(agreements).order_by(agreements.c.host))]

    def welcome(self, community: str, follower: str, by: str, at: datetime) -> None:
        """What a community publishes may go to that follower as soon as it asks."""
        self.ground.upsert(
            welcomes, ["community", "follower"], {"community": community, "follower": follower, "by": by, "at": at}
        )

    def unwelcome(self, community: str, follower: str) -> None:
        """No longer."""
        self.ground.run(delete(welcomes).where(welcomes.c.community == community, welcomes.c.follower == follower))

    def is_welcome(self, community: str, follower: str) -> bool:
        """Whether somebody here said so."""
        theirs = welcomes.c.community == community, welcomes.c.follower == follower
        return self.ground.row(select(welcomes.c.at).where(*theirs)) is not None
