"""What stands beside a note of Praxis (Passerelles), field by field: where each of its lines belongs.

The page shows notes that are linked, terms, notebooks with their size, who put the note into the notebook, under which category
and when, authors, the community, dates and who may see it; each heading and deed with a small picture whose name a copied text
keeps ("lock_open public").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from node.domain import dates
from node.domain.fields import ZONE, fold
from node.domain.scanning import Line

_DATE = r"(?P<at>\d{1,2}(?:er)?\s+[^\W\d_]{3,10}\s+\d{4}(?:,?\s+(?:à\s+)?\d{1,2}\s*[:h]\s*\d{2})?)"
_ONLY_DATE = re.compile(rf"^{_DATE}$")
_DATED = re.compile(rf"^(?P<words>.*\S)\s+{_DATE}$")
_ICONS = (
    "note|bookmark|padding|file_copy|person|forum|lock_open|lock_outline|lock|groups?|people|event|history|schedule|visibility"
)
_ICON = re.compile(rf"^(?:(?:{_ICONS})\s*(?=[A-ZÀ-Ý0-9]|$))+")
_SHARED = re.compile(r"^(?:lock_open|lock_outline|lock|groups?|people|public(?=\s))\s+")
_CATEGORY = re.compile(r"^category(?:\s+(?P<words>.+))?$")
_SIZE = re.compile(r"^(?P<count>\d+) notes?$")
_INTEGRATED = re.compile(rf"^Intégrée? par\s+(?P<who>.+?)\s*(?:,?\s+le\s+{_DATE})?$")
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")
#: What the headings are, without plural and accents, and which field follows.
_HEADINGS = {
    "note liee": "related",
    "terme relie": "topics",
    "carnet relie": "notebooks",
    "auteur de note": "creators",
    "auteur": "creators",
    "communaute liee": "community",
    "publication": "published",
    "modification": "updated",
    "visibilite": "visibility",
}
_DEEDS = {"contacter l’auteur": "contact", "discuter de la note": "discussion", "historique de modification": "history"}
#: Only these tell that the text is over: a text may have a heading « Publication » of its own.
_BEGINNINGS = frozenset({"related", "topics", "notebooks", "creators"})
_PROFILES = re.compile(r"^(?:Communauté Passerelles|Profil En commun)$")


@dataclass(slots=True, kw_only=True)
class Named:
    """Something that the side bar names: a note with its date, a notebook with its size, a person, a community."""

    name: str
    address: str = ""
    at: datetime | None = None
    size: int | None = None


@dataclass(slots=True, kw_only=True)
class SideBar:
    """What was read. `placed` tells of each line which field it went into ("" for headings and deeds of the platform).

    `profiles` is where the community is shown; `rest` are lines that no rule knows, with the heading above them.
    """

    related: list[Named] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    notebooks: list[Named] = field(default_factory=list)
    integrators: list[Named] = field(default_factory=list)
    integrated: datetime | None = None
    categories: list[str] = field(default_factory=list)
    creators: list[Named] = field(default_factory=list)
    communities: list[Named] = field(default_factory=list)
    profiles: list[Named] = field(default_factory=list)
    published: datetime | None = None
    updated: datetime | None = None
    visibility: str = ""
    deeds: dict[str, str] = field(default_factory=dict)
    rest: list[tuple[str, str]] = field(default_factory=list)
    placed: list[tuple[str, str]] = field(default_factory=list)


def beginning(lines: Sequence[Line]) -> int | None:
    """Where the side bar begins; None when there is none."""
    return next((place for place, line in enumerate(lines) if _headed(line) in _BEGINNINGS), None)


def read(lines: Sequence[Line]) -> SideBar:
    """What the lines of a side bar say."""
    reading = _Reading()
    for line in lines:
        if reading.is_over:
            break
        reading.side.placed.append((line.text, reading.take(line)))
    return reading.side


def moment(text: str | None) -> datetime | None:
    """A date as people write it in French ("6 décembre 2023 17:37"), by the clock of Montréal."""
    if not text or not _ONLY_DATE.match(text.strip()):
        return None
    try:
        return dates.moment(re.sub(r"\s+à\s+|\s+", " ", text), ZONE)
    except ValueError:
        return None


def _bare(line: Line) -> str:
    return _ICON.sub("", line.text).strip()


def _singular(text: str) -> str:
    """A heading without what makes it plural or inclusive: « Auteur·trice(s) de note » → "auteur de note"."""
    words = re.sub(r"\(s\)|·trices?|·ices?", "", fold(text).replace("'", "’"))
    return re.sub(r"s\b", "", words)


def _headed(line: Line) -> str:
    return _HEADINGS.get(_singular(_bare(line)), "")


class _Reading:
    """A side bar that is being read, line after line."""

    def __init__(self) -> None:
        self.side = SideBar()
        self.heading = self.title = ""
        self.size: int | None = None
        self.awaits_category = self.is_over = False

    def take(self, line: Line) -> str:
        """The field that a line goes into."""
        bare = _bare(line)
        heading, deed = _headed(line), _DEEDS.get(_singular(bare), "")
        if heading:
            self.heading, self.title = heading, bare
            return ""
        if deed:
            self.side.deeds[deed] = line.links[0][1] if line.links else ""
            return deed if line.links else ""
        if not bare:  # a picture alone
            return ""
        return (
            self._of_notebook(line, bare)
            or self._rules().get(self.heading, self._unknown)(line, bare)
            or self._unknown(line, bare)
        )

    def _rules(self) -> dict[str, Callable[[Line, str], str]]:
        return {
            "related": self._related,
            "topics": self._topic,
            "notebooks": self._notebook,
            "creators": lambda line, bare: self._named(self.side.creators, line, bare, "creators"),
            "community": self._community,
            "published": self._published,
            "updated": self._updated,
            "visibility": self._visibility,
        }

    def _of_notebook(self, line: Line, bare: str) -> str:
        """What is said of the note's place in a notebook, whatever the heading above."""
        category, integrated = _CATEGORY.match(bare), _INTEGRATED.match(bare)
        if self.awaits_category or category:
            words = bare if self.awaits_category else (category["words"] if category else None)
            self.awaits_category = words is None
            if words is not None and words not in self.side.categories:
                self.side.categories.append(words)
            return "categories"
        if integrated:
            self._named(self.side.integrators, line, integrated["who"], "integrators")
            self.side.integrated = self.side.integrated or moment(integrated["at"])
            return "integrators, integrated"
        return ""

    def _related(self, line: Line, bare: str) -> str:
        """A note, its date, and both again for narrow screens, the name cut short."""
        dated, alone, last = _DATED.match(bare), moment(bare), self.side.related[-1] if self.side.related else None
        name = dated["words"] if dated else bare
        if alone is not None and last is not None:
            last.at = last.at or alone
        elif last is None or not _is_same(name, last.name):
            address = line.links[0][1] if line.links else ""
            self.side.related.append(Named(name=name, address=address, at=moment(dated["at"]) if dated else None))
        elif dated is not None:
            last.at = last.at or moment(dated["at"])
        return "related"

    def _topic(self, line: Line, bare: str) -> str:
        del line
        if bare not in self.side.topics:
            self.side.topics.append(bare)
        return "topics"

    def _notebook(self, line: Line, bare: str) -> str:
        size, last = _SIZE.match(bare), self.side.notebooks[-1] if self.side.notebooks else None
        if size is None:
            if last is None or not _is_same(bare, last.name):
                address = line.links[0][1] if line.links else ""
                self.side.notebooks.append(Named(name=bare, address=address, size=self.size))
                self.size = None
            return "notebooks"
        count = int(size["count"])
        if last is None or last.size not in {None, count}:
            self.size = count
        else:
            last.size = count
        return "notebooks"

    def _community(self, line: Line, bare: str) -> str:
        if _PROFILES.match(bare):
            return self._named(self.side.profiles, line, bare, "profiles")
        return self._named(self.side.communities, line, bare, "communities")

    def _published(self, line: Line, bare: str) -> str:
        del line
        said = moment(bare)
        self.side.published = self.side.published or said
        return "published" if said else ""

    def _updated(self, line: Line, bare: str) -> str:
        del line
        said = moment(bare)
        self.side.updated = self.side.updated or said
        return "updated" if said else ""

    def _visibility(self, line: Line, bare: str) -> str:
        del line
        self.side.visibility = _SHARED.sub("", bare)
        self.is_over = True  # the foot of the page follows
        return "visibility"

    @staticmethod
    def _named(found: list[Named], line: Line, bare: str, place: str) -> str:
        if bare not in {each.name for each in found}:
            found.append(Named(name=bare, address=line.links[0][1] if line.links else ""))
        return place

    def _unknown(self, line: Line, bare: str) -> str:
        del line
        self.side.rest.append((self.title, bare))
        return "rest"


def _is_same(name: str, known: str) -> bool:
    """Whether a name is one already known, perhaps cut short."""
    return name == known or (_CUT.search(name) is not None and known.startswith(_CUT.sub("", name)))
