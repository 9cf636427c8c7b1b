"""Entries of the bazar of a YesWiki, as its address `?api/forms/{number}/entries` gives them. Reads only.

The fields that forms share by custom are known; every other one is kept with its name. `columns` say of a form of one's own which
of its fields is which of those: bf_resume → content.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson

from node.contracts import Draft, File, Format, Unread
from node.domain import prose
from node.domain.dates import moment
from node.domain.fields import ZONE, is_address
from node.domain.heads import field_name
from node.domain.html import clean, plain, visible
from node.domain.licences import licence
from node.errors import Invalid
from vocab.things.event import Event
from vocab.things.link import Link
from vocab.things.object import Object
from vocab.things.place import Place
from vocab.things.postal_address import PostalAddress
from vocab.things.property_value import PropertyValue
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text

#: What people call a field of a form of theirs → the field that it is by custom.
_CUSTOM = {
    "title": "bf_titre", "summary": "bf_chapeau", "content": "bf_description", "topic": "bf_tags", "author": "bf_auteur",
    "license": "bf_licence", "url": "bf_site_internet", "starttime": "bf_date_debut_evenement",
    "endtime": "bf_date_fin_evenement", "category": "bf_categorie",
}  # fmt: skip
_START, _END = "bf_date_debut_evenement", "bf_date_fin_evenement"
_PUBLISHED = "1"
#: Read apart, or of no meaning outside that wiki.
_PLACED = frozenset({
    "id_fiche", "id_typeannonce", "url", "bf_titre", "bf_chapeau", "bf_description", "bf_tags", "bf_motscles", "bf_auteur",
    "createur", "owner", "user", "date_creation_fiche", "date_maj_fiche", "statut_fiche", "bf_licence", "bf_site_internet",
    "bf_adresse", "bf_adresse1", "bf_adresse2", "bf_code_postal", "bf_ville", "bf_pays", "bf_latitude", "bf_longitude",
    "geolocation", "carte_google", "html_data", "html_output", "semantic", "valider", "antispam", "max_file_size", "incomingurl",
    "categorie_fiche", "bf_categorie", "date_debut_validite_fiche", "date_fin_validite_fiche", _START, _END,
})  # fmt: skip
#: Who can be reached how, and with which word: it stays there.
_PERSONAL = re.compile(
    r"mail|courriel|telephone|(?:^|_)tel(?:_|$)|portable|mot_?de_?passe|password|token|acl|sendmail", re.IGNORECASE
)
_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_PART = re.compile(r"_(?:allday|hour|minutes)$|^data-")
_LIST = re.compile(r"^(?:checkbox|liste|radio)(?:liste|fiche)?(?P<name>.*?)$", re.IGNORECASE)
_FILE = re.compile(r"^(?:image|fichier)(?=bf_)")
#: In characters: an entry of a bazar, not a book.
_LONGEST = 200_000

Entry = Mapping[str, Any]


def read(file: File) -> Iterator[Draft | Unread]:
    """The entries that are published there, each known by its address; Invalid when this is no such document."""
    try:
        document = orjson.loads(file.content)
    except orjson.JSONDecodeError as fault:
        raise Invalid(f"{file.name}: this is no JSON: {fault}") from fault
    found = _entries(document)
    if found is None:
        raise Invalid(f"{file.name}: there are no entries of a bazar in it; save what ?api/forms/NUMBER/entries answers")
    for name, said in found:
        entry = _renamed(said, file.columns) if isinstance(said, dict) else {}
        source = f"{file.name}, {_text(entry, 'id_fiche') or name}"
        yield _draft(entry, source)


def _entries(document: object) -> list[tuple[str, object]] | None:
    """The entries with their names: a list, an object of them, or one alone."""
    if isinstance(document, list):
        return [(f"entry {number}", each) for number, each in enumerate(document, 1)]
    if not isinstance(document, dict):
        return None
    if "bf_titre" in document or "id_fiche" in document:
        return [("entry 1", document)]
    inner = document.get("entries")
    if inner is not None:
        return _entries(inner)
    return list(document.items()) if document and all(isinstance(each, dict) for each in document.values()) else None


def _renamed(said: dict[str, Any], columns: Mapping[str, str]) -> Entry:
    """The entry with the fields of its own form under the names that are custom, without those to be left out."""
    return {
        _CUSTOM.get(field_name(columns.get(name, "")), name): value for name, value in said.items() if columns.get(name) != ""
    }


def _draft(entry: Entry, source: str) -> Draft | Unread:
    title = _text(entry, "bf_titre")
    if not title:
        return Unread(source=source, reason="it has no title (bf_titre)")
    status = _text(entry, "statut_fiche") or _PUBLISHED
    if status != _PUBLISHED:
        return Unread(source=source, reason=f"it is not published there (statut_fiche {status})")
    try:
        thing = _thing(entry, title)
    except (ValueError, OverflowError) as fault:
        return Unread(source=source, reason=f"« {fault} » cannot be read")
    address = _text(entry, "url")
    known = _text(entry, "id_fiche") or title
    key = address if is_address(address) else f"yeswiki {_text(entry, 'id_typeannonce')} {known}"
    topics = [*_words(entry, "bf_tags"), *_words(entry, "bf_motscles")]
    return Draft(thing=thing, source=source, topics=tuple(dict.fromkeys(topics)), options={"key": key})


def _thing(entry: Entry, title: str) -> Object:
    content = _html(_raw(entry, "bf_description"))
    chapeau = plain(_html(_raw(entry, "bf_chapeau")))
    language = prose.language(f"{title}\n{plain(content)}\n{chapeau}") or "fr"
    summary = chapeau or prose.summary(plain(content).split("\n")) or title
    address, site = _text(entry, "url"), _text(entry, "bf_site_internet")
    fields, categories = _others(entry, address)
    said: dict[str, Any] = {
        "name": Text.of(title, language),
        "summary": Text.of(f"<p>{html.escape(prose.shorten(summary), quote=False)}</p>", language),
        "content": Text.of(content or f"<p>{html.escape(summary, quote=False)}</p>", language),
        "media_type": "text/html",
        "in_language": language,
        "origin": Ref(address) if is_address(address) else None,
        "url": (Ref(site),) if is_address(site) else (),
        "creator": tuple(Text.of(name) for name in dict.fromkeys(_authors(entry))),
        "published": _moment(entry, "date_creation_fiche"),
        "updated": _moment(entry, "date_maj_fiche"),
        "license": Ref(known) if (known := licence(_text(entry, "bf_licence"))) else None,
        "location": _place(entry),
        "platform_category": categories,
        "attachment": fields,
    }
    start = _moment(entry, _START)
    if start is None:
        return RepertoireItem(**said)
    is_long = _text(entry, f"{_START}_allday") == "1" or bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", _text(entry, _START)))
    return Event(**said, start_time=start, end_time=_end(entry, start, is_long=is_long), is_all_day=is_long or None)


def _end(entry: Entry, start: datetime, *, is_long: bool) -> datetime | None:
    """When an event ends; a last day is over when the next one begins."""
    end = _moment(entry, _END)
    if end is None:
        return None
    end = end + timedelta(days=1) if is_long or _text(entry, f"{_END}_allday") == "1" else end
    return end if end > start else None


def _moment(entry: Entry, name: str) -> datetime | None:
    text = _text(entry, name)
    return moment(text, ZONE) if text and not text.startswith("0000") else None


def _authors(entry: Entry) -> list[str]:
    return [name for key in ("bf_auteur", "createur", "owner") if (name := _text(entry, key)) and not _MAIL.match(name)][:1]


def _place(entry: Entry) -> tuple[Ref, ...]:
    """Where it is, by its point and its postal address."""
    latitude, longitude = _point(entry)
    street = " ".join(part for key in ("bf_adresse", "bf_adresse1", "bf_adresse2") if (part := _text(entry, key)))
    code, town, country = (_text(entry, key) for key in ("bf_code_postal", "bf_ville", "bf_pays"))
    name = ", ".join(part for part in (street, town) if part)
    if not name and latitude is None:
        return ()
    postal = PostalAddress(
        street_address=street or None, postal_code=code or None, address_locality=town or None, address_country=country or None
    )
    shown = Text.of(name) if name else None
    return (Ref("", thing=Place(name=shown, latitude=latitude, longitude=longitude, address=(postal.ref,) if name else ())),)


def _point(entry: Entry) -> tuple[float | None, float | None]:
    inner, old = entry.get("geolocation"), _text(entry, "carte_google").partition("|")
    said = inner if isinstance(inner, dict) else entry
    pair = (_text(said, "bf_latitude") or old[0], _text(said, "bf_longitude") or old[2])
    try:
        latitude, longitude = (float(part) for part in pair)
    except ValueError:
        return None, None
    is_on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180  # noqa: PLR2004 - degrees
    return (latitude, longitude) if is_on_earth else (None, None)


def _others(entry: Entry, address: str) -> tuple[tuple[Ref, ...], tuple[str, ...]]:
    """What forms of one's own say: files as links, choices as words, everything else by its name."""
    fields: list[Ref] = []
    categories = _words(entry, "bf_categorie")
    for key, value in entry.items():
        if key.casefold() in _PLACED or _PART.search(key) or _PERSONAL.search(key):
            continue
        text = _text(entry, key) if not isinstance(value, dict) else ""
        if not text or _MAIL.match(text):
            continue
        words = [] if re.fullmatch(r"[\d, ]+", text) or not _LIST.match(key) else _words(entry, key)
        if words:
            categories += words
        else:
            fields.append(_field(key, text, address))
    return tuple(fields), tuple(dict.fromkeys(categories))


def _field(key: str, text: str, address: str) -> Ref:
    base = re.split(r"/?\?|/wakka\.php", address)[0].rstrip("/")
    if _FILE.match(key) and is_address(base) and re.fullmatch(r"[\w. -]+", text):
        return Link(href=Ref(f"{base}/files/{text}".replace(" ", "%20")), name=Text.of(text)).ref
    name = key.rpartition("bf_")[2].replace("_", " ") or key
    return PropertyValue(name=Text.of(name), value=html.escape(plain(text) if "<" in text else text, quote=False)).ref


def _raw(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value if isinstance(part, str | int | float))
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _text(entry: Mapping[str, Any], key: str) -> str:
    return " ".join(visible(_raw(entry, key)).split())


def _words(entry: Entry, key: str) -> list[str]:
    return [word for part in _text(entry, key).split(",") if (word := part.strip())]


def _html(text: str) -> str:
    """A long text as clean HTML; one without tags is in the marks of the wiki."""
    if len(text) > _LONGEST:
        raise ValueError(f"{text[:40]}…, which is longer than {_LONGEST // 1000} kB,")
    if re.search(r"</?(?:p|div|br|ul|ol|h\d|table|strong|em|span|a)\b", text, re.IGNORECASE):
        return str(clean(text))
    return str(clean("".join(_block(line.strip()) for line in visible(text).split("\n") if line.strip())))


def _block(line: str) -> str:
    if title := re.fullmatch(r"(={2,6})(.+?)={2,6}", line):
        return f"<h{8 - len(title[1])}>{_inline(title[2])}</h{8 - len(title[1])}>"
    if item := re.fullmatch(r"(?:-|\*|\d+\))\s+(.+)", line):
        return f"<ul><li>{_inline(item[1])}</li></ul>"
    return "<hr>" if re.fullmatch(r"-{4,}", line) else f"<p>{_inline(line)}</p>"


def _inline(text: str) -> str:
    said = html.escape(text, quote=False)
    said = re.sub(
        r"\[\[(https?://[^\s\[\]]{1,2000})(?:\s+([^\[\]]{0,500}))?\]\]",
        lambda link: f'<a href="{link[1]}">{link[2] or link[1]}</a>',
        said,
    )
    return re.sub(r"(?<!:)//([^/]+)//", r"<em>\1</em>", re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", said))


FORMAT = Format(
    name="yeswiki",
    media_type="application/json",
    extension="json",
    loses={
        "fr": "Droits, réglages d’affichage, courriels et téléphones, images elles-mêmes (leur adresse reste), choix dont la "
        "liste n’est pas fournie (gardés tels quels)\u00a0; les heures sans fuseau sont lues à l’heure de Montréal.",
        "en": "Rights, settings of display, e-mail addresses and telephones, pictures themselves (their address stays), choices "
        "whose list is not given (kept as they are); hours without a zone are read by the clock of Montréal.",
    },
    read=read,
)
