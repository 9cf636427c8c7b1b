"""HTML that came from outside, made fit to be shown: one allow-list, and the type that says it was applied."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from html.parser import HTMLParser

import nh3

_TAG_NAMES = (
    "a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i ins "
    "kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead time tr u ul var"
)
_TAGS = set(_TAG_NAMES.split())
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
#: The classes that servers of the fediverse put on mentions, tags and shortened links.
_CLASSES = {
    "a": {"mention", "hashtag", "u-url"},
    "span": {"h-card", "invisible", "ellipsis"},
    "p": {"quote-inline"},
}
_DROPPED_WITH_CONTENT = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "select"}
_SCHEMES = {"http", "https", "mailto", "tel"}

#: Beyond these the cleaner takes seconds (measured: 50,000 nested <div> 9 s): such a text is shown without its marks.
_LONGEST = 300_000
_MOST_TAGS = 10_000

#: Control characters but tab and line feed; what turns the direction of writing; marks that show nothing.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BLOCK_END = re.compile(r"(?i)</(?:p|div|li|h[1-6]|blockquote|pre|tr|dt|dd|figcaption|summary)\s*>|<[bh]r\b[^<>]*>")
#: A number with more digits than that of any character: Python refuses to read the longest of them.
_NO_CHARACTER = re.compile(r"&#[0-9]{8,};?")
#: A picture as the cleaner leaves it, and where a picture lies that somebody here gave.
_PICTURE = re.compile(r"<img\b([^<>]{0,4000})>")
_SAID = re.compile(r'\b(src|alt)="([^"]{0,3000})"')
_KEPT = re.compile(r"https?://[^/?#]{1,255}/media/[0-9a-f]{64}\.(?:jpg|png)")
#: To keep the pictures of any node, for a text that is stored.
ANY_NODE = "http"
_HEADING = re.compile(r"<(/?)h([1-6])\b")
_DEEPEST = 6
_LINK_TO_NOWHERE = re.compile(r'<a rel="nofollow noopener ugc">(.*?)</a>', re.DOTALL)


class CleanHtml(str):
    """HTML that has passed `clean`, and that a template may therefore show as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """What a template shows unescaped."""
        return str(self)


def joined(pieces: Iterable[str]) -> CleanHtml:
    """Pieces of clean HTML that stand together again, with marks of our own between them: no word of a stranger among these."""
    return CleanHtml("".join(pieces))


def clean(text: str, base: str = "", *, pictures: str = "") -> CleanHtml:
    """The HTML of a stranger without scripts, styles, images, relative links, and characters that show nothing.

    Relative links are led on from `base`, the address that the text came from, when it is given. Links get
    `rel="nofollow noopener ugc"`. Pictures that people gave to a node whose address begins with `pictures` stay, and any other is
    a link then. A text too long or too deep for the cleaner comes back as plain paragraphs.
    """
    seen = visible(text)
    if len(seen) > _LONGEST or seen.count("<") > 2 * _MOST_TAGS or len(re.findall(r"<[a-zA-Z]", seen)) > _MOST_TAGS:
        return CleanHtml("".join(f"<p>{html.escape(line)}</p>" for line in _lines(seen)))
    once = _apply_list(seen, base, pictures)
    # Entities have become characters: what was written as &#8238; shows up only now.
    again = visible(once)
    return CleanHtml(once if again == once else _apply_list(again, "", pictures))


def set_below(shown: CleanHtml, levels: int) -> CleanHtml:
    """The same with its headings so many levels further down: the text stands below a heading of the page."""
    return CleanHtml(_HEADING.sub(lambda found: f"<{found[1]}h{min(int(found[2]) + levels, _DEEPEST)}", shown))


def plain(text: str) -> str:
    """The words of some HTML, one line per block, without any mark: for search, previews and titles."""
    return "\n".join(_lines(visible(text)))


def read_whole(reader: HTMLParser, text: str) -> None:
    """Has a reader read some HTML to its end. What is begun there and ends nowhere is read as words.

    The parser itself (`close`) would look through all the rest again at each of its marks: hours, for a megabyte of `<a `.
    """
    reader.feed(text)
    rest, reader.rawdata = reader.rawdata, ""
    if rest:
        reader.handle_data(plain(rest))


def visible(text: str) -> str:
    """The text without control characters, marks of writing direction, and halves of characters."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def unescaped(text: str) -> str:
    """The text with the characters that its entities stand for; U+FFFD where one stands for none."""
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text))


def _apply_list(text: str, base: str, pictures: str) -> str:
    cleaned: str = nh3.clean(
        text,
        tags=_TAGS | {"img"} if pictures else _TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES | {"img": {"src", "alt"}} if pictures else _ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        url_relative=("rewrite_with_base", base) if base else "deny",
        link_rel="nofollow noopener ugc",
    )
    if pictures:
        cleaned = _PICTURE.sub(lambda found: _pictured(str(found[1]), pictures), cleaned)
    return str(_LINK_TO_NOWHERE.sub(r"\1", cleaned))


def _pictured(attributes: str, pictures: str) -> str:
    """A picture as it is shown: from here, or as a link, for no page asks another site for anything."""
    said: dict[str, str] = dict(_SAID.findall(attributes))
    address, words = said.get("src", ""), said.get("alt", "")
    is_ours = pictures == ANY_NODE or address.startswith(f"{pictures.rstrip('/')}/")
    if is_ours and _KEPT.fullmatch(address):
        return f'<img src="{address}" alt="{words}" loading="lazy">'
    if not address.startswith(("https://", "http://")):
        return words
    return f'<a href="{address}" rel="nofollow noopener ugc">{words or address.rpartition("/")[2] or address}</a>'


def _lines(text: str) -> list[str]:
    words = unescaped(_TAG.sub("", _BLOCK_END.sub("\n", text)))
    return [line for each in visible(words).split("\n") if (line := each.strip())]
