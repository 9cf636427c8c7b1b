"""The pages of an archive: what a browser shows without a node, without a script and without a network.

Whatever a stranger wrote is cleaned or escaped; a page may load nothing, and a link leads to another page of the archive where
there is one.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from node.domain.archive_words import word
from node.domain.entries import Audience, Entry
from node.domain.html import ANY_NODE, clean, plain
from node.domain.marking import markdown
from vocab import concepts
from vocab.terms import Slot, slots_of
from vocab.thing import Thing
from vocab.things.object import Object
from vocab.things.source import Source
from vocab.types import key_of, registry
from vocab.values import Ref, Text

_STYLE = (
    "body{font:1.05rem/1.6 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}"
    "body{overflow-wrap:anywhere}"
    "h1,h2,h3{line-height:1.25}dt{font-weight:bold;margin-top:.6rem}dd{margin:0 0 0 1rem}a{color:#044b8f}"
    "blockquote{border-left:.25rem solid #999;margin-left:0;padding-left:1rem}pre,td,th{white-space:pre-wrap}"
    "small,.quiet{color:#555}:focus-visible{outline:.2rem solid #044b8f}"
)
_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; "
    'base-uri \'none\'"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">'
)
_AUDIENCES = {
    Audience.SELF: ("Moi", "Me"),
    Audience.COMMUNITY: ("Ma communauté", "My community"),
    Audience.CHOSEN: ("Communautés choisies", "Chosen communities"),
    Audience.PUBLIC: ("Public", "Public"),
}
#: Said elsewhere on the page, or of no use to people.
_PLACED = frozenset({
    "name", "summary", "content", "media_type", "source", "to", "cc", "bto", "bcc", "tag", "replies", "likes", "shares", "url",
    "context_", "in_language", "attributed_to", "published", "updated", "license", "audience", "pref_label",
})  # fmt: skip
_LINK = re.compile(r'href="([^"]+)"')
_PICTURE = re.compile(r'src="[^"]+/media/([0-9a-f]{64}\.[a-z]+)"')
_DEEPEST = 3
_MOST_VALUES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What addresses are called, and the page of each that has one, from the top of the folder and without an ending."""

    names: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A line in a list of resources."""

    iri: str
    name: str
    kind: str
    language: str
    author: str
    at: datetime | None
    communities: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A community as its page shows it: `people` are names with their roles, in words."""

    iri: str
    name: str
    summary: str
    people: Sequence[tuple[str, str]] = ()


def moment(at: datetime | None) -> str:
    """A moment that nobody can misread."""
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else ""


def resource_page(entry: Entry, thing: Thing, known: Known) -> bytes:
    """The page of one resource, in the language it is written in as far as that is French or English."""
    language = "en" if entry.language.startswith("en") else "fr"
    title = entry.name or entry.iri
    body = "".join(_worded(thing, each, known) for each in ("summary", "content", "definition"))
    rows = "".join(f"<dt>{html.escape(label)}</dt><dd>{value}</dd>" for label, value in _facts(entry, thing, known, language))
    here = known.paths[entry.iri].rpartition("/")[2]
    also = "".join(
        f'<li><a href="{here}.{ending}">{name}</a></li>' for ending, name in (("md", "Markdown"), ("jsonld", "JSON-LD"))
    )
    return _page(
        title,
        f'<article lang="{html.escape(entry.language or language)}"><h1>{html.escape(title)}</h1>{body}</article>'
        f"<h2>{word('facts', language)}</h2><dl>{rows}</dl><h2>{word('also', language)}</h2><ul>{also}</ul>",
        language,
        top="../",
    )


def resource_markdown(entry: Entry, thing: Thing, known: Known) -> bytes:
    """The same as text, with its fields at the head."""
    facts = {
        "title": entry.name,
        "kind": key_of(type(thing)),
        "language": entry.language,
        "importedFrom": entry.iri,
        "creatorName": known.names.get(entry.author, ""),
        "community": known.names.get(entry.community, ""),
        "audience": entry.audience.value,
        "published": entry.published_at.isoformat() if entry.published_at else "",
        "updated": entry.updated_at.isoformat() if entry.updated_at else "",
        "license": entry.license,
        "topics": [known.names.get(ref.iri, ref.iri) for ref in thing.topic] if isinstance(thing, Object) else [],
    }
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items() if value)
    return f"---\n{head}---\n\n{_text(thing)}\n".encode()


def group_page(group: Group, titles: Sequence[Title], known: Known, language: str) -> bytes:
    """The page of a community: who it is, and what it holds."""
    people = "".join(f"<li>{html.escape(name)} · {html.escape(role)}</li>" for name, role in group.people)
    listed = f"<h2>{word('people', language)}</h2><ul>{people}</ul>" if people else ""
    other = known.paths[group.iri].rpartition("/")[2] + (".html" if language == "en" else ".en.html")
    body = f"<h1>{html.escape(group.name)}</h1>{clean(group.summary)}{_listed(titles, known, language, '../')}{listed}"
    return _page(group.name, body, language, top="../", other=other)


def index_page(name: str, at: datetime, groups: Sequence[Group], titles: Sequence[Title], known: Known, language: str) -> bytes:
    """Where somebody who opens the folder begins. `titles` are of what is in no community."""
    ending = ".en.html" if language == "en" else ".html"
    links = "".join(
        f'<li><a href="{known.paths[group.iri]}{ending}">{html.escape(group.name)}</a> <span class="quiet">'
        f"{html.escape(plain(group.summary)[:200])}</span></li>"
        for group in groups
    )
    read_me = f'<a href="{"README" if language == "en" else "LISEZMOI"}.txt">{word("read_me", language)}</a>'
    body = (
        f"<h1>{html.escape(name)}</h1><p>{word('archived', language)} {moment(at)}. {read_me}.</p>"
        f"<h2>{word('communities', language)}</h2><ul>{links}</ul>"
    )
    if titles:
        body += f"<p>{word('others', language)} :</p>{_listed(titles, known, language, '')}"
    return _page(name, body, language, other="index.html" if language == "en" else "index.en.html")


def _page(title: str, body: str, language: str, *, top: str = "", other: str = "") -> bytes:
    home = f'<a href="{top}index{".en" if language == "en" else ""}.html">{word("contents", language)}</a>'
    turned = f' · <a href="{other}" lang="{"fr" if language == "en" else "en"}">{word("other_language", language)}</a>'
    return (
        f'<!DOCTYPE html><html lang="{language}"><head>{_HEAD}<title>{html.escape(title)}</title><style>{_STYLE}</style></head>'
        f"<body><nav>{home}{turned if other else ''}</nav><main>{body}</main></body></html>\n"
    ).encode()


def _listed(titles: Sequence[Title], known: Known, language: str, top: str) -> str:
    """Titles below a heading for each kind, the newest first."""
    if not titles:
        return f"<p>{word('nothing', language)}</p>"
    kinds: dict[str, list[str]] = {}
    for title in titles:
        quiet = " · ".join(html.escape(part) for part in (title.author, f"{title.at:%Y-%m-%d}" if title.at else "") if part)
        line = (
            f'<li><a lang="{html.escape(title.language)}" href="{top}{known.paths[title.iri]}.html">{html.escape(title.name)}</a>'
        )
        kinds.setdefault(title.kind, []).append(f'{line} <span class="quiet">{quiet}</span></li>')
    named = sorted((_kind(kind, language), lines) for kind, lines in kinds.items())
    return "".join(f"<h2>{html.escape(kind)} ({len(lines)})</h2><ul>{''.join(lines)}</ul>" for kind, lines in named)


def _kind(key: str, language: str) -> str:
    known = registry().by_key.get(key)
    return _capital(known.ABOUT.label[language]) if known is not None else key


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _facts(entry: Entry, thing: Thing, known: Known, language: str) -> Iterator[tuple[str, str]]:
    authors = thing.attributed_to if isinstance(thing, Object) else ()
    yield word("kind", language), html.escape(_capital(type(thing).ABOUT.label[language]))
    yield word("author", language), _values(authors, known, language, 1)
    if entry.community:
        yield word("community", language), _values((Ref(entry.community),), known, language, 1)
    yield word("audience", language), _AUDIENCES[entry.audience][language == "en"]
    if entry.published_at:
        yield word("published", language), moment(entry.published_at)
    if entry.updated_at:
        yield word("updated", language), moment(entry.updated_at)
    if entry.license:
        yield word("license", language), _outside(entry.license)
    yield from _rest(thing, known, language, 1)
    yield word("address", language), _outside(entry.iri)


def _rest(thing: Thing, known: Known, language: str, depth: int) -> Iterator[tuple[str, str]]:
    """Every other property that says something."""
    for slot in slots_of(type(thing)):
        value = getattr(thing, slot.name)
        if slot.name in _PLACED or value is None or value in ((), ""):
            continue
        said = _values(value if isinstance(value, tuple) else (value,), known, language, depth)
        yield _label(slot, language), said


def _label(slot: Slot, language: str) -> str:
    return _capital(slot.term.label[language])


def _values(values: Sequence[object], known: Known, language: str, depth: int) -> str:
    return ", ".join(_value(value, known, language, depth) for value in values[:_MOST_VALUES])


def _value(value: object, known: Known, language: str, depth: int) -> str:
    if isinstance(value, Ref):
        return _pointer(value, known, language, depth)
    if isinstance(value, Text):
        return " · ".join(html.escape(plain(text)) for _, text in value.entries)
    return moment(value) if isinstance(value, datetime) else html.escape(str(value))


def _pointer(ref: Ref, known: Known, language: str, depth: int) -> str:
    label = concepts.label(ref.iri, language)
    if label is not None:
        return html.escape(label)
    if ref.iri in known.paths:
        return f'<a href="../{known.paths[ref.iri]}.html">{html.escape(known.names.get(ref.iri, ref.iri))}</a>'
    if ref.thing is not None and depth < _DEEPEST:
        name = getattr(ref.thing, "name", None)
        parts = [f"{html.escape(part)} : {said}" for part, said in _rest(ref.thing, known, language, depth + 1)]
        shown = _value(name, known, language, depth) if isinstance(name, Text) else ""
        return f"{shown} ({'; '.join(parts)})" if parts else shown or _outside(ref.iri)
    return html.escape(known.names[ref.iri]) if known.names.get(ref.iri) else _outside(ref.iri)


def _outside(address: str) -> str:
    shown = html.escape(address)
    return f'<a rel="nofollow noopener" href="{shown}">{shown}</a>' if address.startswith(("https://", "http://")) else shown


def _worded(thing: Thing, name: str, known: Known) -> str:
    """A text of the thing in each of its languages, its links leading to pages of the archive."""
    text = getattr(thing, name, None)
    if not isinstance(text, Text) or (name == "summary" and _is_said_again(text, getattr(thing, "content", None))):
        return ""
    found = (f'<div lang="{html.escape(tag)}">{_with_files(clean(said, pictures=ANY_NODE))}</div>' for tag, said in text.entries)
    return _LINK.sub(lambda link: _turned(link, known), "".join(found))


def _with_files(text: str) -> str:
    """Pictures as they lie in the archive."""
    return _PICTURE.sub(r'src="../fichiers/\1"', text)


def _is_said_again(summary: Text, content: Text | None) -> bool:
    """Whether the text begins with its summary."""
    return content is not None and plain(content.primary).startswith(plain(summary.primary).rstrip("…"))


def _turned(link: re.Match[str], known: Known) -> str:
    path = known.paths.get(html.unescape(link[1]))
    return f'href="../{path}.html"' if path else link[0]


def _text(thing: Thing) -> str:
    """The words of a thing as Markdown: as they were written where that is kept."""
    source = getattr(thing, "source", None)
    kept = source.thing if isinstance(source, Ref) else None
    if isinstance(kept, Source) and kept.media_type == "text/markdown" and kept.content is not None:
        return kept.content.primary
    text = next((said for name in ("content", "definition", "summary") if (said := getattr(thing, name, None))), None)
    return markdown(clean(text.primary)) if isinstance(text, Text) else ""
