"""The form by which a community is opened, or says something else of itself."""

from __future__ import annotations

from dataclasses import dataclass

from federation.messages import Received
from node.contracts import Visit
from node.errors import Invalid
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
    return Said(name=fields["nom"], sentence=fields["phrase"], time=fields["temps"])
