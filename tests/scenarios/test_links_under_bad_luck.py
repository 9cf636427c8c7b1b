"""The life of a link over both sides, with messages doubled, overtaken and lost: in the end both sides say the same.

What a server sends about one thing arrives in order (delivery sees to that); everything else may overtake. What asks and what
answers may be lost for good: asking again, as the node does by itself, mends it.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from federation.messages import Verified
from kit.databases import in_memory
from kit.guests import NoKeys, Outpost
from kit.nodes import key_pair
from kit.rows import NOW
from node import activities
from node.actions.add_community import add_community
from node.actions.answer_follower import approve, pause, refuse, resume
from node.actions.follow_community import follow, unfollow
from node.actions.make_node import make_node
from node.collect import collect
from node.contracts import Handler, House, Tools
from node.errors import NodeError
from node.jobs import process_inbox
from node.storage.engine import Database
from vocab import jsonld
from vocab.activities.activity import Activity

NUMBERS = itertools.count()
#: What a link may look like from the side that asks and from the side that is asked, once nothing is on its way.
AGREED = {
    ("", ""),
    ("requested", "requested"),
    ("accepted", "accepted"),
    ("accepted", "paused"),
    ("requested", "paused"),  # the answer was lost, and then they paused: who resumes it answers the last request
    ("refused", "refused"),
    ("ended", "ended"),
}


@dataclass
class Side:
    """One node in memory; each run of the machine uses a new community of it."""

    url: str
    database: Database = field(default_factory=in_memory)

    def __post_init__(self) -> None:
        self.handlers = {each.activity: each for each in collect(activities, "HANDLER", Handler).values()}
        self.house = House(url=self.url, name=self.url, mode="open", language="fr", now=NOW)
        self.tools = Tools(
            house=lambda: self.house, database=self.database, outside=Outpost(), keys=NoKeys(), handlers=self.handlers
        )
        self.database.write_now(lambda uow: make_node(uow, self.house, keys=(key_pair(1), key_pair(2))))

    def community(self) -> str:
        """A new community."""
        slug = f"c{next(NUMBERS)}"
        return self.database.write_now(lambda uow: add_community(uow, self.house, slug, slug=slug, keys=key_pair(3))).iri

    def meet(self, other: Side, iri: str) -> None:
        """Knows an actor of the other side."""
        row = other.database.read_now(lambda uow: uow.actors.get(iri))
        assert row is not None
        self.database.write_now(lambda uow: uow.actors.put(replace(row, is_local=False)))

    def posted(self) -> Iterator[bytes]:
        """What left since last time, in order."""
        rows = self.database.read_now(lambda uow: uow.deliveries.waiting())
        for row in rows:
            yield self.database.read_now(lambda uow, row=row: uow.deliveries.document(row))  # type: ignore[misc]
            self.database.write_now(lambda uow, row=row: uow.deliveries.finish(row.id, "delivered", 202, "", NOW))  # type: ignore[misc]

    async def take(self, body: bytes) -> None:
        """Works a message that came in, signed well."""
        activity = jsonld.read(body)
        assert isinstance(activity, Activity)
        assert activity.actor is not None
        actor = activity.actor.iri
        verified = Verified(activity=activity, actor=actor, key_id=f"{actor}#main-key", body=body, at=NOW)
        self.database.write_now(lambda uow: uow.inbox.add(verified))
        for piece in self.database.write_now(lambda uow: process_inbox.JOB.claim(uow, self.house, 10)):
            await process_inbox.JOB.work(self.tools, piece)

    def state(self, follower: str, target: str) -> str:
        """Where the link stands for this side."""
        row = self.database.read_now(lambda uow: uow.followings.get(follower, target))
        return row.state if row else ""


@dataclass
class Letter:
    """A message on its way."""

    to: Side
    body: bytes

    @property
    def about(self) -> str:
        """What orders it among those to the same side: the community followed, or the request answered."""
        activity = jsonld.read(self.body)
        assert isinstance(activity, Activity)
        if activity.type in {"Accept", "Reject"}:
            return activity.object[0].iri
        return "asking"

    @property
    def may_be_lost(self) -> bool:
        return jsonld.read(self.body).type in {"Follow", "Accept"}


SIDES: dict[str, Side] = {}
#: What the runs ended with.
REACHED: set[tuple[str, str]] = set()


class Link(RuleBasedStateMachine):
    """A community of one side follows one of the other."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.b = SIDES["a"], SIDES["b"]
        self.follower, self.target = self.a.community(), self.b.community()
        self.a.meet(self.b, self.target)
        self.b.meet(self.a, self.follower)
        self.under_way: list[Letter] = []
        self.delivered: list[Letter] = []

    def do(self, side: Side, deed: object) -> None:
        """A deed of people, which may not be possible just now."""
        try:
            side.database.write_now(deed)  # type: ignore[arg-type]
        except NodeError:
            return
        finally:
            self.collect()

    def collect(self) -> None:
        self.under_way += [Letter(to=self.b, body=body) for body in self.a.posted()]
        self.under_way += [Letter(to=self.a, body=body) for body in self.b.posted()]

    @rule()
    def ask(self) -> None:
        self.do(self.a, lambda uow: follow(uow, self.a.house, self.follower, self.target))

    @rule()
    def take_back(self) -> None:
        self.do(self.a, lambda uow: unfollow(uow, self.a.house, self.follower, self.target))

    @rule(how=st.sampled_from([approve, refuse, pause, resume]))
    def answer(self, how: object) -> None:
        self.do(self.b, lambda uow: how(uow, self.b.house, self.follower))  # type: ignore[operator]

    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        first: dict[tuple[str, str], Letter] = {}
        for letter in self.under_way:
            first.setdefault((letter.to.url, letter.about), letter)
        if first:
            self.arrive(data.draw(st.sampled_from(list(first.values()))))

    @rule(data=st.data())
    def arrive_again(self, data: st.DataObject) -> None:
        if self.delivered:
            asyncio.run(self.again(data.draw(st.sampled_from(self.delivered))))

    @rule(data=st.data())
    def lose(self, data: st.DataObject) -> None:
        lost = [letter for letter in self.under_way if letter.may_be_lost]
        if lost:
            self.under_way.remove(data.draw(st.sampled_from(lost)))

    def arrive(self, letter: Letter) -> None:
        self.under_way.remove(letter)
        self.delivered.append(letter)
        asyncio.run(self.again(letter))

    async def again(self, letter: Letter) -> None:
        await letter.to.take(letter.body)
        self.collect()

    @invariant()
    def nobody_receives_who_did_not_ask(self) -> None:
        asked = any(jsonld.read(letter.body).type == "Follow" for letter in self.delivered)
        assert asked or self.b.state(self.follower, self.target) in {"", "ended"}

    def teardown(self) -> None:
        """Everything arrives in the end, and who still waits asks again."""
        for _ in range(3):
            while self.under_way:
                self.arrive(self.under_way[0])
            if self.a.state(self.follower, self.target) == "requested":
                self.ask()
        states = (self.a.state(self.follower, self.target), self.b.state(self.follower, self.target))
        agreed = states[0], states[1] or ("" if states[0] in {"", "ended"} else "nothing")
        assert states in AGREED or agreed == ("ended", ""), states
        REACHED.add(states)


@pytest.fixture(scope="module", autouse=True)
def sides() -> Iterator[None]:
    SIDES.update(a=Side("https://a.example"), b=Side("https://b.example"))
    yield
    for side in SIDES.values():
        side.database.close()
    SIDES.clear()


def test_both_sides_agree_in_the_end() -> None:
    chosen = settings(max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Link, settings=chosen)
    assert REACHED - {("", "")}, "no run made a link"
