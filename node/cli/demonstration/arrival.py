"""Whether everything of the story has arrived everywhere, and what each node sees then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from node.cli.demonstration.playing import Player
from node.cli.describing import basis_kinds, between, described, labels_of
from node.cli.running import RunningNode
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork

_MANY = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What there is to see on one node."""

    name: str
    url: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Looks at a played story."""

    player: Player

    def missing(self) -> str:
        """The first thing that is not there yet, in words; "" when all is."""
        return next(self._missing(), "")

    def _missing(self) -> Iterator[str]:
        for key, node in self.player.nodes.items():
            if node.database.read_now(partial(_is_busy, now=node.house().now)):
                yield f"{key} is still at work"
        for link in self.player.story.follows:
            yield from self._unlike(link.follower, link.target)
        yield from self._unchanged()
        yield from self._unseen()

    def _unlike(self, follower: str, target: str) -> Iterator[str]:
        iri = self.player.iri_of(target)
        there = _held(self.player.node_of(target), iri)
        here = _held(self.player.node_of(follower), iri)
        if there != here:
            yield f"{follower} has {len(here & there)} of the {len(there)} things of {target}, and {len(here - there)} too many"

    def _unchanged(self) -> Iterator[str]:
        for change in self.player.story.changes:
            iri, owner = self.player.iris[change.item], change.item.split("/", maxsplit=1)[0]
            for link in self.player.story.follows:
                if link.target != owner:
                    continue
                node = self.player.node_of(link.follower)
                stored = node.database.read_now(partial(_thing, iri=iri))
                if stored is None or (change.withdraw and stored.entry.deleted_at is None):
                    yield f"{change.item} is not withdrawn at {link.follower}"
                elif change.add and change.add not in stored.document.decode():
                    yield f"{change.item} is not corrected at {link.follower}"

    def _unseen(self) -> Iterator[str]:
        for expected in self.player.story.expected:
            pair = {self.player.iri_of(community) for community in expected.between}
            # Where two communities touch is known where one of them lives and follows the other.
            seen_by = [
                link.follower for link in self.player.story.follows if {link.follower, link.target} == set(expected.between)
            ]
            for community in seen_by:
                rows = self.player.node_of(community).database.read_now(lambda uow: uow.intersections.all())
                kinds = {kind for row in rows if {row.left, row.right} == pair for kind in basis_kinds(row)}
                if not set(expected.because) <= kinds:
                    lacking = ", ".join(sorted(set(expected.because) - kinds))
                    yield f"{' and '.join(expected.between)} do not touch yet by {lacking}, as {community} sees it"

    def sights(self) -> Iterator[Sight]:
        """The same in a few French words for people."""
        for organisation in self.player.story.nodes:
            node = self.player.nodes[organisation.key]
            communities = self.player.story.of_node(organisation.key)
            lines = [f"{each.name} : {_counted(node, self.player.iri_of(each.key))}" for each in communities]
            touching = node.database.read_now(_touching)
            yield Sight(name=organisation.name, url=node.house().url, lines=(*lines, *touching))

    def outcome(self) -> list[dict[str, object]]:
        """What each node sees: communities, links, counts of own and enlarged repertoire, intersections."""
        return [
            {
                "name": organisation.name,
                "url": node.house().url,
                "communities": [
                    _community(node, self.player.iri_of(community.key), community.name)
                    for community in self.player.story.of_node(organisation.key)
                ],
                "intersections": node.database.read_now(lambda uow: [described(uow, row) for row in uow.intersections.all()]),
            }
            for organisation in self.player.story.nodes
            for node in [self.player.nodes[organisation.key]]
        ]


def _thing(uow: UnitOfWork, *, iri: str) -> StoredThing | None:
    return uow.things.get_any(iri)


def _is_busy(uow: UnitOfWork, *, now: datetime) -> bool:
    waiting = uow.inbox.counts().get("due", 0) + uow.deliveries.counts().get("due", 0)
    return bool(waiting or any(task.due_at <= now for task in uow.tasks.all() if task.state == "due"))


def _held(node: RunningNode, community: str) -> set[str]:
    def look(uow: UnitOfWork) -> set[str]:
        held = uow.holdings.of(community, scope=PUBLIC_SCOPE, limit=_MANY)
        return {holding.iri for holding in held if holding.thing is not None}

    return node.database.read_now(look)


def _counted(node: RunningNode, community: str) -> str:
    def look(uow: UnitOfWork) -> str:
        own = uow.holdings.count(community, scope=PUBLIC_SCOPE)
        return f"{own} textes à elle, {uow.holdings.enlarged_count(community, scope=PUBLIC_SCOPE)} venus d’ailleurs"

    return node.database.read_now(look)


def _touching(uow: UnitOfWork) -> list[str]:
    return [
        f"intersection {between(uow, row)} : {row.strength:.2f} ({', '.join(labels_of(row))})" for row in uow.intersections.all()
    ]


def _community(node: RunningNode, iri: str, name: str) -> dict[str, object]:
    def look(uow: UnitOfWork) -> dict[str, object]:
        own = uow.holdings.of(iri, scope=PUBLIC_SCOPE, limit=_MANY)
        enlarged = uow.holdings.enlarged(iri, scope=PUBLIC_SCOPE, limit=_MANY)
        links = [(row, "out") for row in uow.followings.of(iri)] + [(row, "in") for row in uow.followings.to(iri)]
        return {
            "name": name,
            "iri": iri,
            "own": uow.holdings.count(iri, scope=PUBLIC_SCOPE),
            "enlarged": uow.holdings.enlarged_count(iri, scope=PUBLIC_SCOPE),
            "titles": sorted(holding.thing.entry.name for holding in own if holding.thing),
            "followed_titles": sorted(holding.thing.entry.name for holding in enlarged if holding.thing),
            "links": [
                {
                    "direction": direction,
                    "with": _name(uow, row.target if direction == "out" else row.follower),
                    "state": row.state,
                    "since": (row.answered_at or row.requested_at).isoformat(timespec="seconds"),
                }
                for row, direction in links
            ],
        }

    return node.database.read_now(look)


def _name(uow: UnitOfWork, iri: str) -> str:
    known = uow.actors.get(iri)
    return known.name if known else iri
