from __future__ import annotations

import orjson

from node.contracts import Listing
from node.formats.activitystreams import FORMAT, write
from vocab import jsonld
from vocab.things.note import Note
from vocab.things.ordered_collection import OrderedCollection
from vocab.values import Text

NOTES = [Note(id=f"https://a.example/echanges/{number}", content=Text.of("Bonjour", "fr")) for number in (2, 1)]


def test_one_thing_is_written_as_it_travels() -> None:
    assert write(Listing(things=NOTES[:1])) == jsonld.dump(NOTES[0])


def test_several_things_are_written_as_one_collection_in_their_order() -> None:
    read = jsonld.read(write(Listing(things=NOTES)))
    assert isinstance(read, OrderedCollection)
    assert read.total_items == 2
    assert [ref.thing for ref in read.items] == NOTES
    assert orjson.loads(write(Listing(things=NOTES)))["orderedItems"][0]["id"] == NOTES[0].id


def test_nothing_is_an_empty_collection() -> None:
    empty = jsonld.read(write(Listing(things=[])))
    assert isinstance(empty, OrderedCollection)
    assert (empty.total_items, empty.items) == (0, ())


def test_the_format() -> None:
    assert (FORMAT.name, FORMAT.media_type, FORMAT.extension) == ("activitystreams", "application/activity+json", "json")
    assert FORMAT.read is None
