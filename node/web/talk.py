"""What is said below a thing, as its page shows it: who, when, to what, in which words; only what the reader may see."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from node.actions.integrate import NEVER_SHARED, may_be_shared_also
from node.actions.reply import reach
from node.domain.entries import Audience
from node.domain.html import CleanHtml, clean, plain
from node.domain.publishing import no_wider
from node.domain.rights import Deed, deeds_of
from node.domain.visibility import Scope, is_within
from node.errors import NotAllowed, NotFound
from node.storage.restraining import calmed, held_back, thread_of
from node.storage.shelves.threads import Turn
from node.storage.stored import StoredThing
from node.web.attached import Attached, attached
from node.web.cards import audience_words, authors_of, thing_link
from node.web.declined import declined_words
from node.web.desk import Desk, Link, Origin, refs, web
from node.web.exchanges import may_act_in, may_speak_far, new_exchange, row
from node.web.feeding import by_feed
from node.web.occasions import question
from node.web.promises import promise
from node.web.wording import excerpt
from vocab.things.note import Note
from vocab.things.question import Question
from vocab.things.reformulation import Reformulation

#: So many are shown below one thing, and so deep they are set in: deeper ones say what they answer.
MOST = 100
DEEPEST = 4
#: So many characters of an answer are shown in any case, and of longer ones so many in all: nobody makes the page long.
SHORT, ROOM = 4_000, 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One answer. `depth` is how far it is set in, `answered` what it answers where its place does not show that.

    `is_folded`: it is of somebody (`writer`, "" for oneself) whom the reader does not want to read.
    `warning`: behind which words its author wants it read; `files` go along with it, as does a `question`.
    `declined`: why it was not taken elsewhere, told to its author alone, who changes it at `edit_href`.
    `is_after_gap`: what it answers is not here. `is_summary`: it says again what was understood, to which `agreed` people agree.
    """

    iri: str
    href: str
    authors: tuple[Link, ...]
    at: datetime
    language: str
    title: str
    content: CleanHtml
    origin: Origin
    audience: str
    depth: int
    answered: Link | None
    warning: str = ""
    files: tuple[Attached, ...] = ()
    question: Mapping[str, Any] | None = None
    is_after_gap: bool = False
    is_summary: bool = False
    agreed: int = 0
    may_agree: bool = False
    is_folded: bool = False
    writer: str = ""
    declined: str = ""
    edit_href: str = ""


def talk(desk: Desk, stored: StoredThing) -> dict[str, Any]:
    """What the page of a thing shows of the conversation: what it answers, what is said below it, and whether there is more."""
    threads, audiences = desk.uow.threads, no_wider(stored.entry.audience)
    turns = threads.below(stored.entry.iri, scope=desk.scope, audiences=audiences, limit=MOST + 1)
    shown = _with_strays(desk, stored, turns[:MOST])
    sayings = _fitting(_in_order(desk, stored.entry.iri, shown))
    return {
        "answered": _answered(desk, stored),
        "sayings": sayings,
        "understood": _understood(sayings),
        **_elsewhere(desk, stored),
        "more_said": len(turns) > MOST or threads.goes_on(turns, scope=desk.scope, audiences=audiences),
        "reply_to": _reply_to(desk, stored),
        "held_back": _held_back(desk, stored),
        "declined": declined_words(desk, stored),
        **_pace(desk, stored),
        "promise": promise(desk, stored.thing),
        **_silent(desk, stored),
    }


def _with_strays(desk: Desk, stored: StoredThing, turns: list[Turn]) -> list[Turn]:
    """Below what began a conversation also what belongs to it though what it answers is missing."""
    place = desk.uow.threads.get(stored.entry.iri)
    if place is None or place.parent or not place.context or len(turns) >= MOST:
        return turns
    known = {turn.thing.entry.iri for turn in turns} | {stored.entry.iri}
    audiences = no_wider(stored.entry.audience)
    whole = desk.uow.threads.of(place.context, scope=desk.scope, audiences=audiences, limit=MOST)
    return [*turns, *(turn for turn in whole if turn.thing.entry.iri not in known)][:MOST]


def _fitting(sayings: list[Saying]) -> list[Saying]:
    """The same, of the long ones for which there is no room only the beginning: the rest is on their own pages."""
    found, room = list[Saying](), ROOM
    for each in sayings:
        long = len(each.content) if len(each.content) > SHORT else 0
        room -= long
        begun = clean(f"<p>{html.escape(excerpt(each.content, SHORT // 4))}</p>") if long and room < 0 else each.content
        found.append(replace(each, content=begun))
    return found


def _understood(sayings: list[Saying]) -> Saying | None:
    """The latest summary to which somebody agreed: what the conversation has come to."""
    agreed = [each for each in sayings if each.is_summary and each.agreed]
    return max(agreed, key=lambda each: each.at, default=None)


def _elsewhere(desk: Desk, stored: StoredThing) -> dict[str, Any]:
    """The other exchanges about a thing that the reader may see, what an exchange is about, and where one may be begun."""
    iri = stored.entry.iri
    about = [desk.uow.things.get(each, desk.scope) for each in desk.uow.discussions.of(iri)]
    may_begin = may_act_in(desk, Deed.DISCUSS) if desk.visit.form_token and not isinstance(stored.thing, Note) else []
    open_to = [each for each in may_begin if is_within(Scope(communities=frozenset({each})), stored.entry)]
    if not isinstance(stored.thing, Note) and may_speak_far(desk, stored.entry.community):
        open_to.append(stored.entry.community)
    return {
        "exchanges": [row(desk, each) for each in desk.uow.discussions.about(iri, desk.scope)],
        "discussed": [thing_link(desk, each.entry.iri, each) for each in about if each and each.entry.deleted_at is None],
        **_also(desk, stored),
        "open_in": [(desk.community(each), new_exchange(desk, each, **{"a-propos": iri})) for each in open_to],
    }


def _also(desk: Desk, stored: StoredThing) -> dict[str, Any]:
    """In which other communities a thing is shared too, and in which further ones of the reader it may be, with their address.

    What is for some is shared further by its author alone, who chooses the communities: the page for that.
    """
    entry = stored.entry
    among = entry.readers if entry.audience is Audience.CHOSEN else desk.uow.holdings.holders(entry.iri)
    held = [
        iri for iri in sorted(among) if iri != entry.community and (row := desk.actor(iri)) is not None and row.type == "Group"
    ]
    is_theirs = entry.is_local and entry.author == desk.visit.reader.actor and entry.kind not in NEVER_SHARED
    may_share = may_be_shared_also(desk.uow, entry)
    open_to = may_act_in(desk, Deed.PUBLISH) if desk.visit.form_token and (may_share or is_theirs) else []
    further = [(iri, desk.community(iri)) for iri in open_to if iri not in {entry.community, *held}]
    may_choose = bool(further) and is_theirs and entry.audience in {Audience.COMMUNITY, Audience.CHOSEN}
    return {
        "also_in": [desk.community(iri) for iri in held],
        "share_in": further if may_share else [],
        "choose_href": desk.addresses.page(f"{urlsplit(entry.iri).path}/visibilite") if may_choose else "",
    }


def _silent(desk: Desk, stored: StoredThing) -> dict[str, Any]:
    """Of what came by a feed: the site that cannot be answered, and where the original is read."""
    site = by_feed(desk, stored.entry.iri)
    original = next((web(ref.iri) for ref in refs(stored.thing, "url")), "") if site else ""
    return {"by_feed": site, "original": original or stored.entry.iri}


def _reply_to(desk: Desk, stored: StoredThing) -> str:
    """Who would read an answer of this reader, in a sentence; "" for whoever may not answer from here."""
    visit = desk.visit
    if not visit.form_token:
        return ""
    try:
        return _heard_by(desk, *reach(desk.uow, visit.house, stored.entry.iri, visit.reader.actor), stored.entry.author)
    except (NotFound, NotAllowed):
        return ""


def _held_back(desk: Desk, stored: StoredThing) -> str:
    """Why the reader may not write in this community at the moment, "" when they may."""
    visit = desk.visit
    place = stored.entry.community, stored.entry.iri
    reason = held_back(desk.uow, visit.house, visit.reader.actor, *place) if visit.form_token else None
    return reason.in_language(desk.as_spoken) if reason is not None else ""


def _pace(desk: Desk, stored: StoredThing) -> dict[str, Any]:
    """Whether everybody is asked to write more slowly in this exchange, and where those who moderate change that."""
    community, visit = stored.entry.community, desk.visit
    if not visit.form_token or not community or not visit.house.is_local(community):
        return {"calm": None, "pace_path": ""}
    decides = stored.entry.audience is not Audience.SELF and Deed.MODERATE in deeds_of(
        desk.uow.members.roles(visit.reader.actor, community, visit.house.now)
    )
    return {
        "calm": calmed(desk.uow, visit.house, thread_of(desk.uow, stored.entry.iri)),
        "pace_path": f"{community.removeprefix(visit.house.url)}/moderation" if decides else "",
    }


def _heard_by(desk: Desk, audience: Audience, community: str, readers: frozenset[str], author: str) -> str:
    if audience is Audience.PUBLIC:
        return desk.tongue.say("Tout le monde pourra lire votre réponse, ici et ailleurs.")
    if audience is Audience.COMMUNITY and not readers:
        return desk.tongue.say(
            "Seules les personnes membres de %(name)s liront votre réponse.", name=desk.community(community).text
        )
    if readers == {author}:
        return desk.tongue.say("%(name)s sera seul·e à lire votre réponse.", name=desk.person(author).text)
    return desk.tongue.say("Seules les personnes qui peuvent lire ceci liront votre réponse.")


def _answered(desk: Desk, stored: StoredThing) -> Link | None:
    parent = next((ref.iri for ref in refs(stored.thing, "in_reply_to") if ref.iri), "")
    return _named(desk, parent) if parent else None


def _named(desk: Desk, iri: str) -> Link:
    return thing_link(desk, iri, desk.uow.things.get(iri, desk.scope))


def _in_order(desk: Desk, top: str, turns: list[Turn]) -> list[Saying]:
    """Each answer after what it answers, with those that answer it below."""
    known = {turn.thing.entry.iri for turn in turns}
    below: dict[str, list[Turn]] = {}
    for turn in turns:
        below.setdefault(turn.parent if turn.parent in known else top, []).append(turn)
    found: list[Saying] = []
    waiting = [(turn, 1) for turn in reversed(below.get(top, ()))]
    while waiting:
        turn, depth = waiting.pop()
        is_plain = depth <= DEEPEST and turn.parent in known | {top}
        found.append(_saying(desk, turn, min(depth, DEEPEST), None if is_plain else _named(desk, turn.parent)))
        waiting += [(each, depth + 1) for each in reversed(below.pop(turn.thing.entry.iri, []))]
    return found


def _saying(desk: Desk, turn: Turn, depth: int, answered: Link | None) -> Saying:
    stored, visit = turn.thing, desk.visit
    is_summary = isinstance(stored.thing, Reformulation)
    content, language = desk.text_of(stored.thing)
    name, _ = desk.named(stored.thing)
    return Saying(
        iri=stored.entry.iri,
        href=desk.addresses.thing(stored.entry.iri),
        authors=authors_of(desk, stored),
        at=turn.at,
        language=language or stored.entry.language,
        title=name,
        content=clean(content, pictures=desk.visit.house.url),
        origin=desk.origin(stored.entry.iri),
        audience=audience_words(desk, stored.entry.audience),
        depth=depth,
        answered=answered,
        warning=_warning(desk, stored),
        files=tuple(attached(desk, stored.thing, content)),
        question=question(desk, stored),
        is_after_gap=answered is not None and desk.uow.things.get(turn.parent, desk.scope) is None,
        is_summary=is_summary,
        agreed=desk.uow.reactions.counts(stored.entry.iri).get("Like", 0) if is_summary else 0,
        may_agree=is_summary and bool(visit.form_token) and stored.entry.author != visit.reader.actor,
        is_folded=stored.entry.author in desk.hidden,
        writer=stored.entry.author if visit.form_token and stored.entry.author != visit.reader.actor else "",
        declined=declined_words(desk, stored),
        edit_href=desk.addresses.page(f"{urlsplit(stored.entry.iri).path}/modifier"),
    )


def _warning(desk: Desk, stored: StoredThing) -> str:
    """What a note says before its text; of anything longer a summary warns of nothing."""
    said, _ = desk.worded(getattr(stored.thing, "summary", None)) if isinstance(stored.thing, (Note, Question)) else ("", "")
    return " ".join(plain(said).split())
