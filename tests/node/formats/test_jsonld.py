from __future__ import annotations

import orjson

from node.contracts import Listing
from node.formats.jsonld import FORMAT, write
from vocab.namespaces import AS
from vocab.things.note import Note
from vocab.values import Text

NOTES = [Note(id=f"https://a.example/echanges/{number}", content=Text.of("Bonjour", "fr")) for number in (1, 2)]


def test_all_things_stand_in_one_array_with_every_name_in_full() -> None:
    nodes = orjson.loads(write(Listing(things=NOTES)))
    assert [node["@id"] for node in nodes] == [note.id for note in NOTES]
    assert nodes[0]["@type"] == [f"{AS}Note"]
    assert {"@value": "Bonjour", "@language": "fr"} in nodes[0][f"{AS}content"]
    assert orjson.loads(write(Listing(things=[]))) == []


def test_the_format() -> None:
    assert (FORMAT.name, FORMAT.media_type, FORMAT.extension, FORMAT.read) == ("jsonld", "application/ld+json", "jsonld", None)
