"""Answers a thing in the name of somebody here: to those who may see it, its author, and the community it was said in."""

from __future__ import annotations

from datetime import timedelta

from federation import outbox
from node.contracts import House
from node.domain.completing import Setting, completed
from node.domain.entries import Audience, Entry
from node.domain.errands import Errand
from node.domain.prose import language as language_of
from node.domain.publishing import no_wider
from node.domain.receiving import entry_of
from node.domain.replying import Answered, answering, reach_of, written
from node.domain.rights import Deed, may
from node.domain.spaces import address
from node.domain.visibility import Scope
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.conversations import seek
from node.storage.far import far_handle, hands_on
from node.storage.gathering import is_group_of_ours
from node.storage.keeping import keep_thing
from node.storage.mentioning import naming_community, naming_people
from node.storage.restraining import must_be_free
from node.storage.sending import fresh_name, send
from node.storage.spreading import spread
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.check import problems
from vocab.things.note import Note
from vocab.things.object import Object
from vocab.things.reformulation import Reformulation
from vocab.values import Ref

#: Longer answers are no answers.
LONGEST = 20_000
#: Within this time the same words are the same answer; among so many answers they are looked for.
_AGAIN = timedelta(minutes=10)
_MOST_ANSWERS = 500


def reply(uow: UnitOfWork, house: House, answered: str, author: str, words: str, *, sums_up: bool = False) -> Entry:
    """Answers the thing `answered` with plain words; raises NotFound for what the author may not see, NotAllowed or Invalid.

    `sums_up`: it says again what was understood so far, so that the others may say whether it is so.
    The same words again within some minutes are the same answer: a form that is sent twice says nothing twice.
    """
    over = _allowed(uow, house, answered, author)
    # A browser counts the end of a line as one character and sends two; not every database keeps a NUL.
    words = words.replace("\r\n", "\n").replace("\0", "")
    if not words.strip() or len(words) > LONGEST:
        raise Invalid(f"an answer has some words, and at most {LONGEST} characters")
    audience, community, readers = reach_of(over)
    setting = Setting(
        author=author,
        community=community,
        audience=audience,
        at=house.now,
        language=house.language,
        readers=readers,
        far=far_handle(uow, community) if audience is Audience.COMMUNITY else "",
    )
    content = written(words, language_of(words) or house.language)
    said = Reformulation(content=content, in_reply_to=(Ref(answered),)) if sums_up else Note(content=content)
    again = _said_already(uow, house, over, author, said)
    if again is not None:
        return again
    note = answering(completed(said, address(house.url, said, fresh_name(house)), (), setting), over, author)
    note = naming_people(uow, house, note)
    if audience is Audience.COMMUNITY:
        note = naming_community(uow, note, community)
    wrong = problems(note)
    if wrong:
        raise Invalid("; ".join(str(problem) for problem in wrong))
    entry = entry_of(note, audience=audience, author=author, at=house.now, readers=readers, is_local=True)
    keep_thing(uow, entry, note, jsonld.dump(note))
    spread(uow, house, entry, note, before=None)
    _tell_those_named(uow, house, entry, note)
    # Somebody here takes part from now on: what else was said there is of interest.
    seek(uow, house, over.entry, over.thing, Errand(iri=over.entry.iri, is_vouched=True))
    return entry


def _said_already(uow: UnitOfWork, house: House, over: Answered, author: str, said: Note) -> Entry | None:
    scope = Scope(actor=author, communities=uow.members.communities_of(author, house.now))
    audiences = no_wider(over.entry.audience)
    turns = uow.threads.answers(over.entry.iri, scope=scope, audiences=audiences, limit=_MOST_ANSWERS)
    latest = [turn.thing for turn in turns if turn.thing.entry.author == author and turn.at > house.now - _AGAIN]
    return next((each.entry for each in latest if isinstance(each.thing, Object) and each.thing.content == said.content), None)


def reach(uow: UnitOfWork, house: House, answered: str, author: str) -> tuple[Audience, str, frozenset[str]]:
    """Audience, community and readers that an answer to a thing would have; raises NotFound or NotAllowed as `reply` does."""
    return reach_of(_allowed(uow, house, answered, author))


def _allowed(uow: UnitOfWork, house: House, answered: str, author: str) -> Answered:
    over = _answered(uow, house, answered, author)
    _must_be_allowed(uow, house, over, author)
    return over


def _answered(uow: UnitOfWork, house: House, iri: str, author: str) -> Answered:
    person = uow.actors.get(author)
    if person is None or not person.is_local or person.state != "active":
        raise NotFound("The author has no account here.")
    scope = Scope(actor=author, communities=uow.members.communities_of(author, house.now))
    stored = uow.things.get(iri, scope)
    if stored is None or stored.entry.deleted_at is not None or not isinstance(stored.thing, Object):
        raise NotFound("There is nothing of that address here that could be answered.")
    written_by, community = uow.actors.get(stored.entry.author), uow.actors.get(stored.entry.community)
    return Answered(
        thing=stored.thing,
        entry=stored.entry,
        handle=f"@{written_by.username}@{written_by.host}" if written_by and written_by.username else stored.entry.author,
        is_in_house=community is not None and community.is_local and community.type == "Group",
        is_handed_on=community is not None and hands_on(community),
        shared_with=frozenset(iri for iri in stored.entry.readers if is_group_of_ours(uow, iri)),
    )


def _must_be_allowed(uow: UnitOfWork, house: House, over: Answered, author: str) -> None:
    if over.entry.audience is Audience.SELF:
        raise NotAllowed("This is a draft; publish it first.")
    if uow.feeds.of_item(over.entry.iri) is not None:
        raise NotAllowed("This came by a feed: nobody there would get an answer.")
    roles = uow.members.roles(author, over.entry.community, house.now) if over.is_in_house else frozenset[str]()
    is_reserved = over.entry.audience is Audience.COMMUNITY and over.is_in_house
    if (roles or is_reserved) and author != over.entry.author and not may(roles, Deed.DISCUSS):
        raise NotAllowed("This role lets one read, not answer.")
    if over.is_in_house:
        must_be_free(uow, house, author, over.entry.community, over.entry.iri)


def _tell_those_named(uow: UnitOfWork, house: House, entry: Entry, note: Note) -> None:
    """Sends an answer to those elsewhere whom it names, unless it went there already."""
    named = [uow.actors.get(ref.iri) for ref in (*note.to, *note.cc)]
    reached = set(uow.things.recipients(entry.iri))
    inboxes = [
        row.inbox
        for row in named
        if row is not None and not row.is_local and row.state == "active" and row.inbox and row.inbox not in reached
    ]
    if not inboxes:
        return
    created = next((row for row in uow.outbox.about(entry.iri) if row.type == "Create" and row.actor == entry.author), None)
    if created is not None and entry.audience is Audience.PUBLIC:
        uow.outbox.deliver_again(created.iri, inboxes, house.now)
        return
    send(
        uow,
        house,
        lambda name, at: outbox.wrap_create(note, entry.author, name, at),
        inboxes,
        about=entry.iri,
        audience=entry.audience,
    )
