"""Makes a node again from its archive, or drafts of what another node had.

At the same address everything comes back as it was; elsewhere each thing becomes one of ours, and says where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from federation.messages import SigningKey
from node.contracts import Draft, House, Unread
from node.domain.actors import key_id, next_key_id, proof_key_id
from node.domain.entries import Audience
from node.domain.html import clean
from node.errors import Conflict, Invalid
from node.storage import archiving
from node.storage.enrolling import add_proof_key, fresh_keys
from node.storage.presenting import actor_of_ours, present
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.errors import VocabError
from vocab.things.concept import Concept
from vocab.things.object import Object
from vocab.values import Ref, Text

#: The rows of a table of the archive.
Rows = Callable[[str], Iterable[bytes]]

#: What came to be with the thing there, and is made anew here.
_MADE_ANEW: Mapping[str, Any] = {
    "id": "",
    "url": (),
    "to": (),
    "cc": (),
    "bto": (),
    "bcc": (),
    "audience": (),
    "attributed_to": (),
    "context_": None,
    "replies": None,
    "likes": None,
    "shares": None,
    "tag": (),
    "access_level": None,
    "history": None,
}
#: The same of a term: it joins the glossary of the community that takes it.
_OF_TERMS: Mapping[str, Any] = {"in_scheme": (), "top_concept_of": ()}  # fmt: skip
#: What is taken in first, for others name it, and last, for it leads to others.
_NAMED, _LEADING = frozenset({"Concept", "Place"}), frozenset({"Notebook", "Mapping", "Note"})
#: The turns in which an archive is taken in.
TURNS = (0, 1, 2)
_LOOKED_FOR = {
    "actors": ("iri", "name"),
    "members": ("iri", "email"),
    "things": ("iri", "kind", "name", "document", "author", "community", "audience", "is_local", "deleted_at"),
}
_LINK = re.compile(r'href=\\?"([^"\\]+)\\?"')


def restore(uow: UnitOfWork, house: House, rows: Rows, tables: Iterable[str]) -> dict[str, int]:
    """Puts all rows of an archive of this very node back; how many of each table.

    Raises Conflict when something was published here already, and Invalid for a row that does not fit. The search is not made
    anew here. Who has no key any more gets a new one, and tells so.
    """
    if not archiving.is_fresh(uow):
        raise Conflict("This node is in use: an archive is put back into a new one, made with: maillage init.")
    archiving.clear(uow)
    wanted = frozenset(tables)
    everything = archiving.names(archiving.Portion(has_private=True, has_secrets=True))
    counts = {table: archiving.put(uow, table, rows(table)) for table in everything if table in wanted}
    for actor in uow.keys.lacking("rsa"):
        first = key_id(actor)
        uow.keys.add(actor, SigningKey(iri=next_key_id(first, house.now), pem=fresh_keys().private), "rsa", house.now)
        add_proof_key(uow, actor, next_key_id(proof_key_id(actor), house.now), house.now)
        row = uow.actors.get(actor)
        if row is not None and row.state == "active":
            present(uow, house, actor_of_ours(uow, actor))
    uow.tasks.wake("intersections", "all")
    return counts


@dataclass(slots=True, kw_only=True)
class Arrivals:
    """What is known of an archive while its things become ours: names by address, e-mail addresses, and the new addresses."""

    names: dict[str, str] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)


def arrivals(rows: Rows) -> Arrivals:
    """What the archive calls people, terms and places."""
    found = Arrivals(names={row["iri"]: row["name"] for row in _read(rows, "actors")})
    found.emails = {row["iri"]: row["email"] for row in _read(rows, "members")}
    found.names |= {row["iri"]: row["name"] for row in _read(rows, "things") if row["kind"] in _NAMED}
    return found


def _read(rows: Rows, table: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a table, each with all that is looked for in it; raises Invalid."""
    for number, line in enumerate(rows(table), 1):
        try:
            row = orjson.loads(line)
            yield {name: row[name] for name in _LOOKED_FOR[table]}
        except (ValueError, TypeError, KeyError) as fault:
            raise Invalid(f"{table}, line {number}: this is no row of an archive") from fault


def drafts(rows: Rows, known: Arrivals, turn: int, *, is_public: bool) -> Iterator[Draft | Unread]:
    """What the node had of its own: terms and places, then resources, then notebooks, correspondences and answers.

    `is_public`: what was for everybody; else the rest, which is for the community that takes it, or for nobody.
    """
    for row in _read(rows, "things"):
        audience = Audience(row["audience"]) if row["audience"] in set(Audience) else Audience.SELF
        is_ours = row["is_local"] and not row["deleted_at"]
        if is_ours and _turn(row["kind"]) == turn and (audience is Audience.PUBLIC) is is_public:
            yield _draft(row, known, audience)


def _turn(kind: str) -> int:
    return 0 if kind in _NAMED else 2 if kind in _LEADING else 1


def _draft(row: Mapping[str, Any], known: Arrivals, audience: Audience) -> Draft | Unread:
    source = row["iri"]
    try:
        thing = jsonld.read(_LINK.sub(lambda link: _led(link, known), _led_whole(row["document"], known)).encode())
    except VocabError as fault:
        return Unread(source=source, reason=str(fault))
    if not isinstance(thing, Object):
        return Unread(source=source, reason="it is no resource")
    topics = tuple(known.names[ref.iri] for ref in thing.topic if ref.iri in known.names)
    options = {"key": source}
    if row["author"] in known.emails:
        options["author"] = known.emails[row["author"]]
    if audience is not Audience.PUBLIC:
        # What went from person to person belongs to no community: it is nobody's here but of whoever takes it in.
        is_shared = audience is not Audience.SELF and bool(row["community"])
        options["audience"] = (Audience.COMMUNITY if is_shared else Audience.SELF).value
    places = tuple(known.names[ref.iri] for ref in thing.territory if ref.iri in known.names)
    if places:
        options["territory"] = ";".join(places)
    author = known.names.get(row["author"], "")
    ours = replace(
        thing,
        **_MADE_ANEW,
        origin=Ref(source),
        creator=thing.creator or ((Text.of(author),) if author else ()),
        topic=tuple(ref for ref in thing.topic if ref.iri not in known.names),
        territory=tuple(ref for ref in thing.territory if ref.iri not in known.names),
        summary=_cleaned(thing.summary),
        content=_cleaned(thing.content),
    )
    if isinstance(ours, Concept):
        ours = replace(ours, **_OF_TERMS)
    return Draft(thing=ours, source=source, topics=topics, options=options)


def _cleaned(text: Text | None) -> Text | None:
    return Text(entries=tuple((tag, str(clean(said))) for tag, said in text.entries)) if text else None


def _led(link: re.Match[str], known: Arrivals) -> str:
    return link[0].replace(link[1], known.moved.get(link[1], link[1]))


def _led_whole(document: str, known: Arrivals) -> str:
    """The document with the new addresses of what was taken in before."""
    return re.sub(r'"(https?://[^"\\]+)"', lambda each: f'"{known.moved.get(each[1], each[1])}"', document)
