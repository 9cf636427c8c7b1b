"""RSS: what an independent reader gets of a list, and what becomes of feeds of others."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.listed import EMPTY, LISTING, NOTE, URL
from kit.things import things
from node.contracts import Draft, File, Listing
from node.errors import Invalid
from node.formats.rss import FORMAT, feed_of, read, write
from vocab.thing import Thing
from vocab.things.repertoire_item import RepertoireItem

SITE = "https://blogue.example/feed/"
#: As WordPress writes it, with a bare & and a name of HTML.
SAID = """
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>Le blogue &amp; nous</title><atom:link href="https://blogue.example/feed/" rel="self"/>
<link>https://blogue.example</link><description>Un blogue</description><language>fr-CA</language>
<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
<item><title>Café & logement&nbsp;: l&#8217;été</title><link>https://blogue.example/cafe/?utm_source=rss</link>
<dc:creator><![CDATA[Ana Côté]]></dc:creator><pubDate>Mon, 02 Mar 2026 14:00:00 +0000</pubDate>
<category><![CDATA[Logement]]></category><category>Quartier</category>
<guid isPermaLink="false">https://blogue.example/?p=12</guid>
<description><![CDATA[<p>En bref</p>]]></description>
<content:encoded><![CDATA[<p>Le texte <a href="/autre">entier</a>.</p><script>x</script>]]></content:encoded></item>
<item><title>Deux</title><guid>https://blogue.example/deux</guid><author>jo@example.org (Jo)</author>
<pubDate>hier</pubDate></item>
</channel></rss>"""
OLD = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://revue.example/"><title>Revue</title>
<link>https://revue.example/</link><description>x</description></channel>
<item rdf:about="https://revue.example/1"><title>Un article</title><link>https://revue.example/1</link>
<dc:creator>A. Tremblay</dc:creator><dc:date>2026-01-02</dc:date></item></rdf:RDF>"""


def test_an_independent_reader_reads_what_is_written() -> None:
    raw = write(LISTING)
    found = feedparser.parse(io.BytesIO(raw))
    assert (found.bozo, found.version, found.feed.title) == (False, "rss20", "Recherche : logement")
    note, bare = found.entries
    assert (note.id, note.link) == (NOTE.id, NOTE.id)
    assert note.title == "Loger les gens < 30 ans & plus"
    assert [author.name for author in note.authors] == ["Ana Côté", "Table de quartier"]
    assert [tag.term for tag in note.tags] == ["Logement"]
    assert note.published_parsed[:6] == (2026, 3, 1, 15, 4, 5)
    assert note.license == "https://creativecommons.org/licenses/by/4.0/"
    assert note.enclosures[0].href == f"{URL}/guide.pdf"
    assert "un lien" in note.content[0].value
    assert bare.title == "Only a title"
    assert b"secret.example" not in raw
    assert not feedparser.parse(io.BytesIO(write(EMPTY))).bozo


def test_a_feed_of_others_becomes_drafts() -> None:
    first, second = FORMAT.drafts(File(name=SITE, content=SAID.encode()))
    thing = first.thing
    assert isinstance(thing, RepertoireItem)
    assert str(thing.name) == "Café & logement : l’été"
    assert str(thing.summary) == "<p>En bref</p>"
    assert 'href="https://blogue.example/autre"' in str(thing.content)
    assert "script" not in str(thing.content)
    assert (thing.published, thing.in_language) == (datetime(2026, 3, 2, 14, tzinfo=UTC), "fr-CA")
    assert [str(name) for name in thing.creator] == ["Ana Côté"]
    assert thing.origin is not None
    assert thing.origin.iri == "https://blogue.example/cafe/?utm_source=rss"
    assert (first.topics, first.options["key"]) == (("Logement", "Quartier"), "https://blogue.example/?p=12")
    assert isinstance(second.thing, RepertoireItem)
    assert [str(name) for name in second.thing.creator] == ["Jo"]
    assert second.thing.published is None
    assert second.thing.origin is not None
    assert second.thing.origin.iri == "https://blogue.example/deux"


def test_the_oldest_kind_is_read_too() -> None:
    (draft,) = FORMAT.drafts(File(name="https://revue.example/rss", content=OLD.encode()))
    assert isinstance(draft.thing, RepertoireItem)
    assert (str(draft.thing.name), str(draft.thing.creator[0])) == ("Un article", "A. Tremblay")
    assert (draft.options["key"], draft.thing.published) == ("https://revue.example/1", datetime(2026, 1, 2, tzinfo=UTC))


def test_it_agrees_with_an_independent_reader() -> None:
    theirs = feedparser.parse(io.BytesIO(SAID.strip().replace("Café & logement&nbsp;", "Café &amp; logement&#160;").encode()))
    ours = feed_of(File(name=SITE, content=SAID.encode()))
    assert (ours.title, ours.site, ours.every) == (theirs.feed.title, theirs.feed.link, timedelta(hours=12))
    assert [(item.key, item.link) for item in ours.items] == [(entry.id, entry.link) for entry in theirs.entries]
    assert [item.title for item in ours.items] == [" ".join(entry.title.split()) for entry in theirs.entries]


def test_what_is_written_is_read_again() -> None:
    note, bare = (part.thing for part in read(File(name=f"{URL}/feed", content=write(LISTING))) if isinstance(part, Draft))
    assert isinstance(note, RepertoireItem)
    assert isinstance(bare, RepertoireItem)
    assert (note.published, note.updated, note.license) == (NOTE.published, NOTE.updated, NOTE.license)
    assert [str(name) for name in note.creator] == ["Ana Côté", "Table de quartier"]
    assert (str(bare.name), bare.in_language) == ("Only a title", "en")


@pytest.mark.parametrize("text", ["", "<feed/>", "<rss/>", "{}", "<rss><channel>"])
def test_what_is_no_feed_of_this_kind_is_one_line(text: str) -> None:
    with pytest.raises(Invalid) as told:
        FORMAT.drafts(File(name=SITE, content=text.encode()))
    assert "\n" not in str(told.value)


def test_an_endless_name_costs_nothing() -> None:
    """A common reader takes half a minute over 100,000 letters where an author should be."""
    text = f"<rss><channel><item><title>x</title><author>{'a' * 400_000}</author></item></channel></rss>"
    (draft,) = FORMAT.drafts(File(name=SITE, content=text.encode()))
    assert isinstance(draft.thing, RepertoireItem)
    assert len(str(draft.thing.creator[0])) == 300


@settings(max_examples=30, deadline=None)
@given(st.lists(things(), max_size=4))
def test_whatever_the_vocabulary_says_is_well_formed(listed: list[Thing]) -> None:
    assert not feedparser.parse(io.BytesIO(write(Listing(things=listed)))).bozo
