"""What a page offers to take with one: the ways out of a list or a resource that make sense for what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from node.contracts import Format, Visit
from node.domain.visibility import ANYONE
from node.web.addresses import Addresses
from node.web.listings import CONTENTS, FORMAT, PLACES
from node.web.translations import Tongue, language_of, phrase
from vocab.thing import Thing

#: The page where members make private addresses, and its parameter that names a list.
PRIVATE, LIST = "/adresses-privees", "liste"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One format: what it is called, where it leads, what it does not keep. `feeds`: programs may look at it again and again."""

    text: str
    href: str
    media_type: str
    loses: str
    feeds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways out of one page, by what they are for; those for citing apart; where a member makes a private address."""

    groups: tuple[tuple[str, tuple[Way, ...]], ...]
    citing: tuple[Way, ...]
    private: str

    @property
    def every(self) -> tuple[Way, ...]:
        """All of them."""
        return tuple(way for _, ways in self.groups for way in ways)


#: What each format is called by people, those first that come first.
_TEXTS: Mapping[str, str] = {
    "atom": phrase("Fil de nouvelles (Atom)"),
    "rss": phrase("Fil de nouvelles (RSS)"),
    "jsonfeed": phrase("Fil de nouvelles (JSON)"),
    "icalendar": phrase("Calendrier"),
    "csv": phrase("Tableau (CSV)"),
    "xlsx": phrase("Classeur (Excel)"),
    "html": phrase("Page à imprimer (HTML)"),
    "markdown": phrase("Texte (Markdown)"),
    "text": phrase("Texte"),
    "epub": phrase("Livre (EPUB)"),
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
    "activitystreams": "ActivityStreams",
    "jsonld": "JSON-LD",
    "turtle": "Turtle",
    "nquads": "N-Quads",
    "sssom": "SSSOM",
}
_GROUPS: Mapping[str, tuple[str, ...]] = {
    phrase("Pour suivre"): ("atom", "rss", "jsonfeed", "icalendar"),
    phrase("Pour un tableur ou un document"): ("csv", "xlsx", "html", "markdown", "text", "epub"),
    phrase("Pour une bibliographie"): ("bibtex", "ris", "csl"),
    phrase("Pour des programmes"): (),
}
_NEWS = ("atom", "rss", "jsonfeed")
_FEEDS, _CITING = (tuple(_GROUPS.values())[place] for place in (0, 2))


def ways(visit: Visit, formats: Iterable[Format], things: Sequence[Thing], *, is_one: bool = False) -> Ways | None:
    """The ways out for what a page shows, None where nobody unknown may read as a program does.

    A format is offered when one of these things has a place in it; with none, every one that is written. `is_one`: it is a
    resource, and what is followed of one is the list that it leads to.
    """
    if visit.house.signed_reads and visit.reader == ANYONE:
        return None
    known = {form.name: form for form in formats if form.write and _fits(form, things)}
    placed = {name for names in _GROUPS.values() for name in names}
    others = sorted(known.keys() - placed, key=lambda name: (_order(name), name))
    groups = []
    for title, names in _GROUPS.items():
        found = tuple(_way(visit, known[name], is_one=is_one) for name in (names or others) if name in known)
        if found:
            groups.append((Tongue(language_of(visit.language)).say(title), found))
    return Ways(
        groups=tuple(groups),
        citing=tuple(_way(visit, known[name], is_one=is_one) for name in _CITING if name in known),
        private=Addresses(visit).page(PRIVATE, **{LIST: _list_of(visit)}) if visit.form_token else "",
    )


def fitting(offers: Iterable[str], formats: Iterable[Format], things: Sequence[Thing]) -> tuple[str, ...]:
    """Of the media types that an address may answer in, those in which these things have a place."""
    idle = {form.media_type for form in formats if not _fits(form, things)}
    return tuple(offer for offer in offers if offer not in idle)


def _fits(form: Format, things: Sequence[Thing]) -> bool:
    return not things or any(form.accepts(thing) for thing in things)


def _order(name: str) -> int:
    return list(_TEXTS).index(name) if name in _TEXTS else len(_TEXTS)


def _way(visit: Visit, form: Format, *, is_one: bool) -> Way:
    contents = "oui" if is_one and form.name in _NEWS else visit.query.get(CONTENTS)
    tongue = Tongue(language_of(visit.language))
    return Way(
        text=tongue.say(_TEXTS[form.name]) if form.name in _TEXTS else form.name,
        href=Addresses(visit).here(**{FORMAT: form.name, CONTENTS: contents, **dict.fromkeys(PLACES)}),
        media_type=form.media_type,
        loses=form.loses.get(tongue.language) or form.loses["fr"],
        feeds=form.name in _FEEDS,
    )


def _list_of(visit: Visit) -> str:
    """The address of the list that this page is, from its beginning and in no format."""
    here = Addresses(visit).here(**dict.fromkeys((FORMAT, *PLACES)))
    parts = urlsplit(here)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
