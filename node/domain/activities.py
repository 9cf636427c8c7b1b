"""What an activity says, read with care: who, and about what one thing."""

from __future__ import annotations

from node.errors import Invalid, NotAllowed
from vocab.activities.activity import Activity
from vocab.thing import Thing
from vocab.values import Ref


def about(activity: Thing) -> Ref:
    """The one object of an activity; raises Invalid when it has none, several, or one without address."""
    objects = activity.object if isinstance(activity, Activity) else ()
    if len(objects) != 1:
        raise Invalid(f"This activity is about {len(objects)} things, not one.")
    if not objects[0].iri:
        raise Invalid("What this activity is about has no address.")
    return objects[0]


def inner(activity: Thing) -> Activity:
    """The activity that this one answers or takes back, as far as it says; raises Invalid when something else is embedded.

    Embedded, it needs no address: who did what to whom says enough.
    """
    embedded = [ref.thing for ref in activity.object] if isinstance(activity, Activity) else []
    if len(embedded) == 1 and isinstance(embedded[0], Activity):
        return embedded[0]
    ref = about(activity)
    if ref.thing is not None:
        raise Invalid("This activity is about something that is no activity.")
    return Activity(id=ref.iri)


def actor_of(activity: Thing) -> str:
    """The IRI of who did it, "" when that is not said."""
    return activity.actor.iri if isinstance(activity, Activity) and activity.actor is not None else ""


def must_be_by(activity: Thing, actor: str) -> None:
    """Raises NotAllowed when an activity says that somebody else did it."""
    said = actor_of(activity)
    if said and said != actor:
        raise NotAllowed("One can only take back what one did oneself.")


def topmost(ref: Ref) -> str:
    """The IRI of the thing that an Announce is about in the end: of an activity, its object; one level, no tower."""
    inside = ref.thing
    if isinstance(inside, Activity) and inside.object:
        return inside.object[0].iri
    return ref.iri
