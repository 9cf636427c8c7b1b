"""What was looked at and how it is, one line each with its remedy: for `doctor` and `links test`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict

import click

from node.actions.examine_peer import examine_peer
from node.cli.naming import far_host
from node.cli.running import RunningNode, printable, show_json
from node.domain.findings import Finding


def about_peer(node: RunningNode, host: str) -> list[Finding]:
    """Why another server may be silent: what is decided here, what waits, whether it answers."""

    async def examine() -> list[Finding]:
        async with node.outside() as outside:
            named = far_host(node.house(), host)
            return await examine_peer(node.database, outside, node.house(), named, node.settings.node.language)

    return asyncio.run(examine())


def show_findings(findings: Sequence[Finding], as_json: bool) -> None:
    """Prints what was found."""
    if as_json:
        show_json([asdict(finding) for finding in findings])
        return
    for finding in findings:
        mark = "well " if finding.is_well else "AMISS"
        said = f"{finding.what:14} {finding.says}" + (f" → {finding.remedy}" if finding.remedy else "")
        click.echo(f"{mark}  {printable(said)}")
