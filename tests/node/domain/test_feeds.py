"""What stands in feeds of ours, whoever wrote it."""

from __future__ import annotations

from node.domain.feeds import item_of
from vocab.things.article import Article
from vocab.things.document import Document
from vocab.values import Ref, Text

HARMFUL = "<p onclick='x()'>Bonjour</p><script>alert(1)</script>"


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
