"""CSL-JSON: references as Zotero and citation processors exchange them.

Spec: CSL-JSON 1.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from node.contracts import Draft, File, Format, Listing, Unread
from node.domain.references import (
    KINDS,
    MOST,
    PAGE,
    Reference,
    family_and_given,
    is_citable,
    key_of,
    parts_of_date,
    reference_of,
    resource,
)  # fmt: skip
from node.errors import Invalid

#: Fields that are a text in both.
_TEXTS = {
    "title": "title", "container-title": "container", "volume": "volume", "issue": "number", "page": "pages",
    "publisher": "publisher", "abstract": "abstract", "URL": "url", "DOI": "doi", "ISBN": "isbn", "ISSN": "issn",
    "language": "language",
}  # fmt: skip
#: The marks that a title may carry.
_RICH = re.compile(r"</?(?:i|b|sup|sub|sc|span)\b[^<>]*>")


def write(listing: Listing) -> bytes:
    """An array with an item for each thing that can be cited."""
    items = [_item(reference_of(thing, listing.names, listing.publisher)) for thing in listing.things if is_citable(thing)]
    return orjson.dumps(items, option=orjson.OPT_INDENT_2)


def read(file: File) -> Iterator[Draft | Unread]:
    """A draft for each item of an array (or of the `items` of a library); one without title is told."""
    try:
        found = orjson.loads(file.content.removeprefix(b"\xef\xbb\xbf"))
    except (orjson.JSONDecodeError, RecursionError) as fault:
        raise Invalid(f"{file.name}: this is no JSON: {str(fault)[:100]}") from fault
    items = found.get("items", [found]) if isinstance(found, dict) else found
    if not isinstance(items, list) or not items:
        raise Invalid(f"{file.name}: this is no list of references; export it as CSL JSON")
    for place, item in enumerate(items[:MOST], start=1):
        source = f"{file.name}, item {place}"
        try:
            reference = _reference(item)
            options = {"key": key_of(file.name, reference, place)}
            yield Draft(thing=resource(reference), source=source, topics=reference.keywords, options=options)
        except Invalid as fault:
            yield Unread(source=source, reason=str(fault))
    if len(items) > MOST:
        yield Unread(source=f"{file.name}, item {MOST + 1}", reason=f"this and all below: {MOST} at once are the most; split it")


def _reference(item: object) -> Reference:
    if not isinstance(item, dict):
        raise Invalid("it is no reference")
    said = {field: _word(item.get(key)) for key, field in _TEXTS.items()}
    kind = _word(item.get("type"))
    authors = item.get("author") or item.get("editor")
    names = [name for each in (authors if isinstance(authors, list) else []) if isinstance(each, dict) and (name := _name(each))]
    return Reference(
        key=_word(item.get("id")),
        kind=kind if kind in KINDS else PAGE,
        authors=tuple(names),
        issued=_issued(item.get("issued")),
        keywords=tuple(word for each in _word(item.get("keyword")).replace(";", ",").split(",") if (word := each.strip())),
        license=_word(item.get("license")),
        **{**said, "title": _RICH.sub("", said["title"])},
    )


def _word(value: object) -> str:
    return str(value) if isinstance(value, (str, int)) else ""


def _name(name: Mapping[str, object]) -> str:
    family = " ".join(word for key in ("non-dropping-particle", "family") if (word := _word(name.get(key))))
    given = _word(name.get("given"))
    return (f"{family}, {given}" if family and given else family or given) or _word(name.get("literal"))


def _issued(value: object) -> str:
    if not isinstance(value, dict):
        return _word(value)
    dates = value.get("date-parts")
    first = dates[0] if isinstance(dates, list) and dates and isinstance(dates[0], list) else []
    parts = [_word(part) for part in first[:3] if _word(part)]
    return "-".join(part.zfill(2) for part in parts) or _word(value.get("raw")) or _word(value.get("literal"))


def _item(reference: Reference) -> dict[str, Any]:
    """The reference as an item; what it does not say is left out."""
    authors = [(family_and_given(author), author) for author in reference.authors]
    names = [{"family": family, "given": given} if given else {"literal": whole} for (family, given), whole in authors]
    date = parts_of_date(reference.issued)
    item = {
        "id": reference.key,
        "type": reference.kind,
        **{key: getattr(reference, field) for key, field in _TEXTS.items()},
        "author": names,
        "issued": {"date-parts": [date]} if date else {},
        "keyword": ", ".join(reference.keywords),
        "license": reference.license,
    }
    return {key: value for key, value in item.items() if value}


FORMAT = Format(
    name="csl",
    media_type="application/vnd.citationstyles.csl+json",
    extension="json",
    loses={
        "fr": "Le texte, hors du résumé ; les rôles autres qu’auteur·rice ; ce qu’une référence ne dit pas.",
        "en": "The text, but for its summary; roles other than author; whatever a reference does not tell.",
    },
    write=write,
    read=read,
    accepts=is_citable,
)
