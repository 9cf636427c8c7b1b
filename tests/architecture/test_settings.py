"""Every setting says what it is for, and the example file is what the settings say."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from architecture.sources import ROOT
from node.config import SECTIONS, example
from node.web.limits import Limits
from node.worker import STOP_SECONDS


@pytest.mark.parametrize("section", SECTIONS)
def test_every_setting_has_help(section: str) -> None:
    assert [entry.name for entry in fields(SECTIONS[section]) if not entry.metadata.get("help")] == []


def test_the_example_is_current() -> None:
    assert (ROOT / "deploy" / "maillage.example.toml").read_text("utf-8") == example(), (
        "run: python -m node.config > deploy/maillage.example.toml"
    )


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("node.service", r"^TimeoutStopSec=(\d+)$"),
        ("compose.yaml", r"^    stop_grace_period: (\d+)s"),
        ("compose.postgres.yaml", r"^  node: &node\n(?:    .*\n)*    stop_grace_period: (\d+)s"),
    ],
)
def test_whoever_stops_a_node_waits_until_what_has_begun_is_finished(file: str, said: str) -> None:
    found = re.search(said, (ROOT / "deploy" / file).read_text("utf-8"), re.MULTILINE)
    assert found is not None
    assert int(found.group(1)) >= STOP_SECONDS + Limits().shutdown_seconds + 5
