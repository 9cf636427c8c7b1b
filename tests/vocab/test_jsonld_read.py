"""From expanded JSON-LD to Things: classes, fields, and what is kept."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.errors import TooLarge, WrongValue
from vocab.namespaces import AS, AS_CONTEXT, CDP, CDP_CONTEXT
from vocab.thing import Thing
from vocab.things.actor import Actor
from vocab.things.article import Article
from vocab.things.endpoints import Endpoints
from vocab.things.link import Link
from vocab.things.meeting import Meeting
from vocab.things.note import Note
from vocab.things.object import Object
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.person import Person
from vocab.things.practice_note import PracticeNote
from vocab.things.public_key import PublicKey
from vocab.values import Ref, Text


def _read(context: Any = AS_CONTEXT, **said: Any) -> Any:
    return jsonld.read(orjson.dumps({"@context": context} | said))


def test_our_class_comes_from_kind_or_from_an_array_of_types() -> None:
    by_kind = _read([AS_CONTEXT, CDP_CONTEXT], type="Article", kind="PracticeNote")
    by_types = _read([AS_CONTEXT, CDP_CONTEXT], type=["PracticeNote", "Article"])
    alone = _read([AS_CONTEXT, CDP_CONTEXT], type=["PracticeNote"])
    only_kind = _read([AS_CONTEXT, CDP_CONTEXT], kind=["PracticeNote"])
    assert by_kind == by_types == alone == only_kind == PracticeNote()


def test_further_types_are_kept_as_kinds() -> None:
    page = _read({"sorg": "http://schema.org/"}, type=["Page", "sorg:WebPage"])
    assert (page.type, page.kind) == ("Page", ("http://schema.org/WebPage",))
    assert _read(type=["https://x.example/T", "Note"]).kind == ("https://x.example/T",)


def test_a_kind_that_does_not_fit_its_type_is_only_a_word() -> None:
    note = _read([AS_CONTEXT, CDP_CONTEXT], type="Note", kind=["PracticeNote"])
    assert type(note) is Note
    assert note.kind == ("PracticeNote",)


def test_unknown_types_are_read_by_what_they_have() -> None:
    lock = _read(type="Lock", actor="https://a.example/m", object="https://a.example/1")
    assert type(lock) is Activity
    assert (lock.type, lock.actor) == ("Lock", Ref("https://a.example/m"))
    bot = _read(type="Bot", inbox="https://a.example/in", preferredUsername="b")
    assert type(bot) is Actor
    assert bot.preferred_username == "b"
    assert type(_read(type="ChatMessage", content="x")) is Object
    assert type(_read(type="Note", tag=[{"href": "https://a.example/"}]).tag[0].thing) is Link
    assert isinstance(lock, Thing)


def test_a_bare_word_is_not_taken_for_a_type_of_ours() -> None:
    assert _read(type="Meeting").type == "_:Meeting"
    assert type(_read(type="Meeting")) is not Meeting


def test_what_we_do_not_know_is_kept() -> None:
    note = _read(
        [AS_CONTEXT, {"toot": "http://joinmastodon.org/ns#", "votersCount": "toot:votersCount"}],
        type="Note",
        votersCount=3,
        humeur={"b": 1, "a": [True]},
        published="hier",
        strength=[],
    )
    assert note.published is None
    assert note.unknown == (
        ("_:humeur", '[{"_:a":[{"@value":true}],"_:b":[{"@value":1}]}]'),
        ("http://joinmastodon.org/ns#votersCount", '[{"@value":3}]'),
        (AS + "published", '[{"@type":"http://www.w3.org/2001/XMLSchema#dateTime","@value":"hier"}]'),
    )


def test_a_field_for_one_takes_the_first_that_fits_and_keeps_the_others() -> None:
    note = _read(type="Note", published=["hier", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"])
    assert note.published is not None
    assert note.published.year == 2026
    assert [value["@value"] for value in orjson.loads(note.unknown[0][1])] == ["hier", "2027-01-01T00:00:00Z"]


@pytest.mark.parametrize(
    "said",
    [
        {"actor": ["https://a.example/1", "https://a.example/2"]},
        {"actor": 7},
        {"object": 7},
        {"to": [7]},
        {"attributedTo": True},
    ],
    ids=str,
)
def test_what_trust_rests_on_must_make_sense(said: dict[str, Any]) -> None:
    with pytest.raises(WrongValue):
        _read(type="Create", **said)


def test_an_id_has_a_limit() -> None:
    assert _read(type="Note", id="https://a.example/" + "x" * 2030)
    with pytest.raises(TooLarge):
        _read(type="Note", id="https://a.example/" + "x" * 2031)


def test_embedded_things_and_plain_links() -> None:
    note = _read(
        type="Note",
        attributedTo={"type": "Person", "id": "https://a.example/p", "name": "P"},
        url=["https://a.example/1", {"type": "Link", "href": "https://a.example/2"}],
        to={"id": "https://a.example/p"},
        source={"content": "x", "mediaType": "text/markdown"},
    )
    assert note.attributed_to == (Ref("https://a.example/p", Person(id="https://a.example/p", name=Text.of("P"))),)
    assert note.url == (Ref("https://a.example/1"), Ref("", Link(href=Ref("https://a.example/2"))))
    assert note.to == (Ref("https://a.example/p"),)
    assert note.source.thing.content == Text.of("x")


def test_keys_and_endpoints_have_their_classes_without_a_type() -> None:
    person = _read(
        [AS_CONTEXT, "https://w3id.org/security/v1"],
        type="Person",
        publicKey=[{"id": "https://a.example/p#k", "owner": "https://a.example/p", "publicKeyPem": "PEM"}],
        endpoints={"sharedInbox": "https://a.example/in"},
    )
    key = PublicKey(id="https://a.example/p#k", owner=Ref("https://a.example/p"), public_key_pem="PEM")
    assert person.public_key == (key.ref,)
    assert person.endpoints == Endpoints(shared_inbox=Ref("https://a.example/in")).ref


def test_keys_are_read_even_where_their_context_is_missing() -> None:
    assert _read(type="Person", publicKey={"publicKeyPem": "PEM"}).public_key[0].thing.public_key_pem == "PEM"


def test_items_are_items_whatever_their_key() -> None:
    for key in ("items", "orderedItems"):
        assert _read(type="OrderedCollection", **{key: ["x:1", "x:2"]}) == OrderedCollection(items=(Ref("x:1"), Ref("x:2")))


def test_texts_of_one_property_are_joined() -> None:
    article = _read(type="Article", name="Bonjour", nameMap={"en": "Hello", "fr-ca": "Bonjour"})
    assert article == Article(name=Text(entries=(("fr-CA", "Bonjour"), ("en", "Hello"))))
    assert _read([AS_CONTEXT, {"@language": "und"}], type="Note", content="x").content == Text.of("x")


def test_documents_without_a_known_context_are_read_with_the_words_we_know() -> None:
    contexts: list[object] = ["https://unknown.example/context", None, []]
    for context in contexts:
        read = _read(context, type="Article", kind=["PracticeNote"], topic="https://a.example/t")
        assert read == PracticeNote(topic=(Ref("https://a.example/t"),))
    assert CDP + "x" not in dict(_read(None, type="Note", x=1).unknown)


def test_schema_org_is_understood_in_all_its_spellings() -> None:
    context = [AS_CONTEXT, {"sc": "http://schema.org#", "PropertyValue": "sc:PropertyValue", "value": "sc:value"}]
    person = _read(context, type="Person", attachment=[{"type": "PropertyValue", "name": "n", "value": "v"}])
    field = person.attachment[0].thing
    assert (field.type, field.value) == ("PropertyValue", "v")
