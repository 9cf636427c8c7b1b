"""Atom: what an independent reader gets of a list, and what becomes of feeds of others."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.listed import ANA, EMPTY, LISTING, NOTE, TOPIC, URL
from kit.things import things
from node.contracts import Draft, File, Listing, Unread
from node.errors import Invalid
from node.formats.atom import FORMAT, feed_of, read, write
from vocab.thing import Thing
from vocab.things.object import Object
from vocab.things.repertoire_item import RepertoireItem

SITE = "https://blogue.example/feed"
SAID = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr-CA" xml:base="https://blogue.example/">
  <title type="html">Un &lt;em&gt;blogue&lt;/em&gt;</title><id>tag:blogue.example,2026:1</id>
  <updated>2026-05-01T00:00:00Z</updated><author><name>Le collectif</name><uri>https://ici.example/personnes/ana</uri></author>
  <link rel="self" href="/feed"/><link href="/"/>
  <entry><id>tag:blogue.example,2026:2</id><title>L’entrée &lt;1&gt;</title><link href="2026/05/un"/>
    <updated>2026-05-01T10:00:00-04:00</updated><category term="logement" label="Logement"/>
    <link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/"/>
    <link rel="enclosure" href="/son.mp3" type="audio/mpeg" title="Écouter"/>
    <content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p onclick="x()">Un <a href="autre">lien</a></p><script>x</script></div></content>
  </entry>
  <entry><id>b</id><updated>2026-04-01T00:00:00Z</updated><author><name>Jo</name></author>
    <content type="html">&lt;p&gt;Sans titre, mais avec du texte&lt;/p&gt;&lt;img src=x&gt;</content></entry>
  <entry><id>c</id><title></title></entry>
</feed>"""


def test_an_independent_reader_reads_what_is_written() -> None:
    raw = write(LISTING)
    found = feedparser.parse(io.BytesIO(raw))
    assert (found.bozo, found.version, found.feed.title) == (False, "atom10", "Recherche : logement")
    links = {link.rel: link.href for link in found.feed.links}
    assert links == {"self": LISTING.here, "alternate": LISTING.iri, "next": LISTING.following}
    assert (found.feed.id, found.feed.updated, found.feed.author) == (LISTING.iri, "2026-04-01T00:00:00Z", "Organisme d’ici")
    note, bare = found.entries
    assert (note.id, note.title, note.link) == (NOTE.id, "Loger les gens < 30 ans & plus", NOTE.id)
    assert [(author.name, author.get("href", "")) for author in note.authors] == [("Ana Côté", ANA), ("Table de quartier", "")]
    assert [(tag.label, tag.term) for tag in note.tags] == [("Logement", TOPIC)]
    assert (note.published, note.updated) == ("2026-03-01T15:04:05Z", "2026-04-01T00:00:00Z")
    assert note.license == "https://creativecommons.org/licenses/by/4.0/"
    assert {link.rel: link.href for link in note.links}["via"] == "https://ailleurs.example/texte"
    assert note.enclosures[0].href == f"{URL}/guide.pdf"
    assert "un lien" in note.content[0].value
    assert (bare.title, bare.title_detail.language) == ("Only a title", "en")
    assert b"secret.example" not in raw
    assert b"cachee" not in raw
    assert not feedparser.parse(io.BytesIO(write(EMPTY))).bozo


def test_a_feed_of_others_becomes_drafts() -> None:
    first, second, third = read(File(name=SITE, content=SAID.encode()))
    assert isinstance(first, Draft)
    assert isinstance(first.thing, RepertoireItem)
    thing = first.thing
    assert (str(thing.name), thing.in_language) == ("L’entrée <1>", "fr-CA")
    assert str(thing.content) == (
        '<div><p>Un <a href="https://blogue.example/autre" rel="nofollow noopener ugc">lien</a></p></div>'
    )
    assert thing.published == datetime(2026, 5, 1, 14, tzinfo=UTC)
    assert thing.origin is not None
    assert thing.origin.iri == "https://blogue.example/2026/05/un"
    assert thing.license is not None
    assert thing.license.iri == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert [str(name) for name in thing.creator] == ["Le collectif"]
    assert [str(ref.thing.name) for ref in thing.attachment if isinstance(ref.thing, Object)] == ["Écouter"]
    assert (first.topics, first.options["key"]) == (("Logement",), "tag:blogue.example,2026:2")
    assert isinstance(second, Draft)
    assert isinstance(second.thing, RepertoireItem)
    assert str(second.thing.name) == "Sans titre, mais avec du texte"
    assert isinstance(third, Unread)


def test_an_author_who_is_named_is_no_account() -> None:
    """A feed may write anybody's address under its entries."""
    drafts = [part for part in read(File(name=SITE, content=SAID.encode())) if isinstance(part, Draft)]
    for draft in drafts:
        assert isinstance(draft.thing, RepertoireItem)
        assert draft.thing.attributed_to == ()
        assert draft.thing.id == ""


def test_what_is_written_is_read_again() -> None:
    drafts = FORMAT.drafts(File(name=f"{URL}/feed", content=write(LISTING)))
    note, bare = (draft.thing for draft in drafts)
    assert isinstance(note, RepertoireItem)
    assert isinstance(bare, RepertoireItem)
    assert (str(note.name), note.published, note.updated) == (str(NOTE.name), NOTE.published, NOTE.updated)
    assert [str(name) for name in note.creator] == ["Ana Côté", "Table de quartier"]
    assert str(bare.name) == "Only a title"


def test_the_feed_itself() -> None:
    feed = feed_of(File(name=SITE, content=SAID.encode()))
    assert (feed.title, feed.site, feed.language) == ("Un blogue", "https://blogue.example/", "fr-CA")


@pytest.mark.parametrize("text", ["", "<rss/>", "<feed/>", "{}", "<feed xmlns='http://www.w3.org/2005/Atom'>"])
def test_what_is_no_feed_of_this_kind_is_one_line(text: str) -> None:
    with pytest.raises(Invalid) as told:
        FORMAT.drafts(File(name=SITE, content=text.encode()))
    assert "\n" not in str(told.value)


@settings(max_examples=30, deadline=None)
@given(st.lists(things(), max_size=4))
def test_whatever_the_vocabulary_says_is_well_formed(listed: list[Thing]) -> None:
    raw = write(Listing(things=listed, names={f"https://a.example/choses/{number}": "Nom" for number in range(1, 40)}))
    assert not feedparser.parse(io.BytesIO(raw)).bozo
