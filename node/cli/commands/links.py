"""maillage links: the state of every link with other nodes, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from node.actions.answer_follower import approve, pause, refuse, resume
from node.actions.follow_community import catch_up_now
from node.actions.moderate import block, reinstate, retry, suspend, unblock
from node.cli.naming import far_host, host_of
from node.cli.running import RunningNode, Session, data_option, json_option, show_rows, with_node
from node.contracts import House
from node.domain.following import LinkState, Side, next_step, sentence
from node.errors import NotFound
from node.storage.shelves.followings import FollowingRow
from node.storage.unit_of_work import UnitOfWork

Answer = Callable[[UnitOfWork, House, str], list[FollowingRow]]


@click.group(name="links", invoke_without_command=True, help="The state of every link with other nodes.")
@json_option
@data_option
@click.pass_context
def COMMAND(context: click.Context, data: Path, as_json: bool) -> None:
    """Lists the links when no other command follows."""
    if context.invoked_subcommand is None:
        session: Session = context.obj
        with session.node(data) as node:
            _show(node, as_json)


@COMMAND.command(name="list", help="List every link: who follows whom, in which state, since when, what comes next.")
@json_option
@with_node
def listing(node: RunningNode, as_json: bool) -> None:
    """Lists the links."""
    _show(node, as_json)


def _show(node: RunningNode, as_json: bool) -> None:
    language = node.settings.node.language
    rows = node.database.read_now(lambda uow: [_row(uow, row, language, node.house()) for row in uow.followings.all()])
    show_rows(rows, as_json, "No link yet: maillage follow COMMUNITY @name@host")


def _row(uow: UnitOfWork, row: FollowingRow, language: str, house: House) -> dict[str, object]:
    state, side = LinkState(row.state), Side.OUT if house.is_local(row.follower) else Side.IN
    names = {"follower": _name(uow, row.follower), "target": _name(uow, row.target)}
    other = host_of(row.target if side is Side.OUT else row.follower)
    peer = uow.peers.get(other)
    moment = row.ended_at or row.answered_at or row.requested_at
    return {
        "state": row.state,
        "direction": str(side),
        "since": moment.isoformat(timespec="seconds"),
        "in_words": sentence(state, side).in_language(language).format(**names),
        "next": next_step(state, side).in_language(language),
        "host": other,
        "waiting": len(uow.deliveries.waiting(other)),
        "last_error": peer.last_error if peer else "",
        "follower": row.follower,
        "target": row.target,
    }


def _name(uow: UnitOfWork, iri: str) -> str:
    known = uow.actors.get(iri)
    return known.name if known and known.name else iri


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
    named = far_host(house, host) if host else ""

    def deed(uow: UnitOfWork) -> int:
        for row in uow.followings.all("accepted"):
            if house.is_local(row.follower) and (not named or host_of(row.target) == named):
                catch_up_now(uow, row.follower, row.target)
        return retry(uow, house, named or None)

    click.echo(f"{node.database.write_now(deed)} tried again.")


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
