"""Writes FEDERATION.md: what is supported, shown by which tests, tried with whom and how, and what is not supported.

Nothing is run: activities are read from their handlers, claims from the marks of the tests. Spec: FEP-67ff.
"""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from kit.shown import ROOT, WAYS, Shown, all_shown, specifications

PAGE = ROOT / "FEDERATION.md"

HEAD = """# Federation

Maillage speaks ActivityPub between servers. This page follows FEP-67ff. It is written by `make federation` out of the tests and
the handlers, so that it says what is tried and nothing else; the room that does it is [federation/](federation/README.md).
"""

ACTORS = """\
- Actors: one `Organization` (the organisation), one `Application` that signs fetches, a `Group` for each community, a `Person`
  for each member.
- Objects sent: `Article` (with `kind` PracticeNote, RepertoireItem, Notebook, Intersection), `Page` (kind Concept), `Note`
  (replies; what begins an exchange, with `references` to what it is about; kinds HelpRequest, Reformulation, Mapping), `Place`,
  `Event` (kind Meeting). Our classes stand in `kind` (= `rdf:type`); `type` is always one string, and contexts travel inlined.
- Articles, pages and events always carry `name`, `summary`, `content` and `url`; notes carry no `summary`.
- Any other activity that is well signed is kept and marked as not understood.
"""

FOOT = """## Additional documentation

- [How servers treat one another here, and where we differ](federation/README.md)
- [The open vocabulary](vocab/README.md)
- [Running a node](deploy/README.md)
"""


def activities() -> list[tuple[str, str]]:
    """The activities that are acted on, each with the first line of its handler."""
    return [(activity(path), first_line(path)) for path in sorted((ROOT / "node" / "activities").glob("[a-z]*.py"))]


def activity(path: Path) -> str:
    """The type that a file handles."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Handler":
            return next(str(ast.literal_eval(each.value)) for each in node.keywords if each.arg == "activity")
    return path.stem.capitalize()


def first_line(path: Path) -> str:
    """What a file says of itself, without the name in front."""
    said = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n", maxsplit=1)[0]
    return said.partition(": ")[2] or said


def unsupported() -> list[dict[str, str]]:
    """What we do not do, and why."""
    listed: list[dict[str, str]] = tomllib.loads((ROOT / "federation" / "unsupported.toml").read_text("utf-8"))["unsupported"]
    return listed


def page() -> str:
    """The whole page."""
    shown, known = all_shown(), specifications()
    by_spec: dict[str, list[Shown]] = defaultdict(list)
    for each in shown:
        by_spec[each.spec].append(each)
    proposals = [identifier for identifier in by_spec if identifier.startswith("FEP-")]
    standards = [identifier for identifier in known if identifier in by_spec and identifier not in proposals]
    untold = [identifier for identifier in known if identifier.startswith("FEP-") and identifier not in by_spec]
    parts = [
        HEAD,
        "## Supported federation protocols and standards\n",
        _list(_linked(known[each]) for each in standards),
        "## Supported FEPs\n",
        _list(_linked(known[each]) for each in sorted(proposals)),
    ]
    if untold:
        cited = ", ".join(f"[{each}]({known[each]['address']})" for each in sorted(untold))
        parts.append(f"Followed in part, and shown by no test of its own: {cited}.\n")
    parts += [
        "## ActivityPub\n",
        ACTORS,
        _table(("Received", "What it does here"), [(f"`{name}`", what) for name, what in activities()]),
        "## What was tried, with whom, and how\n",
        _list(f"**{how}**: {meaning}" for how, meaning in WAYS.items() if any(each.how == how for each in shown)),
        _tried(shown, [*standards, *sorted(proposals)]),
        "## What is not supported\n",
        _table(("What", "Why"), [(each["what"], each["why"]) for each in unsupported()]),
        FOOT,
    ]
    return "\n".join(parts)


def _tried(shown: Sequence[Shown], order: Sequence[str]) -> str:
    grouped: dict[tuple[str, str], list[Shown]] = defaultdict(list)
    for each in shown:
        grouped[each.spec, each.what].append(each)
    rows = [
        (spec, what, _with_whom(grouped[spec, what]), ", ".join(f"[{Path(f).stem}]({f})" for f in _files(grouped[spec, what])))
        for spec, what in sorted(grouped, key=lambda key: (order.index(key[0]), key[1]))
    ]
    return _table(("Specification", "What is shown", "Tried with (how)", "Test"), rows)


def _with_whom(shown: Iterable[Shown]) -> str:
    by_way: dict[str, list[str]] = defaultdict(list)
    for each in shown:
        by_way[each.how].append(each.peer)
    return "; ".join(f"{', '.join(sorted(set(by_way[how])))} ({how})" for how in WAYS if how in by_way)


def _files(shown: Iterable[Shown]) -> list[str]:
    return sorted({each.file for each in shown})


def _linked(spec: dict[str, str]) -> str:
    name = f"{spec['id']}: {spec['title']}" if spec["id"] != spec["title"] else spec["title"]
    return f"[{name}]({spec['address']}) ({spec['version']})"


def _list(items: Iterable[str]) -> str:
    return "".join(f"- {item}\n" for item in items)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
