"""What was released stays as it is: contexts only ever gain terms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

import vocab
from vocab import publish
from vocab.definitions import context
from vocab.ontology import PRIOR, VERSION

RELEASED = sorted((Path(vocab.__file__).parent / "released").glob("context-*.jsonld"))


def _lines(terms: Mapping[str, object]) -> dict[str, bytes]:
    """Each term as the bytes that define it."""
    return {key: json.dumps(value, ensure_ascii=False).encode() for key, value in terms.items()}


def _changed(released: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    written = _lines(now)
    return sorted(key for key, line in _lines(released).items() if written.get(key) != line)


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.stem)
def test_every_released_term_is_the_same_byte_for_byte(path: Path) -> None:
    released = json.loads(path.read_bytes())["@context"]
    assert len(released) > 150
    assert _changed(released, context()) == []


def test_a_version_that_was_given_out_is_not_written_anew() -> None:
    for path in RELEASED[0].parent.iterdir():
        stem, _, version = path.stem.rpartition("-")
        if version == VERSION:
            assert path.read_bytes() == (publish.FOLDER / f"{stem}{path.suffix}").read_bytes(), "raise VERSION in ontology.py"


def test_the_version_before_is_the_last_that_was_given_out() -> None:
    earlier = [path.stem.rpartition("-")[2] for path in RELEASED if path.stem.rpartition("-")[2] != VERSION]
    assert max(earlier, key=lambda version: [int(part) for part in version.split(".")]) == PRIOR


def test_a_term_that_is_lost_or_means_something_else_is_told() -> None:
    now = dict(context())
    spoiled = {**now, "phase": {"@id": "cdp:phase"}, "strength": "cdp:strength"}
    del spoiled["basis"]
    assert _changed(now, spoiled) == ["basis", "phase", "strength"]


def test_there_is_something_to_compare_with() -> None:
    assert RELEASED
