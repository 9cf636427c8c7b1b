from __future__ import annotations

import orjson

from node.contracts import Listing
from node.formats.jsonld import FORMAT, write
from vocab.namespaces import AS
from vocab.things.note import Note
from vocab.values import Text

NOTES = [Note(id=f"https://a.example/echanges/{number}", content=Text.of("Bonjour", "fr")) for number in (1, 2)]


def test_all_things_stand_in_one_document_with_every_name_in_full() -> None:
    nodes = {node["@id"]: node for node in orjson.loads(write(Listing(things=NOTES)))}
    assert {note.id for note in NOTES} < set(nodes)
    note, (whole,) = nodes[NOTES[0].id], set(nodes) - {note.id for note in NOTES}
    assert note["@type"] == [f"{AS}Note"]
    assert {"@value": "Bonjour", "@language": "fr"} in note[f"{AS}content"]
    assert nodes[whole][f"{AS}items"] == [{"@list": [{"@id": note.id} for note in NOTES]}]


def test_the_format() -> None:
    assert (FORMAT.name, FORMAT.media_type, FORMAT.extension, FORMAT.read) == ("jsonld", "application/ld+json", "jsonld", None)
