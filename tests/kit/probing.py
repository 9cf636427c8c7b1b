"""What a probe of the visibility matrix is, and what all probes may name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kit.planted import PATHS, SHELVES
from kit.web_node import AP

ACTORS = ("organisation", "communautes/logement", "personnes/autrice")
FACES = ("text/html", AP, "text/turtle")
COMMUNITIES = ("logement", "voisine", "jamaisvue")
#: Stands for the token that the form of a session must carry.
FORM_TOKEN = "JETON"


@dataclass(frozen=True, kw_only=True)
class Probe:
    """Requests that reach one route: paths to GET, or bodies to POST by path."""

    get: Sequence[str] = ()
    post: Mapping[str, bytes] | None = None
    faces: Sequence[str] = FACES


def every_thing() -> list[str]:
    """The path of what is planted on every shelf, and beside it one of nothing."""
    return [f"/{path}" for path in PATHS] + [f"/{shelf}/jamaisvu" for shelf in SHELVES]
