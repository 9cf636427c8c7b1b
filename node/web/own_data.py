"""What a node knows of a person, as they take it along: JSON for programs, and a page that anybody can open."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

import orjson

from node.contracts import Visit
from node.domain.html import plain
from node.domain.personal import CATEGORIES
from node.domain.personal_words import FIELDS, NO, PLACES, RAW, SAID, YES
from node.storage.personal import rows_of
from node.storage.unit_of_work import UnitOfWork
from node.web.translations import TAGS, Tongue, language_of
from node.web.wording import day, hour

_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}dt{font-weight:bold}dd{margin:0 0 .4rem}"
    "dl{border-top:1px solid;padding:.6rem 0;overflow-wrap:anywhere}pre{white-space:pre-wrap}"
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[0-9:.]*(?:Z|[+-]\d\d:\d\d)")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
Known = dict[str, dict[str, list[dict[str, Any]]]]


def known_of(uow: UnitOfWork, person: str) -> Known:
    """All that is kept about a person: category → table → rows."""
    member = uow.members.get(person)
    found: Known = {}
    for place, rows in rows_of(uow, person, member.email if member else ""):
        found.setdefault(place.category, {}).setdefault(place.table, []).extend(rows)
    return found


def as_json(visit: Visit, known: Known) -> bytes:
    """The whole as JSON."""
    said = {
        "person": visit.reader.actor,
        "node": visit.house.url,
        "exported_at": visit.house.now.isoformat(),
        "categories": {
            name: {
                "name": {"fr": CATEGORIES[name].name.in_language("fr"), "en": CATEGORIES[name].name.in_language("en")},
                "rows": rows,
            }
            for name, rows in known.items()
        },
    }
    return orjson.dumps(said, option=orjson.OPT_INDENT_2)


def as_page(visit: Visit, known: Known) -> bytes:
    """The whole as one page that needs nothing else, in words; what only programs read is folded away."""
    language = language_of(visit.language)
    tongue, tag = Tongue(language), TAGS[language]
    title = tongue.say("Ce que %(name)s sait de vous", name=visit.house.name)
    parts = [
        f'<!doctype html><html lang="{tag}"><meta charset="utf-8"><title>{html.escape(title)}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_STYLE}</style>",
        f"<h1>{html.escape(title)}</h1><p>{html.escape(day(visit.house.now, language))}</p>",
    ]
    for name, tables in known.items():
        parts.append(f"<h2>{html.escape(CATEGORIES[name].name.in_language(tag))}</h2>")
        for table, rows in tables.items():
            parts.append(f"<h3>{html.escape(PLACES[table].in_language(tag) if table in PLACES else table)}</h3>")
            parts.extend(_row(row, language) for row in rows)
    return "".join([*parts, "</html>"]).encode()


def _row(row: dict[str, Any], language: str) -> str:
    """What has a name in words, then the rest as it is, folded away."""
    kept = {name: value for name, value in row.items() if name != "person" and value not in (None, "", [], {})}
    documents = [found for value in kept.values() if (found := _document(value)) is not None]
    said = {name: value for name, value in kept.items() if name in FIELDS and _document(value) is None}
    words = {part: plain(str(each[part])) for each in documents for part in SAID if isinstance(each.get(part), str)}
    told = "".join(_pair(name, value, language) for name, value in {**words, **said}.items() if value != "")
    rest = [*documents, {name: value for name, value in kept.items() if name not in FIELDS and _document(value) is None}]
    raw = "\n".join(orjson.dumps(each, option=orjson.OPT_INDENT_2).decode() for each in rest if each)
    summary = html.escape(RAW.in_language(language))
    folded = f"<details><summary>{summary}</summary><pre>{html.escape(raw)}</pre></details>" if raw else ""
    return f"<dl>{told}</dl>{folded}"


def _pair(name: str, value: object, language: str) -> str:
    return f"<dt>{html.escape(FIELDS[name].in_language(language))}</dt><dd>{_value(value, language)}</dd>"


def _value(value: object, language: str) -> str:
    if isinstance(value, bool):
        return (YES if value else NO).in_language(language)
    if not isinstance(value, str):
        return html.escape(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
    if _MOMENT.fullmatch(value):
        return html.escape(hour(datetime.fromisoformat(value), language))
    escaped = html.escape(value)
    return f'<a href="{escaped}">{escaped}</a>' if _ADDRESS.fullmatch(value) else escaped


def _document(value: object) -> dict[str, Any] | None:
    """What is kept as a document of linked data; None for anything else."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return None
    return value if isinstance(value, dict) else None
