"""maillage doctor: settings, disk, keys, queue, letters, backups, reachability, clock; each with its remedy."""

from __future__ import annotations

import asyncio

import click

from node.actions.examine_node import from_outside, of_backups, of_letters, of_machine, of_rows
from node.cli.findings import about_peer, show_findings
from node.cli.running import RunningNode, json_option, with_node
from node.domain.diagnosis import Sign, worded
from node.domain.findings import Finding
from node.storage.unit_of_work import UnitOfWork


def examine(node: RunningNode) -> list[Finding]:
    """Everything that was looked at."""
    house, federation = node.house(), node.settings.federation

    def look(uow: UnitOfWork) -> list[Sign]:
        return [*of_rows(uow, house), *of_letters(uow, house), of_backups(uow, house)]

    async def seen() -> list[Sign]:
        async with node.outside() as outside:
            return await from_outside(outside, house)

    is_trial = bool(federation.allow_addresses or federation.allow_http)
    signs = [*of_machine(node.settings.data, is_trial=is_trial), *node.database.read_now(look), *asyncio.run(seen())]
    return [worded(sign, "en") for sign in signs]


@click.command(name="doctor", help="Look for what may be wrong, each with its remedy; with HOST, why that server is silent.")
@click.argument("host", default="")
@json_option
@with_node
def COMMAND(node: RunningNode, host: str, as_json: bool) -> None:
    """Prints what was found; exit 1 when something is amiss."""
    findings = about_peer(node, host) if host else examine(node)
    show_findings(findings, as_json)
    if not all(finding.is_well for finding in findings):
        raise click.exceptions.Exit(1)
