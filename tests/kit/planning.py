"""Meetings for tests that play on a stage."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kit.guests import Stage
from node.actions.publish import publish
from node.contracts import Draft
from node.domain.entries import Audience
from node.domain.placing import Placement
from vocab.things.meeting import Meeting
from vocab.values import Text


def meeting(
    stage: Stage, *, audience: Audience = Audience.PUBLIC, replaces: str = "", options: dict[str, str] | None = None, **more: Any
) -> str:
    """The IRI of a meeting tomorrow, of the community on the stage; `more` are fields of the event."""
    start = stage.now + timedelta(days=1)
    usual: dict[str, Any] = {"start_time": start, "end_time": start + timedelta(hours=2)}
    content = Text.of("<p>On se raconte nos chantiers.</p>", "fr")
    thing = Meeting(name=Text.of("Soirée d’échange", "fr"), content=content, **(usual | more))
    placed = Placement(author=stage.author, community=stage.community, audience=audience, replaces=replaces)
    draft = Draft(thing=thing, source="soirée", options=options or {})
    return stage.database.write_now(lambda uow: publish(uow, stage.house(), draft, placed)).iri
