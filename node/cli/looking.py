"""How a thing looks on servers of other makes, in words; and what of ours anybody may look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import click

from federation import oracles
from federation.appearance import Appearance, Oracle, Seen
from federation.markup import words
from federation.messages import Answer
from node.cli.running import printable
from node.collect import collect_one, modules
from node.contracts import House
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork

ACTIVITY = "application/activity+json"
#: The makes of servers that a thing can be looked at as.
MAKES = tuple(modules(oracles))
#: Longer texts are cut when people read them.
SHOWN = 2_000


def looked_at(make: str, answer: Answer) -> tuple[Oracle, Appearance]:
    """What becomes of an answer on a server of that make."""
    oracle = collect_one(oracles, make, "ORACLE", Oracle)
    seen = Seen(document=answer.body, content_type=answer.value("content-type") or ACTIVITY, url=answer.url)
    return oracle, oracle.look(seen)


def as_values(found: Appearance) -> dict[str, object]:
    """An appearance for JSON."""
    return {"accepted": found.is_accepted, **asdict(found)}


def tell(oracle: Oracle, found: Appearance) -> None:
    """Prints an appearance for people."""
    name = f"{oracle.title} ({oracle.versions})"
    if not found.is_accepted:
        click.echo(f"{name} would not take this: {printable(' '.join(found.reasons))}")
        return
    click.echo(f"On {name} this becomes: {found.becomes}, {found.visibility}")
    for label, value in _lines(found):
        if value:
            click.echo(f"  {label:16} {printable(value)}")
    text = words(found.text)
    for line in (text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…").split("\n") if text else ():
        click.echo(f"  | {printable(line)}")
    for note in found.notes:
        click.echo(f"  · {printable(note)}")


def _lines(found: Appearance) -> Iterator[tuple[str, object]]:
    yield "title", found.title
    yield "content warning", found.warning
    yield "by", found.author
    yield "link", found.link
    yield "language", found.languages
    yield from (("picture", f"{each.url} ({each.alt or 'without words'})") for each in found.pictures)
    yield "hashtags", found.hashtags
    yield "mentions", found.mentions
    yield from (("attached", " ".join(filter(None, (each.title, each.url)))) for each in found.cards)
    yield "published", found.published
    yield "edited", found.edited


def ours(uow: UnitOfWork, address: str) -> Answer:
    """A public thing, actor, intersection or activity of ours, as anybody gets it; raises NotFound."""
    name = address.lstrip("@").partition("@")[0]
    row = uow.actors.by_username(name) if "://" not in address else uow.actors.get(address)
    thing = uow.things.get(address, PUBLIC_SCOPE)
    sent = uow.outbox.get(address)
    found = [
        row.document if row is not None and row.is_local and row.state == "active" else None,
        thing.document if thing is not None and thing.entry.is_local else None,
        crossing.document if (crossing := uow.intersections.get(address)) is not None else None,
        sent.document if sent is not None and sent.audience == "public" else None,
    ]
    document = next((each for each in found if each is not None), None)
    if document is None:
        raise NotFound(f"there is nothing public at {address} here")
    url = row.iri if row is not None and row.is_local else address
    return Answer(status=200, url=url, headers=(("content-type", ACTIVITY),), body=document)


def is_ours(house: House, address: str) -> bool:
    """Whether an address or @name@host is this node's own."""
    host = house.url.partition("://")[2]
    return house.is_local(address) if "://" in address else address.rpartition("@")[2].lower() == host.lower()
