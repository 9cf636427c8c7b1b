from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.contracts import Draft, File
from node.domain.html import clean, plain
from node.errors import Invalid
from node.formats.markdown import FORMAT, read
from vocab import concepts
from vocab.things.concept import Concept
from vocab.things.mapping import Mapping
from vocab.things.meeting import Meeting
from vocab.things.note import Note
from vocab.things.object import Object
from vocab.things.practice_note import PracticeNote
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text

NOTE = """---
titre : La visite d’accueil
genre : note de pratique
sujets : [accueil, https://a.example/termes/1]
territoire : Sherbrooke
licence : CC BY 4.0
auteur : mireille@a.example
public : ma communauté
leviers : confiance
clé : visite
---

Une visite d’accueil prend moins d’une heure et évite bien des malentendus dans les premiers mois du bail.

# Démarche

- **écouter** d’abord
- <script>alert(1)</script>

| a | b |
|---|---|
| 1 | 2 |
"""


def _draft(text: str) -> Draft:
    (draft,) = read(File(name="note.md", content=text.encode()))
    return draft


def _thing(text: str) -> Object:
    thing = _draft(text).thing
    assert isinstance(thing, Object)
    return thing


def test_a_note_with_its_fields() -> None:
    draft = _draft(NOTE)
    note = draft.thing
    assert isinstance(note, PracticeNote)
    assert note.name == Text.of("La visite d’accueil", "fr")
    assert note.in_language == "fr"
    assert note.license == Ref("https://creativecommons.org/licenses/by/4.0/")
    assert note.genre == Ref("https://w3id.org/cdp/genres/note-de-pratique")
    assert note.action_lever == (Ref("https://w3id.org/cdp/leviers/confiance"),)
    assert note.topic == (Ref("https://a.example/termes/1"),)
    assert draft.topics == ("accueil",)
    assert draft.options == {
        "audience": "community",
        "author": "mireille@a.example",
        "key": "visite",
        "territory": "Sherbrooke",
    }
    assert plain(str(note.summary)).startswith("Une visite d’accueil prend moins d’une heure")


def test_the_body_is_clean_html_and_the_source_is_kept() -> None:
    note = _thing(NOTE)
    body = str(note.content)
    assert clean(body) == body
    assert "<h2>Démarche</h2>" in body
    assert "<strong>écouter</strong>" in body
    assert "&lt;script&gt;" in body
    assert "<td>1</td>" in body
    assert note.media_type == "text/html"
    assert note.source is not None
    source = note.source.thing
    assert source is not None
    assert str(getattr(source, "content", "")).startswith("Une visite")
    assert getattr(source, "media_type", "") == "text/markdown"


def test_without_fields_the_first_heading_is_the_title() -> None:
    thing = _thing("# Le *tour* de table\n\n## Détail\n\nOn fait le tour de la table avec les membres.")
    assert type(thing) is RepertoireItem
    assert thing.name == Text.of("Le tour de table", "fr")
    assert str(thing.content) == "<h2>Détail</h2>\n<p>On fait le tour de la table avec les membres.</p>"


def test_a_heading_that_repeats_the_title_is_not_shown_twice() -> None:
    assert "<h1>" not in str(_thing("---\ntitle: Accueil\n---\n# accueil\n\nTexte.").content)
    assert "<h2>Autre</h2>" in str(_thing("---\ntitle: Accueil\n---\n# Autre\n\nTexte.").content)


def test_a_short_text_without_title_is_named_after_its_first_line() -> None:
    assert str(_thing("Texte court.").name) == "Texte court."


def test_a_term_with_its_words() -> None:
    term = _thing(
        "---\nkind: terme\nprefLabel:\n  fr: maintien en logement\n  en: housing retention\n"
        "altLabel:\n  fr: [stabilité, prévention]\ndefinition: Ce qui évite la perte du logement.\nlangue: fr\n---\n"
    )
    assert isinstance(term, Concept)
    assert term.pref_label == Text((("fr", "maintien en logement"), ("en", "housing retention")))
    assert term.alt_label == (Text.of("stabilité", "fr"), Text.of("prévention", "fr"))
    assert str(term.name) == "maintien en logement"
    assert str(term.summary) == "<p>Ce qui évite la perte du logement.</p>"
    assert term.content is None
    assert term.source is None


def test_a_mapping_by_address_or_by_name() -> None:
    text = (
        "---\nkind: Mapping\nsubject: {}\nrelation: ≈\nobject: https://b.example/termes/9\n"
        "confidence: 0,8\nstate: acceptée\n---\n"
    )
    draft = _draft(text.format("https://a.example/termes/1"))
    mapping = draft.thing
    assert isinstance(mapping, Mapping)
    assert mapping.subject == Ref("https://a.example/termes/1")
    assert mapping.object == (Ref("https://b.example/termes/9"),)
    assert mapping.relationship == Ref("http://www.w3.org/2004/02/skos/core#closeMatch")
    assert mapping.confidence == 0.8
    assert mapping.mapping_state == Ref("https://w3id.org/cdp/etats-de-correspondance/acceptee")
    assert mapping.summary is None
    assert mapping.name is None, "it is named where its terms are known"
    named = _draft(text.format("maintien en logement"))
    assert named.options["subject"] == "maintien en logement"
    assert isinstance(named.thing, Mapping)
    assert named.thing.subject is None


def test_any_property_of_the_vocabulary_may_stand_at_the_head() -> None:
    meeting = _thing(
        "---\nkind: Rencontre\ntitle: Novembre\nstartTime: 2026-11-18T09:00:00-05:00\nend_time: 2026-11-18T17:00Z\n"
        "highlight: [un, deux]\ntimezone: America/Toronto\nlanguage: fr\n---\nOrdre du jour."
    )
    assert isinstance(meeting, Meeting)
    assert meeting.start_time == datetime(2026, 11, 18, 14, tzinfo=UTC)
    assert meeting.end_time == datetime(2026, 11, 18, 17, tzinfo=UTC)
    assert meeting.highlight == (Text.of("un", "fr"), Text.of("deux", "fr"))
    assert meeting.timezone == "America/Toronto"


def test_a_message_has_no_summary_and_what_is_not_known_is_handed_on() -> None:
    draft = _draft("---\nkind: note\nhumeur: gaie\n---\nBonjour à tout le monde.")
    assert isinstance(draft.thing, Note)
    assert draft.thing.summary is None
    assert draft.options == {"humeur": "gaie"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: a\nkind: roman\n---\n", r"^n\.md, line 3: kind 'roman' is not known; write one of .*PracticeNote"),
        ("---\ntitle: a\ngenre: roman\n---\n", r"^n\.md, line 3: « roman » is not known among genres; write one of .*outil"),
        ("---\nlicense: à moi\n---\nx", r"^n\.md, line 2: « à moi » is not known among licence"),
        (
            "---\naudience: lune\n---\nx",
            r"^n\.md, line 2: audience 'lune' is not known; write private, community",
        ),
        ("---\nlanguage: français\n---\nx", r"^n\.md, line 2: language 'français' is no language code; write fr"),
        ("---\nlicense: [cc0, cc by]\n---\nx", r"^n\.md, line 2: license takes one value; keep one of 2"),
        ("---\nkind: event\nstartTime: demain\n---\nx", r"^n\.md, line 3: « demain » is not a date; write 2026-11-22"),
        ("---\nlicense: cc0\n---\n", r"^n\.md, line 1: this has no title and no text; write `title: …`"),
        ("---\na: [b\n---\nx", r"^n\.md, line \d: "),
        ("caf\udce9", r"^n\.md, line 1: this is not text in UTF-8"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(Invalid, match=message) as caught:
        read(File(name="n.md", content=text.encode("utf-8", "surrogateescape")))
    assert "\n" not in str(caught.value)


@given(st.text(), st.text(alphabet="abc:-[]{}\n '\"&*é", max_size=40))
def test_any_text_gives_a_thing_or_a_refusal(body: str, head: str) -> None:
    try:
        thing = _thing(f"---\n{head}\n---\n{body}")
    except Invalid:
        return
    assert thing.name is not None


def test_every_genre_can_be_named_by_its_label() -> None:
    for genre in concepts.scheme("genres"):
        for _, label in genre.labels.entries:
            assert _thing(f"---\ntitle: a\ngenre: {label}\n---\n").genre == Ref(genre.iri)


def test_the_format_reads_markdown_and_writes_nothing() -> None:
    assert (FORMAT.name, FORMAT.media_type, FORMAT.extension, FORMAT.write) == ("markdown", "text/markdown", "md", None)
