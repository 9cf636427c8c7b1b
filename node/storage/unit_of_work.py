"""One transaction, and the shelves it can reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar

from sqlalchemy import Connection

from node.errors import Busy
from node.storage import changing, claims, indexing, wakes
from node.storage.cupboard import Cupboard
from node.storage.failures import Attempt, translated
from node.storage.ground import Ground
from node.storage.shelves.actors import Actors
from node.storage.shelves.changes import Changes
from node.storage.shelves.decisions import Decisions
from node.storage.shelves.deliveries import Deliveries
from node.storage.shelves.featured import Featured
from node.storage.shelves.feeds import Feeds
from node.storage.shelves.followings import Followings
from node.storage.shelves.holdings import Holdings
from node.storage.shelves.imports import Imports
from node.storage.shelves.inbox import Inbox
from node.storage.shelves.intersections import Intersections
from node.storage.shelves.invitations import Invitations
from node.storage.shelves.keys import Keys
from node.storage.shelves.letters import Letters
from node.storage.shelves.mappings import Mappings
from node.storage.shelves.members import Members
from node.storage.shelves.notices import Notices
from node.storage.shelves.outbox import Outbox
from node.storage.shelves.participations import Participations
from node.storage.shelves.peers import Peers
from node.storage.shelves.private_addresses import PrivateAddresses
from node.storage.shelves.public_keys import PublicKeys
from node.storage.shelves.reactions import Reactions
from node.storage.shelves.refusals import Refusals
from node.storage.shelves.reports import Reports
from node.storage.shelves.search import Search
from node.storage.shelves.sessions import Sessions
from node.storage.shelves.state import State
from node.storage.shelves.submissions import Submissions
from node.storage.shelves.tasks import Tasks
from node.storage.shelves.things import Things
from node.storage.shelves.threads import Threads
from node.storage.tables.inbox import inbox
from node.storage.tables.letterbox import letters_in
from node.storage.tables.letters import letters
from node.storage.tables.outbox import deliveries
from node.storage.tables.tasks import tasks

T = TypeVar("T")

#: The rows that processes lease.
_LEASED = (inbox, deliveries, tasks, letters, letters_in)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempted(Generic[T]):
    """What came of a part of a deed: its result, or what it raised."""

    result: T | None = None
    failure: Exception | None = None


class UnitOfWork(Cupboard):
    """One transaction: all that a deed changes, or nothing. Valid only while the deed runs."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.ground = Ground(connection=connection)

    @cached_property
    def things(self) -> Things:
        """Things as documents."""
        return Things(self.ground)

    @cached_property
    def search(self) -> Search:
        """Full-text search."""
        return Search(self.ground)

    @cached_property
    def holdings(self) -> Holdings:
        """Which community holds what."""
        return Holdings(self.ground)

    @cached_property
    def actors(self) -> Actors:
        """Actors, ours and others'."""
        return Actors(self.ground)

    @cached_property
    def keys(self) -> Keys:
        """Our private keys."""
        return Keys(self.ground)

    @cached_property
    def public_keys(self) -> PublicKeys:
        """Further keys of actors elsewhere."""
        return PublicKeys(self.ground)

    @cached_property
    def followings(self) -> Followings:
        """Links between actors."""
        return Followings(self.ground)

    @cached_property
    def feeds(self) -> Feeds:
        """Sites that are followed by their feed."""
        return Feeds(self.ground)

    @cached_property
    def submissions(self) -> Submissions:
        """What people elsewhere propose to communities here."""
        return Submissions(self.ground)

    @cached_property
    def featured(self) -> Featured:
        """What communities show first."""
        return Featured(self.ground)

    @cached_property
    def reactions(self) -> Reactions:
        """Who elsewhere liked what, or passed it on."""
        return Reactions(self.ground)

    @cached_property
    def reports(self) -> Reports:
        """Reports in and out."""
        return Reports(self.ground)

    @cached_property
    def decisions(self) -> Decisions:
        """What people here decided about others."""
        return Decisions(self.ground)

    @cached_property
    def peers(self) -> Peers:
        """Other servers."""
        return Peers(self.ground)

    @cached_property
    def members(self) -> Members:
        """Accounts and memberships."""
        return Members(self.ground)

    @cached_property
    def mappings(self) -> Mappings:
        """Correspondences between terms."""
        return Mappings(self.ground)

    @cached_property
    def inbox(self) -> Inbox:
        """Activities received."""
        return Inbox(self.ground)

    @cached_property
    def refusals(self) -> Refusals:
        """Requests refused."""
        return Refusals(self.ground)

    @cached_property
    def outbox(self) -> Outbox:
        """Activities sent."""
        return Outbox(self.ground)

    @cached_property
    def deliveries(self) -> Deliveries:
        """What must still reach an inbox."""
        return Deliveries(self.ground)

    @cached_property
    def tasks(self) -> Tasks:
        """Work that waits."""
        return Tasks(self.ground)

    @cached_property
    def intersections(self) -> Intersections:
        """Where communities touch."""
        return Intersections(self.ground)

    @cached_property
    def sessions(self) -> Sessions:
        """Sessions and one-time tokens."""
        return Sessions(self.ground)

    @cached_property
    def private_addresses(self) -> PrivateAddresses:
        """Addresses that give one list as a member may see it."""
        return PrivateAddresses(self.ground)

    @cached_property
    def state(self) -> State:
        """What the node remembers of itself."""
        return State(self.ground)

    @cached_property
    def threads(self) -> Threads:
        """What answers what."""
        return Threads(self.ground)

    @cached_property
    def participations(self) -> Participations:
        """Who takes part in which event."""
        return Participations(self.ground)

    @cached_property
    def notices(self) -> Notices:
        """What people here are told of."""
        return Notices(self.ground)

    @cached_property
    def changes(self) -> Changes:
        """What of ours became public, changed or ended."""
        return Changes(self.ground)

    @cached_property
    def invitations(self) -> Invitations:
        """Who was invited into which community."""
        return Invitations(self.ground)

    @cached_property
    def letters(self) -> Letters:
        """Letters that wait to be sent."""
        return Letters(self.ground)

    @cached_property
    def imports(self) -> Imports:
        """What came of what was imported."""
        return Imports(self.ground)

    def attempt(self, part: Callable[[UnitOfWork], T]) -> Attempted[T]:
        """Does a part of a deed that may fail alone: what it changed is undone then, and the rest goes on.

        Raises only what ends the whole transaction.
        """
        woken, unwritten = set(self.ground.wakes), dict(self.ground.unwritten)
        marked, touched = set(self.ground.marked), dict(self.ground.touched)
        self._say("SAVEPOINT part")
        with Attempt() as attempt, translated():
            result = part(self)
        failure = attempt.failure
        if failure is None:
            self._say("RELEASE part")
            return Attempted(result=result)
        if isinstance(failure, Busy) or not isinstance(failure, Exception):
            raise failure
        self._say("ROLLBACK TO part", "RELEASE part")
        self.ground.wakes, self.ground.unwritten = woken, unwritten
        self.ground.marked, self.ground.touched = marked, touched
        self.ground.known.clear()
        return Attempted(failure=failure)

    def settle(self) -> None:
        """Does what must happen before the transaction ends; the database calls it, nobody else need."""
        indexing.write_out(self.ground)
        for kind, subject in sorted(self.ground.wakes):
            wakes.wake(self.ground, kind, subject)
        self.ground.wakes.clear()
        changing.write_down(self.ground)

    def release_dead(self, owner: str, now: datetime, is_alive: Callable[[str], bool] = claims.is_running) -> int:
        """Frees the leases of processes of the owner's host that no longer run: call it at start; how many rows."""
        by = claims.Claim(now=now, owner=owner, n=0)
        return sum(claims.release(self.ground, table, by, is_alive) for table in _LEASED)

    def _say(self, *statements: str) -> None:
        """Tells the driver itself: the engine would compile each of these anew."""
        cursor = self.connection.connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()

    def release_own(self, owner: str) -> int:
        """Frees the leases of this process, which stops before it is done: it is no crash; how many rows."""
        return sum(claims.let_go(self.ground, table, owner) for table in _LEASED)
