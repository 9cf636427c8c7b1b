"""Documents as servers send them, spoiled in every way that JSON allows, and then some that it does not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from kit.guests import HERE, B, V, act, note
from kit.recorded import listed, recorded
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT, PUBLIC

#: Values that a careless reader stumbles over.
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1e308, "", " ", "\u202e", "\x00", "a" * 5_000, "javascript:alert(1)", "http://", "urn:x", "//x",
    "https://[::1", "https://x.example:99999/", HERE, f"{HERE}/communautes/habitation", V, B, PUBLIC, "as:Public", "Public",
    [], {}, [[]], [[["x"]]], {"id": None}, {"@id": V}, {"@value": 1}, {"@graph": []}, {"@included": [{"id": V}]},
    {"type": ["Create", "Delete"]}, {"@list": [1, None]}, {"fr": "x", "@none": "y", "not a tag!": "z"}, "9999-99-99T99:99:99Z",
    "0000-01-01T00:00:00Z", "2026-11-22T10:00:00+99:99", "-P1Y", [V] * 40, [None, 1, V, {"type": "Link", "href": 5}],
)  # fmt: skip
KEYS = (
    "@context", "@type", "@id", "@graph", "@reverse", "id", "type", "actor", "object", "to", "cc", "tag", "attributedTo",
    "content", "contentMap", "published", "updated", "inReplyTo", "context", "replies", "proof", "signature", "publicKey",
    "endpoints", "items", "orderedItems", "first", "next", "totalItems", "startTime", "location", "digest", "kind",
    "audience", "target", "result", "url",
)  # fmt: skip


def spoiled(value: Any, chance: random.Random) -> Any:
    """A copy of a JSON value with one to four places changed."""
    copy = json.loads(json.dumps(value))
    for _ in range(chance.randint(1, 4)):
        if isinstance(copy, dict | list):
            _spoil(_somewhere(copy, chance), chance)
    return copy


def _somewhere(value: Any, chance: random.Random) -> Any:
    """A list or object at any depth."""
    while True:
        inner = [each for each in (value.values() if isinstance(value, dict) else value) if isinstance(each, dict | list)]
        if not inner or chance.random() < 0.4:
            return value
        value = chance.choice(inner)


def _spoil(place: Any, chance: random.Random) -> None:
    odd = json.loads(json.dumps(chance.choice(ODD)))
    if isinstance(place, list):
        place.insert(chance.randint(0, len(place)), odd)
        return
    key = chance.choice([*place, *KEYS]) if place else chance.choice(KEYS)
    change = chance.randint(0, 3)
    if change == 0:
        place.pop(key, None)
    elif change == 1:
        place[key] = [place[key], odd] if key in place else [odd]
    elif change == 2:
        place[key] = {"id": f"{V}/x", "type": "Note", key: odd}
    else:
        place[key] = odd


def samples() -> list[dict[str, Any]]:
    """Sound documents: ours, and all that were recorded, where they are."""
    ours = [act(kind, V, note(V)) for kind in ("Create", "Update", "Delete", "Announce", "Like", "Flag", "Add", "Remove", "Move")]
    ours += [
        act("Undo", V, act("Follow", V, f"{HERE}/communautes/habitation")),
        act("Follow", V, f"{HERE}/communautes/habitation"),
    ]
    ours += [act("Announce", B, act("Create", V, note(V))), act("Join", V, f"{HERE}/rencontres/1"), act("Block", V, HERE)]
    found = [{"@context": [AS_CONTEXT, CDP_CONTEXT], **each} for each in ours]
    found += [read for name in listed("wire") if isinstance(read := json.loads(recorded(name)), dict)]
    return found


_SAMPLES = samples()


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A spoiled document; now and then its bytes are spoiled too."""
    chance = draw(st.randoms(use_true_random=False))
    body = bytearray(
        json.dumps(spoiled(chance.choice(_SAMPLES), chance), ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")
    )
    for _ in range(chance.choice((0, 0, 0, 1, 5))):
        if body:
            body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body[: chance.randint(0, len(body))] if chance.random() < 0.05 else body)


def objects(make: Callable[[random.Random], Any]) -> st.SearchStrategy[bytes]:
    """Spoiled documents of one sort: `make` gives a sound one."""
    return st.randoms(use_true_random=False).map(lambda chance: json.dumps(spoiled(make(chance), chance)).encode())
