"""What people promise one another about what they read: nothing repeated, ideas without names, or all of it with names.

It is a promise, no lock: who may read is decided by the audience alone (node/domain/visibility.py).
"""

from __future__ import annotations

from vocab import concepts
from vocab.namespaces import CONCEPTS
from vocab.values import Ref, Text

_SCHEME = f"{CONCEPTS}confidentialite/"
STAYS_HERE, CHATHAM, QUOTABLE = (f"{_SCHEME}{name}" for name in ("reste-ici", "chatham", "citable"))
#: The narrowest first.
MODES = (STAYS_HERE, CHATHAM, QUOTABLE)


def mode_of(thing: object) -> str:
    """The mode that a thing names, "" for none that is known."""
    ref = getattr(thing, "confidentiality", None)
    return ref.iri if isinstance(ref, Ref) and ref.iri in MODES else ""


def label(mode: str) -> Text:
    """What a mode is called; raises KeyError for what is none."""
    shipped = concepts.concept(mode)
    if shipped is None:
        raise KeyError(mode)
    return shipped.labels


def meaning(mode: str) -> Text:
    """What it asks of whoever reads, in a sentence; raises KeyError for what is none."""
    shipped = concepts.concept(mode)
    if shipped is None:
        raise KeyError(mode)
    return shipped.definitions


def carried(of_thing: object, otherwise: str = "") -> Ref | None:
    """The mode that an answer takes over from what it answers, else this one."""
    mode = mode_of(of_thing) or otherwise
    return Ref(mode) if mode else None


def fitting(mode: str, usual: str, *, is_open: bool, is_ours: bool) -> str:
    """The mode that a thing is published with: its own, else the usual one of its community (`is_ours`: for that alone).

    What everybody may read cannot stay here.
    """
    if is_open:
        return "" if mode == STAYS_HERE else mode
    return mode or (usual if is_ours else "")
