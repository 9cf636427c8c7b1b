"""What a node knows of a person, as they take it along: JSON for programs, and a page that anybody can open."""

from __future__ import annotations

import html
from typing import Any

import orjson

from node.contracts import Visit
from node.domain.personal import CATEGORIES
from node.storage.personal import rows_of
from node.storage.unit_of_work import UnitOfWork
from node.web.translations import TAGS, Tongue, language_of

_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}dt{font-weight:bold}dd{margin:0 0 .4rem}"
    "dl{border-top:1px solid;padding:.6rem 0;overflow-wrap:anywhere}"
)
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
    """The whole as one page that needs nothing else."""
    language = language_of(visit.language)
    tongue = Tongue(language)
    title = tongue.say("Ce que %(name)s sait de vous", name=visit.house.name)
    parts = [
        f'<!doctype html><html lang="{TAGS[language]}"><meta charset="utf-8"><title>{html.escape(title)}</title>',
        f"<style>{_STYLE}</style>",
        f"<h1>{html.escape(title)}</h1><p>{html.escape(visit.house.now.date().isoformat())}</p>",
    ]
    for name, tables in known.items():
        parts.append(f"<h2>{html.escape(CATEGORIES[name].name.in_language(TAGS[language]))}</h2>")
        for table, rows in tables.items():
            parts.append(f"<h3>{html.escape(table)}</h3>")
            parts.extend(_row(row) for row in rows)
    return "".join([*parts, "</html>"]).encode()


def _row(row: dict[str, Any]) -> str:
    return f"<dl>{''.join(_field(name, value) for name, value in row.items() if value not in (None, '', []))}</dl>"


def _field(name: str, value: object) -> str:
    words = value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return f"<dt>{html.escape(name)}</dt><dd>{html.escape(words)}</dd>"
