"""A folder is the registry: every contribution is found, documented and tested, and needs no other edit."""

from __future__ import annotations

import ast

import pytest

from architecture.sources import ROOT, name, tree

FOLDERS = {
    "node/activities": "HANDLER",
    "node/formats": "FORMAT",
    "node/jobs": "JOB",
    "node/web/pages": "PAGE",
    "node/web/endpoints": "ENDPOINT",
    "node/cli/commands": "COMMAND",
    "federation/oracles": "ORACLE",
}


def contributions(folder: str) -> list[str]:
    return sorted(path.stem for path in (ROOT / folder).glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize(("folder", "constant"), FOLDERS.items())
def test_each_file_defines_its_constant_and_says_what_it_is(folder: str, constant: str) -> None:
    assert contributions(folder)
    for stem in contributions(folder):
        module = tree(ROOT / folder / f"{stem}.py")
        assert ast.get_docstring(module), f"{folder}/{stem}.py does not say what it is"
        defined = {
            target.id
            for node in module.body
            for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
            if isinstance(target, ast.Name)
        } | {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
        assert constant in defined, f"{folder}/{stem}.py defines no {constant}"


@pytest.mark.parametrize("folder", ["node/activities", "node/formats"])
def test_each_has_a_test_file(folder: str) -> None:
    missing = [stem for stem in contributions(folder) if not (ROOT / "tests" / folder / f"test_{stem}.py").exists()]
    assert missing == []


def test_each_oracle_has_a_test_file() -> None:
    folder = ROOT / "tests" / "oracles"
    assert [stem for stem in contributions("federation/oracles") if not (folder / f"test_{stem}.py").exists()] == []


def test_each_page_has_its_template_beside_it() -> None:
    missing = [stem for stem in contributions("node/web/pages") if not (ROOT / "node/web/pages" / f"{stem}.html").exists()]
    assert missing == []


def test_each_activity_stands_in_the_readme_of_the_protocol() -> None:
    text = (ROOT / "federation" / "README.md").read_text("utf-8")
    assert [stem for stem in contributions("node/activities") if stem.title().replace("_", "") not in text] == []


def test_the_root_holds_what_belongs_there() -> None:
    expected = {
        "README.md",
        "README.fr.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "FEDERATION.md",
        "LICENSE",
        "Makefile",
        "pyproject.toml",
    }
    present = {path.name for path in ROOT.iterdir()}
    assert expected <= present
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    made = {"demo-data", "data", "maillage.egg-info", "build", "screenshots"}
    assert folders - made == {"vocab", "federation", "node", "tests", "deploy"}


def test_both_readmes_tell_the_same() -> None:
    def outline(path: str) -> list[int]:
        return [
            len(line) - len(line.lstrip("#")) for line in (ROOT / path).read_text("utf-8").splitlines() if line.startswith("#")
        ]

    assert outline("README.md") == outline("README.fr.md")


def test_no_distribution_hides_our_rooms() -> None:
    # Distributions of these names exist; one that came in as a dependency would shadow ours.
    from importlib.metadata import packages_distributions

    owners = packages_distributions()
    for room in ("vocab", "federation", "node"):
        assert set(owners.get(room, [])) <= {"maillage"}, name(ROOT / room)
