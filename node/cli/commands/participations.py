"""maillage participations: who takes part in which event, who waits for an answer, and the answer."""

from __future__ import annotations

from collections.abc import Callable

import click

from node.actions.answer_participant import decline, welcome
from node.cli.running import RunningNode, json_option, listing_group, show_rows, with_node
from node.contracts import House
from node.storage.shelves.participations import ParticipationRow
from node.storage.unit_of_work import UnitOfWork

Answer = Callable[[UnitOfWork, House, str, str], ParticipationRow]

COMMAND = listing_group("participations", summary="Who takes part in which event, and who waits.")


@COMMAND.command(name="list", help="List every participation: event, person, state, since when.")
@json_option
@with_node
def listing(node: RunningNode, as_json: bool) -> None:
    """Lists the participations."""
    rows = node.database.read_now(lambda uow: [_described(uow, row) for row in uow.participations.all()])
    show_rows(rows, as_json, "Nobody takes part in anything yet: maillage participate EMAIL EVENT")


@COMMAND.command(name="accept", help="Let PERSON take part in EVENT; both by address.")
@click.argument("event")
@click.argument("person")
@with_node
def accepting(node: RunningNode, event: str, person: str) -> None:
    """Lets somebody in."""
    _answer(node, event, person, welcome)


@COMMAND.command(name="refuse", help="Refuse PERSON who asks, or takes, part in EVENT; both by address.")
@click.argument("event")
@click.argument("person")
@with_node
def refusing(node: RunningNode, event: str, person: str) -> None:
    """Refuses, or takes a place back."""
    _answer(node, event, person, decline)


def _answer(node: RunningNode, event: str, person: str, answer: Answer) -> None:
    house = node.house()
    row = node.database.write_now(lambda uow: answer(uow, house, event, person))
    click.echo(f"{row.person} → {row.event}: {row.state.value}")


def _described(uow: UnitOfWork, row: ParticipationRow) -> dict[str, object]:
    event, person = uow.things.get_any(row.event), uow.actors.get(row.person)
    return {
        "state": row.state.value,
        "name": event.entry.name if event is not None else "",
        "who": person.name if person is not None else "",
        "since": (row.answered_at or row.asked_at).isoformat(timespec="seconds"),
        "event": row.event,
        "person": row.person,
        "note": row.note,
    }
