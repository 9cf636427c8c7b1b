"""Opens an exchange for the members of a community, about a thing that they may read, or about nothing but its title.

One of another node is sent what begins it, decides about it, and hands it on to its members: it alone knows them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from node.contracts import House
from node.domain.completing import Setting, completed
from node.domain.entries import Audience, Entry
from node.domain.promises import MODES, carried
from node.domain.prose import language as language_of
from node.domain.receiving import entry_of
from node.domain.replying import written
from node.domain.rights import Deed, may
from node.domain.spaces import address
from node.domain.visibility import Scope, is_within
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.far import far_handle, must_have_heard_from
from node.storage.keeping import keep_thing
from node.storage.mentioning import naming_community, naming_people
from node.storage.notifying import tell_of_a_discussion
from node.storage.restraining import must_be_free
from node.storage.sending import fresh_name
from node.storage.spreading import spread
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.check import problems
from vocab.namespaces import CONCEPTS
from vocab.things.help_request import HelpRequest
from vocab.things.note import Note
from vocab.values import Ref, Text

LONGEST_TITLE, LONGEST = 200, 20_000
OPEN = f"{CONCEPTS}etats-de-demande/ouverte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How an exchange begins: title, first words, what it is about ("" for nothing else), what people promise (`mode`)."""

    title: str
    words: str
    about: str = ""
    mode: str = ""
    asks_for_help: bool = False


def open_exchange(uow: UnitOfWork, house: House, community: str, author: str, opening: Opening) -> Entry:
    """Publishes the first message, for the members of the community alone.

    Raises NotAllowed, NotFound for what the author may not see, or Invalid.
    """
    far = far_handle(uow, community)
    if far:
        must_have_heard_from(uow, author, community)
    else:
        _must_be_allowed(uow, house, community, author)
    about = discussed(uow, house, community, author, opening.about) if opening.about else None
    said = _said(house, opening, about)
    setting = Setting(
        author=author, community=community, audience=Audience.COMMUNITY, at=house.now, language=house.language, far=far
    )  # fmt: skip
    note = completed(said, address(house.url, said, fresh_name(house)), (), setting)
    note = replace(note, license=None)  # said among people, to be reused by nobody
    note = naming_community(uow, naming_people(uow, house, note), community)
    wrong = problems(note)
    if wrong:
        raise Invalid("; ".join(str(problem) for problem in wrong))
    entry = entry_of(note, audience=Audience.COMMUNITY, author=author, at=house.now, readers=frozenset(), is_local=True)
    keep_thing(uow, entry, note, jsonld.dump(note))
    spread(uow, house, entry, note, before=None)
    tell_of_a_discussion(uow, entry, note)
    return entry


def _must_be_allowed(uow: UnitOfWork, house: House, community: str, author: str) -> None:
    group = uow.actors.get(community)
    if group is None or not group.is_local or group.type != "Group" or group.state != "active":
        raise NotFound("There is no such community here.")
    if not may(uow.members.roles(author, community, house.now), Deed.DISCUSS):
        raise NotAllowed("This role lets one read, not write.")
    must_be_free(uow, house, author, community)


def discussed(uow: UnitOfWork, house: House, community: str, author: str, iri: str) -> StoredThing:
    """What an exchange is to be about: read by its author, and by the members; raises NotFound or NotAllowed otherwise."""
    scope = Scope(actor=author, communities=uow.members.communities_of(author, house.now))
    about = uow.things.get(iri, scope)
    if about is None or about.entry.deleted_at is not None:
        raise NotFound("There is nothing of that address here that could be discussed.")
    if not is_within(Scope(communities=frozenset({community})), about.entry):
        raise NotAllowed("The members of this community may not read it.")
    return about


def _said(house: House, opening: Opening, about: StoredThing | None) -> Note:
    title, words = " ".join(opening.title.split()), opening.words.replace("\r\n", "\n").replace("\0", "")
    if not 0 < len(title) <= LONGEST_TITLE or not words.strip() or len(words) > LONGEST:
        raise Invalid(f"An exchange has a title of at most {LONGEST_TITLE} characters, and words, of at most {LONGEST}.")
    if opening.mode and opening.mode not in MODES:
        raise Invalid("There is no such mode of confidentiality.")
    language = language_of(words) or house.language
    name, content = Text.of(title, language), written(words, language)
    references = (Ref(about.entry.iri),) if about is not None else ()
    promise = carried(about.thing if about is not None else None, opening.mode)
    if opening.asks_for_help:
        return HelpRequest(
            name=name, content=content, references=references, confidentiality=promise, request_state=Ref(OPEN)
        )  # fmt: skip
    return Note(name=name, content=content, references=references, confidentiality=promise)
