from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.seeds import shared
from node.contracts import File
from node.domain.html import clean, plain
from node.errors import Invalid
from node.formats.text import FORMAT, read
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Text

PARAGRAPH = (
    "Chaque mois, les membres se rencontrent pour parler de ce qui les occupe dans leur milieu. "
    "Une personne présente une situation, les autres posent des questions. On note ce que l’on retient."
)


def _read(text: str, name: str = "note.txt") -> RepertoireItem:
    (draft,) = read(File(name=name, content=text.encode()))
    assert draft.source == name
    assert isinstance(draft.thing, RepertoireItem)
    return draft.thing


def _body(thing: RepertoireItem) -> str:
    assert thing.content is not None
    return thing.content.primary


def test_a_plain_text_becomes_a_resource_with_title_summary_and_language() -> None:
    thing = _read(f"Le tour de table\n\n{PARAGRAPH}\n\n1.1. Préparer\n\n{PARAGRAPH}\n\n- une salle\n- du café")
    assert thing.type == "Article"
    assert thing.kind == ("RepertoireItem",)
    assert thing.name == Text.of("Le tour de table", "fr")
    assert thing.in_language == "fr"
    assert thing.summary == Text.of(f"<p>{PARAGRAPH}</p>", "fr")
    assert _body(thing) == (
        f"<p>{PARAGRAPH}</p>\n<h2>1.1. Préparer</h2>\n<p>{PARAGRAPH}</p>\n<ul><li>une salle</li><li>du café</li></ul>"
    )


def test_english_is_recognised_too() -> None:
    assert _read("The round table\n\nThe members meet every month and talk about what they do in the field.").in_language == "en"


def test_a_marked_heading_is_the_title_even_below_a_cover() -> None:
    thing = _read(f"OUTIL\n\n---\n\n# **Communautés** de pratique #\n\n## Contexte\n\n{PARAGRAPH}\n\n### Détail\n\nFin.")
    assert str(thing.name) == "Communautés de pratique"
    assert _body(thing).startswith("<p>OUTIL</p>\n<hr>\n<h2>Contexte</h2>")
    assert "<h3>Détail</h3>" in _body(thing)


def test_a_heading_after_much_text_is_not_the_title() -> None:
    assert str(_read(f"Le début\n\n{PARAGRAPH} {PARAGRAPH}\n\n# Annexe\n\nFin.").name) == "Le début"


@pytest.mark.parametrize(
    ("line", "title", "tail"),
    [
        ("2.1. Les liens entre groupes | Le carnet de Zoé", "2.1. Les liens entre groupes", "Le carnet de Zoé"),
        ("Zoé | Les liens entre groupes", "Zoé | Les liens entre groupes", ""),
    ],
)
def test_the_tail_of_a_title_is_kept_below_it(line: str, title: str, tail: str) -> None:
    thing = _read(f"{line}\n\n{PARAGRAPH}")
    assert str(thing.name) == title
    assert _body(thing).startswith(f"<p><em>{tail}</em></p>" if tail else f"<p>{PARAGRAPH[:20]}")


def test_a_text_without_title_is_named_after_its_first_sentence() -> None:
    thing = _read(PARAGRAPH * 3)
    assert str(thing.name).startswith("Chaque mois")
    assert len(str(thing.name)) <= 160
    assert plain(_body(thing)) == PARAGRAPH * 3


def test_marks_links_and_small_letters_are_kept_and_scripts_are_not() -> None:
    body = _body(
        _read(
            "Titre\n\n**Gras** et *penché*, [ici](https://a.example/x), [nulle part](#), voir https://b.example/y.\n"
            "La 1<sup>re</sup> fois <script>alert(1)</script> 2 < 3 & 4"
        )
    )
    rel = 'rel="nofollow noopener ugc"'
    assert "<strong>Gras</strong> et <em>penché</em>" in body
    assert f'<a href="https://a.example/x" {rel}>ici</a>, nulle part, voir <a href="https://b.example/y" {rel}>' in body
    assert "https://b.example/y</a>." in body
    assert "1<sup>re</sup> fois &lt;script&gt;alert(1)&lt;/script&gt; 2 &lt; 3 &amp; 4" in body


def test_wrapped_lines_flow_and_short_lines_stay() -> None:
    wrapped = "Une ligne que le logiciel a coupée parce qu’elle était\ntrop longue pour la largeur de la page."
    body = _body(_read(f"Titre\n\n{wrapped}\n\nÉté\nHiver\nPrintemps"))
    assert "elle était trop longue" in body
    assert "<p>Été<br>Hiver<br>Printemps</p>" in body


def test_lists_keep_their_numbers() -> None:
    assert '<ol start="3"><li>trois</li><li>quatre</li></ol>' in _body(_read(f"Titre\n\n{PARAGRAPH}\n\n3. trois\n4. quatre"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Bonjour\ncaf\xe9\n", r"^n\.txt, line 2: this is not text in UTF-8; save the file as plain text in UTF-8$"),
        (b"PK\x03\x04\n\x00\x00", r"^n\.txt, line 2: this is not a text file; export"),
        (b"", r"^n\.txt, line 1: this file has no text in it"),
        (b" \n\n \xef\xbb\xbf", r"^n\.txt, line 1: this file has no text in it"),
        (b"---\n\n***\n", r"^n\.txt, line 1: this file has no text in it"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line_with_a_remedy(content: bytes, message: str) -> None:
    with pytest.raises(Invalid, match=message) as caught:
        read(File(name="n.txt", content=content))
    assert "\n" not in str(caught.value)


@given(st.binary())
def test_any_bytes_give_a_resource_or_a_refusal(content: bytes) -> None:
    try:
        (draft,) = read(File(name="x.txt", content=content))
    except Invalid:
        return
    assert isinstance(draft.thing, RepertoireItem)
    assert draft.thing.name is not None
    assert draft.thing.name.primary.strip()


def test_the_format_reads_text_and_writes_nothing() -> None:
    assert (FORMAT.name, FORMAT.media_type, FORMAT.extension, FORMAT.write) == ("text", "text/plain", "txt", None)


#: file → beginning of the title, number of headings, of list items, and a word that the summary has.
SEEDS = {
    "000-municipal-community.txt": ("Communauté de pratique des", 14, 50, "fonctionnaires"),
    "001-intersections.txt": ("5.2.2. La collaboration", 1, 6, "collaboration"),
    "002-success-conditions.txt": ("5.1.2. Les conditions", 4, 9, "conditions"),
    "003-professions-webinar.txt": ("COMMENT CONCILIER", 8, 21, "professions"),
    "004-community-toolkit.txt": ("COMMUNAUTÉS DE PRATIQUE", 30, 15, "Concertation"),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(SEEDS))
def test_the_documents_that_the_project_starts_from_come_in_whole(name: str) -> None:
    content = shared("seeds", name).read_bytes()
    begin = time.perf_counter()
    thing = _read(content.decode(), name)
    assert time.perf_counter() - begin < 1
    title, headings, items, word = SEEDS[name]
    body = _body(thing)
    assert str(thing.name).startswith(title)
    assert " | " not in str(thing.name)
    assert thing.in_language == "fr"
    assert word in str(thing.summary)
    assert len(plain(str(thing.summary))) <= 300
    assert len(re.findall(r"<h[2-6]>", body)) == headings
    assert body.count("<li>") == items
    assert clean(body) == body
    shown = f"{thing.name} {plain(body)}"
    words = set(re.findall(r"[^\W\d_]{3,}", re.sub(r"\]\([^)]*\)|<[^>]*>|https?:\S+", " ", content.decode())))
    assert {word for word in words if word not in shown} == set()
