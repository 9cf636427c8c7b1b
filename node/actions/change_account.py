"""A member changes their account: what they are called, where they are written to, and with what they come in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from node.contracts import House
from node.domain import second_factor
from node.domain.letters import is_address
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.presenting import actor_of_ours, present
from node.storage.shelves.accounts import Accounts
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork
from vocab.values import Text

LONGEST_NAME, LONGEST_LANGUAGES, LONGEST_HELP, LONGEST_TOWN = 100, 200, 1_000, 100
#: How long a new address may be confirmed, and how long a clock may be set up and its codes on paper be read.
CONFIRMED, SET_UP = timedelta(hours=1), timedelta(minutes=15)
#: The kinds of token for both.
BY_ADDRESS, BY_CLOCK, ON_PAPER = "address", "clock", "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What a member says of themselves.

    `tongue` is the language of their pages and letters, "" for pages as their browser asks; `languages` are those they speak;
    `town` is where they live, which is counted and told to nobody.
    """

    name: str
    tongue: str = ""
    languages: str = ""
    helps: str = ""
    town: str = ""


def account(uow: UnitOfWork, person: str) -> MemberRow:
    """The account of somebody here; raises NotAllowed for whoever has none."""
    row = uow.members.get(person) if person else None
    if row is None:
        raise NotAllowed("Only people who have their account here have one to change.")
    return row


def introduce(uow: UnitOfWork, house: House, person: str, said: Portrait) -> None:
    """Changes what a member says of themselves; those who know them elsewhere are told of a new name."""
    row, name = account(uow, person), " ".join(said.name.split())
    lengths = ((said.languages, LONGEST_LANGUAGES), (said.helps, LONGEST_HELP), (said.town, LONGEST_TOWN))
    if not 0 < len(name) <= LONGEST_NAME or any(len(words) > most for words, most in lengths):
        raise Invalid("This name or text is empty, or too long.")
    languages, helps = " ".join(said.languages.split()), said.helps.strip()
    language = said.tongue or row.language or house.language
    town = " ".join(said.town.split())
    uow.members.add(replace(row, name=name, language=language, tongue=said.tongue, languages=languages, helps=helps, town=town))
    if name != row.name:
        present(uow, house, replace(actor_of_ours(uow, person), name=Text.of(name, language.partition("-")[0])))


def propose_address(uow: UnitOfWork, house: House, person: str, email: str) -> str | None:
    """What a letter to a new address must bring back; None where nobody may be told that it is somebody's already."""
    row, email = account(uow, person), email.strip().lower()
    if not is_address(email):
        raise Invalid("This is no e-mail address.")
    if uow.members.by_email(email) is not None:
        return None
    uow.sessions.void_tokens(person, BY_ADDRESS)
    return uow.sessions.create_token(BY_ADDRESS, row.iri, house.now + CONFIRMED, email)


def confirm_address(uow: UnitOfWork, house: House, token: str) -> tuple[MemberRow, MemberRow]:
    """Gives an account the address that a letter went to: as it was, and as it is. No link to the old one works any more.

    Raises NotFound for a letter that is too old, or used; Conflict where the address has become somebody's.
    """
    taken = uow.sessions.take_token(BY_ADDRESS, token, house.now)
    if taken is None:
        raise NotFound("This letter is too old, or was used already.")
    before = account(uow, taken.person)
    other = uow.members.by_email(taken.content)
    if other is not None and other.iri != before.iri:
        raise Conflict("This address has become that of another account.")
    after = replace(before, email=taken.content)
    uow.members.add(after)
    uow.sessions.void_tokens(before.iri)
    return before, after


def begin_clock(uow: UnitOfWork, house: House, person: str) -> str:
    """A token that holds the secret of a clock that is being set up; it counts once a code of it was given."""
    from pyotp import random_base32  # noqa: PLC0415 -- seldom

    account(uow, person)
    uow.sessions.void_tokens(person, BY_CLOCK, ON_PAPER)
    return uow.sessions.create_token(BY_CLOCK, person, house.now + SET_UP, random_base32())


def held(uow: UnitOfWork, house: House, person: str, kind: str, token: str) -> str:
    """What such a token holds for this person, "" when it is none of theirs."""
    found = uow.sessions.look_at_token(kind, token, house.now) if token else None
    return found.content if found and found.person == person else ""


def set_clock(uow: UnitOfWork, house: House, person: str, token: str, code: str) -> str:
    """Begins the second factor; a token that holds the codes for paper. "" for a wrong code; NotFound when it took too long."""
    secret = held(uow, house, person, BY_CLOCK, token)
    if not secret:
        raise NotFound("This took too long: begin again.")
    step = second_factor.matching_step(secret, second_factor.tidy(code), house.now)
    if step is None:
        return ""
    uow.sessions.void_tokens(person, BY_CLOCK)
    codes = second_factor.paper_codes()
    shelf = Accounts(uow.ground).second
    shelf.put(person, secret, step, house.now)
    shelf.put_codes(person, codes)
    return uow.sessions.create_token(ON_PAPER, person, house.now + SET_UP, " ".join(codes))


def end_clock(uow: UnitOfWork, person: str) -> None:
    """Ends the second factor of somebody; raises NotFound where there is none."""
    if not Accounts(uow.ground).second.remove(person):
        raise NotFound("There is no second factor.")
