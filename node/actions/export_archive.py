"""Everything of this node as files: pages for people, texts, linked data, and the rows from which it is made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from node.contracts import House
from node.domain import leaflets
from node.domain.archive_words import read_me
from node.domain.identifiers import slug
from node.domain.leaflets import Group, Known, Title
from node.domain.rights import ADMINISTRATION, GUEST
from node.storage import archived_files, archiving
from node.storage.archiving import Portion
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import concepts, jsonld
from vocab.errors import VocabError
from vocab.thing import Thing

#: Where the rows lie, one file for each table.
ROWS = "donnees"
_LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is going to be written: every community, the titles of all resources, and what addresses are called."""

    groups: tuple[Group, ...]
    titles: tuple[Title, ...]
    known: Known


def export_archive(uow: UnitOfWork, house: House, portion: Portion) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of an archive, by their names with `/`, each in pieces; one state of the node as long as `uow` lasts."""
    left_out, ended = archiving.hidden(uow, portion), archiving.gone(uow)
    for table in archiving.names(portion):
        yield f"{ROWS}/{table}.jsonl", archiving.lines(uow, table, portion, left_out, ended)
    yield from archived_files.files(uow, archived_files.shown(uow, left_out))
    plan = _plan(uow, house, left_out)
    for stored in archiving.living(uow, left_out):
        if stored.entry.iri in plan.known.paths:
            yield from _resource(stored, plan.known)
    yield from _lists(house, plan)
    for language, name in zip(_LANGUAGES, ("LISEZMOI.txt", "README.txt"), strict=True):
        said = read_me(
            house.name, house.url, house.now, language, has_private=portion.has_private, has_secrets=portion.has_secrets
        )
        yield name, (said,)


def _resource(stored: StoredThing, known: Known) -> Iterator[tuple[str, Iterable[bytes]]]:
    path, thing = known.paths[stored.entry.iri], _read(stored)
    yield f"{path}.html", (leaflets.resource_page(stored.entry, thing, known),)
    yield f"{path}.md", (leaflets.resource_markdown(stored.entry, thing, known),)
    yield f"{path}.jsonld", (stored.document,)


def _read(stored: StoredThing) -> Thing:
    try:
        return stored.thing
    except VocabError:
        return Thing(id=stored.entry.iri)


def _lists(house: House, plan: Plan) -> Iterator[tuple[str, Iterable[bytes]]]:
    held = frozenset(group.iri for group in plan.groups)
    others = [title for title in plan.titles if not title.communities & held]
    for language, ending in zip(_LANGUAGES, (".html", ".en.html"), strict=True):
        for group in plan.groups:
            titles = [title for title in plan.titles if group.iri in title.communities]
            yield f"{plan.known.paths[group.iri]}{ending}", (leaflets.group_page(group, titles, plan.known, language),)
        yield f"index{ending}", (leaflets.index_page(house.name, house.now, plan.groups, others, plan.known, language),)


def _plan(uow: UnitOfWork, house: House, left_out: frozenset[str]) -> Plan:
    """What has a page: what is our own, and what our communities hold of others."""
    names = {row.iri: row.name for row in uow.actors.known()}
    ours = uow.actors.local("Group")
    holders: dict[str, set[str]] = {}
    for row in ours:
        for iri in uow.holdings.iris(row.iri):
            holders.setdefault(iri, set()).add(row.iri)
    titles: list[Title] = []
    for entry in archiving.entries(uow, left_out):
        names.setdefault(entry.iri, entry.name)
        if entry.is_local or entry.iri in holders:
            title = Title(
                iri=entry.iri,
                name=entry.name or entry.iri,
                kind=entry.kind or entry.type,
                language=entry.language,
                author=names.get(entry.author, ""),
                at=entry.published_at,
                communities=frozenset(holders.get(entry.iri, ())) | ({entry.community} if entry.community else set()),
            )
            titles.append(title)
    titles.reverse()
    groups = tuple(
        Group(iri=row.iri, name=row.name, summary=_summary(row.document), people=_people(uow, house, row.iri, names))
        for row in ours
    )
    width = len(str(len(titles)))
    paths = {group.iri: f"communautes/{number:02}-{slug(group.name)}" for number, group in enumerate(groups, 1)}
    places = enumerate(reversed(titles), 1)
    paths |= {title.iri: f"ressources/{number:0{width}}-{slug(title.name)}" for number, title in places}
    return Plan(groups=groups, titles=tuple(titles), known=Known(names=names, paths=paths))


def _summary(document: bytes) -> str:
    summary = getattr(jsonld.read(document), "summary", None)
    return summary.primary if summary else ""


def _people(uow: UnitOfWork, house: House, community: str, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Who belongs to a community, by name, with their role in words."""
    held = [row for row in uow.members.of(community, house.now) if row.role not in {GUEST, ADMINISTRATION}]
    roles = ((names.get(row.person, row.person), concepts.label(row.role, house.language) or row.role) for row in held)
    return tuple(sorted(roles))
