"""In which languages a resource can be read: the one it was written in, and its translations, as far as the reader sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from node.actions.translate import original
from node.domain.translating import TRANSLATION_OF
from node.errors import NodeError
from node.storage.stored import StoredThing
from node.web.cards import title_of
from node.web.desk import Desk, refs
from node.web.wording import language_name

#: So many translations of one resource are listed.
_MOST = 20
TRANSLATE = "/traduire"


def translating(url: str, iri: str) -> str:
    """Where a thing is translated: what the draft of a translation is about."""
    return f"{url}{TRANSLATE}?{urlencode({'iri': iri})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class InLanguage:
    """One of the languages: what it is called, where it is read, its permanent address, its title there."""

    tag: str
    name: str
    href: str
    iri: str
    title: str
    is_original: bool


def tongues(desk: Desk, stored: StoredThing) -> Mapping[str, Any]:
    """What the page of a resource says of it: `others` in other languages, `own` for search engines, where one translates it."""
    root = _root(desk, stored)
    told = [root] if root is not None else []
    start = root or stored
    of = desk.uow.things.with_facet(TRANSLATION_OF, start.entry.iri, scope=desk.scope, limit=_MOST)
    every = [*told, *(each for each in of if each.entry.deleted_at is None)]
    others = [_made(desk, each, start) for each in every if each.entry.iri != stored.entry.iri]
    late = root is not None and _changed_since(root, stored)
    return {
        "in_languages": [each for each in others if each.tag],
        "own_tag": _made(desk, stored, start).tag if others else "",
        "is_translation": root is not None,
        "original_changed": late,
        "translate_href": desk.addresses.page(TRANSLATE, iri=start.entry.iri) if _may_translate(desk, start) else "",
    }


def _root(desk: Desk, stored: StoredThing) -> StoredThing | None:
    """What it was translated from, where the reader sees that."""
    iri = next((ref.iri for ref in refs(stored.thing, "translation_of") if ref.iri), "")
    found = desk.uow.things.get(iri, desk.scope) if iri and iri != stored.entry.iri else None
    return found if found is not None and found.entry.deleted_at is None else None


def _made(desk: Desk, each: StoredThing, root: StoredThing) -> InLanguage:
    title, language = title_of(desk, each)
    tag = getattr(each.thing, "in_language", None) or each.entry.language or language
    return InLanguage(
        tag=tag,
        name=language_name(tag, desk.tongue),
        href=desk.addresses.thing(each.entry.iri),
        iri=each.entry.iri,
        title=title,
        is_original=each.entry.iri == root.entry.iri,
    )


def _changed_since(root: StoredThing, stored: StoredThing) -> bool:
    changed, made = root.entry.updated_at, stored.entry.updated_at or stored.entry.published_at
    return changed is not None and made is not None and changed > made


def _may_translate(desk: Desk, start: StoredThing) -> bool:
    if not desk.visit.form_token:
        return False
    try:
        original(desk.uow, desk.visit.house, desk.visit.reader.actor, start.entry.iri)
    except NodeError:
        return False
    return True
