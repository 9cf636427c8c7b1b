"""maillage inspect: what the node knows, for support and for tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import click
import orjson

from node.cli.naming import everything
from node.cli.running import RunningNode, json_option, printable, show_json, with_node
from node.storage.shelves.things import StoredThing
from node.storage.unit_of_work import UnitOfWork

PAGE = 500


def _things(uow: UnitOfWork) -> Iterator[StoredThing]:
    scope, before = everything(uow), None
    while True:
        page = uow.things.listed(scope=scope, limit=PAGE, before=before)
        yield from page
        if len(page) < PAGE:
            return
        before = page[-1].seq


def _received(uow: UnitOfWork) -> Counter[str]:
    """How many messages about each object were acted on; those whose bytes were thrown away since do not count."""
    return Counter(_about(row.body) for row in uow.inbox.recent(10_000) if row.state == "done" and row.body)


def _about(body: bytes) -> str:
    """The object of an activity, or of the activity that it passes on."""
    named: object = orjson.loads(body)
    for _ in range(2):
        inner = named.get("object") if isinstance(named, dict) else None
        named = inner[0] if isinstance(inner, list) and inner else inner or named
    iri = named.get("id") if isinstance(named, dict) else named
    return str(iri or "")


def _object(stored: StoredThing, received: Counter[str]) -> dict[str, Any]:
    return {
        "attributedTo": stored.entry.author,
        "content": orjson.loads(stored.document).get("content"),
        "kind": stored.entry.kind,
        "audience": str(stored.entry.audience),
        "times received": received[stored.entry.iri],
    }


def _waiting(uow: UnitOfWork, received: Counter[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What people elsewhere propose to communities here, seen by nobody until it is accepted."""
    for row in uow.submissions.waiting(limit=100_000):
        said = orjson.loads(row.body).get("object")
        thing = said[0] if isinstance(said, list) and said else said
        told = thing if isinstance(thing, dict) else {}
        yield (
            row.thing,
            {
                "attributedTo": row.author,
                "content": told.get("content"),
                "kind": told.get("type", ""),
                "audience": "waiting",
                "times received": received[row.thing],
            },
        )


def _links(uow: UnitOfWork) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    followers: dict[str, list[str]] = {actor.iri: [] for actor in uow.actors.local()}
    following: dict[str, dict[str, str]] = {actor.iri: {} for actor in uow.actors.local()}
    for row in uow.followings.all():
        if row.target in followers and row.state == "accepted":
            followers[row.target].append(row.follower)
        if row.follower in following and row.state != "ended":
            following[row.follower][row.target] = row.state
    return followers, following


def _refused(uow: UnitOfWork) -> list[dict[str, Any]]:
    at_the_door = [
        {
            "at": row.at.isoformat(),
            "status": row.status,
            "reason": row.reason,
            "host": row.host,
            "actor": row.actor,
            "activity": row.activity,
        }
        for row in uow.refusals.recent(200)
    ]
    later = [
        {
            "at": row.received_at.isoformat(),
            "status": 202,
            "reason": row.reason,
            "host": "",
            "actor": row.actor,
            "activity": row.activity,
        }
        for row in uow.inbox.recent(1000)
        if row.state in {"refused", "parked", "not_understood"}
    ]
    return at_the_door + later


def look(uow: UnitOfWork) -> dict[str, Any]:
    """Everything, as one value for JSON."""
    followers, following = _links(uow)
    received = _received(uow)
    return {
        "followers": followers,
        "following": following,
        "objects": {**dict(_waiting(uow, received)), **{each.entry.iri: _object(each, received) for each in _things(uow)}},
        "actors": {
            actor.iri: {
                "pem": actor.key_pem,
                "type": actor.type,
                "name": actor.name,
                "local": actor.is_local,
                "state": actor.state,
            }
            for actor in uow.actors.known()
        },
        "collections": {
            group.repertoire or f"{group.iri}/repertoire": held
            for group in uow.actors.known("Group")
            if (held := uow.holdings.iris(group.iri)) or group.is_local
        },
        "inbox": uow.inbox.counts(),
        "deliveries": uow.deliveries.counts(),
        "tasks": [
            {
                "kind": task.kind,
                "subject": task.subject,
                "state": task.state,
                "due": task.due_at.isoformat(),
                "last_error": task.last_error,
            }
            for task in uow.tasks.all()
            if task.state != "done"
        ],
        "refused": _refused(uow),
    }


@click.command(
    name="inspect", help="Print what this node knows: links, objects, actors, messages by state, what was refused and why."
)
@json_option
@with_node
def COMMAND(node: RunningNode, as_json: bool) -> None:
    """Prints it all as JSON, or the counts for people."""
    known = node.database.read_now(look)
    if as_json:
        show_json(known)
        return
    click.echo(f"objects     {len(known['objects'])}")
    click.echo(f"actors      {len(known['actors'])}")
    for part in ("inbox", "deliveries"):
        click.echo(f"{part:11} {', '.join(f'{state}: {count}' for state, count in sorted(known[part].items())) or 'empty'}")
    for row in known["refused"][:20]:
        click.echo(printable(f"refused     {row['at'][:19]}  {row['status']}  {row['actor'] or row['host']}  {row['reason']}"))
