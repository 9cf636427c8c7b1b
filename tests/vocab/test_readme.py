from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import vocab.things
from vocab import check, jsonld, rdf, types
from vocab.definitions import context
from vocab.example_files import examples
from vocab.ontology import minted_slots, minted_types, ontology
from vocab.shapes import shapes
from vocab.terms_page import terms_page
from vocab.values import Ref, Text

README = (Path(vocab.things.__file__).parents[1] / "README.md").read_text(encoding="utf-8")
(EXAMPLE,) = (block for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "class Offer" in block)


@pytest.fixture
def offer(tmp_path: Path) -> Iterator[Any]:
    """The class of the README, as if its file lay in things/."""
    (tmp_path / "offer.py").write_text(EXAMPLE, encoding="utf-8")
    vocab.things.__path__.append(str(tmp_path))
    types.refresh()
    try:
        yield types.class_for("Article", ["Offer"])
    finally:
        vocab.things.__path__.remove(str(tmp_path))
        sys.modules.pop("vocab.things.offer", None)
        vars(vocab.things).pop("offer", None)
        types.refresh()


def test_the_example_of_a_new_type_has_nineteen_lines() -> None:
    assert len(EXAMPLE.splitlines()) == 19


def test_one_new_file_is_enough_for_everything(offer: Any) -> None:
    thing = offer(id="https://a.example/1", name=Text.of("Salle", "fr"), offered_to=(Ref("https://a.example/communautes/1"),))
    assert thing.kind == ("Offer",)
    assert jsonld.read(jsonld.dump(thing)) == thing
    assert "cdp:offeredTo <https://a.example/communautes/1>" in rdf.turtle(thing)
    assert context()["offeredTo"] == {"@id": "cdp:offeredTo", "@type": "@id"}
    assert "cdp:Offer a rdfs:Class" in ontology()
    assert "sh:path cdp:offeredTo" in shapes()
    assert 'id="Offer"' in terms_page()
    assert "offeredTo" in {problem.property for problem in check.problems(offer(id="https://a.example/2"))}


def test_the_words_of_our_own_are_counted() -> None:
    assert f"{len(minted_types())} classes and {len(minted_slots())} properties are our own" in README


def test_the_code_of_the_readme_names_what_exists() -> None:
    for function in ("jsonld.read", "jsonld.dump", "check.problems", "rdf.turtle"):
        module, name = function.split(".")
        assert callable(getattr({"jsonld": jsonld, "check": check, "rdf": rdf}[module], name))
        assert f"{function}(" in README


def test_the_guide_names_every_example_and_every_name_in_it_exists() -> None:
    names = set(re.findall(r"`(\d\d-[a-z-]+)(?:\.json)?`", README))
    assert names == set(examples())
