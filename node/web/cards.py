"""Resources and communities as lists show them: title, who, when, where from, under which licence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from node.domain.entries import Audience
from node.domain.html import plain
from node.domain.legible import undated
from node.domain.repertoire import MODES, Mode
from node.domain.rhythm import rhythm
from node.storage.readings import said
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.things import StoredThing
from node.web.desk import Desk, Link, Origin, refs, web
from node.web.feeding import feed_words
from node.web.occasions import span
from node.web.wording import Licence, around, by_author, excerpt, leading, licence, matching
from vocab import concepts, types
from vocab.errors import VocabError
from vocab.thing import Thing
from vocab.things.event import Event

_TITLE_LENGTH = 90
#: Of more people who wrote one thing, the first are named: each has to be looked up.
_MOST_AUTHORS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A resource in a list. `origin` is where it comes from, `also` where it is shared too; `pieces` mark the words searched for.

    `is_folded`: it is of somebody whom the reader does not want to read.
    """

    iri: str
    href: str
    kind: str
    title: str
    title_pieces: tuple[tuple[str, bool], ...]
    summary: str
    summary_pieces: tuple[tuple[str, bool], ...]
    title_language: str
    language: str
    origin: Origin
    authors: tuple[Link, ...]
    communities: tuple[Link, ...]
    at: datetime | None
    licence: Licence
    audience: str
    mode: str = ""
    via: str = ""
    also: tuple[Link, ...] = ()
    is_folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityCard:
    """A community in a list; `host` is "" for one of ours, `held` how many resources of its repertoire can be read here."""

    iri: str
    href: str
    name: str
    summary: str
    language: str
    host: str
    organisation: str
    held: int = 0

    @property
    def origin(self) -> Origin:
        """Where it lives."""
        return Origin(host=self.host, name=self.organisation)


def card(desk: Desk, stored: StoredThing, *, words: str = "", mode: str = "", via: str = "", within: str = "") -> Card:
    """A stored thing as a card. `words` are those searched for, `mode` is how a community holds it, `via` what found it.

    `within` is the community whose list it stands in: on its own page it is not named once more.
    """
    entry, thing = stored.entry, stored.thing
    title, titled = title_of(desk, stored)
    language = titled
    body, _ = desk.worded(getattr(thing, "content", None))
    own, _ = desk.worded(getattr(thing, "summary", None))
    # GoToSocial and Pleroma send an empty summary with every note
    gist = _dated(desk, thing, own if own.strip() else body)
    summary = around(words, body, unless=f"{stored.entry.name} {gist}") or _after(title, gist)
    if not getattr(thing, "name", None):
        writers = ", ".join(author.text for author in authors_of(desk, stored))
        if writers:
            title, titled = by_author(kind_of(desk, thing), writers, desk.tongue), ""
    return Card(
        iri=entry.iri,
        href=desk.addresses.thing(entry.iri),
        kind=kind_of(desk, thing),
        title=title,
        title_pieces=matching(words, title),
        summary=summary,
        summary_pieces=matching(words, summary),
        title_language=titled,
        language=language or entry.language,
        origin=desk.origin(entry.iri),
        authors=authors_of(desk, stored),
        communities=(desk.community(entry.community),) if entry.community and entry.community != within else (),
        at=entry.updated_at or entry.published_at,
        licence=licence(entry.license, desk.tongue),
        audience=audience_words(desk, entry.audience),
        mode=mode,
        via=via or feed_words(desk, entry.iri),
        is_folded=entry.author in desk.hidden,
    )


def _after(title: str, gist: str) -> str:
    """The beginning of a text, without the title where it begins with that: other software shows it so."""
    words = excerpt(gist)
    if not title or not words.startswith(title):
        return words
    text = plain(gist).strip()
    rest = text.removeprefix(title)
    return excerpt(rest.lstrip(" .:\u00a0\n\t")) if rest[:1].isspace() and rest.strip() else words


def _dated(desk: Desk, thing: Thing, gist: str) -> str:
    """What an event is about, after when it is: told to whoever reads here, not as it is put down for other software."""
    if not isinstance(thing, Event) or thing.start_time is None:
        return gist
    when = ", ".join(part for part in (span(thing, desk.tongue), rhythm(thing, desk.language)) if part)
    return f"<p>{leading(when)}.</p>{undated(gist)}"


def title_of(desk: Desk, stored: StoredThing) -> tuple[str, str]:
    """What a thing is called and the language of that; the beginning of its text where it has no name."""
    name, language = desk.named(stored.thing)
    if name.strip():
        return excerpt(name, 300), language
    content, language = desk.worded(getattr(stored.thing, "content", None))
    return excerpt(content, _TITLE_LENGTH) or desk.tongue.say("Sans titre"), language


def thing_link(desk: Desk, iri: str, stored: StoredThing | None) -> Link:
    """A thing by its title; by its address alone when it is not here for this reader (`stored` is None), or was withdrawn."""
    if stored is None or stored.entry.deleted_at is not None:
        return Link(text=iri, href=web(iri))
    title, language = title_of(desk, stored)
    return Link(text=title, href=desk.addresses.thing(iri), language=language)


def kind_of(desk: Desk, thing: Thing) -> str:
    """What sort of thing it is, in words: its genre, else the label of its class."""
    genres = [label for ref in refs(thing, "genre") if (label := concepts.label(ref.iri, desk.language))]
    if genres:
        return genres[0]
    labels = types.class_for(thing.type, thing.kind).ABOUT.label
    return labels.get(desk.language) or labels["fr"]


def authors_of(desk: Desk, stored: StoredThing) -> tuple[Link, ...]:
    """Who wrote a thing; of what was brought here from elsewhere those whom it names, never who brought it."""
    names = getattr(stored.thing, "creator", ())
    is_brought = stored.entry.is_local or not stored.entry.author  # by a member, or by a feed
    if (names or getattr(stored.thing, "origin", None)) and is_brought:
        return tuple(Link(text=name.primary, language=name.language) for name in names[:_MOST_AUTHORS])
    iris = [ref.iri for ref in refs(stored.thing, "attributed_to") if ref.iri] or [stored.entry.author]
    return tuple(desk.person(iri) for iri in islice(dict.fromkeys(iris), _MOST_AUTHORS) if iri)


def audience_words(desk: Desk, audience: Audience) -> str:
    """Who may see it, in words; nothing for what everybody may see."""
    return {
        Audience.PUBLIC: "",
        Audience.COMMUNITY: desk.tongue.say("Ma communauté"),
        Audience.CHOSEN: desk.tongue.say("Réservé à des communautés choisies"),
        Audience.SELF: desk.tongue.say("Brouillon, visible de vous seul·e"),
    }[audience]


def mode_words(desk: Desk, mode: str) -> str:
    """How a community holds a thing, in words; nothing for its own."""
    if mode == Mode.OWN or mode not in set(Mode):
        return ""
    return MODES[Mode(mode)].in_language(desk.as_spoken)


def document_of(row: ActorRow) -> Thing | None:
    """The document of an actor, None when it cannot be read."""
    try:
        return said(row.document)
    except VocabError:
        return None


def community_card(desk: Desk, row: ActorRow, held: int | None = None) -> CommunityCard:
    """A community as a card; `held`, where it was counted already, is how many things it holds."""
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
        held=desk.uow.holdings.count(row.iri, scope=desk.scope) if held is None else held,
    )


def community_cards(desk: Desk, rows: Sequence[ActorRow]) -> list[CommunityCard]:
    """Communities as cards; what they hold is counted in one go."""
    counts = desk.uow.holdings.counts(tuple(row.iri for row in rows), scope=desk.scope) if rows else {}
    return [community_card(desk, row, counts[row.iri]) for row in rows]


def organisation_of(desk: Desk, row: ActorRow, thing: Thing | None) -> str:
    """The organisation that a community lives with, on its own site: its name, else its site."""
    if row.is_local:
        return desk.visit.house.name
    for ref in refs(thing, "hosted_by"):
        host = desk.actor(ref.iri)
        if host and host.host == row.host and host.type == "Organization" and host.state == "active" and host.name:
            return host.name
    return desk.house_of(row.host)
