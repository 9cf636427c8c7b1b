"""A site that the village follows by its feed."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from kit.village import ANIMATION, HOUSE, NOW
from node.actions.follow_feed import follow_feed
from node.storage.feeding import item_iri, keep_items
from node.storage.shelves.feeds import FeedRow
from node.storage.unit_of_work import UnitOfWork
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text

FEED = "https://blogue-du-quartier.example/feed/"
ITEM = item_iri(FEED, "12")
#: Its page, and that of what came by it.
SITES = (f"/ailleurs/site?iri={quote(FEED, safe='')}", f"/ailleurs/ressource?iri={quote(ITEM, safe='')}")


def furnish_sites(uow: UnitOfWork) -> None:
    """The community of animators follows a blog that does not answer at the moment; one text came by its feed."""
    row = FeedRow(
        iri=FEED,
        address=FEED,
        format="rss",
        title="Le blogue du quartier",
        summary="Ce qui se passe entre la gare et le fleuve.",
        site="https://blogue-du-quartier.example/",
        added_at=NOW - timedelta(days=20),
        looked_at=NOW - timedelta(hours=2),
        changed_at=NOW - timedelta(days=6),
        next_at=NOW + timedelta(hours=1),
        trouble="silent",
        error="blogue-du-quartier.example answered 503",
        failures=2,
    )
    follow_feed(uow, HOUSE, ANIMATION, row)
    text = RepertoireItem(
        name=Text.of("Trois soirées pour se connaître", "fr"),
        summary=Text.of("<p>Une recette simple, essayée trois fois.</p>", "fr"),
        content=Text.of("<p>On pousse les tables, on partage la soupe, on raconte sa rue.</p>", "fr"),
        creator=(Text.of("Jo Tremblay"),),
        origin=Ref("https://blogue-du-quartier.example/trois-soirees"),
        published=NOW - timedelta(days=6),
        platform_category=("Vie de quartier",),
    )
    keep_items(uow, HOUSE, row, [("12", text)])
