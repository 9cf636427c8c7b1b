"""What a page reads with: the rows, the visit, the reader's scope, addresses and words; and how names are found for IRIs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from node.contracts import Visit
from node.domain.composing import as_html
from node.domain.html import visible
from node.domain.visibility import Scope, scope_of
from node.errors import NotFound
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.participations import ParticipationRow
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from node.storage.wished import ours
from node.web.addresses import Addresses
from node.web.translations import TAGS, Tongue, language_of
from vocab import concepts
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name to show and where it leads ("" for nowhere); `language` is that of the name, "" when it is the page's."""

    text: str
    href: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The organisation that something comes from: its `name`, and its `host` ("" for this site)."""

    host: str = ""
    name: str = ""


def web(iri: str) -> str:
    """An address of the web as it is, "" for anything else: nothing else that somebody elsewhere wrote is led to."""
    return iri if iri.startswith(("https://", "http://")) else ""


class Desk:
    """The rows and the visit of one page.

    `language` is that of the page, `as_spoken` the same as it is spoken to this reader: in which what the domain says is read.
    """

    def __init__(self, uow: UnitOfWork, visit: Visit) -> None:
        self.uow = uow
        self.visit = visit
        self.scope: Scope = scope_of(visit.reader)
        self.language = language_of(visit.language)
        self.tongue = Tongue(self.language)
        self.as_spoken = TAGS[self.language]
        self.addresses = Addresses(visit)
        self._actors: dict[str, ActorRow | None] = {}
        self._terms: dict[str, StoredThing | None] = {}

    @cached_property
    def communities(self) -> tuple[str, ...]:
        """The IRIs of the communities of this site, by name."""
        return ours(self.uow)

    @cached_property
    def organisations(self) -> Mapping[str, str]:
        """The names of the organisations elsewhere by host; a host with several has none of its own."""
        found: dict[str, set[str]] = {}
        for row in self.uow.actors.called("Organization"):
            if row.state == "active" and not row.is_local and row.name:
                found.setdefault(row.host, set()).add(row.name)
        return {host: min(names) for host, names in found.items() if len(names) == 1}

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Those whose words the reader does not want to read; looked up once, and for whoever is signed in alone."""
        return frozenset(self.uow.notices.hidden(self.visit.reader.actor)) if self.visit.form_token else frozenset()

    @cached_property
    def answered(self) -> Mapping[str, ParticipationRow]:
        """What the reader said about events, by event."""
        reader = self.visit.reader.actor
        return {row.event: row for row in self.uow.participations.by_person(reader)} if reader else {}

    def here(self, path: str) -> ActorRow:
        """The active actor of this site at a path; raises NotFound when there is none."""
        row = self.uow.actors.get(f"{self.visit.house.url}{path}")
        if row is None or not row.is_local or row.state != "active":
            raise NotFound
        return row

    def origin(self, iri: str) -> Origin:
        """Where something comes from: the organisation by its name, its host where the name is not known."""
        host = self.addresses.host(iri)
        return Origin(host=host, name=self.house_of(host) if host else self.visit.house.name)

    def house_of(self, host: str) -> str:
        """What the organisation of a host is called."""
        return self.organisations.get(host, host)

    def worded(self, text: Text | None) -> tuple[str, str]:
        """A text in the reader's language where it has one, and the tag of the language it came in ("" if not said).

        Without what nobody sees and what turns the writing round: names come from anywhere.
        """
        if text is None:
            return "", ""
        for tag, words in text.entries:
            if tag.split("-", maxsplit=1)[0] == self.language:
                return visible(words), tag
        return visible(text.primary), text.language

    def text_of(self, thing: object) -> tuple[str, str]:
        """The text of a thing, or what a term means, as HTML, and the tag of its language."""
        words, tag = self.worded(getattr(thing, "content", None) or getattr(thing, "definition", None))
        return as_html(words, getattr(thing, "media_type", None)), tag

    def named(self, thing: object) -> tuple[str, str]:
        """What a thing is called and the language of that; a term by its label where only that is in the reader's language."""
        name, label = (getattr(thing, each, None) for each in ("name", "pref_label"))
        is_label = label is not None and self.worded(name)[1].split("-", maxsplit=1)[0] != self.language
        words, language = self.worded(label if is_label else name)
        return (words, language) if words.strip() else self.worded(name)

    def actor(self, iri: str) -> ActorRow | None:
        """An actor, looked up once: a page names the same ones again and again."""
        if iri not in self._actors:
            self._actors[iri] = self.uow.actors.get(iri)
        return self._actors[iri]

    def community(self, iri: str) -> Link:
        """A community by its name; its site where it is not known here."""
        row = self.actor(iri)
        name = row.name if row else ""
        return Link(text=name or self.house_of(urlsplit(iri).netloc), href=self.addresses.community(iri))

    def person(self, iri: str) -> Link:
        """Who wrote something, by name; their site where they are not known here."""
        row = self.actor(iri)
        if row and row.type == "Group":
            return self.community(iri)
        here = self.visit.house.is_local(iri)
        name = row.name or row.username if row else ""
        href = self.addresses.page(urlsplit(iri).path) if here else iri
        nameless = self.tongue.say("une personne d’ailleurs (%(host)s)", host=self.house_of(urlsplit(iri).netloc))
        return Link(text=name or nameless, href=href)

    def expect(self, iris: Iterable[str]) -> None:
        """Looks up at once what many things name: one by one they would be most of the work of a list."""
        asked = [iri for iri in dict.fromkeys(iris) if iri and iri not in self._terms]
        found = self.uow.search.named(asked, scope=self.scope)
        self._terms.update({iri: found.get(iri) for iri in asked})

    def term(self, ref: Ref) -> Link:
        """A topic, place or other thing by its name, as far as this reader may see it."""
        if ref.iri not in self._terms:
            self._terms[ref.iri] = self.uow.things.get(ref.iri, self.scope)
        stored = self._terms[ref.iri]
        if stored is not None and stored.entry.deleted_at is None and stored.entry.name:
            words, language = self.named(stored.thing)
            return Link(text=words or stored.entry.name, href=self.addresses.thing(ref.iri), language=language)
        label = concepts.label(ref.iri, self.language)
        if label:
            return Link(text=label, language=self.language)
        words, language = self.worded(getattr(ref.thing, "name", None))
        nameless = self.tongue.say("un terme d’ailleurs (%(host)s)", host=self.house_of(urlsplit(ref.iri).netloc))
        return Link(text=words or nameless, href=web(ref.iri), language=language)


def refs(thing: object, *names: str) -> tuple[Ref, ...]:
    """The pointers in some fields of a thing, whether a field holds none, one or several; fields it does not have hold none."""
    found: list[Ref] = []
    for name in names:
        value = getattr(thing, name, None)
        found.extend(value if isinstance(value, tuple) else [value] if isinstance(value, Ref) else [])
    return tuple(found)
