"""What an organisation says of itself in the browser, before what the settings say; and its first day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

#: The longest of each field.
LIMITS: Mapping[str, int] = {
    "name": 120, "summary": 400, "territory": 160, "responsible": 120, "contact": 254, "language": 2,
}  # fmt: skip

#: The stations of the first day, in their order; each can be left out and come back to.
STEPS = (
    "organisation", "courriel", "sauvegarde", "communaute", "rencontre", "gens", "existant", "amie", "visibilite", "pret",
)  # fmt: skip
DONE, LATER = "done", "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Who runs the node: "" is what nobody said.

    `responsible` is the name of the person who answers for personal information, `contact` their e-mail address; `mode`
    how widely the node is linked (domain/openness.py). `letterbox` is where members share by letter: kept with its box.
    """

    name: str = ""
    summary: str = ""
    territory: str = ""
    responsible: str = ""
    contact: str = ""
    language: str = ""
    mode: str = ""
    letterbox: str = ""

    def payload(self) -> str:
        """As text, to be kept."""
        return json.dumps(asdict(replace(self, letterbox="")), ensure_ascii=False)

    @classmethod
    def of(cls, payload: str) -> Household:
        """What was kept; what is not understood counts as not said."""
        said = json.loads(payload or "{}")
        names = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in said.items() if name in names and isinstance(value, str)})


def following(step: str) -> str:
    """The station after this one; the last stays the last."""
    place = STEPS.index(step) + 1
    return STEPS[min(place, len(STEPS) - 1)]


def resumed(states: Mapping[str, str]) -> str:
    """Where to go on: the first station that is neither done nor put off."""
    return next((step for step in STEPS if step not in states), STEPS[-1])
