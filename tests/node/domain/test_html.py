from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from node.domain.html import CleanHtml, clean, plain, set_below, visible


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="java&#10;script:alert(1)">x</a>',
        '<a href="java&#8238;script:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<p style="background:url(https://ailleurs.example/pixel)">x</p>',
        '<iframe src="https://ailleurs.example/"></iframe>',
        '<form action="/sortir"><button>x</button></form>',
        '<object data="https://ailleurs.example/x.swf"></object>',
        '<link rel="stylesheet" href="https://ailleurs.example/x.css">',
        '<base href="https://ailleurs.example/">',
        '<meta http-equiv="refresh" content="0;url=https://ailleurs.example/">',
        "<template><script>alert(1)</script></template>",
        '<p onclick="alert(1)" id="x" class="menu">x</p>',
        '<div srcset="https://ailleurs.example/x.png 2x">x</div>',
        "<scr\u202eipt>alert(1)</scr\u202eipt>",
        "<scr\x00ipt>alert(1)</script>",
    ],
)
def test_nothing_that_acts_or_fetches_comes_through(hostile: str) -> None:
    cleaned = clean(hostile)
    assert not re.search(r"<(script|img|svg|math|iframe|form|button|object|link|base|meta|template|style)", cleaned)
    assert not re.search(r"(?i)<[^>]*(javascript:|data:|\bon\w+=|style=|\bsrc|\bid=|menu|action=)", cleaned)
    assert "ailleurs.example" not in re.sub(r"<[^>]*>", "", cleaned) or "<" not in cleaned


def test_what_people_write_stays_as_it_is() -> None:
    text = (
        '<h2>Démarche</h2>\n<p lang="fr"><strong>Trois</strong> <em>temps</em> :<br>accueil</p><ol start="2"><li>un</li></ol>'
        '<blockquote><p>« oui »</p></blockquote><table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'
        "<pre><code>a &lt; b</code></pre>"
    )
    assert clean(text) == text


def test_a_link_to_elsewhere_is_kept_and_says_that_a_stranger_wrote_it() -> None:
    link = clean('<a href="https://ailleurs.example/n/1" class="mention piège" target="_top" rel="me">x</a>')
    assert link == '<a href="https://ailleurs.example/n/1" class="mention" rel="nofollow noopener ugc">x</a>'


def test_a_link_without_a_host_cannot_point_into_this_node() -> None:
    assert "href" not in clean('<a href="/sortir">x</a><a href="//ailleurs.example/">y</a><a href="?q=">z</a>')


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\u2066", "\u200f", "\x00", "\x85", "\ufeff", "\u2028", "\ud800"])
def test_characters_that_deceive_the_eye_go(character: str) -> None:
    assert clean(f"<p>a{character}b</p>") == "<p>ab</p>"
    if character not in "\x00\ud800\x85":
        assert clean(f"<p>a&#{ord(character)};b</p>") == "<p>ab</p>"
    assert plain(f"<p>a{character}b</p>") == "ab"


def test_joined_emoji_and_typographic_spaces_stay() -> None:
    text = "<p>👩‍👧 Qui ? 10 %</p>"
    assert clean(text).replace("&nbsp;", "\u00a0") == text


@pytest.mark.parametrize(
    "heavy",
    ["<div>" * 50_000 + "mot", "mot" + "&" * 500_000, "mot <a " + " ".join(f"a{i}=1" for i in range(100_000)) + ">x</a>"],
    ids=["deep", "ampersands", "attributes"],
)
def test_a_text_made_to_be_slow_is_shown_without_its_marks(heavy: str) -> None:
    begin = time.perf_counter()
    cleaned = clean(heavy)
    assert time.perf_counter() - begin < 1
    assert cleaned.startswith("<p>mot")
    assert "<div" not in cleaned


def test_a_template_shows_clean_html_and_escapes_a_plain_text() -> None:
    template = Environment(autoescape=True).from_string("{{ clean }} {{ raw }}")
    assert template.render(clean=clean("<p>a</p>"), raw="<p>a</p>") == "<p>a</p> &lt;p&gt;a&lt;/p&gt;"


def test_clean_html_is_made_in_one_place_only() -> None:
    root = Path(__file__).parents[3]
    makers = [path.name for path in root.glob("node/**/*.py") if "CleanHtml(" in path.read_text(encoding="utf-8")]
    assert makers == ["html.py"]


def test_plain_gives_one_line_per_block() -> None:
    assert plain("<h2>Titre</h2><p>un<br>deux &amp; trois</p><ul><li>a</li><li>b</li></ul>") == "Titre\nun\ndeux & trois\na\nb"
    assert plain("") == ""


@given(st.text() | st.from_regex(r"(<[a-z]{1,6}( [a-z]+=\"[^\"]*\")?>|&[a-z#0-9]+;|[a-z ])*", fullmatch=True))
def test_cleaning_twice_changes_nothing_and_never_fails(text: str) -> None:
    once = clean(text)
    assert isinstance(once, CleanHtml)
    assert clean(once) == once
    assert visible(once) == once
    plain(text)


@pytest.mark.parametrize("odd", [" ", "\t", "\xa0", " \n", "<", "</p "])
def test_words_are_read_in_proportion_to_the_length_of_a_text(odd: str) -> None:
    """A quadratic reading would take an hour for this, and the whole node with it."""
    assert plain(f"a{odd * 500_000}b").startswith("a")


def test_a_number_of_no_character_is_a_mark_for_one() -> None:
    """Python refuses to read a number of more than 4,300 digits: the page on which such words stand could not be shown."""
    assert plain(f"a&#{'9' * 5_000};b &#233; &#x110000;") == "a\ufffdb é \ufffd"
    assert "\ufffd" in clean("<p>" * 20_000 + f"&#{'9' * 5_000};")


OURS = f"https://ici.example/media/{'a' * 64}.jpg"


def test_a_picture_of_this_node_is_shown_and_any_other_is_a_link() -> None:
    shown = clean(
        f'<p><img src="{OURS}" alt="Six &quot;personnes&quot;" onerror="x()" class="y">!</p>', pictures="https://ici.example/"
    )
    assert shown == f'<p><img src="{OURS}" alt="Six &quot;personnes&quot;" loading="lazy">!</p>'
    assert "<img" not in clean(f'<img src="{OURS}" alt="x">')
    away = clean('<img src="https://ailleurs.example/pixel.gif?m=1" alt="Un &lt;b&gt; plan">', pictures="https://ici.example/")
    assert away == '<a href="https://ailleurs.example/pixel.gif?m=1" rel="nofollow noopener ugc">Un &lt;b&gt; plan</a>'
    assert "<img" not in clean(f'<img src="{OURS}" alt="x">', pictures="https://ici.exampl")
    assert "<img" not in clean(f'<img src="{OURS}/../../sortir" alt="x">', pictures="https://ici.example/")


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)>",
        '<img src="javascript:alert(1)" alt="a">',
        '<img src="data:image/png;base64,AAAA" alt="<script>">',
        "<img alt='\"><script>alert(1)</script>' src='https://a.example/'>",
        f'<img src="{OURS}&quot; onerror=&quot;alert(1)" alt="">',
    ],
)
def test_no_picture_acts(hostile: str) -> None:
    shown = clean(hostile, pictures="http")
    assert "<script" not in shown
    assert "<img" not in shown
    assert " onerror=" not in shown.replace("&quot; onerror", "")


def test_headings_go_below_those_of_a_page() -> None:
    assert set_below(clean("<h2 lang='fr'>Un</h2><h6>Six</h6>"), 1) == '<h3 lang="fr">Un</h3><h6>Six</h6>'
