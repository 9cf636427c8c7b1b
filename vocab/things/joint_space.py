"""JointSpace: a place that several communities share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP, ORG
from vocab.recurring import BETWEEN
from vocab.terms import TypeTerm
from vocab.things.group import Group
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class JointSpace(Group):
    """A group held by several communities, here or on several nodes; any of them may leave."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "JointSpace",
        {"fr": "espace commun", "en": "joint space"},
        {
            "fr": "Groupe tenu par plusieurs communautés, chacune gardant ses règles et son nom.",
            "en": "Group run jointly by several communities, each keeping its own rules and name.",
        },
        type="Group",
        above=(ORG + "OrganizationalCollaboration",),
        note={
            "fr": "Formalise une intersection (cdp:formalizedAs), ou naît sans elle. Exemple : l’espace sur l’itinérance de deux "
            "communautés, l’une en santé, l’autre en logement.",
            "en": "An intersection may be formalised as one (cdp:formalizedAs); one may also be set up directly. "
            "Example: the space on homelessness of two communities, one in health, the other in housing.",
        },
        required=("between",),
    )
    between: Annotated[tuple[Ref, ...], BETWEEN] = ()
