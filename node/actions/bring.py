"""Somebody brings along what they have: files, pages, a site; fetched first, then looked through, then taken in if they wish.

What is at an address is asked for once, and kept until it is over: what was shown is what is taken.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import orjson

from federation.errors import RemoteError
from federation.messages import Answer
from node.contracts import Draft, House, Outside
from node.domain.discovery import KINDS, PAGE, kind_of, linked
from node.domain.entries import Audience
from node.domain.glimpses import Glimpse
from node.domain.rights import Deed, may
from node.domain.sharing import Shared, thing_of
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.shelves.bringings import BringingRow, BroughtRow
from node.storage.unit_of_work import UnitOfWork
from node.transport.pages import page_at

#: The task that does the work.
BRING = "bring_in"
#: So many pages, so many forms of one wiki; and so many that somebody has begun and not ended.
MOST_LINKS, MOST_FORMS, MOST_OPEN = 100, 30, 5
#: The format of a page that is brought as its address: what was seen of it.
LINK = "lien"
_WIKI = (b"yeswiki", b"wakka.config", b"bazar/")
_ACCEPT = (("Accept", "application/json, text/calendar, text/csv, application/atom+xml, text/html;q=0.9, */*;q=0.5"),)
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What somebody brings: files, the addresses of pages, and that of a site with a list of its own ("" for none)."""

    files: Sequence[BroughtRow] = ()
    links: Sequence[str] = ()
    site: str = ""

    def payload(self) -> str:
        """The addresses, to be kept."""
        return orjson.dumps({"links": list(self.links), "site": self.site}).decode()


def begin(uow: UnitOfWork, house: House, person: str, community: str, load: Load) -> BringingRow:
    """Keeps it, and has it fetched and looked through; nothing is published.

    Raises NotAllowed for whoever may not publish there, Invalid where there is nothing, Conflict for too many at once.
    """
    if not may(uow.members.roles(person, community, house.now), Deed.PUBLISH):
        raise NotAllowed
    if not (load.files or load.links or load.site) or len(load.links) > MOST_LINKS:
        raise Invalid("There is nothing to look at, or too much.")
    if sum(row.state not in {"done", "stopped"} for row in uow.bringings.of(person)) >= MOST_OPEN:
        raise Conflict("First end what was begun.")
    row = BringingRow(
        id=secrets.token_hex(12),
        person=person,
        community=community,
        audience=str(Audience.COMMUNITY),
        state="fetching",
        addresses=load.payload(),
        report="",
        language=house.language,
        done=0,
        total=0,
        takes_probable=0,
        begun_at=house.now,
        changed_at=house.now,
    )
    uow.bringings.begin(row, load.files)
    uow.tasks.wake(BRING, row.id)
    return row


def theirs(uow: UnitOfWork, bringing: str, person: str) -> BringingRow:
    """What a person brings; raises NotFound for anybody else's."""
    row = uow.bringings.get(bringing)
    if row is None or not person or row.person != person:
        raise NotFound
    return row


def take(uow: UnitOfWork, house: House, row: BringingRow, audience: Audience, *, takes_probable: bool) -> None:
    """Has what was looked through taken in; raises Conflict when it was not, or no longer waits."""
    if row.state != "ready":
        raise Conflict("This is not waiting to be taken in.")
    said = str(audience)
    uow.bringings.put(
        replace(row, state="taking", audience=said, takes_probable=int(takes_probable), done=0, report="", changed_at=house.now)
    )
    uow.tasks.wake(BRING, row.id)


def stop(uow: UnitOfWork, house: House, row: BringingRow) -> None:
    """Lets go of the rest; what was taken in stays."""
    if row.state not in {"done", "stopped"}:
        uow.bringings.put(replace(row, state="stopped", changed_at=house.now))


def noted(page: Glimpse) -> BroughtRow:
    """A page that is brought as its address, with what was seen of it."""
    return BroughtRow(name=page.address, content=orjson.dumps(asdict(page)), format=LINK)


def card(file: BroughtRow, language: str) -> Draft:
    """The card of such a page."""
    page = Glimpse(**orjson.loads(file.content))
    return Draft(thing=thing_of(Shared(page=page), language), source=page.address, options={"key": page.address})


async def collected(outside: Outside, house: House, site: str) -> list[BroughtRow]:
    """What a site has as a list: the forms of a YesWiki, a file on the web, the feed of a page; else why there is nothing."""
    answer = await _asked(outside, house, site)
    if isinstance(answer, BroughtRow):
        return [answer]
    start = answer.body.lower()
    if kind_of(answer.body) != PAGE:
        return [BroughtRow(name=answer.url, content=answer.body)]
    if any(mark in start for mark in _WIKI):
        return await _forms(outside, house, answer.url)
    for feed in linked(answer.body, answer.url, *KINDS)[:1]:
        found = await _asked(outside, house, feed)
        return [found if isinstance(found, BroughtRow) else BroughtRow(name=feed, content=found.body)]
    return [_problem(site, "no list was found there: paste the addresses of its pages, or bring a file")]


async def _forms(outside: Outside, house: House, page: str) -> list[BroughtRow]:
    """The entries of all forms of a wiki, which its address gives one form at a time."""
    base = page.partition("?")[0].removesuffix("wakka.php")
    known = await _asked(outside, house, f"{base}?api/forms")
    if isinstance(known, BroughtRow):
        return [known]
    try:
        said = orjson.loads(known.body)
    except orjson.JSONDecodeError:
        return [_problem(base, "this wiki does not give its entries; bring the file that its administration exports")]
    forms = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    numbers = [str(form["bn_id_nature"]) for form in forms if isinstance(form, dict) and "bn_id_nature" in form]
    found = []
    for number in (each for each in numbers[:MOST_FORMS] if each.isascii() and each.isdecimal()):
        address = f"{base}?api/forms/{number}/entries"
        entries = await _asked(outside, house, address)
        if isinstance(entries, BroughtRow):
            found.append(entries)
        elif entries.body.strip() not in {b"", b"null", b"[]"}:
            found.append(BroughtRow(name=address, content=entries.body, format="yeswiki"))
    return found or [_problem(base, "this wiki has no entries that everybody may read")]


async def _asked(outside: Outside, house: House, address: str) -> Answer | BroughtRow:
    """What is at an address, or why there is nothing."""
    try:
        answer = (await page_at(outside.send, address, _ACCEPT, allow_http=house.allow_http)).answer
    except RemoteError as fault:
        return _problem(address, str(fault))
    return answer if answer.status == _OK else _problem(address, f"it answers {answer.status}")


def _problem(address: str, reason: str) -> BroughtRow:
    return BroughtRow(name=address, content=b"", problem=reason)
