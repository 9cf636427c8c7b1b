"""Where things of each kind live on this node: the address of a thing is made once and never changes."""

from __future__ import annotations

from collections.abc import Mapping

from vocab.thing import Thing

_BY_KIND: Mapping[str, str] = {"Concept": "termes", "Mapping": "correspondances"}
_BY_TYPE: Mapping[str, str] = {"Place": "lieux", "Event": "rencontres", "Note": "echanges"}
_OTHERWISE = "ressources"

#: Every first part of the path of a thing's address.
SPACES = (_OTHERWISE, *_BY_KIND.values(), *_BY_TYPE.values())


def space(thing: Thing) -> str:
    """The first part of the path of a thing's address, such as "ressources"."""
    by_kind = next((_BY_KIND[kind] for kind in thing.kind if kind in _BY_KIND), None)
    return by_kind or _BY_TYPE.get(thing.type, _OTHERWISE)


def address(url: str, thing: Thing, name: str) -> str:
    """The address of a thing on the node at `url`; `name` is its opaque id."""
    return f"{url}/{space(thing)}/{name}"


def activity_address(url: str, name: str) -> str:
    """The address of an activity of ours."""
    return f"{url}/activites/{name}"


def conversation_of(iri: str) -> str:
    """The address of the conversation that begins with a thing of ours: named as the thing is."""
    place, _, name = iri.rpartition("/")
    return f"{place.rpartition('/')[0]}/conversations/{name}"


def beginnings(url: str, name: str) -> tuple[str, ...]:
    """Every address at which the thing may be that begins the conversation of this name."""
    return tuple(f"{url}/{space}/{name}" for space in SPACES)


def answers_to(iri: str) -> str:
    """The collection of the answers to a thing of ours."""
    return f"{iri}/reponses"


def attendees_of(event: str) -> str:
    """The collection of those who take part in an event of ours."""
    return f"{event}/participations"
