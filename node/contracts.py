"""Every extension point on one page: what a file must define to add an activity, format, page, endpoint or job.

A folder is the registry; `collect.py` finds HANDLER, FORMAT, PAGE, ENDPOINT, JOB and COMMAND.
Everything that touches rows is a plain function given a UnitOfWork, so that no network call can happen inside a transaction.
"""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from federation.messages import Answer, Outgoing, Received, Verified
from federation.ports import KeyDirectory
from node.domain.activities import about
from node.domain.appearance import Appearance
from node.domain.elsewhere_copies import Carrier
from node.domain.house import House as House
from node.domain.letters import Mailbox, Postbox
from node.domain.participation import State
from node.domain.visibility import Opened, Reader
from node.errors import Invalid
from node.graph.engine import Graph
from node.storage.engine import Database
from node.storage.shelves.media import Kept as Kept
from node.storage.unit_of_work import UnitOfWork
from vocab.terms import Bilingual
from vocab.thing import Thing


class Outcome(enum.StrEnum):
    """What became of a message."""

    DONE = "done"
    IGNORED = "ignored"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """What one activity type means here.

    `check` raises NotAllowed, NotFound or Invalid when the activity may not be acted on, and changes nothing; `receive` acts
    (check has passed); `undo(uow, house, verified)` acts on an Undo whose object is such an activity (`verified.activity` is the
    inner activity, proven to be by the same actor).
    """

    activity: str
    check: Callable[[UnitOfWork, House, Verified], None]
    receive: Callable[[UnitOfWork, House, Verified], Outcome]
    undo: Callable[[UnitOfWork, House, Verified], Outcome] | None = None


def names_one_thing(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """The `check` that asks least: the activity is about one thing that has an address. Raises Invalid."""
    del uow, house
    about(verified.activity)


class Outside(Protocol):
    """The guarded way out to the network."""

    async def send(self, outgoing: Outgoing) -> Answer:
        """Makes one request, following no redirect; raises ForbiddenAddress or Unreachable."""
        ...

    async def document(self, iri: str, *, is_anew: bool = False) -> Answer:
        """The ActivityPub document at `iri`, fetched with the Application actor's signature and believed.

        `is_anew`: whatever it answered a moment ago. 200 with `url` equal to the document's id; raises a RemoteError.
        """
        ...

    async def lookup(self, address: str) -> str:
        """The IRI of the actor that `@name@host` or a URL names; raises Gone, UnacceptableAnswer or Unreachable."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a job works with. `house()` gives the House as of now; `graph` is None where nobody may ask questions.

    `postbox` is the mail server that the settings name, if any; one told in the browser is among the rows (storage/postbox.py).
    `mailbox` is where letters to us are fetched from, if anywhere; `data` the folder of the node, None in tests that need none;
    `carrier` takes files elsewhere, None where none go.
    """

    house: Callable[[], House]
    database: Database
    outside: Outside
    keys: KeyDirectory
    handlers: Mapping[str, Handler]
    graph: Graph | None = None
    postbox: Postbox | None = None
    mailbox: Mailbox | None = None
    data: Path | None = None
    carrier: Carrier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One kind of waiting work.

    `claim(uow, house, n)` leases up to n due rows; `work(tools, row)` does one and marks it, or, when there is `settle`, gives
    what came of it, which `settle(uow, house, results)` then marks for many rows at once. `every` is the pause in seconds after
    a claim that found nothing; `at_once` how many run side by side in one process. `is_intake`: it looks as soon as something
    came in at the door, and lets a rush of arrivals go first; `is_timed`: no commit makes it look before its next turn.
    `mishap(uow, house, row, reason)` marks a row whose work broke unforeseen; `start` is done once when a worker begins.
    """

    name: str
    every: float
    claim: Callable[[UnitOfWork, House, int], Sequence[Any]]
    work: Callable[[Tools, Any], Awaitable[Any]]
    at_once: int = 4
    is_intake: bool = False
    is_timed: bool = False
    settle: Callable[[UnitOfWork, House, Sequence[Any]], None] | None = None
    mishap: Callable[[UnitOfWork, House, Any, str], None] | None = None
    start: Callable[[UnitOfWork, House], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A thing to be published, as an importer or a form understood it; `source` names where it came from, for messages."""

    thing: Thing
    source: str
    topics: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A part of a file that cannot be taken in: where it is, and in one line why. The rest of the file goes on."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to be read: its name, for messages, its bytes, and for tables which column is which field (column → field)."""

    name: str
    content: bytes
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Things in order, as one document; all that its reader may see, and nothing else.

    `iri` is the address of the list for people, `here` that of this very document ("" where it is a secret), `following` that of
    its next part ("" at the end). `names` tells what the IRIs in the things are called: authors, communities, topics, notebooks;
    `answers` what its reader said of events and dates; `pictures` are by address. `changed_at` is the newest change in it.
    """

    things: Sequence[Thing]
    title: str = ""
    summary: str = ""
    iri: str = ""
    here: str = ""
    following: str = ""
    language: str = "fr"
    publisher: str = ""
    changed_at: datetime | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    answers: Mapping[str, State] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """An exchange format: how things are written in it and read from it, one file each.

    `write` gives the bytes of a list of things, or of one. `accepts` tells which things fit in. `read` gives a draft, or why
    there is none, for each part, in its order and as needed; raises Invalid with one line. `loses` says what does not survive.
    """

    name: str
    media_type: str
    extension: str
    loses: Bilingual
    also: tuple[str, ...] = ()  # further media types of the same bytes
    write: Callable[[Listing], bytes] | None = None
    read: Callable[[File], Iterable[Draft | Unread]] | None = None
    accepts: Callable[[Thing], bool] = lambda _: True
    holds_pictures: bool = False  # those of the texts go along

    def drafts(self, file: File) -> list[Draft]:
        """Everything in a file; raises Invalid when this format is not read, or any part of the file cannot be."""
        if self.read is None:
            raise Invalid(f"{self.name} can be written only")
        found = list(self.read(file))
        for part in found:
            if isinstance(part, Unread):
                raise Invalid(f"{part.source}: {part.reason}")
        return [part for part in found if isinstance(part, Draft)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A person's or program's request for something: who asks, in which language, for what.

    `path` holds the values of the route's {placeholders}, `query` the parameters (last one wins), `url` the path with query.
    `reader_name` is what a signed-in person is called ("" for nobody), `form_token` what their forms must carry; `is_admin`: they
    look after the whole node, `must_prove`: they will, with a second proof. `face` is the media type wanted, of several.
    `notices`: in how many conversations there is something that they have not looked at. `communities` are those they belong to,
    as path and name, by name. `look`: how the node is dressed. `address` is the IP address of who asks, for what is counted by
    it. `sent` and `problems`: of a page that is shown again because its form was refused, what was in each field, and what is
    wrong by field ("" for the form as a whole), in the language of the reader.
    """

    house: House
    reader: Reader
    language: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    url: str
    reader_name: str = ""
    form_token: str = ""
    is_admin: bool = False
    must_prove: bool = False
    notices: int = 0
    face: str = ""
    communities: Sequence[tuple[str, str]] = ()
    look: Appearance = field(default_factory=Appearance)
    address: str = ""
    sent: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a page shows: the values its template gets. `is_secret`: nothing may keep it, though nobody is signed in.

    `things`: what it lists, so that only formats with a place for it are offered (empty: all). `links`: relations and targets.
    """

    values: Mapping[str, Any]
    title: str
    status: int = 200
    is_secret: bool = False
    things: Sequence[Thing] = ()
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page for people. Its template is the .html file beside its module.

    `show` reads and changes nothing; it raises NotFound for what is not there or may not be seen. `right` names who may open it:
    "anyone", "member" or "admin". `menu` is its place in the main navigation (0: none). `listing`: what it lists, for programs.
    """

    path: str
    right: str
    show: Callable[[UnitOfWork, Visit], View]
    menu: int = 0
    label: str = ""
    listing: Callable[[UnitOfWork, Visit], Listing] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an endpoint for machines answers; `body` goes out byte for byte, or `kept` in its place."""

    body: bytes
    media_type: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    kept: Kept | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An answer for machines. `path` holds {placeholders}, each of which may name its pattern: {id:[a-z0-9]+}.

    `answer` serves GET and HEAD from the rows; it raises NotFound for what is not there or may not be seen. `ask` serves both in
    its place where an answer takes more than rows; `opens` says which list is given, in the format {form}. `receive` serves POST,
    with `visit` made from the session alone; where a page has the same address, an error with `problems` shows that page again,
    with what was sent. `is_open`: everybody gets the same answer, so that nobody needs to be known first (else two nodes that
    check one another's signatures would wait for each other). `may_close`: open only as long as this node asks for no signature
    on what is public. `faces` are the media types that it can answer in, the first where the asker does not care, of what is no
    ActivityPub document; `visit.face` says which. `takes_files`: somebody signed in may send files.
    """

    path: str
    answer: Callable[[UnitOfWork, Visit], Reply] | None = None
    ask: Callable[[Tools, Received, Visit], Awaitable[Reply]] | None = None
    opens: Callable[[UnitOfWork, Visit], Opened] | None = None
    receive: Callable[[Tools, Received, Visit], Awaitable[Reply]] | None = None
    is_open: bool = False
    may_close: bool = False
    takes_files: bool = False
    faces: tuple[str, ...] = ()
