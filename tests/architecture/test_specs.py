"""Every `Spec:` line cites a specification that federation/specs.toml lists."""

from __future__ import annotations

import re
import tomllib

from architecture.sources import ROOT, modules, name

LINE = re.compile(r"Spec: (?P<ids>[^\n]+)")


def _known() -> set[str]:
    listed = tomllib.loads((ROOT / "federation" / "specs.toml").read_text("utf-8"))
    return {entry["id"] for entry in listed["spec"]}


def test_specifications_are_listed_whole() -> None:
    listed = tomllib.loads((ROOT / "federation" / "specs.toml").read_text("utf-8"))["spec"]
    assert [entry["id"] for entry in listed if not {"id", "title", "version", "address"} <= set(entry)] == []


def test_every_cited_specification_is_known() -> None:
    known = _known()
    cited = {
        (name(path), line)
        for path in modules()
        for line in LINE.findall(path.read_text("utf-8"))
        if not any(line.startswith(identifier) for identifier in known)
    }
    assert cited == set()


def test_something_is_cited() -> None:
    assert sum(len(LINE.findall(path.read_text("utf-8"))) for path in modules("federation")) >= len(_known()) // 2
