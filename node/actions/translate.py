"""Somebody translates a resource that they may read: a note of its own, in a community of theirs, linked with the original."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from node.contracts import Draft, House
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.domain.rights import Deed, may
from node.domain.translating import LANGUAGES, is_text, language_of, may_be_changed, translated
from node.domain.visibility import Scope
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.referring import referring
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.things.notebook import Notebook
from vocab.things.object import Object

#: The deed that publishes: actions/publish.py, given by whoever calls.
Publish = Callable[[UnitOfWork, House, Draft, Placement], Entry]
_TYPES = frozenset({"Article", "Page", "Note"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What a translator wrote of the resource `iri`, and the community that it goes to."""

    iri: str
    by: str
    community: str
    language: str
    title: str
    summary: str
    text: str


def original(uow: UnitOfWork, house: House, person: str, iri: str) -> tuple[StoredThing, Object]:
    """What somebody may translate: a text that they see, that some community of theirs may have a translation of.

    Raises NotFound, or NotAllowed where its licence lets nobody change it.
    """
    scope = Scope(actor=person, communities=uow.members.communities_of(person, house.now))
    stored = uow.things.get(iri, scope) if person else None
    thing = stored.thing if stored is not None and stored.entry.deleted_at is None else None
    if stored is None or not _is_fit(stored, thing) or not rooms(uow, house, person, stored) or not isinstance(thing, Object):
        raise NotFound("There is nothing of that address here that you could translate.")
    if not may_be_changed(thing):
        raise NotAllowed("Its licence allows no translation.")
    return stored, thing


def _is_fit(stored: StoredThing, thing: object) -> bool:
    return stored.entry.type in _TYPES and not isinstance(thing, Notebook) and is_text(thing)


def rooms(uow: UnitOfWork, house: House, person: str, stored: StoredThing) -> list[str]:
    """The communities of somebody that may have a translation: of what is for a community, that one alone."""
    entry, held = stored.entry, uow.members.communities_of(person, house.now)
    wanted: Mapping[Audience, frozenset[str]] = {Audience.PUBLIC: held, Audience.COMMUNITY: held & {entry.community}}
    known = [
        row
        for iri in wanted.get(entry.audience, ())
        if (row := uow.actors.get(iri)) is not None and row.is_local and row.state == "active"
    ]
    able = [row for row in known if may(uow.members.roles(person, row.iri, house.now), Deed.PUBLISH)]
    return [row.iri for row in sorted(able, key=lambda row: row.name.casefold())]


def translate(uow: UnitOfWork, house: House, made: Translation, publish: Publish) -> Entry:
    """Publishes a translation for those who may read the original; its authors here are told. Raises what `original` raises."""
    stored, thing = original(uow, house, made.by, made.iri)
    if made.community not in rooms(uow, house, made.by, stored) or made.language not in LANGUAGES:
        raise Invalid("A translation goes to a community of yours, in one of the languages.")
    if made.language == language_of(thing, stored.entry.language):
        raise Invalid("A translation is in another language.")
    authors = [ref.iri for ref in thing.attributed_to if ref.iri] or [stored.entry.author]
    note = translated(thing, (made.title, made.summary, made.text), made.language, made.by, [iri for iri in authors if iri])
    placed = Placement(author=made.by, community=made.community, audience=stored.entry.audience)
    entry = publish(uow, house, Draft(thing=referring(uow, note, made.text, placed.scope), source=made.iri), placed)
    if house.is_local(stored.entry.author):
        uow.notices.add(stored.entry.author, "translated", entry.iri, house.now, by=made.by, community=made.community)
    return entry
