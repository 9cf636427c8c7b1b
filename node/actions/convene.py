"""Asks the members of a community to a meeting by letter, with the date for their calendar; they answer without coming in."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from node.contracts import House, Listing
from node.domain.entries import Entry
from node.domain.fields import ZONE
from node.domain.letters import Letter
from node.domain.occasions import place_of
from node.domain.recurring import following, last_of
from node.domain.rights import Deed, may
from node.domain.sentences import said
from node.errors import NotFound
from node.formats import icalendar
from node.storage.participating import event_for
from node.storage.shelves.members import MemberRow
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.things.event import Event

#: What a link in such a letter is for; how long it works after the meeting, or for one without end.
TOKEN = "reponse"  # noqa: S105 -- a word, no secret
_AFTER, _ENDLESS = timedelta(days=1), timedelta(days=365)
#: So many letters at most: a community of more people has other ways.
MOST = 300

_SUBJECT = said("{title} : viendrez-vous ?", "{title}: will you come?")
_LETTER = said(
    "Bonjour {name},\n\n{title}\n{when}\n{where}\nViendrez-vous ? Un clic, puis une confirmation ; il n’y a pas à entrer.\n\n"
    "J’y serai : {link}?r=inscrire\nPeut-être : {link}?r=peut-etre\nJe n’y serai pas : {link}?r=pas-la\n{dates}\n"
    "La date est jointe, pour votre agenda. La page de la rencontre : {page}\n\n"
    "Ces liens sont à vous : ne les faites pas suivre. Pour ne plus recevoir de lettres de cette communauté : {stop}\n",
    "Hello {name},\n\n{title}\n{when}\n{where}\nWill you come? One click, then a confirmation; no need to sign in.\n\n"
    "I will be there: {link}?r=inscrire\nMaybe: {link}?r=peut-etre\nI won’t be there: {link}?r=pas-la\n{dates}\n"
    "The date is attached, for your calendar. The page of the meeting: {page}\n\n"
    "These links are yours: don’t pass them on. To get no more letters from this community: {stop}\n",
)
_DATE_BY_DATE = said("Une date à la fois : ", "One date at a time: ")
_DATES = {"fr": "EEEE d MMMM y 'à' H 'h' mm", "en": "EEEE, MMMM d, y 'at' h:mm a"}
_DAYS = {"fr": "EEEE d MMMM y", "en": "EEEE, MMMM d, y"}


def may_convene(uow: UnitOfWork, house: House, person: str, community: str) -> bool:
    """Whether somebody may write to all the members of a community."""
    return may(uow.members.roles(person, community, house.now), Deed.INVITE)


def invited(uow: UnitOfWork, house: House, community: str, by: str) -> list[MemberRow]:
    """Those who get such a letter: the members who have an address and want to hear of the community."""
    people = dict.fromkeys(row.person for row in uow.members.of(community, house.now) if row.person != by)
    known = [member for person in people if (member := uow.members.get(person)) is not None and member.email]
    return [member for member in known if community not in uow.notices.muted(member.iri)][:MOST]


def convene(uow: UnitOfWork, house: House, entry: Entry, by: str) -> int:
    """Queues a letter to each; to how many. Raises NotFound for whoever may not, or for what is no event."""
    if not may_convene(uow, house, by, entry.community):
        raise NotFound("There is no such community here, or it is not for you to do this.")
    _, event = event_for(uow, entry.iri, by, house.now)
    dated = icalendar.write(Listing(things=(event,), title=entry.name, publisher=house.name)).decode()
    people = invited(uow, house, entry.community, by)
    for member in people:
        uow.letters.put(_letter(uow, house, entry, event, member, dated))
    return len(people)


def opened(uow: UnitOfWork, house: House, token: str) -> tuple[MemberRow, StoredThing, Event]:
    """Whom a link was made for, and the event; looking at it changes nothing. Raises NotFound when it opens nothing any more."""
    found = uow.sessions.look_at_token(TOKEN, token, house.now)
    member = uow.members.get(found.person) if found else None
    if found is None or member is None:
        raise NotFound("This link opens nothing any more.")
    stored, event = event_for(uow, found.content, member.iri, house.now)
    return member, stored, event


def _letter(uow: UnitOfWork, house: House, entry: Entry, event: Event, member: MemberRow, dated: str) -> Letter:
    language = (member.language or house.language).partition("-")[0]
    until = _until(house, event)
    token = uow.sessions.create_token(TOKEN, member.iri, until, entry.iri)
    where = "; ".join(words for ref in event.location if (words := place_of(ref)))
    values = {
        "name": member.name,
        "title": entry.name,
        "when": _when(following(event, house.now), language),
        "where": f"{where}\n" if where else "",
        "link": f"{house.url}/reponse/{token}",
        "dates": f"{_DATE_BY_DATE.in_language(language)}{house.url}/reponse/{token}\n" if event.recurrence else "",
        "page": entry.iri,
        "stop": f"{house.url}/moi/avis",
    }
    return Letter(
        to=member.email,
        subject=_SUBJECT.in_language(language).format(title=entry.name),
        text=_LETTER.in_language(language).format(**values),
        language=language,
        kind="convocation",
        calendar=dated,
        stop=values["stop"],
        until=until,
    )


def _until(house: House, event: Event) -> datetime:
    last = last_of(event) if event.recurrence else event.end_time or event.start_time
    length = event.end_time - event.start_time if event.end_time and event.start_time else timedelta()
    return max(last + length, house.now) + _AFTER if last else house.now + _ENDLESS


def _when(event: Event, language: str) -> str:
    if event.start_time is None:
        return ""
    local = event.start_time.astimezone(ZoneInfo(ZONE))
    pattern = (_DAYS if event.is_all_day else _DATES)[language]
    return format_datetime(local, pattern, locale={"fr": "fr_CA", "en": "en_CA"}[language])
