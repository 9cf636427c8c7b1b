"""Resources and communities as lists show them: title, who, when, where from, under which licence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from node.domain.entries import Audience
from node.domain.repertoire import MODES, Mode
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.things import StoredThing
from node.web.desk import Desk, Link, refs
from node.web.wording import Licence, excerpt, leading, licence, matching
from vocab import concepts, jsonld, types
from vocab.errors import VocabError
from vocab.thing import Thing

_TITLE_LENGTH = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A resource in a list. `host` is the site it comes from, "" for this one; `pieces` mark the words searched for."""

    iri: str
    href: str
    kind: str
    title: str
    title_pieces: tuple[tuple[str, bool], ...]
    summary: str
    summary_pieces: tuple[tuple[str, bool], ...]
    language: str
    host: str
    authors: tuple[Link, ...]
    communities: tuple[Link, ...]
    at: datetime | None
    licence: Licence
    audience: str
    mode: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityCard:
    """A community in a list; `held` is how many resources of its repertoire can be read here, None where nobody counted."""

    iri: str
    href: str
    name: str
    summary: str
    language: str
    host: str
    organisation: str
    held: int | None = None


def card(desk: Desk, stored: StoredThing, *, words: str = "", mode: str = "", via: str = "") -> Card:
    """A stored thing as a card; `words` are those searched for, `mode` how a community holds it, `via` what found it."""
    entry, thing = stored.entry, stored.thing
    title, language = title_of(desk, stored)
    gist, _ = desk.worded(getattr(thing, "summary", None) or getattr(thing, "content", None))
    summary = excerpt(gist)
    if not getattr(thing, "name", None):
        writers = ", ".join(author.text for author in authors_of(desk, stored))
        title = desk.tongue.say("%(kind)s de %(names)s", kind=leading(kind_of(desk, thing)), names=writers) if writers else title
    return Card(
        iri=entry.iri,
        href=desk.addresses.thing(entry.iri),
        kind=kind_of(desk, thing),
        title=title,
        title_pieces=matching(words, title),
        summary=summary,
        summary_pieces=matching(words, summary),
        language=language or entry.language,
        host=desk.addresses.host(entry.iri),
        authors=authors_of(desk, stored),
        communities=(desk.community(entry.community),) if entry.community else (),
        at=entry.updated_at or entry.published_at,
        licence=licence(entry.license, desk.tongue),
        audience=audience_words(desk, entry.audience),
        mode=mode,
        via=via,
    )


def title_of(desk: Desk, stored: StoredThing) -> tuple[str, str]:
    """What a thing is called and the language of that; the beginning of its text where it has no name."""
    name, language = desk.worded(getattr(stored.thing, "name", None))
    if name.strip():
        return excerpt(name, 300), language
    content, language = desk.worded(getattr(stored.thing, "content", None))
    return excerpt(content, _TITLE_LENGTH) or desk.tongue.say("Sans titre"), language


def kind_of(desk: Desk, thing: Thing) -> str:
    """What sort of thing it is, in words: its genre, else the label of its class."""
    genres = [label for ref in refs(thing, "genre") if (label := concepts.label(ref.iri, desk.language))]
    if genres:
        return genres[0]
    labels = types.class_for(thing.type, thing.kind).ABOUT.label
    return labels.get(desk.language) or labels["fr"]


def authors_of(desk: Desk, stored: StoredThing) -> tuple[Link, ...]:
    """Who wrote a thing."""
    iris = [ref.iri for ref in refs(stored.thing, "attributed_to") if ref.iri] or [stored.entry.author]
    return tuple(desk.person(iri) for iri in dict.fromkeys(iris) if iri)


def audience_words(desk: Desk, audience: Audience) -> str:
    """Who may see it, in words; nothing for what everybody may see."""
    return {
        Audience.PUBLIC: "",
        Audience.COMMUNITY: desk.tongue.say("Réservé à la communauté"),
        Audience.CHOSEN: desk.tongue.say("Réservé à des communautés choisies"),
        Audience.SELF: desk.tongue.say("Brouillon, visible de vous seul·e"),
    }[audience]


def mode_words(desk: Desk, mode: str) -> str:
    """How a community holds a thing, in words; nothing for its own."""
    if mode == Mode.OWN or mode not in set(Mode):
        return ""
    return MODES[Mode(mode)].in_language(desk.language)


def document_of(row: ActorRow) -> Thing | None:
    """The document of an actor, None when it cannot be read."""
    try:
        return jsonld.read(row.document)
    except VocabError:
        return None


def community_card(desk: Desk, row: ActorRow) -> CommunityCard:
    """A community as a card."""
    thing = document_of(row)
    summary, language = desk.worded(getattr(thing, "summary", None))
    name, name_language = desk.worded(getattr(thing, "name", None))
    return CommunityCard(
        iri=row.iri,
        href=desk.addresses.community(row.iri),
        name=name or row.name or row.username,
        summary=excerpt(summary, 180),
        language=name_language or language,
        host=desk.addresses.host(row.iri),
        organisation=organisation_of(desk, row, thing),
        held=desk.uow.holdings.count(row.iri, scope=desk.scope),
    )


def organisation_of(desk: Desk, row: ActorRow, thing: Thing | None) -> str:
    """The organisation that a community lives with: its name, else its site."""
    if row.is_local:
        return desk.visit.house.name
    hosts = [desk.uow.actors.get(ref.iri) for ref in refs(thing, "hosted_by")]
    host = hosts[0] if hosts else None
    if host is None:
        known = [other for other in desk.uow.actors.known("Organization") if other.host == row.host]
        host = known[0] if known else None
    return host.name if host and host.name else row.host
