"""Somebody leaves: their account goes, and of what they wrote becomes what they choose; other servers are asked to forget it."""

from __future__ import annotations

from dataclasses import replace

from node.contracts import House
from node.domain.entries import Audience
from node.domain.personal import Choice
from node.domain.receiving import tombstone
from node.domain.sentences import said
from node.errors import Conflict, NotFound
from node.storage.office import animators, keepers
from node.storage.personal import erase_rows, forget_sent, requests_to_forget, written_here
from node.storage.presenting import acquaintances, actor_of_ours, present
from node.storage.receivers import inboxes_of, reached
from node.storage.sending import send
from node.storage.spreading import take_back
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.delete import Delete
from vocab.namespaces import PUBLIC
from vocab.values import Ref, Text

#: What whoever left without leaving their name is called.
NAMELESS = said("Une personne partie", "Someone who left")


def erase_account(uow: UnitOfWork, house: House, person: str, choice: Choice) -> None:
    """Erases an account. What was written stays with its author's name, stays without it, or goes everywhere.

    Raises NotFound for no account of ours, Conflict for the only one who looks after the node.
    """
    member, row = uow.members.get(person), uow.actors.get(person)
    if member is None or row is None or not row.is_local:
        raise NotFound("There is no such account here.")
    if keepers(uow, house) == [person]:
        raise Conflict("Name somebody else who looks after the node first.")
    _tell_of_communities_left(uow, house, person)
    if choice is Choice.NOTHING:
        _take_all_back(uow, house, person)
    elif choice is Choice.UNNAMED:
        nameless = Text.by_language({tag: words for tag, words in NAMELESS.entries if tag}, primary="fr")
        present(uow, house, replace(actor_of_ours(uow, person), name=nameless, summary=None, icon=(), image=()))
    requests = requests_to_forget(uow, person) if choice is Choice.NOTHING else []
    for community in uow.members.communities_of(person, house.now):
        uow.members.leave(person, community, house.now)
    erase_rows(uow, person, member.email)
    uow.incidents.erased(house.now, requests, is_authorship_kept=choice is not Choice.NOTHING)


def _tell_of_communities_left(uow: UnitOfWork, house: House, person: str) -> None:
    """Those who look after the node hear of communities that nobody animates from now on."""
    for community in uow.members.communities_of(person, house.now):
        if animators(uow, house, community) == [person]:
            for keeper in set(keepers(uow, house)) - {person}:
                uow.notices.add(keeper, "orphan", community, house.now, community=community)


def _take_all_back(uow: UnitOfWork, house: House, person: str) -> None:
    """Everything written is deleted here and wherever it went; then the author is, so that servers let go of them too."""
    told: dict[str, None] = dict.fromkeys(inboxes_of(uow, acquaintances(uow, person)))
    for iri in written_here(uow, person):
        known = uow.things.get_any(iri)
        if known is None:
            continue
        inboxes = reached(uow, known.entry)
        told |= dict.fromkeys(inboxes)
        take_back(uow, house, known.entry, inboxes)
        uow.things.bury(iri, jsonld.dump(tombstone(iri, known.entry.type, house.now)), house.now)
    forget_sent(uow, person)
    send(
        uow,
        house,
        lambda name, at: Delete(id=name, actor=Ref(person), object=(Ref(person),), published=at, to=(Ref(PUBLIC),)),
        sorted(told),
        about=person,
        audience=Audience.PUBLIC,
    )
    row = uow.actors.get(person)
    if row is not None:
        gone = jsonld.dump(tombstone(person, row.type, house.now))
        uow.actors.put(replace(row, name=NAMELESS.primary, document=gone, state="gone"))
