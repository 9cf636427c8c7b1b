"""The two thesis pages of the seeds, and the HTML of such a page: every field of the side bar finds its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kit.guests import Stage
from kit.seeds import shared
from node import formats
from node.actions.publish import publish
from node.collect import collect
from node.contracts import Draft, File, Format, Listing
from node.domain import side_bar
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.domain.scanning import scan_text
from node.errors import Invalid
from node.formats.praxis import read
from node.storage.engine import Database
from vocab import jsonld
from vocab.thing import Thing
from vocab.things.group import Group
from vocab.things.notebook import Notebook
from vocab.things.object import Object
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.page import Page
from vocab.things.person import Person
from vocab.things.property_value import PropertyValue
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref

SEEDS = ("001-intersections", "002-success-conditions")
THESIS = "La communauté de pratique comme stratégie de transfert de connaissances dans le champ de l’innovation sociale"
PAGE = """<!DOCTYPE html><html lang="fr"><head><title>Praxis</title>
<link rel="canonical" href="https://praxis.example/n/abc/"><style>.x{}</style></head><body>
<nav><a href="/">Accueil</a> Note(s) liée(s)</nav>
<main><article><h1>5.2. Les <em>ponts</em> | Mémoire</h1>
<div class="box"><p><strong>Contexte</strong></p>
<p>Cette note fait partie du carnet « Un long titre de carnet, dit ici en entier ».</p></div>
<p>Les ponts entre les groupes se font par des personnes qui sont de plusieurs communautés à la fois, et qui parlent.</p>
<ul><li>un <a href="/n/def/">lien</a></li></ul><script>alert(1)</script>
<p onclick="x()">Fin <img src="https://t.example/t.png"></p>
<p>Sous licence <a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA</a></p></article>
<aside>
<h3><i class="material-icons">note</i> Note(s) liée(s)</h3>
<ul><li><a href="/n/res/">Le résumé</a> <span>3 décembre 2023</span></li><li><a href="/n/one/">Une autre</a></li></ul>
<h3><i class="material-icons">bookmark</i> Terme(s) relié(s)</h3><a href="/l/1">Intersection</a><br><a href="/l/2">Pont</a>
<h3><i class="material-icons">padding</i> Carnet(s) relié(s)</h3>
<div><i class="material-icons">file_copy</i> 65 notes</div><div><a href="/c/1/">Un long titre de carnet...</a></div>
<div><i class="material-icons">person</i><span>Intégré par
<a href="/p/jn">Joël Nadeau</a>, le 1er juillet 2023 11:00</span></div>
<div><i class="material-icons">category</i> <span>Discussion</span></div>
<h3>Auteur·trice(s) de note</h3><a href="/p/jn">Joël Nadeau</a><div>
<a href="/contact"><i class="material-icons">forum</i>Contacter l’auteur·trice</a></div>
<h3>Communauté liée</h3><p><a href="/g/anim">Animation</a></p><p>
<a href="https://passerelles.example/anim">Communauté Passerelles</a></p>
<p><a href="https://encommun.example/anim">Profil En commun</a></p><p>
<a href="/d/9"><i class="material-icons">forum</i>Discuter de la note</a></p>
<h3>Publication</h3><p>6 décembre 2023</p><h3>Modification</h3><p>6 décembre 2023 17:37</p><p>
<a href="/h/9">Historique des modifications</a></p>
<h3>Visibilité</h3><p><i class="material-icons">lock</i> privé</p></aside></main><footer>© Praxis</footer></body></html>"""


def _seed(name: str) -> File:
    return File(name=f"{name}.txt", content=shared("seeds", f"{name}.txt").read_bytes())


def _draft(file: File) -> tuple[Draft, RepertoireItem]:
    (draft,) = read(file)
    assert isinstance(draft.thing, RepertoireItem)
    return draft, draft.thing


def _html(**changes: str) -> tuple[Draft, RepertoireItem]:
    page = PAGE
    for old, new in changes.items():
        assert old in page
        page = page.replace(old, new)
    return _draft(File(name="page.html", content=page.encode()))


def _in(ref: Ref | None) -> Thing:
    assert ref is not None
    assert ref.thing is not None
    return ref.thing


def _name(ref: Ref) -> str:
    thing = _in(ref)
    assert isinstance(thing, Object)
    return str(thing.name)


@pytest.mark.shared
@pytest.mark.parametrize("name", SEEDS)
def test_no_line_of_the_side_bar_is_left_over(name: str, record_property: Callable[[str, object], None]) -> None:
    page = scan_text(_seed(name).content.decode())
    start = side_bar.beginning(page.lines)
    assert start is not None
    placed = side_bar.read(page.lines[start:]).placed
    for line, place in placed:
        goes = f"{line[:76]:<78}{place or '(heading, deed or picture)'}"
        record_property("where each line of a page of Praxis goes", goes)
    _, thing = _draft(_seed(name))
    assert len(placed) == len(page.lines) - start
    assert [line for line, place in placed if place == "rest"] == []
    assert thing.attachment == ()
    headings = [line for line, place in placed if not place]
    assert headings == [
        "note Note(s) liée(s)", "bookmark Terme(s) relié(s)", "padding Carnet(s) relié(s)", "person",
        "Auteur·trice(s) de note", "forumContacter l’auteur·trice", "Communauté liée", "forumDiscuter de la note",
        "Publication", "Modification", "Historique des modifications", "Visibilité",
    ]  # fmt: skip


@pytest.mark.shared
def test_every_field_of_the_first_page() -> None:
    draft, thing = _draft(_seed(SEEDS[0]))
    notebook, origin, community = _in(thing.is_part_of[0]), _in(thing.origin), _in(thing.linked_community[0])
    assert isinstance(notebook, Notebook)
    assert isinstance(origin, Page)
    assert isinstance(community, Group)
    size = _in(notebook.entries)
    assert isinstance(size, OrderedCollection)
    assert str(thing.name).startswith("5.2.2. La collaboration intersectorielle et les intersections naturelles | Mémoire")
    assert (str(notebook.name), size.total_items) == (THESIS, 65)
    assert [_name(ref) for ref in thing.integrator] == ["Joël Nadeau"]
    assert thing.integrated == datetime(2023, 12, 6, 16, 0, tzinfo=UTC)
    assert thing.platform_category == ("Discussion",)
    assert str(community.name) == "Animation de communauté de pratique"
    assert [_name(ref) for ref in community.attachment] == ["Communauté Passerelles", "Profil En commun"]
    assert thing.published == datetime(2023, 12, 6, 5, 0, tzinfo=UTC)
    assert thing.updated == datetime(2023, 12, 6, 22, 37, tzinfo=UTC)
    assert origin.access_level == Ref("https://w3id.org/cdp/acces/public")
    assert (thing.related, draft.topics, thing.creator, thing.license) == ((), (), (), None)
    assert "audience" not in draft.options
    assert thing.content is not None
    assert thing.content.primary.startswith("<blockquote><p><strong>Contexte</strong></p><p>Cette note fait partie")
    assert "<p>Suite : 5.2.3. La fluidité entre les approches | Mémoire" in thing.content.primary
    assert "<h2>Intersections entre les groupes informels</h2>" in thing.content.primary


@pytest.mark.shared
def test_linked_notes_of_the_second_page_have_their_dates_and_stand_there_once() -> None:
    _, thing = _draft(_seed(SEEDS[1]))
    notes = [_in(ref) for ref in thing.related]
    said = [(str(note.name), note.published) for note in notes if isinstance(note, Object)]
    assert len(said) == 9
    assert said[0] == ("Table des matières | Mémoire sur les communautés de pratique", datetime(2023, 12, 3, 5, tzinfo=UTC))
    assert said[4] == ("Introduction | Modèle de soutenabilité des communs (MSC)", datetime(2023, 4, 24, 4, tzinfo=UTC))
    assert said[8][0].startswith("5.1. Constats généraux sur le déploiement des CdP sur Passerelles | Mémoire sur les commun")


def test_a_saved_page_tells_addresses_too() -> None:
    draft, thing = _html()
    assert (str(thing.name), thing.origin and thing.origin.iri) == ("5.2. Les ponts | Mémoire", "https://praxis.example/n/abc/")
    assert [(ref.iri, _name(ref)) for ref in thing.related] == [
        ("https://praxis.example/n/res/", "Le résumé"),
        ("https://praxis.example/n/one/", "Une autre"),
    ]
    note = _in(thing.related[0])
    assert isinstance(note, Object)
    assert note.published == datetime(2023, 12, 3, 5, tzinfo=UTC)
    assert draft.topics == ("Intersection", "Pont")
    assert [(ref.iri, _name(ref)) for ref in thing.is_part_of] == [
        ("https://praxis.example/c/1/", "Un long titre de carnet, dit ici en entier")
    ]
    (who,) = thing.integrator
    assert (who.iri, _name(who), isinstance(_in(who), Person)) == ("https://praxis.example/p/jn", "Joël Nadeau", True)
    assert thing.integrated == datetime(2023, 7, 1, 15, tzinfo=UTC)
    assert [str(name) for name in thing.creator] == ["Joël Nadeau"]
    community = _in(thing.linked_community[0])
    assert isinstance(community, Group)
    fields = [_in(ref) for ref in community.attachment]
    shown = [each.value for each in fields if isinstance(each, PropertyValue)]
    assert shown == ["https://passerelles.example/anim", "https://encommun.example/anim"]
    assert thing.discussion == Ref("https://praxis.example/d/9")
    assert thing.history == Ref("https://praxis.example/h/9")
    assert thing.license == Ref("https://creativecommons.org/licenses/by-sa/4.0/")
    assert thing.attachment == ()
    assert draft.options == {"key": "https://praxis.example/n/abc/", "audience": "private"}


def test_nothing_of_the_platform_and_nothing_that_acts_comes_along() -> None:
    _, thing = _html()
    assert thing.content is not None
    body = thing.content.primary
    assert '<li>un <a href="https://praxis.example/n/def/"' in body
    for bad in ("script", "alert", "onclick", "img", "Accueil", "©", "material-icons", "lock", "Carnet(s)", "<h1"):
        assert bad not in body


def test_what_no_rule_knows_is_kept_with_its_heading() -> None:
    _, thing = _html(**{"<h3>Modification</h3>": "<p>Prix du public</p><h3>Modification</h3>"})
    (field,) = thing.attachment
    kept = _in(field)
    assert isinstance(kept, PropertyValue)
    assert (str(kept.name), kept.value) == ("Publication", "Prix du public")


@pytest.mark.parametrize(
    "content",
    [b"", b"<html></html>", b"Un titre\n\nUn texte.", b"<main><p>Sans titre</p><h3>Carnet(s) reli\xc3\xa9(s)</h3></main>"],
)
def test_what_is_no_such_page_is_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(Invalid, match=r"^page"):
        list(read(File(name="page", content=content)))


@pytest.mark.parametrize("hostile", ["<div>" * 100_000, "<a href='//x'>" * 20_000, "<!--" * 100_000, "&#x0;&#xD800;" * 20_000])
def test_a_hostile_page_is_read_or_refused(hostile: str) -> None:
    page = f"<main><h1>Titre</h1><p>{hostile}</p><h3>Carnet(s) relié(s)</h3></main>"
    try:
        assert len(list(read(File(name="page", content=page.encode())))) == 1
    except Invalid as refusal:
        assert str(refusal).startswith("page: ")  # noqa: PT017 - one of the two


def _published(stage: Stage, draft: Draft) -> Object:
    placed = Placement(author=stage.author, community=stage.community, audience=Audience.PUBLIC)
    entry = stage.database.write_now(lambda uow: publish(uow, stage.house(), draft, placed))
    stored = stage.database.read_now(lambda uow: uow.things.get_any(entry.iri))
    assert stored is not None
    assert isinstance(stored.thing, Object)
    return stored.thing


@pytest.mark.shared
@pytest.mark.parametrize("name", SEEDS)
def test_published_it_keeps_all_that_and_goes_out_in_every_format(name: str, memory: Database) -> None:
    draft, thing = _draft(_seed(name))
    out = _published(Stage(memory), draft)
    for said in (
        "name",
        "related",
        "is_part_of",
        "integrator",
        "integrated",
        "origin",
        "platform_category",
        "linked_community",
        "published",
        "updated",
    ):
        assert getattr(out, said) == getattr(thing, said), said
    assert out.license is None  # the page tells none
    assert jsonld.read(jsonld.dump(out)) == out
    writers = {each: form for each, form in collect(formats, "FORMAT", Format).items() if form.write and form.accepts(out)}
    assert {"activitystreams", "jsonld", "turtle"} <= set(writers)
    for each, form in writers.items():
        assert form.write is not None
        body = form.write(Listing(things=[out], title="Carnet", iri="https://a.example/", here="https://a.example/x"))
        assert b"5." in (_unpacked(body) if each == "epub" else body), each


def _unpacked(body: bytes) -> bytes:
    """What a book says, all its files together."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return b"\n".join(book.read(name) for name in book.namelist())
