"""maillage report: tell another node of something on it; list what was reported here and from here."""

from __future__ import annotations

import click

from node.actions.report import report
from node.cli.naming import member
from node.cli.running import RunningNode, json_option, show_rows, with_node
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork


@click.command(
    name="report", help="Report the resource or person IRI to those who look after its node. Without IRI: list reports."
)
@click.argument("iri", default="")
@click.option("--reason", default="", help="What is wrong with it; it is sent along.")
@click.option("--by", default="", metavar="EMAIL", help="Who asked for it; this is not sent.")
@json_option
@with_node
def COMMAND(node: RunningNode, iri: str, reason: str, by: str, as_json: bool) -> None:
    """Sends a report, or lists them."""
    house = node.house()
    if not iri:
        show_rows(node.database.read_now(_rows), as_json, "No report.")
        return
    if not reason.strip():
        raise Invalid("a report needs a reason: --reason TEXT")

    def deed(uow: UnitOfWork) -> str:
        return report(uow, house, iri, reason=reason, by=member(uow, by).iri if by else "")

    click.echo(f"{iri} is reported to {node.database.write_now(deed)}.")


def _rows(uow: UnitOfWork) -> list[dict[str, object]]:
    return [
        {
            "number": row.id,
            "state": row.state,
            "direction": "out" if row.is_ours else "in",
            "host": row.host,
            "since": row.received_at.isoformat(timespec="seconds"),
            "reporter": row.reporter,
            "about": list(row.objects),
            "reason": row.content,
        }
        for row in uow.reports.listed()
    ]
