"""Derives published/ from the typed things and the schemes: `python -m vocab.publish`, or `--check` to compare only."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from vocab.definitions import context
from vocab.json_schema import json_schema
from vocab.ontology import ontology
from vocab.ontology_jsonld import ontology_jsonld
from vocab.shapes import shapes
from vocab.terms_page import terms_page

FOLDER = Path(__file__).parent / "published"


def _context() -> str:
    return json.dumps({"@context": context()}, ensure_ascii=False, indent=2) + "\n"


#: Every published file, and what makes it.
FILES: dict[str, Callable[[], str]] = {
    "context.jsonld": _context,
    "ontology.jsonld": ontology_jsonld,
    "ontology.ttl": ontology,
    "schema.json": json_schema,
    "shapes.ttl": shapes,
    "terms.html": terms_page,
}


def stale(folder: Path = FOLDER) -> list[str]:
    """The names of the files that are not what the things and schemes now say."""
    return [name for name, make in FILES.items() if _kept(folder / name) != make()]


def publish(folder: Path = FOLDER) -> list[str]:
    """Writes the files that are stale; returns their names."""
    changed = stale(folder)
    for name in changed:
        (folder / name).write_text(FILES[name](), encoding="utf-8")
    return changed


def main(arguments: Sequence[str]) -> int:
    """Writes, or compares; returns the exit code: 1 when a comparison finds a difference, 2 for misuse."""
    if list(arguments) not in ([], ["--check"]):
        sys.stderr.write("usage: python -m vocab.publish [--check]\n")
        return 2
    if arguments:
        changed = stale()
        for name in changed:
            sys.stderr.write(f"vocab/published/{name} is stale: run python -m vocab.publish\n")
        return int(bool(changed))
    for name in publish():
        sys.stdout.write(f"vocab/published/{name}\n")
    return 0


def _kept(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
