"""maillage links: the state of every link with other nodes, and what can be done about it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from node.actions.answer_follower import approve, pause, refuse, resume
from node.actions.export_log import SignedLog, check, far_key, own_key, read_log, signed_log
from node.actions.moderate import block, limit, reinstate, retry, suspend, unblock
from node.cli.feeding import feed_rows
from node.cli.findings import about_peer, show_findings
from node.cli.linking import link_row
from node.cli.naming import far_host
from node.cli.reading import content_of
from node.cli.running import RunningNode, json_option, listing_group, printable, show_rows, with_node
from node.cli.writing import write_whole
from node.contracts import House
from node.domain.neighbours import Measure, in_words
from node.errors import NotFound
from node.storage.neighbours import HeldMessage, Neighbour, held_messages, neighbours, release, turn_away
from node.storage.shelves.followings import FollowingRow
from node.storage.unit_of_work import UnitOfWork

Answer = Callable[[UnitOfWork, House, str], list[FollowingRow]]

#: Larger logs are not read, in bytes: sixty days of a busy node are a tenth of it.
LARGEST_LOG = 100 * 1024 * 1024
COMMAND = listing_group("links", summary="The state of every link with other nodes.")


@COMMAND.command(
    name="list", help="List every link, to feeds too: who follows whom, in which state, since when, what comes next."
)
@json_option
@with_node
def listing(node: RunningNode, as_json: bool) -> None:
    """Lists the links."""
    language = node.settings.node.language
    house = node.house()

    def look(uow: UnitOfWork) -> list[dict[str, object]]:
        return [*(link_row(uow, row, language, house) for row in uow.followings.all()), *feed_rows(uow, language)]

    rows = node.database.read_now(look)
    show_rows(rows, as_json, "No link yet: maillage follow COMMUNITY @name@host")


def _answer(node: RunningNode, who: str, answer: Answer) -> None:
    house = node.house()
    named = who if "://" in who else far_host(house, who)
    rows = node.database.write_now(lambda uow: answer(uow, house, named))
    for row in rows:
        click.echo(f"{row.follower} → {row.target}: {row.state}")
    if not rows and answer is approve:
        click.echo(f"{named} is approved; nobody from there waits at the moment.")
    elif not rows:
        raise NotFound(f"nobody from {named} follows or waits here in a state where that can be done; see: maillage links")


@COMMAND.command(name="approve", help="Let WHO follow: a host with all who wait there, or one follower's IRI.")
@click.argument("who")
@with_node
def approving(node: RunningNode, who: str) -> None:
    """Approves."""
    _answer(node, who, approve)


@COMMAND.command(name="refuse", help="Refuse WHO waits or follows, by host or IRI.")
@click.argument("who")
@with_node
def refusing(node: RunningNode, who: str) -> None:
    """Refuses."""
    _answer(node, who, refuse)


@COMMAND.command(name="pause", help="Send nothing to WHO for now.")
@click.argument("who")
@with_node
def pausing(node: RunningNode, who: str) -> None:
    """Pauses."""
    _answer(node, who, pause)


@COMMAND.command(name="resume", help="Send to WHO again.")
@click.argument("who")
@with_node
def resuming(node: RunningNode, who: str) -> None:
    """Resumes."""
    _answer(node, who, resume)


@COMMAND.command(name="retry", help="Try everything again that waits or was given up, for HOST or for all.")
@click.argument("host", default="")
@with_node
def retrying(node: RunningNode, host: str) -> None:
    """Tries again at once."""
    house = node.house()
    named = far_host(house, host) if host else None
    click.echo(f"{node.database.write_now(lambda uow: retry(uow, house, named))} tried again.")


@COMMAND.command(name="block", help="Take nothing from HOST and its sub-domains, and send nothing there.")
@click.argument("host")
@click.option("--note", default="", help="Why, for those who look after the node.")
@with_node
def blocking(node: RunningNode, host: str, note: str) -> None:
    """Blocks a host."""
    house = node.house()
    named = far_host(house, host)
    ended = node.database.write_now(lambda uow: block(uow, house, named, note=note))
    click.echo(f"{named} is blocked; {ended} links ended.")


@COMMAND.command(name="unblock", help="Lift the block of HOST.")
@click.argument("host")
@with_node
def unblocking(node: RunningNode, host: str) -> None:
    """Lifts a block."""
    house = node.house()
    named = far_host(house, host)
    node.database.write_now(lambda uow: unblock(uow, house, named))
    click.echo(f"{named} is no longer blocked; links have to be asked for anew.")


@COMMAND.command(name="suspend", help="Take nothing more from the ACTOR of another node.")
@click.argument("actor")
@click.option("--lift", is_flag=True, help="Take things from them again.")
@with_node
def suspending(node: RunningNode, actor: str, lift: bool) -> None:
    """Suspends an actor, or reinstates it."""
    house = node.house()
    node.database.write_now(lambda uow: reinstate(uow, actor) if lift else suspend(uow, house, actor))
    click.echo(f"{actor} is {'reinstated' if lift else 'suspended'}.")


@COMMAND.command(
    name="peers", help="Every server we deal with: software, state, last in and out, queue, last error with its remedy."
)
@json_option
@with_node
def peers(node: RunningNode, as_json: bool) -> None:
    """Lists the servers."""
    language, now = node.settings.node.language, node.house().now
    rows = node.database.read_now(lambda uow: [_peer(found, language) for found in neighbours(uow, now)])
    show_rows(rows, as_json, "No server is known yet: maillage follow COMMUNITY @name@host")


def _peer(found: Neighbour, language: str) -> dict[str, object]:
    peer, ill = found.peer, found.trouble
    return {
        "host": peer.host,
        "state": str(found.condition),
        "in_words": in_words(found.condition).in_language(language),
        "trust": peer.state,
        "software": f"{peer.software} {peer.software_version}".strip(),
        "links": sum(row.state == "accepted" for row in found.links),
        "asking": sum(row.state == "requested" for row in found.links),
        "last_in": _moment(peer.last_in_at),
        "last_out": _moment(peer.last_out_at),
        "waiting": found.queue.get("due", 0),
        "waiting_since": _moment(found.waiting_since),
        "given_up": found.queue.get("parked", 0),
        "held": found.held,
        "last_error": peer.last_error,
        "means": ill.means.in_language(language) if ill else "",
        "remedy": ill.remedy.in_language(language) if ill else "",
        "next_try": _moment(peer.next_try_at),
        "standard": peer.standard,
    }


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at is not None else ""


@COMMAND.command(name="test", help="Find out why HOST is silent: what is decided here, what waits, whether it answers.")
@click.argument("host")
@json_option
@with_node
def testing(node: RunningNode, host: str, as_json: bool) -> None:
    """Examines one server."""
    show_findings(about_peer(node, host), as_json)


@COMMAND.command(name="limit", help="Limit what is exchanged with HOST: hold what comes for review, or pause both ways.")
@click.argument("host")
@click.option("--hold", "measure", flag_value=Measure.HELD.value, help="What comes waits until somebody here lets it in.")
@click.option("--pause", "measure", flag_value=Measure.PAUSED.value, help="Nothing goes there, what comes waits.")
@click.option("--lift", "measure", flag_value=Measure.NONE.value, help="As before; what waited comes in.")
@click.option("--note", default="", help="Why, for those who look after the node.")
@with_node
def limiting(node: RunningNode, host: str, measure: str | None, note: str) -> None:
    """Limits a server, or lifts the limit."""
    if measure is None:
        raise click.UsageError("say --hold, --pause or --lift")
    house = node.house()
    named = far_host(house, host)
    let_in = node.database.write_now(lambda uow: limit(uow, house, named, Measure(measure), note=note))
    click.echo(f"{named}: {measure or 'no limit'}" + (f"; {let_in} messages let in." if let_in else "."))


@COMMAND.command(name="held", help="List the messages that wait to be looked at, of HOST or of all.")
@click.argument("host", default="")
@json_option
@with_node
def holding(node: RunningNode, host: str, as_json: bool) -> None:
    """Lists held messages."""
    named = far_host(node.house(), host) if host else ""
    found = node.database.read_now(lambda uow: held_messages(uow, named))
    show_rows([{**asdict(row), "received_at": _moment(row.received_at)} for row in found], as_json, "Nothing waits.")


@COMMAND.command(name="let-in", help="Act on held messages: those of WHO, a host, or one by its number.")
@click.argument("who")
@with_node
def letting_in(node: RunningNode, who: str) -> None:
    """Lets held messages in."""
    house = node.house()
    count = node.database.write_now(lambda uow: release(uow, _chosen(uow, house, who), house.now))
    click.echo(f"{count} let in.")


@COMMAND.command(name="turn-away", help="Refuse held messages for good: those of WHO, a host, or one by its number.")
@click.argument("who")
@click.option("--reason", default="refused by hand", help="Why, for those who look after the node.")
@with_node
def turning_away(node: RunningNode, who: str, reason: str) -> None:
    """Refuses held messages."""
    house = node.house()
    count = node.database.write_now(lambda uow: turn_away(uow, _chosen(uow, house, who), house.now, reason))
    click.echo(f"{count} refused.")


@COMMAND.command(name="log", help="Write what was exchanged in the last 60 days, without any words, signed, into FILE.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_node
def logging(node: RunningNode, file: Path) -> None:
    """Writes the signed log."""
    house = node.house()
    content = node.database.read_now(lambda uow: signed_log(uow, house))
    write_whole(file, content)
    click.echo(f"{file}: {len(content)} bytes, signed by {house.organisation}; check it with: maillage links verify {file}")


@COMMAND.command(name="verify", help="Tell whether the signed log in FILE is whole, and whose it is.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_node
def verifying(node: RunningNode, file: Path) -> None:
    """Checks a signed log, of this node or of another one."""
    log = read_log(content_of(file, LARGEST_LOG), node.house().now)
    check(log, node.database.read_now(lambda uow: own_key(uow, log)) or asyncio.run(_asked(node, log)))
    said = {name: str(log.document.get(name, "")) for name in ("attributedTo", "startTime", "endTime")}
    click.echo(printable(f"whole: {log.lines} exchanges from {said['startTime']} to {said['endTime']}, {said['attributedTo']}"))


async def _asked(node: RunningNode, log: SignedLog) -> str:
    async with node.outside() as outside:
        return await far_key(outside, log)


def _chosen(uow: UnitOfWork, house: House, who: str) -> list[HeldMessage]:
    found = held_messages(uow, "" if who.isdecimal() else far_host(house, who))
    chosen = [row for row in found if not who.isdecimal() or row.id == int(who)]
    if not chosen:
        raise NotFound(f"nothing of {who} waits; see: maillage links held")
    return chosen
