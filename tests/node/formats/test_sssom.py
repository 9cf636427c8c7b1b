from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import yaml

from node.contracts import Listing
from node.formats.sssom import ACCEPTED, COLUMNS, FORMAT, UNSPECIFIED, is_settled, write
from vocab.namespaces import SKOS
from vocab.things.mapping import Mapping
from vocab.things.note import Note
from vocab.values import Ref

ONE, TWO = "https://a.example/termes/accueil", "https://b.example/glossaire#welcome"
SETTLED = Mapping(
    id="https://a.example/correspondances/1",
    attributed_to=(Ref("https://a.example/personnes/ana"),),
    subject=Ref(ONE),
    relationship=Ref(f"{SKOS}closeMatch"),
    object=(Ref(TWO),),
    mapping_state=Ref(ACCEPTED),
    confidence=0.8,
    reviewer=(Ref("https://a.example/personnes/bob"), Ref("https://b.example/gens/eve")),
    updated=datetime(2026, 11, 22, 9, tzinfo=UTC),
)


def read(document: bytes) -> tuple[dict[str, object], list[dict[str, str]]]:
    """As the format says: a head of YAML behind #, then a table."""
    lines = document.decode().splitlines(keepends=True)
    head = yaml.safe_load("".join(line.removeprefix("#") for line in lines if line.startswith("#")))
    table = io.StringIO("".join(line for line in lines if not line.startswith("#")), newline="")
    return head, list(csv.DictReader(table, delimiter="\t", strict=True))


def in_full(curie: str, head: dict[str, object]) -> str:
    prefix, _, name = curie.partition(":")
    spaces = head["curie_map"]
    assert isinstance(spaces, dict)
    return f"{spaces[prefix]}{name}"


def test_a_mapping_is_a_row_and_its_addresses_come_back_in_full() -> None:
    names = {ONE: "accueil", TWO: "welcome"}
    head, (row,) = read(write(Listing(things=[SETTLED], title='Ceux de "A"', here="https://a.example/c.tsv", names=names)))
    assert tuple(row) == COLUMNS
    assert [in_full(row[name], head) for name in ("subject_id", "predicate_id", "object_id")] == [ONE, f"{SKOS}closeMatch", TWO]
    assert row["predicate_id"] == "skos:closeMatch"
    assert (row["subject_label"], row["object_label"]) == ("accueil", "welcome")
    assert row["mapping_justification"] == "semapv:ManualMappingCuration"
    assert [in_full(each, head) for each in row["reviewer_id"].split("|")] == [ref.iri for ref in SETTLED.reviewer]
    assert in_full(row["author_id"], head) == "https://a.example/personnes/ana"
    assert (row["mapping_date"], row["confidence"]) == ("2026-11-22", "0.8")
    assert (head["mapping_set_id"], head["mapping_set_title"]) == ("https://a.example/c.tsv", 'Ceux de "A"')
    assert (head["license"], head["mapping_provider"]) == (UNSPECIFIED, "https://a.example/")


def test_only_what_is_accepted_and_whole_is_a_mapping_here() -> None:
    proposed = replace(SETTLED, mapping_state=Ref(ACCEPTED.replace("acceptee", "proposee")))
    others = [proposed, replace(SETTLED, object=()), replace(SETTLED, mapping_state=None), Note(id="https://a.example/1")]
    assert [is_settled(each) for each in (SETTLED, *others)] == [True, False, False, False, False]
    assert read(write(Listing(things=others)))[1] == []


def test_no_cell_breaks_out_of_its_row_or_becomes_a_formula() -> None:
    names = {ONE: "=1+1\t\n\r\u2028x", TWO: 'dit "ici"|là'}
    evil = replace(SETTLED, relationship=Ref("skos:exactMatch"))
    head, (row,) = read(write(Listing(things=[evil], names=names, title="a\nb: c\x00", publisher="#\n- x")))
    assert row["subject_label"] == "'=1+1 x"
    assert row["object_label"] == 'dit "ici"\\|là'
    assert in_full(row["predicate_id"], head) == f"{SKOS}exactMatch"
    assert (head["mapping_set_title"], head["mapping_set_description"]) == ("a b: c", "# - x")


def test_the_format() -> None:
    assert (FORMAT.name, FORMAT.media_type, FORMAT.extension) == ("sssom", "text/tab-separated-values", "sssom.tsv")
