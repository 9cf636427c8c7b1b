"""The story as values, read from texts/: who is there, who follows whom, what circulates, what must come of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

_TEXTS = resources.files("node.cli.demonstration") / "texts"
SEPARATOR = "\n=====\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One node of the story. `address` is the loopback address it listens on, `mode` how far it opens itself."""

    key: str
    address: str
    name: str
    summary: str
    mode: str = "archipelago"


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """One community. `people` are names by key; `territory` is the key of a place, "" for none."""

    key: str
    node: str
    slug: str
    name: str
    summary: str
    people: Mapping[str, str]
    territory: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A community that follows another."""

    follower: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An item of one community that another refers to."""

    community: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """Two terms that people of two communities joined."""

    community: str
    author: str
    subject: str
    relation: str
    object: str
    confidence: float
    content: str

    @property
    def key(self) -> str:
        """What the story calls it."""
        return f"{self.community}/{self.subject}~{self.object}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to an item later: a sentence added, or the item withdrawn."""

    item: str
    add: str = ""
    withdraw: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """An intersection that must appear, with at least these reasons (names of vocab/schemes/fondements.ttl)."""

    between: tuple[str, str]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The whole story. `texts` holds the Markdown of each item by "community/key", in the order in which they are published."""

    nodes: tuple[Organisation, ...]
    communities: tuple[Community, ...]
    follows: tuple[Follow, ...]
    references: tuple[Reference, ...]
    mappings: tuple[Correspondence, ...]
    changes: tuple[Change, ...]
    expected: tuple[Expectation, ...]
    texts: Mapping[str, str] = field(default_factory=dict)

    def community(self, key: str) -> Community:
        """The community of that key."""
        return next(community for community in self.communities if community.key == key)

    def of_node(self, key: str) -> tuple[Community, ...]:
        """The communities of a node."""
        return tuple(community for community in self.communities if community.node == key)

    def items(self, community: str) -> dict[str, str]:
        """The texts of a community by "community/key"."""
        return {key: text for key, text in self.texts.items() if key.split("/")[0] == community}


def _key(text: str) -> str:
    return next(line.removeprefix("key: ").strip() for line in text.splitlines() if line.startswith("key: "))


def read() -> Story:
    """The story that comes with the program."""
    given: dict[str, Any] = tomllib.loads((_TEXTS / "story.toml").read_text("utf-8"))
    communities = tuple(Community(**entry) for entry in given["communities"])
    texts: dict[str, str] = {}
    for community in communities:
        documents = (_TEXTS / f"{community.key}.md").read_text("utf-8").strip("\n").split(SEPARATOR)
        texts |= {f"{community.key}/{_key(text)}": text for text in documents}
    return Story(
        nodes=tuple(Organisation(**entry) for entry in given["nodes"]),
        communities=communities,
        follows=tuple(Follow(**entry) for entry in given["follows"]),
        references=tuple(Reference(**entry) for entry in given["references"]),
        mappings=tuple(Correspondence(**entry) for entry in given["mappings"]),
        changes=tuple(Change(**entry) for entry in given["changes"]),
        expected=tuple(
            Expectation(between=(entry["between"][0], entry["between"][1]), because=tuple(entry["because"]))
            for entry in given["expected"]
        ),
        texts=texts,
    )
