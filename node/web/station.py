"""A community as its gare centrale: when it meets, what came of it, who asks for help, what is new, its tools, whom to call.

It fills itself from what is there; where nothing is there it says what can be done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from node.domain.offices import called
from node.domain.participation import is_cancelled, is_over
from node.domain.rights import ANIMATION, CURATION, DOCUMENTATION, Deed, may
from node.storage.coming import beginning_after, begun_before
from node.storage.patterned import pattern_of
from node.storage.shelves.actors import ActorRow
from node.storage.stored import StoredThing
from node.web.cards import kind_of, title_of
from node.web.dating import Dated, Window, occurrences
from node.web.desk import Desk, Link
from node.web.exchanges import Row
from node.web.exchanges import row as exchange_row
from node.web.occasions import choices, occasion
from node.web.schedule import AHEAD, Meeting, meeting
from node.web.wording import excerpt
from vocab.things.help_request import HelpRequest

#: So many of each are shown.
DATES, REQUESTS, NEWS, HIGHLIGHTS, TOOLS, PEOPLE = 3, 3, 6, 5, 4, 4
#: A meeting that began a while ago may still go on.
_GOES_ON = timedelta(hours=12)
#: So long ago, what is new is new no more; and of a repertoire, one of so many notes is held up to be read again.
QUIET, SHELF = timedelta(days=60), 200
SETTLED = "https://w3id.org/cdp/etats-de-demande/reglee"
#: What is no news: it stands beside it.
NOT_NEWS = frozenset(
    {"Concept", "ConceptScheme", "Mapping", "Place", "Note", "Intersection", "Membership", "Meeting", "Event", "HelpRequest"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A meeting to come, and what the reader can answer: the deed, its words, whether they said so."""

    meeting: Meeting
    choices: tuple[tuple[str, str, bool], ...]
    room: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something in a short list: what it is called, what it is, when it came."""

    link: Link
    kind: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody to turn to: their roles, and what they can help with."""

    link: Link
    roles: str
    helps: str


def station(desk: Desk, row: ActorRow, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the six questions are answered with; `values` are those of the page of any community."""
    community, now = row.iri, desk.visit.house.now
    dates = next_dates(desk, (community,), DATES)
    news = latest(desk, (community,), NEWS)
    roles = desk.uow.members.roles(desk.visit.reader.actor, community, now) if desk.visit.form_token else frozenset[str]()
    return {
        "path": f"/communautes/{row.username}",
        "is_member": community in desk.visit.reader.communities,
        "may_publish": may(roles, Deed.PUBLISH),
        "may_discuss": may(roles, Deed.DISCUSS),
        "may_invite": may(roles, Deed.INVITE),
        "reported": desk.uow.reports.count("waiting", community=community) if may(roles, Deed.MODERATE) else None,
        "asks_to_agree": _asks_to_agree(desk, community),
        "dates": dates,
        "invitation": pattern_of(desk.uow, community).invitation.in_language(desk.as_spoken),
        "last": _last(desk, community),
        "requests": open_requests(desk, community, REQUESTS),
        "news": news,
        "quiet_since": _quiet_since(news, now),
        "again": None if _is_lively(news, now) else _again(desk, community, values["own_count"]),
        "tools": _tools(desk, row, dates),
        "contacts": _contacts(desk, community),
        "members": len({each.person for each in desk.uow.members.of(community, now)})
        if community in desk.visit.reader.communities
        else 0,
        "arrived": [item for item in values["enlarged"] if not item.is_folded][:3],
    }


def _asks_to_agree(desk: Desk, community: str) -> bool:
    """Whether the reader belongs to a community whose rules they have not said yes to."""
    rules = desk.uow.rules.current(community) if desk.visit.form_token and community in desk.visit.reader.communities else None
    return rules is not None and desk.uow.rules.agreed(desk.visit.reader.actor, community) < rules.version


def next_dates(desk: Desk, communities: tuple[str, ...] | None, limit: int) -> list[Date]:
    """The next meetings of these communities, of all for None, as the reader may see them."""
    now = desk.visit.house.now
    found = beginning_after(desk.uow, now - _GOES_ON, scope=desk.scope, communities=communities, limit=limit * 3)
    window = Window(after=now, before=now + AHEAD, most=1)
    each_next = [each for stored in found for each in occurrences(stored, window)]
    coming = [each for each in each_next if not is_over(each.event, now) and not is_cancelled(each.event)]
    return [_date(desk, each) for each in sorted(coming, key=lambda each: each.start)[:limit]]


def latest(desk: Desk, communities: tuple[str, ...], limit: int) -> list[Item]:
    """What came last into the repertoires of these communities."""
    hits = desk.uow.search.latest(communities, scope=desk.scope, limit=limit, but=NOT_NEWS, hidden=desk.hidden)
    return [_item(desk, hit.thing) for hit in hits]


def open_requests(desk: Desk, community: str, limit: int) -> list[Row]:
    """Requests for help that wait for an answer, the one spoken of last first."""
    found = desk.uow.discussions.in_community(community, desk.scope, "requests", limit * 3)
    waiting = (each for each in found if not _is_settled(each.thing) and each.thing.entry.author not in desk.hidden)
    return [exchange_row(desk, each) for each in islice(waiting, limit)]


def _is_settled(stored: StoredThing) -> bool:
    request = stored.thing
    return isinstance(request, HelpRequest) and request.request_state is not None and request.request_state.iri == SETTLED


def _date(desk: Desk, dated: Dated) -> Date:
    own = desk.answered.get(dated.stored.entry.iri) if desk.visit.form_token else None
    spots = (occasion(desk, dated.stored) or {"spots": []})["spots"]
    room = next((Link(text=spot.name, href=spot.href) for spot in spots if spot.href), None)
    offered = choices(desk, dated.stored, dated.event, own.state if own else None)
    return Date(meeting=meeting(desk, dated), choices=tuple(offered), room=room)


def _item(desk: Desk, stored: StoredThing) -> Item:
    title, language = title_of(desk, stored)
    link = Link(text=excerpt(title, 120), href=desk.addresses.thing(stored.entry.iri), language=language)
    return Item(link=link, kind=kind_of(desk, stored.thing), at=stored.entry.stored_at or stored.entry.published_at)


def _last(desk: Desk, community: str) -> dict[str, Any] | None:
    """The last meeting, with what came of it."""
    now = desk.visit.house.now
    found = begun_before(desk.uow, now, scope=desk.scope, communities=(community,), limit=DATES)
    window = Window(after=now - AHEAD, before=now)
    times = [each for stored in found for each in occurrences(stored, window)]
    over = [each for each in times if is_over(each.event, now) and not is_cancelled(each.event)]
    over.sort(key=lambda each: each.start, reverse=True)
    if not over:
        return None
    highlights = [desk.worded(text) for text in getattr(over[0].event, "highlight", ())[:HIGHLIGHTS]]
    return {"meeting": meeting(desk, over[0]), "highlights": highlights}


def _is_lively(news: list[Item], now: datetime) -> bool:
    return any(item.at and now - item.at < QUIET for item in news)


def _quiet_since(news: list[Item], now: datetime) -> datetime | None:
    """Since when nothing came, where that is long."""
    return None if not news or _is_lively(news, now) else news[0].at


def _again(desk: Desk, community: str, held: int) -> Item | None:
    """A note of the repertoire to read again while nothing is new: another one each week."""
    place = desk.visit.house.now.isocalendar().week % max(min(held, SHELF), 1)
    hits = desk.uow.search.find("", scope=desk.scope, communities=(community,), limit=NEWS, offset=place)
    notes = [hit.thing for hit in hits if hit.thing.entry.kind not in NOT_NEWS]
    return _item(desk, notes[0]) if held > NEWS and notes else None


def _tools(desk: Desk, row: ActorRow, dates: list[Date]) -> list[Link]:
    """Where the community does what it does: its room, its notebooks, what it holds up."""
    rooms = [date.room for date in dates if date.room is not None][:1]
    held = [desk.uow.things.get(iri, desk.scope) for iri in desk.uow.featured.of(row.iri, scope=desk.scope)[:TOOLS]]
    books = desk.uow.things.listed(scope=desk.scope, kind="Notebook", community=row.iri, limit=TOOLS)
    shown = {each.entry.iri: each for each in (*filter(None, held), *books)}
    return [*rooms, *(_item(desk, each).link for each in list(shown.values())[:TOOLS])]


def _contacts(desk: Desk, community: str) -> list[Contact]:
    """Whom to turn to: those who animate, whom everybody may know; for members those who curate and take notes, too."""
    is_member = community in desk.visit.reader.communities
    wanted = (ANIMATION, CURATION, DOCUMENTATION) if is_member else (ANIMATION,)
    rows = desk.uow.members.of(community, desk.visit.house.now)
    people = dict.fromkeys(each.person for role in wanted for each in rows if each.role == role)
    return [_contact(desk, person, {each.role for each in rows if each.person == person} & set(wanted)) for person in people][
        :PEOPLE
    ]


def _contact(desk: Desk, person: str, roles: set[str]) -> Contact:
    account = desk.uow.members.get(person)
    words = ", ".join(called(role, desk.language) for role in (ANIMATION, CURATION, DOCUMENTATION) if role in roles)
    return Contact(link=desk.person(person), roles=words, helps=account.helps if account and desk.visit.form_token else "")
