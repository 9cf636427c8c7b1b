"""A new type, activity, format, page and command: one file each in a copy of the house, and a running node knows them all."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.live import ROOT, LiveNode, until
from kit.live_signing import seal_as
from kit.posting import post

pytestmark = pytest.mark.enable_socket

NEW = {
    "vocab/things/offer.py": '''"""Offer: something that a community gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP
from vocab.terms import Term, TypeTerm
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(RepertoireItem):
    """Something that a community gives."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(CDP + "Offer", {"fr": "offre", "en": "offer"},
        {"fr": "Ce qu’une communauté offre.", "en": "What a community offers."}, type="Article")
    offered_to: Annotated[tuple[Ref, ...], Term(CDP + "offeredTo", {"fr": "offert à", "en": "offered to"},
        {"fr": "À qui cela s’adresse.", "en": "Whom it is for."}, is_searchable=True)] = ()
''',
    "node/activities/celebrate.py": '''"""Celebrate: somebody is glad of something."""

from node.contracts import Handler, Outcome

HANDLER = Handler(
    activity="Celebrate", check=lambda uow, house, verified: None, receive=lambda uow, house, verified: Outcome.DONE
)
''',
    "node/formats/names.py": '''"""Names: the titles of things, a line each."""

from node.contracts import Format

FORMAT = Format(name="names", media_type="text/x-names", extension="names",
    loses={"fr": "Tout sauf les titres.", "en": "All but the titles."},
    write=lambda listing: "".join(f"{thing.name}\\n" for thing in listing.things).encode())
''',
    "node/web/pages/hello.py": '''"""Hello: a page."""

from node.contracts import Page, View

PAGE = Page(path="/bonjour", right="anyone", show=lambda uow, visit: View(title="Bonjour", values={"who": visit.house.name}))
''',
    "node/web/pages/hello.html": """{% extends "layout/base.html" %}
{% block main %}<h1>{{ title }}</h1><p>{{ who }}</p>{% endblock %}
""",
    "node/cli/commands/hello.py": '''"""maillage hello: a greeting."""

import click


@click.command(name="hello")
def COMMAND() -> None:
    """Says hello."""
    click.echo("bonjour")
''',
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the rooms, with what is compiled of them already, and one new file of each kind."""
    made = tmp_path_factory.mktemp("house")
    for room in ("vocab", "federation", "node"):
        shutil.copytree(ROOT / room, made / room)
    for path, text in NEW.items():
        (made / path).write_text(text, "utf-8")
    return made


@pytest.fixture(scope="module")
def node(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveNode]:
    made = LiveNode(tmp_path_factory.mktemp("node"), "127.0.0.11", "Maison", mode="open", house=house)
    made.run("community", "add", "Entraide", "--slug", "entraide")
    made.run("member", "add", "a@b.example", "--name", "Ana Roy", "--community", "entraide", "--role", "animation")
    yield made.start()
    made.stop()


def test_each_is_known_without_another_edit(node: LiveNode, house: Path, tmp_path: Path) -> None:
    assert node.run_plain("hello") == "bonjour\n"
    assert b"<p>Maison</p>" in node.get("/bonjour")[1]

    offer = tmp_path / "offre.md"
    offer.write_text(
        "---\ntitle: Un local\nkind: Offer\nofferedTo: https://a.example/b\naudience: public\n---\nÀ prêter.\n", "utf-8"
    )
    iri = node.run("publish", str(offer), "--community", "entraide").strip()
    document = json.loads(node.get(iri, accept="application/activity+json")[1])
    assert (document["type"], document["kind"], document["offeredTo"]) == ("Article", ["Offer"], "https://a.example/b")
    assert {"offeredTo": {"@id": "cdp:offeredTo", "@type": "@id"}}.items() <= document["@context"][-1].items()
    assert node.get(iri, accept="text/x-names")[1] == b"Un local\n"
    assert "Un local" in node.run("export", "names")

    context = subprocess.run([sys.executable, "-m", "vocab.publish"], cwd=house, capture_output=True, check=True)
    assert context.returncode == 0
    assert "cdp:Offer" in (house / "vocab/published/ontology.ttl").read_text("utf-8")
    assert "offeredTo" in (house / "vocab/published/context.jsonld").read_text("utf-8")


def test_a_new_activity_is_acted_on(node: LiveNode, tmp_path: Path) -> None:
    sender = LiveNode(tmp_path / "sender", "127.0.0.12", "Maison voisine", mode="open")
    sender.run("community", "add", "Voisine", "--slug", "voisine")
    sender.start()
    try:
        actor = f"{sender.url}/communautes/voisine"
        activity = {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": f"{sender.url}/activites/1",
            "type": "Celebrate",
            "actor": actor,
            "object": f"{node.url}/x",
        }
        body = json.dumps(activity).encode()
        assert post(node, body, seal_as(sender.folder, actor, body, f"{node.url}/inbox")) == 202
        until(lambda: node.json("inspect")["inbox"].get("done") == 1, describe=lambda: node.json("inspect")["inbox"])
    finally:
        sender.stop()
