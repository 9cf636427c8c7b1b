"""What stands in feeds of ours, whoever wrote it."""

from __future__ import annotations

import pytest

from node import formats
from node.collect import collect
from node.contracts import Draft, File, Format
from node.domain.feeds import Item, item_of, thing_of
from vocab.things.article import Article
from vocab.things.document import Document
from vocab.things.object import Object
from vocab.values import Ref, Text

HARMFUL = "<p onclick='x()'>Bonjour</p><script>alert(1)</script>"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><title>Un</title>
<content type="html">&lt;a href="/b"&gt;lien&lt;/a&gt;</content></entry></feed>"""
RSS = """<rss version="2.0"><channel><item><title>Un</title>
<description>&lt;a href="/b"&gt;lien&lt;/a&gt;</description></item></channel></rss>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1",
"items": [{"id": "a", "title": "Un", "content_html": "<a href='/b'>lien</a>"}]}"""


def test_what_others_wrote_goes_out_without_harm() -> None:
    file = Document(name=Text.of("Un fichier"), url=(Ref("javascript:x"), Ref("https://a.example/f.pdf")))
    item = item_of(
        Article(
            id="https://a.example/1",
            url=(Ref("javascript:alert(1)"), Ref("https://a.example/un")),
            summary=Text.of(HARMFUL),
            content=Text.of(HARMFUL),
            origin=Ref("data:text/html,x"),
            license=Ref("javascript:x"),
            attachment=(Ref("", file), Ref("", Document(url=(Ref("javascript:x"),)))),
        ),
        {},
    )
    assert item is not None
    assert (item.content, item.summary) == ("<p>Bonjour</p>", "<p>Bonjour</p>")
    assert (item.link, item.origin, item.license) == ("https://a.example/un", "", "")
    assert [each.url for each in item.files] == ["https://a.example/f.pdf"]


@pytest.mark.parametrize(("name", "content"), [("atom", ATOM), ("rss", RSS), ("jsonfeed", JSON)])
def test_a_feed_that_somebody_gives_as_a_file_has_no_address_to_lead_on_from(name: str, content: str) -> None:
    form = collect(formats, "FORMAT", Format)[name]
    assert form.read is not None
    (draft,) = form.read(File(name="flux.xml", content=content.encode()))
    assert isinstance(draft, Draft)
    assert isinstance(draft.thing, Object)
    assert (str(draft.thing.name), str(draft.thing.content)) == ("Un", "lien")


@pytest.mark.parametrize(("said", "kept"), [("FR-ca", "fr-CA"), ("en", "en"), ("français", "fr"), (f"fr{'-ab' * 4}", "fr")])
def test_the_language_is_written_as_usual_or_told_by_the_words(said: str, kept: str) -> None:
    thing = thing_of(Item(title="Le jardin est dans la cour et les enfants sont avec nous", language=said))
    assert thing is not None
    assert thing.name is not None
    assert (thing.in_language, thing.name.language) == (kept, kept)
