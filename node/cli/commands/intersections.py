"""maillage intersections: where two communities touch, and why."""

from __future__ import annotations

from typing import Any

import click

from node.actions.compute_intersections import Reasons, reasons_of
from node.cli.describing import between, described, labels_of
from node.cli.naming import community_iri
from node.cli.running import RunningNode, json_option, printable, show_json, show_rows, with_node
from node.errors import NotFound
from node.storage.shelves.intersections import IntersectionRow
from node.storage.unit_of_work import UnitOfWork


def _explained(uow: UnitOfWork, node: RunningNode, iri: str) -> dict[str, object]:
    row = uow.intersections.get(iri)
    if row is None:
        raise NotFound(f"there is no intersection {iri}; see: maillage intersections")
    reasons = reasons_of(uow, node.house(), iri)
    steps = [
        {
            "stage": str(step.stage),
            "basis": str(step.basis or ""),
            "about": [_called(reasons, about) for about in step.about],
            "formula": step.formula,
            "figures": {name: round(value, 6) for name, value in step.figures},
            "result": round(step.result, 6),
            "because": list(step.because),
        }
        for step in reasons.explanation.steps
    ]
    undone = [
        [
            f"{removal.evidence}: {_called(reasons, removal.iris[0])}" if removal.iris else str(removal.evidence)
            for removal in removals
        ]
        for removals in reasons.explanation.undone_by
    ]
    return {**described(uow, row), "steps": steps, "undone_by": undone}


def _called(reasons: Reasons, iri: str) -> str:
    label = reasons.labels.get(iri)
    return f"{label.in_language('fr')} <{iri}>" if label else iri


def _tell(told: dict[str, Any]) -> None:
    click.echo(f"{printable(told['between'])}: {told['strength']:.4f}   ({told['method']})")
    for step in told["steps"]:
        figures = ", ".join(f"{name} = {value:g}" for name, value in step["figures"].items())
        click.echo(f"  {step['stage']:13} {step['basis']:10} {step['result']:<10g} = {step['formula']}   with {figures}")
        for about in step["about"]:
            click.echo(f"{'':28}{printable(about)}")
        for mapping in step["because"]:
            click.echo(f"{'':28}by the mapping {mapping}")
    click.echo("It would vanish without" + (", or without" if len(told["undone_by"]) > 1 else "") + ":")
    for removals in told["undone_by"]:
        click.echo("  - " + printable(" and ".join(removals)))


@click.command(
    name="intersections", help="Where the communities touch, with the reasons; --explain shows the path to the number."
)
@click.argument("community", required=False)
@click.option("--explain", "iri", default="", metavar="ID", help="Every step from the evidence to the number.")
@json_option
@with_node
def COMMAND(node: RunningNode, community: str | None, iri: str, as_json: bool) -> None:
    """Lists the intersections, or explains one."""
    if iri:
        told = node.database.read_now(lambda uow: _explained(uow, node, iri))
        if as_json:
            show_json(told)
        else:
            _tell(told)
        return

    if as_json:
        show_json(node.database.read_now(lambda uow: [described(uow, row) for row in _rows(uow, community)]))
        return
    rows = node.database.read_now(lambda uow: [_line(uow, row) for row in _rows(uow, community)])
    show_rows(rows, False, "No intersection yet. Communities touch by topics, resources, territory or people in common.")


def _rows(uow: UnitOfWork, community: str | None) -> list[IntersectionRow]:
    return uow.intersections.all(community_iri(uow, community) if community else None)


def _line(uow: UnitOfWork, row: IntersectionRow) -> dict[str, object]:
    because = ", ".join(labels_of(row))
    return {"between": between(uow, row), "strength": f"{row.strength:.3f}", "because": because, "iri": row.iri}
