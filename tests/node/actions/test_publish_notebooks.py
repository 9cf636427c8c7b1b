"""Publishing a notebook: the list of what stands in it is read by all who may read the notebook."""

from __future__ import annotations

import pytest

from kit.guests import B, Stage
from node.actions.publish import publish
from node.contracts import Draft
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.storage.engine import Database
from vocab.things.notebook import Notebook
from vocab.things.ordered_collection import OrderedCollection
from vocab.values import Ref, Text

TITLES = {"Publique": Audience.PUBLIC, "Entre nous": Audience.COMMUNITY, "Brouillon": Audience.SELF}


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        (Audience.PUBLIC, ["Publique"]),
        (Audience.COMMUNITY, ["Publique", "Entre nous"]),
        (Audience.CHOSEN, ["Publique"]),
        (Audience.SELF, ["Publique", "Entre nous", "Brouillon"]),
    ],
)
async def test_it_tells_no_title_that_its_readers_may_not_see(memory: Database, audience: Audience, told: list[str]) -> None:
    stage = Stage(memory)
    items = [stage.note(title, reach).iri for title, reach in TITLES.items()]
    outline = OrderedCollection(items=tuple(map(Ref, items))).ref
    notebook = Notebook(name=Text.of("Carnet", "fr"), content=Text.of("<p>À lire.</p>", "fr"), entries=outline)
    readers = frozenset({B} if audience is Audience.CHOSEN else ())
    placed = Placement(author=stage.author, community=stage.community, audience=audience, readers=readers)
    entry = memory.write_now(lambda uow: publish(uow, stage.house(), Draft(thing=notebook, source="carnet.md"), placed))
    kept = memory.read_now(lambda uow: uow.things.get_any(entry.iri))
    said = kept.document.decode() if kept else ""
    assert [title for title in TITLES if title in said] == told
    assert [item for item in items if item in said] == items
