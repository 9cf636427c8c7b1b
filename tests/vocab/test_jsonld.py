"""Reading and writing together: what is written is read again, what was read is kept, nothing raises but VocabError."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kit.recorded import example as shared_example
from kit.recorded import listed
from kit.sayings import things
from kit.seeds import shared
from vocab import jsonld
from vocab.activities.announce import Announce
from vocab.activities.create import Create
from vocab.errors import ForbiddenKeyword, Malformed, UnknownType, VocabError
from vocab.namespaces import AS_CONTEXT, PUBLIC
from vocab.thing import Thing
from vocab.things.note import Note
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

EXAMPLES = listed("vocabulary", "examples")
INLINE = [name for name in EXAMPLES if name.startswith("inline/")]


@given(things())
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read_again(thing: Thing) -> None:
    assert jsonld.read(jsonld.dump(thing)) == thing


@given(things())
@settings(max_examples=25, deadline=None)
def test_the_processor_reads_what_we_write_as_the_direct_reader_does(thing: Thing) -> None:
    document = jsonld.write(thing)
    assert jsonld.thing_of(jsonld.expand_fully(document)) == thing


@given(things())
@settings(max_examples=25, deadline=None)
def test_nothing_that_we_write_is_null_or_unexplained(thing: Thing) -> None:
    document = jsonld.write(thing)
    assert None not in list(_leaves(document))
    known = {key for key, _ in thing.unknown}
    unexplained = {key for key in jsonld.expand_fully(document) if key.startswith("_:")}
    assert unexplained <= known


def _leaves(value: Any) -> Any:
    if isinstance(value, dict):
        for member in value.values():
            yield from _leaves(member)
    elif isinstance(value, list):
        for member in value:
            yield from _leaves(member)
    else:
        yield value


@pytest.mark.shared
def test_the_examples_are_there() -> None:
    shared("vocabulary", "examples")
    assert len(EXAMPLES) == 20


@pytest.mark.shared
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_survives_a_round(name: str) -> None:
    document = shared_example(name)
    thing = jsonld.read(document)
    assert thing.unknown == ()
    assert jsonld.read(jsonld.dump(thing)) == thing
    assert jsonld.thing_of(jsonld.expand_fully(orjson.loads(document))) == thing


@pytest.mark.shared
@pytest.mark.parametrize("name", INLINE)
def test_an_inlined_example_says_the_same_and_we_write_its_context(name: str) -> None:
    linked = jsonld.read(shared_example(name.removeprefix("inline/")))
    inlined = shared_example(name)
    assert jsonld.read(inlined) == linked
    theirs, ours = orjson.loads(inlined), jsonld.write(linked)
    assert ours["type"] == theirs["type"]
    assert ours.get("kind") == theirs.get("kind")
    assert ours["@context"][:-1] == theirs["@context"][:-1]
    assert ours["@context"][-1].items() <= theirs["@context"][-1].items()
    prefixes_of_values = {"schema", "skos"}
    assert theirs["@context"][-1].keys() - ours["@context"][-1].keys() <= prefixes_of_values


@pytest.mark.shared
def test_the_stream_of_changes_is_no_message() -> None:
    with pytest.raises(ForbiddenKeyword):
        jsonld.read(shared_example("10-ldes-page.jsonld"))


KEYWORDS = ["@context", "@id", "@type", "@value", "@language", "@list", "@set", "@vocab", "@base", "@container", "@none"]
WORDS = ["id", "type", "kind", "name", "nameMap", "to", "object", "actor", "tag", "items", "orderedItems", "published"]
KEYS = [*KEYWORDS, *WORDS, "@version", "@protected", "as:name", "topic", "location", "likes", "x", "x:y"]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.sampled_from(KEYS), st.text(max_size=5)),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)


@given(JSON)
@settings(max_examples=120, deadline=None)
@example({"@context": {"a": "b", "b": "a"}, "type": "Note"})
@example({"@context": [["x"]], "type": "Note"})
@example({"@context": {"x": {"@id": "as:x", "@container": {}}}, "type": "Note"})
@example({"@context": {"x": {"@id": "as:x", "@type": 7}}, "type": "Note", "x": 1})
@example({"type": [], "kind": []})
@example({"type": "Note", "orderedItems": {"@list": {"@list": [1]}}})
def test_no_document_raises_anything_but_a_named_reason(value: Any) -> None:
    document = value if isinstance(value, dict) else {"type": "Note", "content": value}
    try:
        content = orjson.dumps(document)
    except TypeError:
        return
    try:
        thing = jsonld.read(content)
    except VocabError:
        return
    assert isinstance(thing, Thing)


@given(st.binary(max_size=60))
@settings(max_examples=150)
def test_no_bytes_raise_anything_but_a_named_reason(content: bytes) -> None:
    with pytest.raises(VocabError):
        jsonld.read(content)


@given(JSON)
@settings(max_examples=80, deadline=None)
def test_both_readers_see_the_same_thing(value: Any) -> None:
    document = {"@context": AS_CONTEXT, "type": "Note", "id": "https://a.example/1", "content": value, "tag": value}
    direct = _direct(document)
    if direct is None:
        return
    assert jsonld.thing_of(jsonld.expand_fully(orjson.loads(orjson.dumps(document)))) == direct


def _direct(document: dict[str, Any]) -> Thing | None:
    """What the direct reader alone sees, None where it refuses or leaves it to the processor."""
    try:
        content = orjson.dumps(document)
        return jsonld.thing_of(jsonld.expand_directly(jsonld.parse(content)))
    except (VocabError, TypeError, jsonld.NeedsProcessor):
        return None


def test_a_document_without_type_is_refused() -> None:
    with pytest.raises(UnknownType):
        jsonld.read(b'{"id": "https://a.example/1", "name": "x"}')


def test_a_wrapped_document_stays_byte_for_byte() -> None:
    create = Create(id="https://a.example/c/1", actor=Ref("https://a.example/p"), object=(Ref("https://a.example/n"),))
    inner = b' {"@context": "https://www.w3.org/ns/activitystreams",  "type":"Create", "id":"https://a.example/c/1"} '
    announce = Announce(id="https://b.example/a/1", actor=Ref("https://b.example/g"), object=(create.ref,), to=(Ref(PUBLIC),))
    wrapped = jsonld.dump_wrapping(announce, inner)
    assert inner.strip() in wrapped
    found = orjson.loads(wrapped)
    assert found["@context"] == AS_CONTEXT
    assert found["object"]["type"] == "Create"
    assert list(found).count("object") == 1
    read = jsonld.read(wrapped)
    assert isinstance(read, Announce)
    assert read.object[0].iri == "https://a.example/c/1"


@pytest.mark.parametrize("inner", [b"[]", b"{", b'"x"', b'{"@graph": []}', b'{} , "actor": {}'])
def test_what_is_no_document_is_not_wrapped(inner: bytes) -> None:
    announce = Announce(id="https://b.example/a/1", actor=Ref("https://b.example/g"))
    with pytest.raises((Malformed, ForbiddenKeyword)):
        jsonld.dump_wrapping(announce, inner)


def test_an_announce_lends_none_of_its_words_to_what_it_carries() -> None:
    note = PracticeNote(id="https://a.example/1", name=Text.of("x", "fr"), topic=(Ref("https://a.example/t"),))
    create = Create(id="https://a.example/c", actor=Ref("https://a.example/p"), object=(note.ref,))
    announce = Announce(id="https://b.example/a", actor=Ref("https://b.example/g"), object=(create.ref,))
    written = jsonld.write(announce)
    assert written["@context"] == AS_CONTEXT
    inner = written["object"]
    assert inner["@context"][1]["topic"] == {"@id": "dcterms:subject", "@type": "@id"}
    assert "@context" not in inner["object"]
    assert jsonld.read(orjson.dumps(written)) == announce


def test_a_note_is_read_as_a_note() -> None:
    document = b'{"@context": "https://www.w3.org/ns/activitystreams", "type": "Note", "to": "as:Public", "content": "x"}'
    assert jsonld.read(document) == Note(content=Text.of("x"), to=(Ref(PUBLIC),))
