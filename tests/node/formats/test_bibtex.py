"""BibTeX, both ways."""

from __future__ import annotations

import pytest

from node.contracts import Draft, File, Listing, Unread
from node.errors import Invalid
from node.formats.bibtex import FORMAT, read
from vocab.things.meeting import Meeting
from vocab.things.object import Object
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

SOURCE = r"""
@article{wenger, author = {Etienne Wenger and Lave, Jean and Ludwig van Beethoven and others},
  title = {Les {Communautés}: l'{\'e}tude},
  journal = "Revue", year = 2019, month = mar, volume = 3, number = {2}, pages = {1--10}, doi = {https://doi.org/10.1234/AbC.},
  keywords = {pratique; bail}, abstract = {Un r\'esum\'e \& plus.}, langid = {french}, license = {CC BY 4.0}}
@book{cote, title = {L'école}, author = {Réseau}, isbn = {978-2-7605-0000-0}, year = {s.d.}}
@misc{vide, author = {X}}
@comment{jabref-meta: x}
"""


def parts(content: str | bytes) -> list[Draft | Unread]:
    return list(read(File(name="b.bib", content=content.encode() if isinstance(content, str) else content)))


def thing_of(part: Draft | Unread) -> Object:
    assert isinstance(part, Draft), part
    assert isinstance(part.thing, Object)
    return part.thing


def test_an_entry_finds_its_place() -> None:
    first, second, told = parts(SOURCE)
    thing = thing_of(first)
    assert thing.name == Text.of("Les Communautés: l'étude", "fr")
    assert [text.primary for text in thing.creator] == ["Wenger, Etienne", "Lave, Jean", "van Beethoven, Ludwig"]
    assert (thing.issued, thing.identifier, thing.platform_category) == ("2019-03", ("doi:10.1234/abc",), ("article-journal",))
    assert thing.citation == (Text.of("Revue, vol. 3, no 2, p. 1–10", "fr"),)
    assert thing.summary == Text.of("<p>Un résumé &amp; plus.</p>", "fr")
    assert thing.license == Ref("https://creativecommons.org/licenses/by/4.0/")
    assert isinstance(first, Draft)
    assert (first.topics, first.options) == (("pratique", "bail"), {"key": "https://doi.org/10.1234/abc"})
    assert isinstance(second, Draft)
    assert (second.options["key"], thing_of(second).issued) == ("urn:isbn:9782760500000", None)
    assert isinstance(told, Unread)
    assert (told.source, told.reason) == ("b.bib, vide", "it has no title")


def test_what_is_written_is_read_again() -> None:
    things = [thing_of(part) for part in parts(SOURCE)[:2]]
    assert FORMAT.write
    again = [thing_of(part) for part in parts(FORMAT.write(Listing(things=things)))]
    for name in ("creator", "issued", "identifier", "citation", "platform_category", "license", "origin"):
        assert [getattr(thing, name) for thing in again] == [getattr(thing, name) for thing in things], name


def test_a_thing_of_ours_is_cited_with_its_names_and_no_mark_of_tex_in_its_words() -> None:
    note = PracticeNote(
        id="https://a.example/ressources/01abc9",
        name=Text.of("50 % d’accueil } \\input{x} & $1_2"),
        attributed_to=(Ref("https://a.example/p"),),
        topic=(Ref("https://a.example/t"), Ref("https://a.example/hidden")),
    )
    meeting = Meeting(id="https://a.example/m", name=Text.of("Rencontre"))
    assert FORMAT.write
    names = {"https://a.example/p": "Luc Côté", "https://a.example/t": "accueil"}
    out = FORMAT.write(Listing(things=[note, meeting], names=names, publisher="Savoirs")).decode()
    assert out.count("@misc") == 1
    assert r"50 \% d’accueil \} \textbackslash{}input\{x\} \& \$1\_2" in out
    assert "author = {Luc Côté}" in out
    assert "keywords = {accueil}" in out
    assert "url = {https://a.example/ressources/01abc9}" in out
    assert [FORMAT.accepts(note), FORMAT.accepts(meeting)] == [True, False]


@pytest.mark.parametrize("content", [b"", b"Bonjour", b"\xff\xfe\x00", b"@" * 1000, b"@a{b, title={" + b"{" * 250_000])
def test_what_is_no_bibtex_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match=r"b\.bib"):
        parts(content)


def test_an_entry_that_is_not_closed_is_told() -> None:
    found = parts("@book{a, title={A}}\n@book{b, title={B\n@book{c, title={C}}\n")
    assert any(isinstance(part, Unread) and "line 2" in part.source for part in found), found
    assert thing_of(found[-1]).name is not None
