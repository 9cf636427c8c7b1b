"""The form of a meeting, as two pages show it: what can be chosen, and what stands in its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from federation.messages import Received
from node.domain.announcing import LIMITS, as_fields
from node.domain.recurring import DATE, FORTNIGHTLY, OTHER, RANK, WEEKLY
from node.web.desk import Desk
from node.web.forms import field_of
from node.web.translations import phrase
from vocab.things.event import Event
from vocab.things.place import Place
from vocab.things.postal_address import PostalAddress
from vocab.things.virtual_location import VirtualLocation

FIELDS = (*LIMITS, "communaute", "pour", "inscription", "page", "places", "sujets", "annulee", "passee", "inviter")
NEW, ADD, SUBSCRIBE = "/agenda/nouvelle", "/agenda/ajouter", "/agenda/abonnements"

_WAYS = (
    ("libre", phrase("Chacun·e s’inscrit librement")),
    ("demande", phrase("Je confirme chaque inscription")),
    ("ailleurs", phrase("On s’inscrit sur une autre page")),
    ("aucune", phrase("Pas d’inscription")),
)

_REPEATS = (
    ("", phrase("Une seule fois")),
    (WEEKLY, phrase("Chaque semaine, le même jour")),
    (FORTNIGHTLY, phrase("Toutes les deux semaines, le même jour")),
    (RANK, phrase("Chaque mois, le même jour de la semaine (le premier mardi, par exemple)")),
    (DATE, phrase("Chaque mois, à la même date")),
)


def ways(desk: Desk) -> list[tuple[str, str]]:
    """How one may register, for a list to choose from."""
    return [(value, desk.tongue.say(words)) for value, words in _WAYS]


def repeats(desk: Desk, old: str = "") -> list[tuple[str, str]]:
    """How a meeting may take place again, for a list to choose from; a rule that no form can say may stay as it is."""
    kept = [(OTHER, desk.tongue.say("Comme maintenant"))] if old == OTHER else []
    return [*kept, *((value, desk.tongue.say(words)) for value, words in _REPEATS)]


def fields_in(received: Received) -> dict[str, str]:
    """What was sent of the form, without what no such form has."""
    return {name: field_of(received, name)[:30_000] for name in FIELDS}


def filled(event: Event) -> Mapping[str, Any]:
    """What stands in the fields of an event that is changed."""
    return {**as_fields(event), **_spots(event)}


def _spots(event: Event) -> dict[str, str]:
    places: list[str] = []
    link = ""
    for ref in event.location:
        place = ref.thing
        if isinstance(place, VirtualLocation):
            link = link or next((each.iri for each in place.url if each.iri), "")
        elif isinstance(place, Place):
            streets = [each.thing.street_address or "" for each in place.address if isinstance(each.thing, PostalAddress)]
            places.append(", ".join(part for part in (place.name.primary if place.name else "", *streets) if part))
    return {"lieu": "; ".join(places), "lien": link}
