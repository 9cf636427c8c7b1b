"""The first look at foreign bytes: size, depth, members, digits, doubled keys, keywords that have no place in a message."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn, TypeAlias

import orjson

from vocab.errors import ForbiddenKeyword, Malformed, TooLarge

#: Any value that JSON can hold, or expanded JSON-LD.
Json: TypeAlias = Any

MAX_BYTES = 1_048_576
MAX_DEPTH = 64
MAX_MEMBERS = 1_000
MAX_CONTEXTS = 1_000
MAX_CONTAINERS, MAX_VALUES = 20_000, 100_000
MAX_DIGITS = 20
MAX_ID = 2_048

#: Ways of saying something beside what a plain reader of JSON sees.
FORBIDDEN = frozenset({"@graph", "@included", "@reverse", "@nest", "@import"})

#: Space between a key and its colon, which nobody writes: keys are then not to be counted by `":`.
_SPACED_KEY = re.compile(rb'"[ \t\r\n]+:')
_MAYBE_LONG_NUMBER = re.compile(rb"[0-9][0-9.eE+\-]{20}")


def parse(document: bytes) -> dict[str, Any]:
    """The JSON object in these bytes; TooLarge, ForbiddenKeyword or Malformed when it is none that we read."""
    if len(document) > MAX_BYTES:
        raise TooLarge
    try:
        found = orjson.loads(document)
    except orjson.JSONDecodeError as error:
        raise (TooLarge if "depth" in str(error) else Malformed) from error
    if not isinstance(found, dict):
        raise Malformed
    keys, has_fractions = _measure(found)
    may_be_long = has_fractions and _MAYBE_LONG_NUMBER.search(document)
    if document.count(b'":') != keys or may_be_long or _SPACED_KEY.search(document):
        _read_slowly(document)
    return found


def _measure(root: dict[str, Any]) -> tuple[int, bool]:
    """Walk level by level, so that no depth can exhaust the stack; the number of keys, and whether a number is no whole one.

    More digits than MAX_DIGITS never make a whole number: it does not fit into 64 bits, and comes as a fraction.
    """
    keys, values, contexts, containers, depth, has_fractions = 0, 0, 0, 0, 0, False
    level: list[Any] = [root]
    while level:
        depth += 1
        below: list[Any] = []
        containers += len(level)
        if depth > MAX_DEPTH or containers > MAX_CONTAINERS:
            raise TooLarge
        for container in level:
            values += len(container)
            if type(container) is dict:
                keys += len(container)
                contexts += _length(container.get("@context"))
            has_fractions |= _look_into(container, below)
        if contexts > MAX_CONTEXTS or values > MAX_VALUES:  # each context copies the words that hold already
            raise TooLarge
        level = below
    return keys, has_fractions


def _length(contexts: Json) -> int:
    return len(contexts) if type(contexts) is list else int(contexts is not None)


def _look_into(container: Json, below: list[Any]) -> bool:
    """Whether a container holds a fraction; the containers in it are added to those `below`."""
    if len(container) > MAX_MEMBERS:
        raise TooLarge
    members, has_fractions = container, False
    if type(container) is dict:
        if not FORBIDDEN.isdisjoint(container):
            raise ForbiddenKeyword
        members = container.values()
    for member in members:
        kind = type(member)
        if kind is dict or kind is list:
            below.append(member)
        elif kind is float:
            has_fractions = True
    return has_fractions


def _read_slowly(document: bytes) -> None:
    """What the fast reader does not tell: doubled keys, and numbers of many digits."""
    json.loads(document, object_pairs_hook=_object, parse_int=_count_digits, parse_float=_count_digits, parse_constant=_refuse)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("This document says the same key twice.")
    return found


def _count_digits(number: str) -> float:
    if sum(character.isdigit() for character in number) > MAX_DIGITS:
        raise TooLarge
    return 0.0


def _refuse(constant: str) -> NoReturn:
    raise Malformed(f"{constant} is no number.")
