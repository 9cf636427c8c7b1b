"""Proof is a type: Verified is made in one function, raw keys and forbidden calls stay where they belong."""

from __future__ import annotations

import ast
import re

from architecture.sources import ROOT, modules, name, tree


def _calls(callee: str) -> set[str]:
    return {
        name(path)
        for path in modules()
        if callee in path.read_text("utf-8")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == callee
    }


def test_verified_is_made_where_it_is_proven_and_where_it_is_kept() -> None:
    assert _calls("Verified") == {"federation/inbox.py", "node/storage/shelves/inbox.py"}


def test_only_safe_html_is_marked_safe() -> None:
    marked = {name(path) for path in modules() if re.search(r"\bMarkup\(|\|\s*safe\b", path.read_text("utf-8"))}
    assert marked <= {"node/web/templates.py", "node/domain/html.py"}
    templates = {
        name(path) for path in (ROOT / "node" / "web").rglob("*.html") if "|safe" in path.read_text("utf-8").replace(" ", "")
    }
    assert templates == set()


def test_outgoing_requests_leave_by_the_guarded_way() -> None:
    assert _calls("ClientSession") <= {"node/transport/requests.py", "node/transport/carrying.py"}


def test_nothing_catches_everything_but_the_two_places_that_may() -> None:
    broad = {
        name(path)
        for path in modules()
        if "except" in path.read_text("utf-8")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    }
    # The writer thread must hand any failure back to the caller that waits for it.
    assert broad <= {
        "node/worker.py",
        "node/web/middleware/errors.py",
        "node/storage/engine.py",
        "node/storage/writer.py",
    }
