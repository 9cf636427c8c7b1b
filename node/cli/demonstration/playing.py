"""Plays the story: every deed may be done twice and has its effect once, so that it can go on after any interruption."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from federation.errors import RemoteError
from node.actions.add_community import add_community, describe_community
from node.actions.add_member import Newcomer, add_member, admit
from node.actions.answer_follower import approve
from node.actions.follow_community import find_actor, follow
from node.actions.import_file import import_file
from node.actions.integrate import integrate
from node.actions.publish import publish
from node.actions.withdraw import withdraw
from node.cli.demonstration.story import Change, Community, Correspondence, Story
from node.cli.running import RunningNode
from node.contracts import Draft, House
from node.domain.placing import Placement
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Invalid, NotFound
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork

#: Fields whose words are keys of the story, to be turned into addresses.
_POINTING = re.compile(r"(?m)^(territory|isPartOf|exactMatch|entries|subject|object): (.*)$")
_KEY = re.compile(r"[a-z]+/[a-z0-9-]+")
#: Longest wait for one thing to arrive, in seconds.
PATIENCE = 60.0
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

    def settle(self) -> None:
        """Communities, people and everything that they publish before they know of one another."""
        for community in self.story.communities:
            node = self.node_of(community.key)
            house = node.house()
            node.database.write_now(lambda uow, community=community, house=house: _found(uow, house, community))  # type: ignore[misc]
        for community in self.story.communities:
            texts = self.story.items(community.key)
            for key, text in texts.items():
                self._publish(community, key, text)
            self.tell(f"{community.name}: {len(texts)} textes publiés")
        for community in self.story.communities:
            if community.territory:
                node, territory = self.node_of(community.key), self.iris[community.territory]
                iri, house = self.iri_of(community.key), node.house()
                node.database.write_now(lambda uow, i=iri, h=house, t=territory: _set_territory(uow, h, i, t))  # type: ignore[misc]

    def _publish(self, community: Community, key: str, text: str) -> None:
        node = self.node_of(community.key)
        read = node.formats["markdown"].read
        if read is None:
            raise Invalid("the demonstration needs the format markdown")
        author = next((line.removeprefix("author: ") for line in text.splitlines() if line.startswith("author: ")), "")
        person = author.strip() or next(iter(community.people))
        pointed = _POINTING.sub(lambda match: _KEY.sub(self._named, match.group(0)), text)
        drafts = [_keyed(draft, key) for draft in read(f"{key}.md", pointed.encode())]
        house, iri = node.house(), self.iri_of(community.key)

        def deed(uow: UnitOfWork) -> str:
            placement = Placement(author=_person(uow, person, community), community=iri, audience=None)
            return import_file(uow, house, [_open(draft) for draft in drafts], placement, publish)[0].iri

        self.iris[key] = node.database.write_now(deed)

    def _named(self, match: re.Match[str]) -> str:
        return self.iris.get(match.group(0), match.group(0))

    async def meet(self) -> None:
        """The communities follow one another; those who are asked approve."""
        async with asyncio.TaskGroup() as group:
            for link in self.story.follows:
                group.create_task(self._follow(link.follower, link.target))
        self.tell(f"{len(self.story.follows)} communautés en suivent une autre")

    async def _follow(self, follower: str, target: str) -> None:
        node, other = self.node_of(follower), self.node_of(target)
        iri, wanted = self.iri_of(follower), self.iri_of(target)
        actor = await self._until_found(node, wanted)
        house = node.house()
        await node.database.write(lambda uow: follow(uow, house, iri, actor.iri) if not _follows(uow, iri, wanted) else None)

        async def asked() -> bool:
            return await other.database.read(lambda uow: uow.followings.get(iri, wanted)) is not None

        await self._until(asked, f"{follower} asks {target}")
        there = other.house()
        await other.database.write(lambda uow: approve(uow, there, iri) if not _is_accepted(uow, iri, wanted) else [])

        async def accepted() -> bool:
            return await node.database.read(lambda uow: _is_accepted(uow, iri, wanted))

        await self._until(accepted, f"{target} accepts {follower}")

    async def _until_found(self, node: RunningNode, wanted: str) -> ActorRow:
        """The actor, read from its server; asked again while that one is down."""
        for _ in range(int(PATIENCE / 0.2)):
            try:
                async with node.outside() as outside:
                    return await find_actor(node.database, outside, node.house(), wanted)
            except RemoteError:
                await asyncio.sleep(0.2)
        raise NotFound(f"{urlsplit(wanted).netloc} does not answer")

    async def share(self) -> None:
        """What is taken up elsewhere, and the terms that are joined; each as soon as it is known there."""
        for reference in self.story.references:
            node, iri = self.node_of(reference.community), self.iris[reference.item]
            holder, house = self.iri_of(reference.community), node.house()
            await self._until_known(reference.community, reference.item)
            await node.database.write(lambda uow, i=iri, c=holder, h=house: integrate(uow, h, i, c, h.organisation))  # type: ignore[misc]
        self.tell(f"{len(self.story.references)} textes repris par une autre communauté")
        for mapping in self.story.mappings:
            for term in (mapping.subject, mapping.object):
                await self._until_known(mapping.community, term)
            self._map(mapping)
        self.tell(f"{len(self.story.mappings)} correspondance entre deux termes")

    async def _until_known(self, community: str, key: str) -> None:
        node, iri = self.node_of(community), self.iris[key]

        async def known() -> bool:
            return await node.database.read(lambda uow: uow.things.get(iri, PUBLIC_SCOPE)) is not None

        await self._until(known, f"{key} reaches {community}")

    def _map(self, mapping: Correspondence) -> None:
        text = (
            f"---\nkind: Mapping\nsubject: {self.iris[mapping.subject]}\nrelation: skos:{mapping.relation}\n"
            f"object: {self.iris[mapping.object]}\nconfidence: {mapping.confidence}\n"
            f"state: https://w3id.org/cdp/etats-de-correspondance/acceptee\nauthor: {mapping.author}\n---\n{mapping.content}\n"
        )
        self._publish(self.story.community(mapping.community), mapping.key, text)

    def change(self) -> None:
        """One text is corrected, another is withdrawn."""
        for change in self.story.changes:
            community = self.story.community(change.item.split("/")[0])
            node = self.node_of(community.key)
            if change.withdraw:
                house, iri = node.house(), self.iris[change.item]
                node.database.write_now(lambda uow, h=house, i=iri: withdraw(uow, h, i, h.organisation))  # type: ignore[misc]
            else:
                self._publish(community, change.item, f"{self.story.texts[change.item]}\n\n{change.add}\n")
        self.tell("Un texte corrigé, un autre retiré")

    def is_withdrawn(self, key: str) -> bool:
        """Whether the story withdraws an item in the end."""
        return Change(item=key, withdraw=True) in self.story.changes

    async def _until(self, what: Callable[[], object], describe: str) -> None:
        await until(what, describe)


async def until(what: Callable[[], object], describe: str, patience: float = PATIENCE) -> None:
    """Waits until `await what()` is true; raises Invalid with what was waited for."""
    loop = asyncio.get_running_loop()
    end = loop.time() + patience
    while not await what():  # type: ignore[misc]
        if loop.time() > end:
            raise Invalid(f"the story stands still: {describe}")
        await asyncio.sleep(PAUSE)


def _found(uow: UnitOfWork, house: House, community: Community) -> None:
    if uow.actors.by_username(community.slug) is None:
        add_community(uow, house, community.name, slug=community.slug, summary=community.summary)
    row = uow.actors.by_username(community.slug)
    for key, name in community.people.items():
        person = add_member(uow, house, Newcomer(email=_address(key, community), name=name, language="fr"))
        if row and not uow.members.is_member(person.iri, row.iri, house.now):
            admit(uow, house, person.iri, row.iri, role_name="animation", consent=True)


def _set_territory(uow: UnitOfWork, house: House, community: str, territory: str) -> None:
    describe_community(uow, house, community, territory=territory)


def _address(key: str, community: Community) -> str:
    return f"{key}@{community.node}.example"


def _person(uow: UnitOfWork, key: str, community: Community) -> str:
    row = uow.members.by_email(_address(key, community))
    if row is None:
        raise NotFound(f"the story knows nobody called {key}")
    return row.iri


def _keyed(draft: Draft, key: str) -> Draft:
    return replace(draft, options={**draft.options, "key": key})


def _open(draft: Draft) -> Draft:
    return replace(draft, options={"audience": "public", **draft.options})


def _follows(uow: UnitOfWork, follower: str, target: str) -> bool:
    row = uow.followings.get(follower, target)
    return row is not None and row.state in {"requested", "accepted"}


def _is_accepted(uow: UnitOfWork, follower: str, target: str) -> bool:
    row = uow.followings.get(follower, target)
    return row is not None and row.state == "accepted"
