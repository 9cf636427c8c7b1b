"""A thing as the fields of its form, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from kit.things import things
from node.domain.composing import rendered
from node.domain.filling import Filled, Misfilled, Names, filled
from node.domain.sheets import FIELDS, Control, fields_for, joined, sheet_of, slot_of, tidied
from node.errors import Invalid
from vocab.things.attribution import Attribution
from vocab.things.notebook import Notebook
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.person import Person
from vocab.things.practice_note import PracticeNote
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text

A, B, C = "https://n.example/ressources/a", "https://n.example/ressources/b", "https://n.example/termes/c"
STATUS = "https://w3id.org/cdp/statuts-de-savoir/"
NOTE = PracticeNote(
    id=A,
    name=Text.by_language({"fr": "Aller de porte en porte", "en": "Door to door"}, "fr"),
    content=Text.of("<p>Le <em>premier</em> pas.</p>", "fr"),
    in_language="fr",
    topic=(Ref(C), Ref("https://loin.example/t")),
    helped=(Text.of("Une élue", "fr"),),
    knowledge_status=Ref(f"{STATUS}hypothese"),
    review_by=datetime(2027, 6, 30, 4, tzinfo=UTC),
    license=Ref("https://creativecommons.org/licenses/by/4.0/"),
    credit=(
        Attribution(agent=Ref(A), had_role=(Ref("https://w3id.org/cdp/contributions/redaction"),)).ref,
        Attribution(agent=Person(name=Text.of("Ali")).ref, had_role=(Ref("https://w3id.org/cdp/contributions/revision"),)).ref,
    ),
)


def naming(iri: str) -> str:
    return {A: "Alpha", C: "entraide"}.get(iri, "")


def known(title: str) -> str:
    return B if title == "Bêta" else ""


def fill(**changed: str) -> Filled:
    return filled(NOTE, {**sheet_of(NOTE, naming), **changed}, Names(of=naming, known=known))


@settings(max_examples=30, deadline=None)
@given(things(PracticeNote))
def test_what_nobody_touched_stays_as_it_was(note: PracticeNote) -> None:
    assert filled(note, sheet_of(note, naming), Names(of=naming, known=known)).thing == note


def test_every_field_is_a_property_of_the_vocabulary() -> None:
    assert [slot_of(NOTE, field).term.label["fr"] for field in fields_for(NOTE)]
    assert {field.slot for field in fields_for(NOTE)} == {field.slot for field in FIELDS}
    assert "helped" not in {field.slot for field in fields_for(RepertoireItem(id=A))}


def test_a_field_that_was_changed_changes_that_alone() -> None:
    made = fill(titre="Frapper aux portes").thing
    assert made == replace(NOTE, name=Text.of("Frapper aux portes", "fr"))
    assert fill(statut="conteste").thing.knowledge_status == Ref(f"{STATUS}conteste")
    assert fill(statut="").thing.knowledge_status is None
    assert fill(relire="2028-01-02").thing.review_by == datetime(2028, 1, 2, 5, tzinfo=UTC)
    assert fill(licence="CC0").thing.license == Ref("https://creativecommons.org/publicdomain/zero/1.0/")
    helped = fill(aide="Une élue\nDu café").thing
    assert isinstance(helped, PracticeNote)
    assert helped.helped == (Text.of("Une élue", "fr"), Text.of("Du café", "fr"))


def test_topics_keep_their_address_and_new_ones_are_only_named() -> None:
    made = fill(sujets="Entraide\nlogement")
    assert made.thing.topic == (Ref(C),)
    assert made.topics == ("logement",)


def test_notes_are_found_by_their_title_or_address() -> None:
    assert fill(voisins="Bêta\nhttps://x.example/1 Un titre").thing.related == (Ref(B), Ref("https://x.example/1"))
    with pytest.raises(Misfilled, match="not known") as refused:
        fill(voisins="Gamma")
    assert refused.value.field == "voisins"
    assert refused.value.words.language == "fr"


def test_credits_are_lines_of_a_name_and_a_contribution() -> None:
    assert sheet_of(NOTE, naming)["credits"] == f"{A} : redaction\nAli : revision"
    again = fill(credits=f"{A} : redaction\nAli : revision\nAli : traduction").thing.credit
    agents = [ref.thing for ref in again]
    assert [len(each.had_role) for each in agents if isinstance(each, Attribution)] == [1, 2]
    with pytest.raises(Misfilled):
        fill(credits="Ali : danse")


def test_the_text_is_written_in_markdown_and_its_summary_follows() -> None:
    assert sheet_of(NOTE, naming)["texte"] == "Le *premier* pas."
    made = fill(texte="## Titre\n\nAutre *texte*.").thing
    assert made.content == Text.of(str(rendered("## Titre\n\nAutre *texte*.")), "fr")
    assert sheet_of(made, naming)["texte"] == "## Titre\n\nAutre *texte*."


def test_a_notebook_is_changed_without_the_list_of_its_outline() -> None:
    outline = OrderedCollection(items=(Ref(A), Ref(B))).ref
    listed = f'<p>Lire.</p><ol><li><a href="{A}">Alpha</a></li><li><a href="{B}">Bêta</a></li></ol>'
    book = Notebook(id=C, name=Text.of("Carnet"), content=Text.of(listed), entries=outline)
    assert sheet_of(book, naming)["texte"] == "Lire."


def test_what_is_typed_is_made_tidy_and_may_not_be_endless() -> None:
    lines, line = (next(field for field in FIELDS if field.control is control) for control in (Control.LINES, Control.LINE))
    assert tidied(lines, " a \r\n\r\na\r\n b  c ") == "a\nb c"
    assert tidied(line, " Un\ntitre ") == "Un titre"
    with pytest.raises(Invalid, match="longer than 500"):
        tidied(line, "x" * 501)


def test_two_people_change_one_sheet() -> None:
    base = {"titre": "Un", "texte": "A\n\nB", "sujets": "x\ny", "licence": "1"}
    mine = {**base, "texte": "A1\n\nB", "sujets": "x\ny\nz", "licence": "2"}
    theirs = {**base, "titre": "Deux", "texte": "A\n\nB1", "sujets": "y", "licence": "3"}
    both, contested = joined(base, mine, theirs)
    assert both == {"titre": "Deux", "texte": "A1\n\nB1", "sujets": "y\nz", "licence": "2"}
    assert contested == ("licence",)
