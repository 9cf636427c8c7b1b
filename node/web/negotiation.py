"""HTML, ActivityPub, JSON-LD, Turtle or a format: one decision, one place.

Spec: RFC 9110 §12.5.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vocab.namespaces import AS

HTML = "text/html"
ACTIVITY = "application/activity+json"
LINKED_DATA = "application/ld+json"
TURTLE = "text/turtle"
JSON = "application/json"

#: What a thing is offered as beside its page; the first wins where the visitor does not care.
MACHINE = (ACTIVITY, LINKED_DATA, TURTLE)

#: In which one address says one and the same: its document as a graph.
GRAPHS = frozenset({*MACHINE, "application/n-quads", "application/n-triples"})

#: The namespace as the profile of ld+json names it: without the hash.
PROFILE = AS.removesuffix("#")

#: As much of an Accept header is read: browsers send a few hundred characters.
LONGEST = 4_000

#: A quotation that nobody closes goes on to the end: looked for its end from each of its marks, it would cost minutes.
_RANGE = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_PARAMETER = re.compile(r';\s*(?P<name>[^\s=;"]+)\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^\s;"]*))\s*')
#: As the standard writes it, or without the zero in front, as Java does.
_QUALITY = re.compile(r"0(\.\d{0,3})?|\.\d{1,3}|1(\.0{0,3})?")


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One entry of an Accept header: what is accepted, of which profile, how gladly (0 to 1)."""

    media: str
    profile: str
    quality: float


def ranges(accept: str) -> list[MediaRange]:
    """The entries of an Accept header; those that cannot be read are left out."""
    found = []
    for text in _RANGE.findall(accept[:LONGEST]):
        media, _, rest = text.strip().partition(";")
        parameters = {
            match["name"].lower(): match["plain"] or (match["quoted"] or "") for match in _PARAMETER.finditer(f";{rest}")
        }
        quality = parameters.get("q", "1")
        if media.count("/") == 1 and _QUALITY.fullmatch(quality):
            found.append(MediaRange(media.strip().lower(), parameters.get("profile", ""), float(quality)))
    return found


def chosen(accept: str, offers: Sequence[str]) -> str | None:
    """The offer that suits an Accept header best, None when none does.

    Without a readable wish the first offer is taken; of equals the one named more exactly, then the earlier one.
    """
    wishes = ranges(accept)
    if not wishes:
        return offers[0]
    graded = [(*_grade(offer, wishes), -place, offer) for place, offer in enumerate(offers)]
    quality, _, _, best = max(graded)
    return best if quality > 0 else None


def _grade(offer: str, wishes: Sequence[MediaRange]) -> tuple[float, int]:
    """How gladly an offer is taken and how exactly it was named: the most exact entry rules."""
    matches = [(exactness, wish.quality) for wish in wishes if (exactness := _exactness(offer, wish))]
    if not matches:
        return 0.0, 0
    exactness = max(matches)[0]
    return max(quality for level, quality in matches if level == exactness), exactness


def _exactness(offer: str, wish: MediaRange) -> int:
    if wish.media == LINKED_DATA:
        activity = PROFILE in wish.profile.split() or AS in wish.profile.split()
        return 3 if offer == (ACTIVITY if activity else LINKED_DATA) else 0
    if wish.media == offer:
        return 3
    if wish.media == JSON and offer == ACTIVITY:
        return 2
    if wish.media == f"{offer.partition('/')[0]}/*":
        return 2
    return int(wish.media == "*/*")
