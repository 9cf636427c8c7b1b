"""Tables: what a row says, what no spreadsheet takes for a formula, and rows that cannot be read."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.contracts import Draft, File, Listing, Unread
from node.domain import rows
from node.errors import Invalid
from node.formats.csv import COLUMNS, FORMAT, read
from vocab.things.concept import Concept
from vocab.things.mapping import Mapping
from vocab.things.meeting import Meeting
from vocab.things.object import Object
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

HEADER = "titre,contenu,mots-clés,auteur,date,licence,lien,langue,genre\r\n"
ROW = 'La visite,"Un, deux\r\n\r\nTrois",accueil; bail,Marie Roy,2023-05-04,CC BY,https://a.example/1,fr,outil\r\n'


def parts(content: str | bytes, **columns: str) -> list[Draft | Unread]:
    encoded = content if isinstance(content, bytes) else content.encode()
    return list(read(File(name="t.csv", content=encoded, columns=columns)))


def one(content: str | bytes, **columns: str) -> Draft:
    (found,) = parts(content, **columns)
    assert isinstance(found, Draft), found
    return found


def thing_of(draft: Draft | Unread) -> Object:
    assert isinstance(draft, Draft), draft
    assert isinstance(draft.thing, Object)
    return draft.thing


def test_every_cell_finds_its_field() -> None:
    draft = one(HEADER + ROW)
    thing = thing_of(draft)
    assert (draft.source, draft.topics) == ("t.csv, row 2", ("accueil", "bail"))
    assert draft.options == {"author": "Marie Roy", "key": "https://a.example/1"}
    assert thing.name == Text.of("La visite", "fr")
    assert thing.content == Text.of("<p>Un, deux</p>\n<p>Trois</p>", "fr")
    assert thing.published == datetime(2023, 5, 4, tzinfo=UTC)
    assert thing.license == Ref("https://creativecommons.org/licenses/by/4.0/")
    assert thing.genre == Ref("https://w3id.org/cdp/genres/outil")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", ";\t,")
def test_as_spreadsheets_save_it(encoding: str, separator: str) -> None:
    text = f"Titre{separator}Résumé\r\nL’été{separator}À deux\r\n"
    assert thing_of(one(text.encode(encoding))).name == Text.of("L’été", "fr")


def test_a_date_of_beginning_makes_a_meeting() -> None:
    thing = thing_of(one("titre,début,lieu\nRencontre,2026-05-04 10:00,Salle 2\n"))
    assert isinstance(thing, Meeting)
    assert thing.start_time == datetime(2026, 5, 4, 14, tzinfo=UTC)


def test_a_row_is_known_again_by_its_key_its_address_or_its_title_never_by_its_place() -> None:
    keys = [
        part.options["key"] for part in parts("id,titre,lien\n7,A,\n,B,https://b.example\n,C,\n,C,\n") if isinstance(part, Draft)
    ]
    assert keys == ["t.csv#7", "https://b.example", "t.csv: c", "t.csv: c (2)"]


def test_columns_may_be_named_left_out_or_unknown() -> None:
    told = parts("Intitulé,Cote,Note interne\nA,b,c\n", **{"intitulé": "titre", "Note interne": ""})
    assert isinstance(told[0], Unread)
    assert "« Cote »" in told[0].reason
    assert "interne" not in told[0].reason
    assert thing_of(told[1]).name == Text.of("A")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"titre\n\x00\n", "no table"),
        (b"a,b\n1,2\n", "no column is a title"),
        (",".join(["titre"] * 1001).encode(), "too many"),
        (b'"titre\nA\n', "row 1"),
    ],
)
def test_a_table_that_cannot_be_read_at_all(content: bytes, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        parts(content)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A,hier,", "« hier » is not a date"),
        ("A,03/04/2023,", "« 03/04/2023 » is not a date"),
        ("A,,Tous droits", "Tous droits"),
        (",2023,", "neither a title nor a text"),
        ("A,,,,trop", "5 cells"),
        ('A"b","c"x,', "quote"),
        ("A" * 250_001 + ",,", "longer than"),
        ("A,2023-05-04T10:00:00." + "1" * 60 + ",", "is not a date"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_next_one_read(row: str, reason: str) -> None:
    told, after = parts(f"titre,date,licence\n{row}\nSuivante,,\n")
    assert isinstance(told, Unread)
    assert (told.source, reason in told.reason) == ("t.csv, row 2", True), told
    assert thing_of(after).name == Text.of("Suivante")


def test_no_cell_makes_a_thousand_terms() -> None:
    (told,) = parts(f"titre,sujets\nA,{';'.join(map(str, range(101)))}\n")
    assert isinstance(told, Unread)
    assert "too many" in told.reason


def test_a_quote_that_never_ends_hides_nothing_in_silence() -> None:
    first, told = parts('titre\nA\n"B\nC\n')
    assert thing_of(first).name == Text.of("A")
    assert isinstance(told, Unread)
    assert "quote" in told.reason


def test_no_more_rows_than_may_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("node.formats.csv.MOST_ROWS", 2)
    *_, told = found = parts("titre\nA\nB\nC\nD\n")
    assert isinstance(told, Unread)
    assert (len(found), "split" in told.reason) == (3, True)


def written(*things: Object, **names: str) -> list[dict[str, str]]:
    assert FORMAT.write
    out = FORMAT.write(Listing(things=things, names=names)).decode()
    return list(csv.DictReader(io.StringIO(out, newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\x00=", "\ufeff=", "＝", "'="])
def test_no_cell_is_a_formula(start: str) -> None:
    cell = written(PracticeNote(name=Text.of(f"{start}HYPERLINK(1)")))[0]["title"]
    assert cell.startswith("'")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"]), min_size=1).map(str.strip).filter(bool))
def test_a_title_comes_back(title: str) -> None:
    thing = PracticeNote(id="https://a.example/1", name=Text.of(title), content=Text.of("<p>x</p>"))
    assert FORMAT.write
    back = thing_of(one(FORMAT.write(Listing(things=[thing]))))
    assert back.name is not None
    assert back.name.primary.split() == title.split()


def test_what_was_written_is_read_again() -> None:
    thing = PracticeNote(
        id="https://a.example/1",
        name=Text.of("=Titre", "fr"),
        summary=Text.of("<p>Le résumé, ici.</p>", "fr"),
        content=Text.of("<p>Un « mot », deux.</p>\n<p>Fin</p>", "fr"),
        in_language="fr",
        published=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC),
        attributed_to=(Ref("https://a.example/p"), Ref("https://a.example/q")),
        integrator=(Ref("https://a.example/q"),),
        url=(Ref("https://a.example/1"),),
        creator=(Text.of("Marie Roy"),),
        topic=(Ref("https://a.example/t"),),
        license=Ref("https://creativecommons.org/licenses/by/4.0/"),
        origin=Ref("https://b.example/7"),
    )
    assert FORMAT.write
    names = {"https://a.example/p": "Luc", "https://a.example/t": "accueil"}
    draft = one(FORMAT.write(Listing(things=[thing], names=names)))
    back = thing_of(draft)
    assert isinstance(back, PracticeNote)
    assert (draft.topics, draft.options["key"], draft.options["author"]) == (("accueil",), thing.id, "Marie Roy; Luc")
    assert (back.name, back.summary, back.published, back.license, back.origin, back.in_language) == (
        thing.name, thing.summary, thing.published, thing.license, thing.origin, "fr",
    )  # fmt: skip
    assert back.content == thing.content
    assert list(written(thing)[0]) == [*COLUMNS, "integrator"]
    assert thing_of(one("id,titre\nhttps://a.example/7,A\n")).origin == Ref("https://a.example/7")
    assert rows.MOST_ROWS == 20_000


def test_what_any_of_them_says_has_a_column_and_comes_back() -> None:
    note = PracticeNote(
        id="https://a.example/1",
        name=Text.of("Note"),
        genre=Ref("https://w3id.org/cdp/genres/outil"),
        knowledge_status=Ref("https://w3id.org/cdp/statuts-de-savoir/eprouve"),
        identifier=("doi:10.1234/a", "issn:1"),
        to=(Ref("https://a.example/secret"),),
    )
    term = Concept(
        id="https://a.example/2", name=Text.of("Bail"), definition=Text.of("Un contrat.", "fr"), alt_label=(Text.of("b"),)
    )
    mapping = Mapping(id="https://a.example/3", name=Text.of("M"), confidence=0.5, subject=Ref("https://a.example/2"))
    assert FORMAT.write
    out = FORMAT.write(Listing(things=[note, term, mapping], names={"https://a.example/2": "Bail"}))
    assert b"secret" not in out
    first, second, third = csv.DictReader(io.StringIO(out.decode(), newline=""))
    assert (first["genre"], first["knowledgeStatus"], first["identifier"]) == (
        "outil",
        "éprouvé par la pratique",
        "doi:10.1234/a; issn:1",
    )
    assert (second["definition"], second["altLabel"], third["confidence"], third["subject"]) == (
        "Un contrat.",
        "b",
        "0.5",
        "Bail",
    )
    back = [thing_of(part) for part in parts(out)]
    assert (back[0].genre, back[0].knowledge_status, back[0].identifier) == (note.genre, note.knowledge_status, note.identifier)
    assert isinstance(back[1], Concept)
    assert (back[1].definition, [text.primary for text in back[1].alt_label]) == (Text.of("Un contrat."), ["b"])
    assert isinstance(back[2], Mapping)
    assert back[2].confidence == pytest.approx(0.5)


def test_a_table_of_one_quoted_column_is_read_and_empty_lines_before_the_header_are_none() -> None:
    assert [str(thing_of(each).name) for each in parts('"titre"\n"Un"\n"Deux"\n')] == ["Un", "Deux"]
    assert str(thing_of(one("\n\ntitre;texte\nUn;Deux")).name) == "Un"
