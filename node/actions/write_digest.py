"""Writes somebody what concerns them: at once what names them, and on their day a summary; nothing twice, nothing empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from node.contracts import House
from node.domain.digest import DAILY, FIRST, NEVER, PATIENCE, PROMPT, is_due
from node.domain.fields import ZONE
from node.domain.html import plain
from node.domain.letters import Letter, is_address
from node.domain.notice_words import told
from node.domain.sentences import said
from node.domain.visibility import Scope
from node.storage.digests import Item, news, soon
from node.storage.shelves.members import MemberRow
from node.storage.shelves.notices import NoticeRow
from node.storage.unit_of_work import UnitOfWork
from vocab.values import Text

#: So much of each is told; the rest is on the site.
MOST = 12
LONGEST_NAME = 120
_DATES = {"fr": "EEEE d MMMM 'à' H 'h' mm", "en": "EEEE d MMMM 'at' h:mm a"}
_HELLO = said("Bonjour {name},", "Hello {name},")
_SUBJECT = said("Votre résumé de {house}", "Your summary from {house}")
_AT_ONCE = said("On vous attend à {house}", "You are expected at {house}")
_CONCERNS = said("CE QUI VOUS CONCERNE", "WHAT CONCERNS YOU")
_SOON = said("BIENTÔT", "SOON")
_NEW = said("NOUVEAU DANS VOS COMMUNAUTÉS", "NEW IN YOUR COMMUNITIES")
_MESSAGE = said("un message", "a message")
_MORE = said("La suite se lit ici : {link}", "The rest is read here: {link}")
_FOOT = said(
    "Vous choisissez ici ce que vous recevez, et à quel rythme : {link}", "Choose here what you receive, and how often: {link}"
)


def write_digest(uow: UnitOfWork, house: House, person: str) -> bool:
    """Queues the summary of somebody for whom one is due; False when none is, or there is nothing to say."""
    member, habit = uow.members.get(person), uow.notices.habit(person)
    if member is None or not is_due(habit.rhythm, habit.weekday, habit.told_at, house.now, ZoneInfo(ZONE)):
        return False
    since = max(habit.told_at or house.now - FIRST, house.now - timedelta(days=31))
    if not uow.notices.take_turn(habit, house.now):
        return False
    scope = _scope(uow, house, person)
    muted = frozenset(uow.notices.muted(person))
    heard = replace(scope, communities=scope.communities - muted)
    ahead = timedelta(days=1 if habit.rhythm == DAILY else 7)
    begun = max(house.now, (habit.told_at or house.now - ahead) + ahead)  # what was soon in the letter before is not told again
    notices = uow.notices.untold(person, scope)
    page = _Page(uow, house, _language(house, member))
    page.concerns(notices)
    page.lists(_SOON, soon(uow, heard, begun, house.now + ahead, MOST), is_dated=True)
    page.lists(_NEW, [item for item in news(uow, heard, since, house.now, MOST + 1) if item[0] not in muted])
    uow.notices.told([row.id for row in notices], house.now)
    return _send(uow, house, member, page, _SUBJECT)


def write_at_once(uow: UnitOfWork, house: House, person: str) -> bool:
    """Queues a letter with what should not wait for a summary; False for whoever wants no letters, or has looked meanwhile."""
    member = uow.members.get(person)
    waiting = [row for row in uow.notices.untold(person, _scope(uow, house, person)) if row.kind in PROMPT]
    ripe = [row for row in waiting if row.at <= house.now - PATIENCE]
    uow.notices.pass_over(person, PROMPT, house.now - PATIENCE, house.now)  # what may no longer be seen is not waited for
    if member is None or not ripe:
        return False
    uow.notices.told([row.id for row in waiting], house.now)
    if uow.notices.habit(person).rhythm == NEVER:
        return False
    page = _Page(uow, house, _language(house, member))
    page.concerns(waiting)
    return _send(uow, house, member, page, _AT_ONCE)


class _Page:
    """A letter as it grows, line by line."""

    def __init__(self, uow: UnitOfWork, house: House, language: str) -> None:
        self.uow, self.house, self.language = uow, house, language
        self.lines: list[str] = []

    def concerns(self, notices: Sequence[NoticeRow]) -> None:
        """What somebody was told of, each conversation once."""
        found: dict[str, list[NoticeRow]] = {}
        for row in notices:
            found.setdefault(row.conversation, []).append(row)
        if found:
            self.lines += [_CONCERNS.in_language(self.language), ""]
        for rows in list(found.values())[:MOST]:
            self.lines.append(f"* {self._name(rows[0])}")
            said_once = dict.fromkeys(told(row.kind, self._who(row.by), self.language) for row in rows)
            self.lines += [f"  {words}" for words in list(said_once)[:MOST]]
            self.lines += [f"  {rows[-1].iri}", ""]
        self._more(len(found), "/avis")

    def lists(self, title: Text, items: Sequence[Item], *, is_dated: bool = False) -> None:
        """What is new, or takes place soon, below the name of its community."""
        if items:
            self.lines += [title.in_language(self.language), ""]
        community = ""
        for iri, name, where, at in items[:MOST]:
            if where != community and not is_dated:
                community = where
                self.lines += [self._who(where), ""]
            self.lines.append(f"* {self._short(name)}")
            self.lines += [f"  {self._date(at)}"] if is_dated else []
            self.lines += [f"  {iri}", ""]
        self._more(len(items), "/")

    def _more(self, count: int, path: str) -> None:
        if count > MOST:
            self.lines += [_MORE.in_language(self.language).format(link=f"{self.house.url}{path}"), ""]

    def _name(self, row: NoticeRow) -> str:
        """What a notice is about: what the person may see of it was looked up with it."""
        stored = self.uow.things.get_any(row.iri)
        if stored is not None:
            return self._short(stored.entry.name)
        return self._who(row.community or row.iri)

    def _short(self, name: str) -> str:
        words = " ".join(plain(name).split()) or _MESSAGE.in_language(self.language)
        return words if len(words) <= LONGEST_NAME else f"{words[:LONGEST_NAME]}…"

    def _who(self, iri: str) -> str:
        row = self.uow.actors.get(iri) if iri else None
        return (row.name or row.username) if row is not None else ""

    def _date(self, at: datetime) -> str:
        return format_datetime(at, _DATES[self.language], tzinfo=ZoneInfo(ZONE), locale=self.language)


def _send(uow: UnitOfWork, house: House, member: MemberRow, page: _Page, subject: Text) -> bool:
    """Nothing is sent to somebody without an address, nor without a word."""
    if not page.lines or not is_address(member.email):
        return False
    habits = f"{house.url}/moi/avis"
    hello, foot = (text.in_language(page.language) for text in (_HELLO, _FOOT))
    text = "\n".join([hello.format(name=member.name or ""), "", *page.lines, "-- ", foot.format(link=habits), ""])
    letter = Letter(
        to=member.email,
        subject=subject.in_language(page.language).format(house=house.name),
        text=text,
        language=page.language,
        kind="avis",
        stop=habits,
    )
    uow.letters.put(letter)
    return True


def _language(house: House, member: MemberRow) -> str:
    language = (member.language or house.language).partition("-")[0]
    return language if language in _DATES else "fr"


def _scope(uow: UnitOfWork, house: House, person: str) -> Scope:
    return Scope(actor=person, communities=uow.members.communities_of(person, house.now))
