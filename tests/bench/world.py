"""A large world for measurements: 200 communities, their people, and 50,000 resources, with words as rare as words are."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from typing import Any

from bench.bench_storage import WORDS

from kit.web_node import actor_row
from node.contracts import House
from node.domain.entries import Audience, Entry
from node.domain.rights import ANIMATION, MEMBER
from node.storage.engine import Database
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT, PUBLIC

COMMUNITIES, RESOURCES, TOPICS, PEOPLE = 200, 50_000, 300, 400
#: So many of the communities live here, and every so many resources one is for its community alone.
OURS, RESERVED = 60, 10
HOSTS = ("a.example", "b.example", "c.example", "d.example")
KINDS = ("PracticeNote",) * 6 + ("Notebook", "HelpRequest", "RepertoireItem", "Meeting")
LICENCES = ("https://creativecommons.org/licenses/by-sa/4.0/", "https://creativecommons.org/licenses/by/4.0/", "")
#: A community speaks of so many topics, its field: were it of all, everything would touch everything.
FIELD = 12
#: So many are put in one deed: SQLite goes through all that a deed wrote before at each statement that may fail half-way.
PORTION = 100
_ONSETS, _NUCLEI, _CODAS = "bcdfglmnprstv", ("a", "e", "i", "o", "u", "ai", "eau", "ou"), ("", "n", "r", "l")


@dataclass(kw_only=True)
class World:
    """What is put into a database; the same each time."""

    house: House
    resources: int = RESOURCES
    drawn: random.Random = field(default_factory=lambda: random.Random(5))  # noqa: S311 - any words will do

    @cached_property
    def words(self) -> Sequence[str]:
        """Twelve thousand words, the common ones first."""
        self.drawn.seed(5)
        syllables = ["".join(each) for each in itertools.product(_ONSETS, _NUCLEI, _CODAS)]
        made = dict.fromkeys("".join(self.drawn.choices(syllables, k=3)) for _ in range(12_000))
        return [*WORDS, *made]

    @cached_property
    def weights(self) -> Sequence[float]:
        """How often each is used, added up: the second half as often as the first, and so on."""
        return list(itertools.accumulate(1 / (place + 8) for place in range(len(self.words))))

    def text(self, n: int) -> str:
        """So many words."""
        return " ".join(self.drawn.choices(self.words, cum_weights=self.weights, k=n))

    def community(self, number: int) -> str:
        """One of the communities."""
        here = f"{self.house.url}/communautes/c{number}"
        return here if number < OURS else f"https://{HOSTS[number % len(HOSTS)]}/communautes/c{number}"

    def person(self, number: int) -> str:
        """One of the people here."""
        return f"{self.house.url}/personnes/p{number}"

    def fill(self, database: Database) -> None:
        """Everything."""
        database.write_now(self._people)
        for first in range(0, self.resources, PORTION):
            database.write_now(partial(self._things, first, min(first + PORTION, self.resources)))

    def _people(self, uow: UnitOfWork) -> None:
        since = self.house.now - timedelta(days=400)
        for number in range(COMMUNITIES):
            row = actor_row(self.house, f"communautes/c{number}", "Group", f"c{number}")
            if number >= OURS:
                iri, host = self.community(number), HOSTS[number % len(HOSTS)]
                said = json.dumps({**json.loads(row.document), "id": iri, "url": iri}).encode()
                row = type(row)(**{**_fields(row), "iri": iri, "host": host, "document": said, "is_local": False})
            uow.actors.put(row)
        for number in range(PEOPLE):
            iri = self.person(number)
            uow.actors.put(actor_row(self.house, f"personnes/p{number}", "Person", f"p{number}"))
            uow.members.add(MemberRow(iri=iri, email=f"p{number}@example.org", name=f"Personne {number}", created_at=since))
            for step in range(2):
                role = ANIMATION if number < OURS and not step else MEMBER
                uow.members.join(iri, self.community((number + 7 * step) % OURS), role, since)
        for number in range(COMMUNITIES - OURS):
            follower, target = self.community(number % OURS), self.community(OURS + number)
            uow.followings.put(follower, target, activity=f"{follower}/suivre/{number}", state="accepted", at=since)
        for number in range(TOPICS):
            self._topic(uow, number)

    def _topic(self, uow: UnitOfWork, number: int) -> None:
        iri, name = self.topic(number), self.words[number * 3]
        entry = Entry(iri=iri, type="Page", kind="Concept", audience=Audience.PUBLIC, is_local=True, language="fr", name=name)
        said: dict[str, Any] = {"@context": [AS_CONTEXT, CDP_CONTEXT], "id": iri, "type": "Page", "kind": ["Concept"]}
        said |= {"name": name, "prefLabel": {"fr": name}, "to": [PUBLIC]}
        uow.things.put(entry, json.dumps(said).encode())

    def topic(self, number: int) -> str:
        """One of the terms."""
        return f"{self.house.url}/termes/t{number}"

    def _things(self, first: int, last: int, uow: UnitOfWork) -> None:
        for number in range(first, last):
            entry, said = self.made(number)
            uow.things.put(entry, json.dumps(said).encode())
            uow.holdings.add(entry.community, entry.iri, "own", entry.stored_at or self.house.now)

    def made(self, number: int) -> tuple[Entry, dict[str, Any]]:
        """One of the resources; the same each time."""
        self.drawn.seed(number)
        return self._thing(number)

    @staticmethod
    def is_reserved(entry: Entry) -> bool:
        """Whether it is for its community alone."""
        return entry.audience is not Audience.PUBLIC

    def _thing(self, number: int) -> tuple[Entry, dict[str, Any]]:
        whose = int(COMMUNITIES * self.drawn.random() ** 2)
        community = self.community(whose)
        is_local = community.startswith(f"{self.house.url}/")
        home = self.house.url if is_local else community.partition("/communautes")[0]
        audience = Audience.COMMUNITY if is_local and not number % RESERVED else Audience.PUBLIC
        published = self.house.now - timedelta(minutes=30 * (self.resources - number))
        kind = KINDS[number % len(KINDS)]
        entry = Entry(
            iri=f"{home}/ressources/r{number}",
            type="Event" if kind == "Meeting" else "Article",
            kind=kind,
            audience=audience,
            author=self.person(number % PEOPLE) if is_local else f"{home}/personnes/p{number % 50}",
            community=community,
            is_local=is_local,
            name=self.text(7).capitalize(),
            summary=self.text(20),
            language="en" if number % 7 == 0 else "fr",
            license=LICENCES[number % len(LICENCES)],
            published_at=published,
            updated_at=published,
            stored_at=published,
        )
        topics = sorted({self.topic((7 * whose + int(FIELD * self.drawn.random() ** 2)) % TOPICS) for _ in range(3)})
        said: dict[str, Any] = {"@context": [AS_CONTEXT, CDP_CONTEXT], "id": entry.iri, "type": entry.type, "kind": [kind]}
        said["name"] = entry.name
        said |= {"summary": entry.summary, "content": f"<p>{self.text(200)}</p>", "topic": topics, "audience": community}
        said |= {"attributedTo": entry.author, "published": published.isoformat(), "url": entry.iri}
        said |= {"license": entry.license} if entry.license else {}
        said |= {"to": [PUBLIC] if audience is Audience.PUBLIC else [f"{community}/membres"]}
        if kind == "Meeting":
            start = self.house.now + timedelta(hours=number - self.resources + 500)
            said |= {"startTime": start.isoformat(), "endTime": (start + timedelta(hours=2)).isoformat()}
        return entry, said


def _fields(row: object) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}  # type: ignore[attr-defined]


def house_of(url: str) -> House:
    """The node that the world is put into."""
    now = datetime.now(UTC)  # noqa: TID251 -- a live node looks at the real clock
    return House(url=url, name="Mesure", mode="open", language="fr", now=now, allow_http=True)
