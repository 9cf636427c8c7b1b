"""Carries a letter from somebody who reads to whoever wrote: neither needs an account of the other's, no address is shown."""

from __future__ import annotations

from dataclasses import dataclass

from node.contracts import House
from node.domain.guessing import WINDOW, Way, subjects
from node.domain.letters import Letter
from node.domain.sentences import said
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Conflict, NotFound
from node.storage.office import animators, keepers
from node.storage.shelves.accounts import Accounts
from node.storage.shelves.members import MemberRow
from node.storage.shelves.things import StoredThing
from node.storage.unit_of_work import UnitOfWork

LONGEST_NAME, LONGEST_TEXT, SHORTEST_TEXT = 120, 4_000, 10
#: What somebody mutes who wants no such letters: the page that they are written on.
RELAY = "/ecrire"
#: A letter goes to the author, or to so many of those who look after their work.
_MOST = 3

_SUBJECT = said("On vous écrit à propos de « {title} »", "Someone writes to you about “{title}”")
_TO_AUTHOR = said(
    "Bonjour,\n\n{name} a lu ce que vous avez publié et vous écrit :\n{link}\n\n-----\n{text}\n-----\n\n"
    "Pour lui répondre, répondez à ce courriel : votre réponse ira à {email}, et montrera votre adresse. Tant que vous ne "
    "répondez pas, personne ne la connaît. Nous n’avons pas vérifié qui écrit : ne suivez pas un lien qui vous étonne.\n\n"
    "Pour ne plus recevoir de telles lettres : {stop}\n",
    "Hello,\n\n{name} read what you published and writes to you:\n{link}\n\n-----\n{text}\n-----\n\n"
    "To answer, reply to this email: your reply goes to {email}, and shows your address. As long as you don’t reply, no one "
    "knows it. We haven’t checked who writes: don’t follow a link that surprises you.\n\n"
    "To get no more such letters: {stop}\n",
)
_INSTEAD = said(
    "(Cette lettre vient à vous parce que la personne qui a écrit la page n’en reçoit pas.)\n\n",
    "(This letter comes to you because whoever wrote the page gets none.)\n\n",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody writes: how they call themselves, where the answer goes, the words; and from which address they ask."""

    name: str
    email: str
    text: str
    address: str


def about(uow: UnitOfWork, iri: str) -> StoredThing:
    """What a letter may be about: a public thing of ours; raises NotFound for anything else, whoever asks."""
    stored = uow.things.get(iri, PUBLIC_SCOPE)
    if stored is None or stored.entry.deleted_at is not None or not stored.entry.is_local:
        raise NotFound("There is nothing of that address here that one could write about.")
    return stored


def relay(uow: UnitOfWork, house: House, iri: str, note: Note) -> None:
    """Queues the letter; the same happens for every author, whether they have an address or not.

    Raises NotFound, or Conflict when too many letters were sent within the hour, by one reader or to one author.
    """
    stored = about(uow, iri)
    guesses, limits = Accounts(uow.ground).guesses, subjects(Way.RELAY, stored.entry.author, note.address)
    if any(guesses.count(subject, house.now - WINDOW) >= most for subject, most in limits.items()):
        raise Conflict("Too many letters were sent within the hour.")
    guesses.add(limits, house.now)
    for member in _recipients(uow, house, stored):
        language = member.language or house.language
        stop = f"{house.url}/moi/avis"
        values = {"name": note.name, "email": note.email, "text": note.text, "link": iri, "stop": stop}
        before = "" if member.iri == stored.entry.author else _INSTEAD.in_language(language)
        uow.letters.put(
            Letter(
                to=member.email,
                subject=_SUBJECT.in_language(language).format(title=stored.entry.name[:80]),
                text=before + _TO_AUTHOR.in_language(language).format(**values),
                language=language,
                kind="lecture",
                reply_to=note.email,
                stop=stop,
            )
        )


def takes_letters(uow: UnitOfWork, house: House, person: str) -> bool:
    """Whether somebody here wants such letters."""
    return f"{house.url}{RELAY}" not in uow.notices.muted(person)


def _recipients(uow: UnitOfWork, house: House, stored: StoredThing) -> list[MemberRow]:
    """The author; where they get no letters, those who animate the community, else those who look after the node."""
    entry = stored.entry
    for people in ([entry.author], animators(uow, house, entry.community), keepers(uow, house)):
        known = [member for person in people if (member := uow.members.get(person)) is not None and member.email]
        if willing := [member for member in known if takes_letters(uow, house, member.iri)]:
            return willing[:_MOST]
    return []
