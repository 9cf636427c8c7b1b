"""Plays the story: every deed may be done twice and has its effect once, so that it can go on after any interruption."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from federation.errors import RemoteError
from node.actions.add_community import add_community, describe_community
from node.actions.add_member import Newcomer, add_member, admit
from node.actions.answer_follower import approve
from node.actions.follow_community import find_actor, follow
from node.actions.integrate import integrate
from node.actions.withdraw import withdraw
from node.cli.demonstration.publishing import Press, address_of, text_of
from node.cli.demonstration.story import Community, Reference, Story
from node.cli.running import RunningNode
from node.contracts import House
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Invalid, NotFound
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab.jsonld import read
from vocab.things.group import Group
from vocab.values import Ref

#: Longest wait for one thing to arrive, and the pause between two looks, in seconds. What failed is tried again after a minute,
#: and a quarter more.
PATIENCE = 100.0
PAUSE = 0.05


@dataclass
class Player:
    """The story on its way. `nodes` are the opened nodes by key; `iris` what each thing of the story is called."""

    story: Story
    nodes: Mapping[str, RunningNode]
    tell: Callable[[str], None]
    iris: dict[str, str] = field(default_factory=dict)

    def node_of(self, community: str) -> RunningNode:
        """The node on which a community lives."""
        return self.nodes[self.story.community(community).node]

    def iri_of(self, community: str) -> str:
        """The IRI of a community."""
        return f"{self.node_of(community).house().url}/communautes/{self.story.community(community).slug}"

    async def settle(self) -> None:
        """Communities, people and everything that they publish before they know of one another."""
        async with asyncio.TaskGroup() as group:
            for community in self.story.communities:
                node = self.node_of(community.key)
                group.create_task(node.database.write(partial(_found, house=node.house(), community=community)))
        for community in self.story.communities:
            texts = self.story.items(community.key)
            await self._publish(community, texts)
            self.tell(f"{community.name} : {len(texts)} textes publiés")
        for community in self.story.communities:
            if community.territory:
                node, territory = self.node_of(community.key), self.iris[community.territory]
                deed = partial(_place, house=node.house(), community=self.iri_of(community.key), territory=territory)
                await node.database.write(deed)

    async def _publish(self, community: Community, texts: Mapping[str, str]) -> None:
        node = self.node_of(community.key)
        press = Press(house=node.house(), community=community, form=node.formats["markdown"], iris=self.iris)
        self.iris |= await node.database.write(partial(press.publish, texts=texts))

    async def meet(self) -> None:
        """The communities follow one another; those who are asked approve."""
        async with asyncio.TaskGroup() as group:
            for link in self.story.follows:
                group.create_task(self._follow(link.follower, link.target))
        self.tell(f"{len(self.story.follows)} liens entre communautés, demandés et acceptés")

    async def _follow(self, follower: str, target: str) -> None:
        node, other = self.node_of(follower), self.node_of(target)
        iri, wanted = self.iri_of(follower), self.iri_of(target)
        await _until_found(node, wanted)
        await node.database.write(partial(_ask, house=node.house(), follower=iri, target=wanted))

        async def is_asked() -> bool:
            return await other.database.read(lambda uow: uow.followings.get(iri, wanted)) is not None

        async def is_accepted() -> bool:
            return await node.database.read(partial(_is_accepted, follower=iri, target=wanted))

        await until(is_asked, f"{follower} asks {target}")
        await other.database.write(partial(_approve, house=other.house(), follower=iri, target=wanted))
        await until(is_accepted, f"{target} accepts {follower}")

    async def share(self) -> None:
        """What is taken up elsewhere, and the terms that are joined; each as soon as it is known there."""
        async with asyncio.TaskGroup() as group:
            for reference in self.story.references:
                group.create_task(self._refer(reference))
        self.tell(f"{len(self.story.references)} textes repris par une autre communauté")
        for mapping in self.story.mappings:
            # Its title names both terms, so both must have come.
            for side in (mapping.subject, mapping.object):
                await self._until_known(side, mapping.community)
            await self._publish(self.story.community(mapping.community), {mapping.key: text_of(mapping, self.iris)})
        self.tell(f"{len(self.story.mappings)} correspondance entre deux termes")

    async def _refer(self, reference: Reference) -> None:
        await self._until_known(reference.item, reference.community)
        node, iri, community = self.node_of(reference.community), self.iris[reference.item], self.iri_of(reference.community)
        house = node.house()
        await node.database.write(lambda uow: integrate(uow, house, iri, community, house.organisation))

    async def _until_known(self, item: str, community: str) -> None:
        database, iri = self.node_of(community).database, self.iris[item]

        async def is_known() -> bool:
            return await database.read(lambda uow: uow.things.get(iri, PUBLIC_SCOPE)) is not None

        await until(is_known, f"{item} reaches {community}")

    async def change(self) -> None:
        """One text is corrected, another is withdrawn."""
        for change in self.story.changes:
            community = self.story.community(change.item.split("/", maxsplit=1)[0])
            if change.withdraw:
                node = self.node_of(community.key)
                await node.database.write(partial(_withdraw, house=node.house(), iri=self.iris[change.item]))
            else:
                await self._publish(community, {change.item: f"{self.story.texts[change.item]}\n\n{change.add}\n"})
        self.tell("Un texte corrigé, un autre retiré")


async def until(what: Callable[[], Awaitable[bool]], describe: str, patience: float = PATIENCE) -> None:
    """Waits until `await what()` is true; raises Invalid with what was waited for."""
    loop = asyncio.get_running_loop()
    end = loop.time() + patience
    while not await what():
        if loop.time() > end:
            raise Invalid(f"the story stands still: {describe}")
        await asyncio.sleep(PAUSE)


async def _until_found(node: RunningNode, wanted: str) -> ActorRow:
    """The actor, read from its server; asked again while that one is down."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while loop.time() < end:
        try:
            async with node.outside() as outside:
                return await find_actor(node.database, outside, node.house(), wanted)
        except RemoteError:
            await asyncio.sleep(PAUSE)
    raise NotFound(f"{urlsplit(wanted).netloc} does not answer")


def _found(uow: UnitOfWork, *, house: House, community: Community) -> None:
    row = uow.actors.by_username(community.slug)
    if row is None:
        row = add_community(uow, house, community.name, slug=community.slug, summary=community.summary)
    for key, name in community.people.items():
        person = add_member(uow, house, Newcomer(email=address_of(key, community), name=name, language="fr"))
        if not uow.members.is_member(person.iri, row.iri, house.now):
            admit(uow, house, person.iri, row.iri, role_name="animation", consent=True)


def _place(uow: UnitOfWork, *, house: House, community: str, territory: str) -> None:
    row = uow.actors.get(community)
    group = read(row.document) if row else None
    if not isinstance(group, Group) or Ref(territory) not in group.territory:
        describe_community(uow, house, community, territory=territory)


def _withdraw(uow: UnitOfWork, *, house: House, iri: str) -> None:
    withdraw(uow, house, iri, house.organisation)


def _ask(uow: UnitOfWork, *, house: House, follower: str, target: str) -> None:
    row = uow.followings.get(follower, target)
    if row is None or row.state not in {"requested", "accepted"}:
        follow(uow, house, follower, target)


def _approve(uow: UnitOfWork, *, house: House, follower: str, target: str) -> None:
    if not _is_accepted(uow, follower=follower, target=target):
        approve(uow, house, follower)


def _is_accepted(uow: UnitOfWork, *, follower: str, target: str) -> bool:
    row = uow.followings.get(follower, target)
    return row is not None and row.state == "accepted"
