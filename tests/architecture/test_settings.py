"""Every setting says what it is for, and the example file is what the settings say."""

from __future__ import annotations

from dataclasses import fields

import pytest

from architecture.sources import ROOT
from node.config import SECTIONS, example


@pytest.mark.parametrize("section", SECTIONS)
def test_every_setting_has_help(section: str) -> None:
    assert [entry.name for entry in fields(SECTIONS[section]) if not entry.metadata.get("help")] == []


def test_the_example_is_current() -> None:
    assert (ROOT / "deploy" / "maillage.example.toml").read_text("utf-8") == example(), (
        "run: python -m node.config > deploy/maillage.example.toml"
    )
