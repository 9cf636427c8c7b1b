"""A reference, as bibliographies exchange it, and the resource that it stands for here; both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TypeGuard
from urllib.parse import quote

from node.domain import prose
from node.domain.documents import said_moment
from node.domain.fields import fold, is_address
from node.domain.files import LARGEST
from node.domain.html import clean, plain, visible
from node.domain.licences import licence
from node.errors import Invalid
from vocab.namespaces import CONCEPTS
from vocab.thing import Thing
from vocab.things.actor import Actor
from vocab.things.concept import Concept
from vocab.things.event import Event
from vocab.things.mapping import Mapping as Mapped
from vocab.things.object import Object
from vocab.things.place import Place
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text

#: A file with more references is taken in parts.
MOST = 20_000
#: So many authors and keywords of one are kept.
MOST_NAMES = 500
_GENRE = Ref(f"{CONCEPTS}genres/document-de-reference")
#: The kinds of reference, in the words of CSL; one that is not among them is a page.
KINDS = (
    "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "thesis", "report", "paper-conference",
    "webpage", "post-weblog", "document", "dataset", "manuscript", "motion_picture", "speech", "entry-encyclopedia",
    "legislation", "software",
)  # fmt: skip
PAGE = "webpage"
_LANGUAGES = {"english": "en", "anglais": "en", "french": "fr", "francais": "fr", "eng": "en", "fre": "fr", "fra": "fr"}
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?P<container>.*?)(?:, vol\. (?P<volume>[^,]+))?(?:, no (?P<number>[^,]+))?(?:, p\. (?P<pages>[^,]+))?", re.DOTALL
)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_LONGEST_TITLE = 400
_NO_WORKS = (Event, Concept, Mapped, Place, Actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference. `authors` are written « Family, Given », `issued` is a date as far as it is known: 2019, 2019-03."""

    key: str = ""
    kind: str = PAGE
    title: str = ""
    authors: tuple[str, ...] = ()
    issued: str = ""
    container: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    url: str = ""
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    language: str = ""
    license: str = ""


def resource(reference: Reference) -> RepertoireItem:
    """The resource that a reference stands for; raises Invalid when it has no title."""
    title = " ".join(plain(escape(reference.title, quote=False)).split())
    if not title:
        raise Invalid("it has no title")
    if max(len(reference.authors), len(reference.keywords)) > MOST_NAMES:
        raise Invalid(f"it has more than {MOST_NAMES} authors or keywords; keep the first of them")
    if len(reference.abstract) > LARGEST:
        raise Invalid(f"its summary is longer than {LARGEST // 1000} KB")
    abstract = "".join(
        f"<p>{escape(part.strip(), quote=False)}</p>" for part in visible(reference.abstract).split("\n") if part.strip()
    )
    language = _language(reference.language) or prose.language(f"{title}\n{plain(abstract)}")
    within, issued = _within(reference), _date(reference.issued)
    who = f"{'; '.join(reference.authors)}. " if reference.authors else ""
    cited = f"{who}{title}. {within}".strip()
    identifiers = (("doi", _doi(reference.doi)), ("isbn", reference.isbn), ("issn", reference.issn))
    return RepertoireItem(
        name=Text.of(title[:_LONGEST_TITLE], language),
        summary=Text.of(f"<p>{escape(prose.shorten(plain(abstract).replace(chr(10), ' ') or cited), quote=False)}</p>", language),
        content=Text.of(str(clean(abstract)) or f"<p>{escape(cited, quote=False)}</p>", language),
        media_type="text/html",
        in_language=language or None,
        creator=tuple(Text.of(author) for author in reference.authors),
        genre=_GENRE,
        platform_category=(reference.kind,),
        issued=issued or None,
        published=said_moment(issued),
        publisher_name=(Text.of(reference.publisher),) if reference.publisher else (),
        identifier=tuple(f"{kind}:{value}" for kind, value in identifiers if value),
        citation=(Text.of(within, language),) if within else (),
        origin=Ref(address) if (address := _address(reference)) else None,
        license=Ref(found) if (found := licence(reference.license)) else None,
    )


def key_of(name: str, reference: Reference, place: int) -> str:
    """By what a reference of a file is known again: its address, its ISBN, its own key, else its title."""
    isbn = re.sub(r"[^0-9Xx]", "", reference.isbn)
    own = (
        f"{name}#{reference.key}"
        if reference.key
        else f"{name}: {fold(reference.title)}"
        if reference.title
        else f"{name}, {place}"
    )
    return _address(reference) or (f"urn:isbn:{isbn}" if isbn and reference.kind == "book" else own)


def reference_of(thing: Object, names: Mapping[str, str], publisher: str = "") -> Reference:
    """How a thing is cited; `names` are what its authors and topics are called."""
    known = {kind: value for each in thing.identifier for kind, mark, value in [each.partition(":")] if mark}
    within = _WITHIN.fullmatch(thing.citation[0].primary) if thing.citation else None
    parts = {part: value or "" for part, value in within.groupdict().items()} if within else {}
    kind = next((word for word in thing.platform_category if word in KINDS), PAGE)
    # Who brought something here from elsewhere did not write it.
    is_brought = bool(thing.creator) or thing.origin is not None
    integrators = {ref.iri for ref in thing.integrator or thing.attributed_to} if is_brought else set()
    answering = [names.get(ref.iri, "") for ref in thing.attributed_to if ref.iri not in integrators]
    authors = [*(text.primary for text in thing.creator), *answering]
    day = thing.published or thing.updated
    return Reference(
        key=_citation_key(authors, thing),
        kind=kind,
        title=_words(thing.name),
        authors=tuple(" ".join(plain(author).split()) for author in authors if author),
        issued=thing.issued or (_day(day) if day else ""),
        container=parts.get("container", "") or (publisher if kind == PAGE else ""),
        volume=parts.get("volume", ""),
        number=parts.get("number", ""),
        pages=parts.get("pages", ""),
        publisher=next((_words(text) for text in thing.publisher_name), publisher if kind == PAGE else ""),
        abstract=_words(thing.summary),
        keywords=tuple(words for ref in thing.topic if (words := names.get(ref.iri, ""))),
        url=thing.id,
        doi=known.get("doi", ""),
        isbn=known.get("isbn", ""),
        issn=known.get("issn", ""),
        language=thing.in_language or "",
        license=thing.license.iri if thing.license else "",
    )


def is_citable(thing: Thing) -> TypeGuard[Object]:
    """Whether a thing can be cited: it has a title, and is a work."""
    return isinstance(thing, Object) and thing.name is not None and not isinstance(thing, _NO_WORKS)


def parts_of_date(issued: str) -> tuple[int, ...]:
    """Year, month and day, as far as they are known."""
    found = _PARTIAL.match(issued)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def family_and_given(author: str) -> tuple[str, str]:
    """« Family, Given » in its two parts; a name without comma is not divided."""
    family, _, given = author.partition(",")
    return family.strip(), given.strip()


def _within(reference: Reference) -> str:
    parts = (("", reference.container), ("vol. ", reference.volume), ("no ", reference.number), ("p. ", reference.pages))
    return ", ".join(f"{label}{' '.join(plain(value).split())}" for label, value in parts if value)


def _address(reference: Reference) -> str:
    doi = _doi(reference.doi)
    return f"https://doi.org/{quote(doi, safe='/:;()._-')}" if doi else reference.url if is_address(reference.url) else ""


def _doi(text: str) -> str:
    found = _DOI.search(text)
    return found[1].rstrip(".,;").lower() if found else ""


def _date(text: str) -> str:
    """A date as far as it is known, in ISO 8601: « 2019/03/04/ » and « March 2019 » too; "" when it is none."""
    plain_text = text.strip().replace("/", "-").rstrip("-")
    found = _PARTIAL.fullmatch(plain_text)
    if found:
        return plain_text
    at = said_moment(text)
    if at is None:
        year = re.search(r"\b(1[5-9]\d\d|20\d\d)\b", text)
        return year[1] if year else ""
    return at.date().isoformat()


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _language(text: str) -> str:
    word = fold(text)
    return _LANGUAGES.get(word, prose.language_tag(text))


def _words(text: Text | None) -> str:
    return " ".join(plain(text.primary).split()) if text else ""


def _family(author: str) -> str:
    """What comes first in “Fontaine, Mireille”, last in “Mireille Fontaine”."""
    family, comma, _ = author.partition(",")
    return family if comma else family.split()[-1] if family.split() else ""


def _citation_key(authors: list[str], thing: Object) -> str:
    """A name for the reference in letters and digits: author, year, and the end of its address, which tells it from others."""
    family = re.sub(r"[^a-z0-9]", "", fold(_family(authors[0]))) if authors else ""
    year = (thing.issued or "")[:4] or (str(thing.published.year) if thing.published else "")
    end = re.sub(r"[^A-Za-z0-9]", "", thing.id.rpartition("/")[2])[-6:]
    return f"{family or 'anonyme'}{year}{end}"
