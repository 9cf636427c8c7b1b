from __future__ import annotations

import orjson

from node.contracts import Listing
from node.formats.activitystreams import FORMAT, write
from vocab import jsonld
from vocab.things.note import Note
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.ordered_collection_page import OrderedCollectionPage
from vocab.values import Ref, Text

NOTES = [Note(id=f"https://a.example/echanges/{number}", content=Text.of("Bonjour", "fr")) for number in (2, 1)]
LIST = "https://a.example/recherche?q=bonjour"


def test_one_thing_is_written_as_it_travels() -> None:
    assert write(Listing(things=NOTES[:1])) == jsonld.dump(NOTES[0])
    assert write(Listing(things=NOTES[:1], iri=NOTES[0].id, here=f"{NOTES[0].id}?format=x")) == jsonld.dump(NOTES[0])


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


def test_a_list_is_a_part_of_a_collection_even_when_it_holds_one_thing() -> None:
    listing = Listing(things=NOTES[:1], title="Recherche", iri=LIST, here=f"{LIST}&page=2", following=f"{LIST}&page=3")
    read = jsonld.read(write(listing))
    assert isinstance(read, OrderedCollectionPage)
    assert (read.id, read.part_of, read.next) == (f"{LIST}&page=2", Ref(LIST), Ref(f"{LIST}&page=3"))
    assert [ref.thing for ref in read.items] == NOTES[:1]
    assert read.name == Text.of("Recherche", "fr")


def test_the_format() -> None:
    assert (FORMAT.name, FORMAT.media_type, FORMAT.extension) == ("activitystreams", "application/activity+json", "json")
    assert FORMAT.read is None
