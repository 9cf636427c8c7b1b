"""maillage doctor: what may be wrong, each with its remedy, and an exit code that says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kit.nodes import now
from kit.rows import failed
from kit.shell import Shell

pytestmark = pytest.mark.enable_socket


def findings(maillage: Shell) -> dict[str, dict[str, Any]]:
    said = maillage.run("doctor", "--json")
    assert said.code == 1
    return {row["what"]: row for row in said.json}


def test_a_name_that_is_not_known_is_amiss(maillage: Shell) -> None:
    found = findings(maillage)
    assert [found[what]["is_well"] for what in ("settings", "disk", "keys", "queue")] == [True] * 4
    assert not found["name"]["is_well"]
    assert all(row["is_well"] or row["remedy"] for row in found.values())
    said = maillage.run("doctor")
    assert said.code == 1
    assert "AMISS  name" in said.out


def test_trial_settings_and_failing_peers_are_named(maillage: Shell) -> None:
    maillage.monkeypatch.setenv("MAILLAGE_FEDERATION__ALLOW_HTTP", "true")
    maillage.write(lambda uow: failed(uow, "ailleurs.example", now(), "does not answer"))
    found = findings(maillage)
    assert not found["settings"]["is_well"]
    assert found["peer ailleurs.example"]["says"] == "does not answer"
    assert "maillage links retry ailleurs.example" in found["peer ailleurs.example"]["remedy"]


def test_a_backup_made_as_it_says_is_seen(maillage: Shell, tmp_path: Path) -> None:
    def backup() -> bool:
        return bool(next(row["is_well"] for row in maillage.run("doctor", "--json").json if row["what"] == "backup"))

    assert not backup()
    maillage("backup", str(tmp_path / "copie"))
    assert backup()
