"""Profile: a profile. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Object):
    """A profile."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Profile",
        {"fr": "profil", "en": "profile"},
        {"fr": "Profil.", "en": "Profile."},
        type="Profile",
        status="reused",
    )
    describes: Annotated[
        Ref | None,
        Term(
            AS + "describes",
            {"fr": "décrit", "en": "describes"},
            {"fr": "Ce que le profil décrit.", "en": "What the profile describes."},
            status="reused",
        ),
    ] = None
