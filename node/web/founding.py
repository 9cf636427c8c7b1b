"""The form by which a community is opened, or says something else of itself; and its opening."""

from __future__ import annotations

from dataclasses import dataclass

from federation.messages import Received
from node.actions.add_community import add_community, say_time
from node.actions.add_member import admit
from node.contracts import Visit
from node.domain.patterns import PATTERNS, USUAL, Pattern
from node.domain.rights import ANIMATION
from node.errors import Invalid
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import field_of
from node.web.translations import Tongue, language_of

#: The longest of each field.
LIMITS = {"nom": 120, "phrase": 400, "temps": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the form says of a community."""

    name: str
    sentence: str
    time: str
    pattern: Pattern


def patterns(language: str, *, is_full: bool = True) -> list[tuple[str, str, str]]:
    """What a community may begin with, to choose from: the value, what it is called, what it means (and the time it takes)."""
    return [
        (
            each.name,
            each.title.in_language(language),
            each.meaning.in_language(language) + (f" {each.time.in_language(language)}." if is_full else ""),
        )
        for each in PATTERNS.values()
    ]


def found(uow: UnitOfWork, visit: Visit, said: Said) -> ActorRow:
    """Opens a community as its form says, animated by whoever opens it; the time it takes is that of its pattern if not said."""
    row = add_community(uow, visit.house, said.name, summary=said.sentence, pattern=said.pattern)
    say_time(uow, visit.house, row.iri, said.time or said.pattern.time.in_language(visit.house.language))
    admit(uow, visit.house, visit.reader.actor, row.iri, role_name=ANIMATION)
    return row


def said_of(received: Received, visit: Visit) -> Said:
    """What the form holds; raises Invalid with what is wrong, by field."""
    fields = {name: " ".join(field_of(received, name).split()) for name in LIMITS}
    tongue = Tongue(language_of(visit.language))
    wrong = {
        name: tongue.say("C’est trop long\u00a0: raccourcissez.") for name, most in LIMITS.items() if len(fields[name]) > most
    }
    if not fields["nom"]:
        wrong["nom"] = tongue.say("Une communauté a besoin d’un nom.")
    if wrong:
        raise Invalid("A community needs a name.", problems=wrong)
    pattern = PATTERNS.get(field_of(received, "gabarit"), USUAL)
    return Said(name=fields["nom"], sentence=fields["phrase"], time=fields["temps"], pattern=pattern)
