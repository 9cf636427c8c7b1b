"""Markdown as the HTML that is shown and sent."""

from __future__ import annotations

from node.domain.composing import as_html, rendered


def test_markdown_becomes_clean_html_below_the_title() -> None:
    said = rendered("# Un\n\n## Deux\n\nDu *texte* <script>x</script> ~~faux~~\r\n\r\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert said.startswith("<h2>Un</h2>\n<h3>Deux</h3>")
    assert "<em>texte</em>" in said
    assert "<script" not in said
    assert "<td>1</td>" in said
    assert rendered("## Deux\n\n### Trois") == "<h2>Deux</h2>\n<h3>Trois</h3>\n"


def test_many_brackets_are_only_brackets() -> None:
    assert rendered("[" * 20_000).startswith("<p>[[[")


def test_what_another_server_wrote_is_html_unless_it_says_otherwise() -> None:
    assert as_html("**a**\n\n<b>", "text/markdown; charset=utf-8") == "<p><strong>a</strong></p>\n<p>&lt;b&gt;</p>\n"
    assert as_html("a <b>\nc\n \nd", "text/plain") == "<p>a &lt;b&gt;<br>c</p><p>d</p>"
    assert as_html("<p>a</p>", None) == as_html("<p>a</p>", "text/html") == "<p>a</p>"
