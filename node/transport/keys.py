"""The public keys of other servers' actors: kept in rows, fetched when missing, fetched again when they no longer fit.

Which document proves a key is decided here in one place: the key's owner must name the key back, on the same origin.
Spec: ActivityPub §4.1.
Spec: FEP-521a §Keys.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from weakref import WeakValueDictionary

from federation.addresses import document_url, origin, same_origin
from federation.errors import BadKey, KeyUnavailable, RemoteError, Troubled
from federation.messages import Answer, PublicKey
from federation.published_keys import keys_of
from vocab import jsonld
from vocab.errors import VocabError
from vocab.thing import Thing
from vocab.things.actor import Actor
from vocab.things.multikey import Multikey
from vocab.things.public_key import PublicKey as KeyThing
from vocab.values import Ref

T = TypeVar("T")

#: How long a key is taken from its row without asking again.
FRESH = timedelta(hours=24)
#: How long a key that could not be had is not asked for again, and how long after a fetch the next one is refused.
PATIENCE = timedelta(minutes=5)
#: How long nothing is asked of a server that did not answer; each time longer, up to PATIENCE. Its messages get a 401 meanwhile,
#: which they survive: servers try again after minutes.
PAUSE = timedelta(seconds=30)
REMEMBERED = 2_000
SILENCED = "The owner of this key is suspended here, or is gone"
#: So many keys that are known are asked for anew at a time, and so many of one server: whoever waits for that does so in a place
#: for those who are known, and slow servers would take all of them.
MOST_RENEWED, MOST_RENEWED_EACH = 16, 2


class KnownKey(Protocol):
    """A key as the rows have it (storage.keyring.KeptKey); not usable when its owner is suspended or gone."""

    @property
    def key(self) -> PublicKey:
        """The key."""
        ...

    @property
    def fetched_at(self) -> datetime:
        """When it was read."""
        ...

    @property
    def is_usable(self) -> bool:
        """Whether its owner may sign."""
        ...

    @property
    def is_ours(self) -> bool:
        """Whether it is a key of this node: then there is nothing to ask for."""
        ...

    @property
    def may_prove(self) -> bool:
        """Whether what it proves is its owner's: it is in the assertionMethod."""
        ...


@dataclass(frozen=True, slots=True)
class _Silence:
    """A server that did not answer `times` in a row, or a key that it could not tell; and until when it is left alone."""

    times: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHolder:
    """An actor whose document names a key: what is to be kept of it."""

    actor: Actor
    document: bytes
    key: PublicKey


#: The rows, as this room sees them: it may not import storage.
Known = Callable[[str], Awaitable[KnownKey | None]]
Keep = Callable[[KeyHolder], Awaitable[bool]]
Fetch = Callable[[str], Awaitable[Answer]]


class Keys:
    """Finds keys for federation/inbox.py (federation.ports.KeyDirectory).

    `fetch` gets a believed document (Documents.document), `known` looks into the rows, `keep` writes the actor that holds a key
    and tells whether it may sign here.
    """

    def __init__(self, *, fetch: Fetch, known: Known, keep: Keep, now: Callable[[], datetime]) -> None:
        self._fetch = fetch
        self._known = known
        self._keep = keep
        self._now = now
        self._asked_at: dict[str, datetime] = {}
        self._renewed: dict[str, tuple[str, datetime]] = {}
        self._renewing: Counter[str] = Counter()
        self._silences: dict[str, _Silence] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def find(self, key_id: str) -> PublicKey:
        """The key as last known, fetched when it is not or is older than a day.

        Raises KeyUnavailable, BadKey or Unreachable; a key that was asked for in vain is not asked for again for five minutes.
        """
        known = await self._known(key_id)
        if known is not None and not known.is_usable:
            raise KeyUnavailable(SILENCED)
        lock = self._locks.setdefault(key_id, asyncio.Lock())
        if known is not None and (self._is_good(known) or lock.locked()):
            return known.key
        # A server's first messages come many at once: the first one asks for the key, the others wait for its answer.
        async with lock:
            return await self._found(key_id)

    async def _found(self, key_id: str) -> PublicKey:
        known = await self._known(key_id)
        if known is not None and known.is_usable and self._is_good(known):
            return known.key
        if self._is_too_soon(key_id) or (known is not None and self._is_busy(key_id)):
            if known is not None:
                return known.key
            raise KeyUnavailable(f"The key {key_id[:200]} could not be had a moment ago")
        try:
            return await (self._fetched(key_id) if known is None else self._fetched_anew(key_id))
        except RemoteError as problem:
            if known is not None and not problem.is_final:
                return known.key
            raise

    async def find_again(self, key_id: str) -> PublicKey | None:
        """The key fetched anew because a verification failed; None when it is unchanged or was fetched anew within five minutes.

        Whoever replaces a key right after it was first read here is heard; nobody makes us ask for one key twice in a row.
        """
        known = await self._known(key_id)
        if (known is not None and known.is_ours) or self._is_silent(key_id) or self._was_renewed(key_id) or self._is_busy(key_id):
            return None
        _remember(self._renewed, key_id, (_server(key_id), self._now()))
        try:
            found = await self._fetched_anew(key_id)
        except RemoteError:
            return None
        return None if known is not None and known.key == found else found

    async def proving(self, key_id: str) -> PublicKey | None:
        """The key of that id in the assertionMethod of an actor that is known here; nothing is fetched."""
        known = await self._known(key_id)
        return known.key if known is not None and known.is_usable and known.may_prove else None

    def _is_good(self, known: KnownKey) -> bool:
        return known.is_ours or self._now() - known.fetched_at < FRESH

    def _is_too_soon(self, key_id: str) -> bool:
        asked_at = self._asked_at.get(key_id)
        return self._is_silent(key_id) or (asked_at is not None and self._now() - asked_at < PATIENCE)

    def _is_silent(self, key_id: str) -> bool:
        silences = (self._silences.get(about) for about in (key_id, _server(key_id)))
        return any(silence is not None and self._now() < silence.until for silence in silences)

    def _was_renewed(self, key_id: str) -> bool:
        """Whether it was fetched anew lately; when many were, whether any of its server was: others do not pay for that."""
        renewal, server = self._renewed.get(key_id), _server(key_id)
        if renewal is None and len(self._renewed) >= REMEMBERED:
            renewal = next((each for each in self._renewed.values() if each[0] == server), None)
        return renewal is not None and self._now() - renewal[1] < PATIENCE

    def _is_busy(self, key_id: str) -> bool:
        return self._renewing.total() >= MOST_RENEWED or self._renewing[_server(key_id)] >= MOST_RENEWED_EACH

    async def _fetched_anew(self, key_id: str) -> PublicKey:
        server = _server(key_id)
        self._renewing[server] += 1
        try:
            return await self._fetched(key_id)
        finally:
            self._renewing[server] -= 1
            self._renewing += Counter()  # only what is above zero stays

    async def _fetched(self, key_id: str) -> PublicKey:
        _remember(self._asked_at, key_id, self._now())
        try:
            holder = await self._holder(key_id)
        except RemoteError as problem:
            if not problem.is_final:
                # It may answer in a moment: the key is not to be blamed for minutes, and no other key there is asked for now,
                # unless the server did answer: anybody could name an address there that fails.
                self._asked_at.pop(key_id, None)
                about = key_id if isinstance(problem, Troubled) else _server(key_id)
                times = self._silences[about].times + 1 if about in self._silences else 1
                _remember(self._silences, about, _Silence(times, self._now() + min(PAUSE * times, PATIENCE)))
            raise
        for about in (key_id, _server(key_id)):
            self._silences.pop(about, None)
        if not await self._keep(holder):
            raise KeyUnavailable(SILENCED)
        return holder.key

    async def _holder(self, key_id: str) -> KeyHolder:
        try:
            first, document = await self._thing(document_url(key_id))
            if isinstance(first, Actor):
                return _proven(first, document, key_id)
            owner = _owner(first)
            if not owner or not same_origin(owner, key_id):
                raise BadKey("This key does not say whose it is, or is not on its owner's server")
            actor, document = await self._thing(owner)
            actor = _with_key(actor, first)
        except VocabError as problem:
            raise BadKey(f"The document of this key cannot be read: {problem}") from problem
        if not isinstance(actor, Actor):
            raise BadKey("The owner of this key is no actor")
        return _proven(actor, document, key_id)

    async def _thing(self, url: str) -> tuple[Thing, bytes]:
        try:
            answer = await self._fetch(url)
        except RemoteError as problem:
            if problem.is_final:
                raise KeyUnavailable(str(problem)) from problem
            raise
        return jsonld.read(answer.body), answer.body


def _server(key_id: str) -> str:
    """Whom a key is asked of. Another port is another server: anybody could name one at which nobody listens."""
    return str(origin(key_id) or "")


def _remember(kept: dict[str, T], name: str, value: T) -> None:
    kept.pop(name, None)
    while len(kept) >= REMEMBERED:
        kept.pop(next(iter(kept)))
    kept[name] = value


def _proven(actor: Actor, document: bytes, key_id: str) -> KeyHolder:
    """The key of that id, when the actor's own document names it and it names no other owner."""
    for named in keys_of(actor, frozenset({key_id})):
        if named.key.iri == key_id:
            return KeyHolder(actor=actor, document=document, key=named.key)
    raise BadKey("The owner of this key does not name it, or it names another owner")


def _with_key(actor: Thing, key: Thing) -> Thing:
    """The actor with a key that its document names by address alone, as that address tells it."""
    if not isinstance(actor, Actor) or not isinstance(key, KeyThing):
        return actor
    named = tuple(Ref(key.id, key) if ref == Ref(key.id) else ref for ref in actor.public_key)
    return replace(actor, public_key=named)


def _owner(thing: Thing) -> str:
    owner: Ref | None = None
    if isinstance(thing, KeyThing):
        owner = thing.owner
    elif isinstance(thing, Multikey):
        owner = thing.controller
    return owner.iri if owner is not None else ""
