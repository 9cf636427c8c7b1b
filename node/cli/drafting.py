"""From files and options to drafts and where they go: what `publish` and `import` share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from node.cli.naming import community_iri, member
from node.cli.reading import content_of
from node.contracts import Draft, File, Format
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.errors import Invalid, NotFound
from node.storage.unit_of_work import UnitOfWork
from vocab import concepts
from vocab.things.object import Object
from vocab.values import Ref

#: Larger files are not read, in bytes.
LARGEST = 5 * 1024 * 1024
_BY_ENDING = {".md": "markdown", ".markdown": "markdown", ".ics": "icalendar"}


def drafts_of(
    formats: Mapping[str, Format], file: Path, genre: str, topics: tuple[str, ...], format_name: str = ""
) -> list[Draft]:
    """The drafts in a file; its format is told by its ending when not given. Raises Invalid."""
    form = formats[format_name or _BY_ENDING.get(file.suffix.lower(), "text")]
    content = content_of(file, LARGEST)
    return [dressed(draft, genre, topics) for draft in form.drafts(File(name=file.name, content=content))]


def dressed(draft: Draft, genre: str, topics: tuple[str, ...]) -> Draft:
    """The draft with a genre ("" leaves it its own) and further topics, by name or address."""
    thing = draft.thing
    if isinstance(thing, Object):
        named = tuple(Ref(topic) for topic in topics if "://" in topic)
        thing = replace(thing, topic=(*thing.topic, *named))
        thing = replace(thing, genre=Ref(_genre(genre))) if genre else thing
    labels = tuple(topic for topic in topics if "://" not in topic)
    return replace(draft, thing=thing, topics=tuple(dict.fromkeys((*draft.topics, *labels))))


def _genre(name: str) -> str:
    known = {concept.iri: concept for concept in concepts.scheme("genres")}
    for iri in known:
        if name in {iri, iri.rsplit("/", 1)[1]}:
            return iri
    raise Invalid(f"there is no genre {name!r}; use one of {', '.join(iri.rsplit('/', 1)[1] for iri in known)}")


def placement_of(uow: UnitOfWork, at: datetime, community: str, author: str, audience: str | None) -> Placement:
    """Where a draft goes: the community by name, its author by e-mail (or the first of its people); raises NotFound.

    The community may be one of another node that somebody here follows; then its author has to be said.
    """
    iri = community_iri(uow, community)
    people = [row.person for row in uow.members.of(iri, at)]
    who = member(uow, author).iri if author else next((person for person in people if uow.members.get(person)), "")
    if not who:
        if not any(group.iri == iri for group in uow.actors.local("Group")):
            raise NotFound(f"{community} is a community of another node; say who writes: --author EMAIL")
        remedy = f"maillage member add EMAIL --name NAME --community {community}"
        raise NotFound(f"{community} has nobody who could be the author; add somebody with: {remedy}")
    return Placement(author=who, community=iri, audience=Audience(audience) if audience else None)
