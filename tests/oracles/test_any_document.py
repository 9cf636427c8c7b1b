"""Whatever a document says, an oracle answers: accepted, or refused with its reason; it never breaks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation import oracles
from federation.appearance import Oracle, Seen
from kit.looked import activity, article, event, group, note
from node.collect import collect

ORACLES = collect(oracles, "ORACLE", Oracle)
KEYS = sorted({key for said in (article(), note(), event(), group(), activity("Create", "x")) for key in said} | {
    "attachment", "tag", "image", "icon", "source", "location", "language", "inReplyTo", "context", "sensitive", "updated",
})  # fmt: skip
TYPES = sorted({name for oracle in ORACLES.values() for name in oracle.views})
WORDS = st.sampled_from(["", "x", "https://ici.example/1", "https://[", "as:Public", "2026-11-22T10:00:00Z", "<p>a</p>", *TYPES])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=8,
)


@given(changed=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4), base=st.sampled_from([article, note, event, group]))
def test_a_document_with_anything_in_it_gets_an_answer(changed: dict[str, Any], base: Any) -> None:
    said = base(**changed)
    for oracle in ORACLES.values():
        for document in (said, activity("Create", said), activity("Announce", activity("Update", said))):
            found = oracle.look(Seen(document=json.dumps(document).encode(), url="https://ici.example/ressources/1"))
            assert found.is_accepted or found.reasons
            assert all(reason.endswith(".") for reason in found.reasons)


@given(document=st.binary(max_size=60) | VALUES.map(lambda value: json.dumps(value).encode()), content_type=st.text(max_size=20))
def test_any_bytes_get_an_answer(document: bytes, content_type: str) -> None:
    for oracle in ORACLES.values():
        found = oracle.look(Seen(document=document, content_type=content_type))
        assert isinstance(json.loads(document), dict) if found.is_accepted else found.reasons


@pytest.mark.parametrize("make", ORACLES)
def test_a_tower_of_announcements_falls(make: str) -> None:
    tower: Any = article()
    for _ in range(300):
        tower = activity("Announce", tower)
    assert ORACLES[make].look(Seen(document=json.dumps(tower).encode())).becomes
