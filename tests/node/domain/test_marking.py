"""Clean HTML as Markdown: read again, it says the same."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from node.domain.html import clean, plain
from node.domain.marking import markdown


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>Un titre</h2><p>Du <strong>gras</strong>, <em>penché</em>.</p>", "## Un titre\n\nDu **gras**, *penché*."),
        ("<ul><li>un<ul><li>deux</li></ul></li><li><p>trois</p></li></ul>", "- un\n\n  - deux\n\n- trois"),
        ('<ol start="4"><li>a</li><li>b</li></ol>', "4. a\n\n5. b"),
        ('<ol start="0"><li>a</li></ol>', "0. a"),
        ('<ol start="x"><li>a</li></ol>', "1. a"),
        ('<ol start="-3"><li>a</li></ol>', "1. a"),
        ("<ol start><li>a</li></ol>", "1. a"),
        ("<blockquote><p>cité</p></blockquote><hr>", "> cité\n>\n---"),
        ('<p><a href="https://a.example/x(1)">lien</a></p>', "[lien](<https://a.example/x(1)>)"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A | B\n\n1 | 2"),
        ("<p># pas un titre</p><p>1. ni une liste</p>", "\\# pas un titre\n\n1\\. ni une liste"),
        ("<p>5 * 3 _ `x` [y]</p>", "5 \\* 3 \\_ \\`x\\` \\[y\\]"),
        ("<p>avec <code>a_b *c* &lt;d&gt;</code>.</p>", "avec `a_b *c* <d>`."),
        ("<p><code>un ` seul</code> <code></code></p>", "`` un ` seul ``"),
        ('<p><code>x <b>y</b> <a href="https://a.example/">z</a></code> <b>w</b></p>', "`x y z` **w**"),
        ("<code>a<p>b_c</p></code>", "`a`\n\nb\\_c"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_becomes_of_each_mark(html: str, expected: str) -> None:
    assert markdown(html) == expected


def test_code_keeps_its_lines_and_cannot_end_early() -> None:
    assert markdown("<pre><code>x = 1\n```\ny</code></pre>") == "````\nx = 1\n```\ny\n````"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Bonjour &amp; bienvenue &lt;script&gt;</p><h3>Deux</h3><ul><li>un</li><li>deux <b>gras</b></li></ul>",
        "<blockquote><p>Une</p><p>2) deux</p></blockquote><p>fin</p>",
        "<p>a<br>b</p><details><summary>Plus</summary><p>de texte</p></details>",
    ],
)
def test_read_again_it_says_the_same_words(html: str) -> None:
    again = MarkdownIt("commonmark").render(markdown(str(clean(html))))
    assert plain(again).split() == plain(html).split()


def test_a_hostile_text_is_written_in_no_time() -> None:
    for text in ("<blockquote>" * 3_000, "<ul><li>" * 2_000, "*" * 200_000, "<p>" * 9_000):
        assert isinstance(markdown(str(clean(text))), str)


def test_a_picture_keeps_its_words_and_its_place() -> None:
    address = f"https://ici.example/media/{'a' * 64}.jpg"
    assert markdown(f'<p>Avant <img src="{address}" alt="Un [plan]"> après</p>') == f"Avant ![Un \\[plan\\]](<{address}>) après"
