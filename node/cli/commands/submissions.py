"""maillage submissions: what people of other nodes propose to communities here, and what is decided about it."""

from __future__ import annotations

import click

from node.actions.answer_submission import accept, refuse
from node.cli.naming import local_community, member
from node.cli.running import RunningNode, json_option, listing_group, show_rows, with_node
from node.domain.activities import about
from node.domain.receiving import heading
from node.storage.shelves.submissions import SubmissionRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld

BY = click.option("--by", default="", metavar="EMAIL", help="Who decides; the organisation itself when not given.")

NUMBER = click.IntRange(min=1, max=10**18)

COMMAND = listing_group("submissions", summary="What people of other nodes propose to communities here.")


@COMMAND.command(name="list", help="List what waits for a decision.")
@click.option("--community", default="", help="In one community only.")
@json_option
@with_node
def listing(node: RunningNode, community: str, as_json: bool) -> None:
    """Lists what waits."""

    def look(uow: UnitOfWork) -> list[dict[str, object]]:
        return [_row(row) for row in uow.submissions.waiting(local_community(uow, community) if community else None)]

    show_rows(node.database.read_now(look), as_json, "Nothing waits for a decision.")


def _row(row: SubmissionRow) -> dict[str, object]:
    return {
        "number": row.id,
        "name": heading(about(jsonld.read(row.body)).thing),
        "author": row.author,
        "community": row.community,
        "since": row.received_at.isoformat(timespec="seconds"),
        "iri": row.thing,
    }


@COMMAND.command(name="accept", help="Publish NUMBER in the community it was sent to.")
@click.argument("number", type=NUMBER)
@BY
@with_node
def accepting(node: RunningNode, number: int, by: str) -> None:
    """Publishes one."""
    house = node.house()
    entry = node.database.write_now(lambda uow: accept(uow, house, number, _who(uow, house.organisation, by)))
    click.echo(f"{entry.iri} is published in {entry.community}.")


@COMMAND.command(name="refuse", help="Do not publish NUMBER; nobody elsewhere is told.")
@click.argument("number", type=NUMBER)
@click.option("--reason", default="", help="Why, for those who look after the community.")
@BY
@with_node
def refusing(node: RunningNode, number: int, reason: str, by: str) -> None:
    """Refuses one."""
    house = node.house()
    row = node.database.write_now(lambda uow: refuse(uow, house, number, _who(uow, house.organisation, by), reason))
    click.echo(f"{row.thing} is refused.")


def _who(uow: UnitOfWork, organisation: str, email: str) -> str:
    return member(uow, email).iri if email else organisation
