"""maillage submissions: what waits is listed, published, or refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from kit.shell import HABITATION, Shell

THERE = "https://ailleurs.example"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def proposed(maillage: Shell) -> Shell:
    for number in (1, 2):
        note = {
            "id": f"{THERE}/notes/{number}",
            "type": "Note",
            "attributedTo": f"{THERE}/ali",
            "content": f"<p>Bonjour {number}</p>",
            "to": ["https://www.w3.org/ns/activitystreams#Public", HABITATION],
        }
        create = {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{THERE}/c/{number}", "type": "Create"}
        body = json.dumps({**create, "actor": f"{THERE}/ali", "object": note}).encode()
        values: dict[str, Any] = {"thing": note["id"], "activity": create["id"], "author": f"{THERE}/ali", "body": body}
        maillage.write(lambda uow, values=values: uow.submissions.add(HABITATION, **values, at=NOW))  # type: ignore[misc]
    return maillage


def test_what_waits_is_listed_published_and_refused(proposed: Shell) -> None:
    rows = proposed("submissions", "--json").json
    assert [(row["number"], row["name"], row["author"]) for row in rows] == [
        (1, "Bonjour 1", f"{THERE}/ali"),
        (2, "Bonjour 2", f"{THERE}/ali"),
    ]
    assert proposed("submissions", "list", "--community", "animation", "--json").json == []
    assert f"{THERE}/notes/1 is published" in proposed("submissions", "accept", "1", "--by", "mireille@savoirs.example").line
    assert "refused" in proposed("submissions", "refuse", "2", "--reason", "hors sujet").line
    assert "Nothing waits" in proposed("submissions").out
    held = proposed("inspect", "--json").json["collections"][f"{HABITATION}/repertoire"]
    assert f"{THERE}/notes/1" in held
    assert f"{THERE}/notes/2" not in held


def test_what_does_not_wait_is_told(proposed: Shell) -> None:
    assert "Nothing of the number 9 waits" in proposed.fails("submissions", "accept", "9")
    assert "NUMBER" in proposed.is_misused("submissions", "accept", "9" * 30)
    assert "no community 'x'" in proposed.fails("submissions", "list", "--community", "x")
