from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kit.seeds import shared
from vocab import publish
from vocab.definitions import context

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(publish.FILES))
def test_what_is_published_is_what_the_things_say(name: str) -> None:
    kept = (publish.FOLDER / name).read_text(encoding="utf-8")
    assert kept == publish.FILES[name](), f"vocab/published/{name} is stale: run python -m vocab.publish"


def test_nothing_else_lies_in_the_folder() -> None:
    assert {path.name for path in publish.FOLDER.iterdir()} == set(publish.FILES)


def test_the_same_things_always_give_the_same_files() -> None:
    script = "import vocab.publish as p, hashlib; print([hashlib.sha256(m().encode()).hexdigest() for m in p.FILES.values()])"
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


@pytest.mark.shared
def test_every_term_of_the_first_context_is_unchanged() -> None:
    first = json.loads(shared("vocabulary", "context-v1.jsonld").read_bytes())["@context"]
    now = context()
    assert {key: now.get(key) for key in first} == first


def test_the_context_keeps_to_what_old_processors_understand() -> None:
    for key, value in context().items():
        assert not key.startswith("@")
        if isinstance(value, dict):
            assert set(value) <= {"@id", "@type", "@container"}
            assert value.get("@container", "@language") in {"@language", "@list"}
            assert value.get("@type") != "@json"


def test_a_stale_file_is_told_and_written_anew(tmp_path: Path) -> None:
    assert publish.stale(tmp_path) == list(publish.FILES)
    assert publish.publish(tmp_path) == list(publish.FILES)
    assert publish.stale(tmp_path) == []
    (tmp_path / "shapes.ttl").write_text("autre chose", encoding="utf-8")
    assert publish.publish(tmp_path) == ["shapes.ttl"]


def test_the_command_compares_and_refuses_misuse(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert publish.main(["--check"]) == 0
    assert publish.main([]) == 0
    assert publish.main(["--autre"]) == 2
    monkeypatch.setattr(publish, "stale", lambda: ["context.jsonld"])
    assert publish.main(["--check"]) == 1
    assert "context.jsonld is stale: run python -m vocab.publish" in capsys.readouterr().err
