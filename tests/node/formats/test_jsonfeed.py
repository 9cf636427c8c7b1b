"""JSON Feed: a list out, and feeds of others in."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.listed import ANA, EMPTY, LISTING, NOTE, TOPIC, URL
from kit.things import things
from node.contracts import File, Listing
from node.errors import Invalid
from node.formats.jsonfeed import FORMAT, feed_of, read, write
from vocab.thing import Thing
from vocab.things.repertoire_item import RepertoireItem

SITE = "https://blogue.example/feed.json"
#: The required fields and types of version 1.1.
SAID = {
    "version": "https://jsonfeed.org/version/1",
    "title": "Un blogue",
    "home_page_url": "/",
    "author": {"name": "Le <collectif>", "url": "https://ici.example/personnes/ana"},
    "items": [
        {
            "id": 12, "url": "/un", "title": "Un < deux", "content_text": "Ligne <1>\n\nLigne 2", "tags": ["Logement", 3],
            "date_published": "2026-03-01T10:00:00-05:00",
            "attachments": [{"url": "/son.mp3", "mime_type": "audio/mpeg"}, {"url": "javascript:x"}, 4],
        },
        {"id": "b", "external_url": "https://autre.example/b", "content_html": "<p>Texte</p><script>x</script>"},
        "rien",
    ],
}  # fmt: skip


def test_what_is_written_has_the_form_of_the_standard() -> None:
    feed = orjson.loads(write(LISTING))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["feed_url"], feed["home_page_url"], feed["next_url"]) == (LISTING.here, LISTING.iri, LISTING.following)
    note, bare = feed["items"]
    assert (note["id"], note["url"], note["external_url"]) == (NOTE.id, NOTE.id, "https://ailleurs.example/texte")
    assert note["authors"] == [{"name": "Ana Côté", "url": ANA}, {"name": "Table de quartier"}]
    assert (note["tags"], note["summary"]) == (["Logement"], "En bref : oui.")
    assert note["_maillage"]["topics"] == [{"name": "Logement", "url": TOPIC}]
    assert note["attachments"][0]["url"] == f"{URL}/guide.pdf"
    assert (bare["content_text"], bare["language"]) == ("Only a title", "en")
    assert "secret.example" not in str(feed)
    assert orjson.loads(write(EMPTY))["items"] == []


def test_a_feed_of_others_becomes_drafts() -> None:
    first, second = FORMAT.drafts(File(name=SITE, content=orjson.dumps(SAID)))
    thing = first.thing
    assert isinstance(thing, RepertoireItem)
    assert (str(thing.name), str(thing.content)) == ("Un < deux", "<p>Ligne &lt;1&gt;</p><p>Ligne 2</p>")
    assert thing.published == datetime(2026, 3, 1, 15, tzinfo=UTC)
    assert [str(name) for name in thing.creator] == ["Le <collectif>"]
    assert (thing.attributed_to, len(thing.attachment)) == ((), 1)
    assert thing.origin is not None
    assert thing.origin.iri == "https://blogue.example/un"
    assert (first.topics, first.options["key"]) == (("Logement",), "12")
    assert isinstance(second.thing, RepertoireItem)
    assert str(second.thing.content) == "<p>Texte</p>"


def test_what_is_written_is_read_again() -> None:
    note, bare = (draft.thing for draft in FORMAT.drafts(File(name=f"{URL}/feed", content=write(LISTING))))
    assert isinstance(note, RepertoireItem)
    assert isinstance(bare, RepertoireItem)
    assert (str(note.name), note.published, note.updated, note.license) == (
        str(NOTE.name), NOTE.published, NOTE.updated, NOTE.license
    )  # fmt: skip
    assert str(bare.name) == "Only a title"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "x", "items": []}', '{"version": 4}', "<feed/>", "[" * 100_000])
def test_what_is_no_feed_of_this_kind_is_one_line(text: str) -> None:
    with pytest.raises(Invalid) as told:
        feed_of(File(name=SITE, content=text.encode()))
    assert "\n" not in str(told.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "url", "title", *SAID]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["id", "title", "url", "authors", "tags", "content_html"]), JSON), max_size=3))
def test_items_of_any_form_do_no_harm(items: list[dict[str, object]]) -> None:
    version = "https://jsonfeed.org/version/1.1"
    try:
        content = orjson.dumps({"version": version, "items": items})
    except TypeError:  # an integer that JSON here cannot hold
        return
    assert len(list(read(File(name=SITE, content=content)))) == len(items)


@settings(max_examples=30, deadline=None)
@given(st.lists(things(), max_size=4))
def test_whatever_the_vocabulary_says_can_be_written(listed: list[Thing]) -> None:
    for said in orjson.loads(write(Listing(things=listed)))["items"]:
        assert said["id"]
        assert "content_html" in said or "content_text" in said
