"""What the settings for questions mean to a node."""

from __future__ import annotations

from pathlib import Path

import pytest

from node.config import NodeSettings, Settings, SparqlSettings, checked
from node.errors import Invalid
from node.wiring import open_node


def settings(folder: Path, **sparql: object) -> Settings:
    return Settings(data=folder, node=NodeSettings(url="https://a.example"), sparql=SparqlSettings(**sparql))  # type: ignore[arg-type]


@pytest.mark.parametrize("seconds", [0.0, -1.0, 6.5])
def test_a_question_must_end_before_the_request_does(tmp_path: Path, seconds: float) -> None:
    with pytest.raises(Invalid, match=r"sparql\.seconds"):
        checked(settings(tmp_path, seconds=seconds))


def test_a_node_answers_within_its_settings_or_not_at_all(tmp_path: Path) -> None:
    node = open_node(checked(settings(tmp_path, seconds=2.0, memory=1, rows=3, question_limit=4, waiting=5)))
    assert node.graph is not None
    limits = node.graph.limits
    assert (limits.seconds, limits.memory, limits.rows, limits.question, limits.waiting) == (2.0, 1, 3, 4, 5)
    node.close()
    silent = open_node(settings(tmp_path, enabled=False))
    assert silent.graph is None
    silent.close()
