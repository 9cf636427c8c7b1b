"""maillage repertoire: what a community holds, and what comes to it from those it follows."""

from __future__ import annotations

import click

from node.cli.naming import community_iri
from node.cli.running import RunningNode, json_option, show_rows, with_node
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.shelves.things import StoredThing
from node.storage.unit_of_work import UnitOfWork


def _row(thing: StoredThing, communities: tuple[str, ...]) -> dict[str, object]:
    entry = thing.entry
    return {
        "title": entry.name,
        "kind": entry.kind,
        "author": entry.author,
        "license": entry.license,
        "published": entry.published_at.isoformat() if entry.published_at else None,
        "communities": list(communities),
        "iri": entry.iri,
    }


def _reach(uow: UnitOfWork, community: str | None, scope: str) -> list[str] | None:
    """The communities that are looked at; None for all that this node knows of."""
    if scope == "node":
        return None
    chosen = [community] if community else [actor.iri for actor in uow.actors.local("Group")]
    if scope == "community":
        return chosen
    return sorted({following.target for each in chosen for following in uow.followings.of(each, "accepted")})


def _found(uow: UnitOfWork, community: str | None, words: str, scope: str, limit: int) -> list[dict[str, object]]:
    communities = _reach(uow, community, scope)
    hits = uow.search.find(words, scope=PUBLIC_SCOPE, communities=communities, limit=limit)
    return [_row(hit.thing, hit.communities) for hit in hits]


@click.command(name="repertoire", help="List or search the public repertoire of COMMUNITY, of this node, or of those followed.")
@click.argument("community", required=False)
@click.option("--search", "words", default="", metavar="WORDS", help="Words to look for, in French or English.")
@click.option("--scope", type=click.Choice(["community", "node", "followed"]), default=None, help="How far to look.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 1000))
@json_option
@with_node
def COMMAND(node: RunningNode, community: str | None, words: str, scope: str | None, limit: int, as_json: bool) -> None:
    """Prints what was found."""
    iri = node.database.read_now(lambda uow: community_iri(uow, community)) if community else None
    reach = scope or ("community" if iri else "node")
    rows = node.database.read_now(lambda uow: _found(uow, iri, words, reach, limit))
    show_rows(rows, as_json, "Nothing public found here. Try fewer words, or --scope followed.")
