"""In which language a visitor is answered: ?langue=, else what they chose, what their browser asks for, the node's own."""

from __future__ import annotations

from functools import lru_cache

from aiohttp import web

from node.domain.sentences import FRANCE

#: Countries whose French is that of France, as far as the few words go that differ.
EUROPE = frozenset({"fr", "be", "ch", "lu", "mc"})
#: The languages of the interface; and those that somebody may choose for their pages and letters.
LANGUAGES = ("fr", "en")
TONGUES = ("fr", FRANCE, "en")


def language_of(request: web.Request, default: str, chosen: str = "") -> str:
    """The language for a request: fr or en. A choice lives in links, not in a cookie, or in a member's account (`chosen`)."""
    asked = request.query.get("langue", "")
    if asked in LANGUAGES:
        return asked
    if chosen:
        return chosen.partition("-")[0]
    return preferred(request.headers.get("Accept-Language", ""), default)


@lru_cache(maxsize=256)
def preferred(header: str, default: str) -> str:
    """The language that an Accept-Language header wants most; `default` when it wants none of ours. Spec: RFC 9110 §12.5.4."""
    best, found = 0.0, default
    for part in header.split(",")[:20]:
        tag, _, rest = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        quality = _quality(rest)
        if language in LANGUAGES and quality > best:
            best, found = quality, language
    return found


def country_of(request: web.Request, chosen: str = "") -> str:
    """Whose French is spoken to whom asks: fr-FR where they chose it, or for a browser of Europe; "" for that of here."""
    if chosen:
        return FRANCE if chosen == FRANCE else ""
    return french(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=256)
def french(header: str) -> str:
    """The same of an Accept-Language header: that of the French which it wants most."""
    wanted: list[tuple[float, str]] = []
    for part in header.split(",")[:20]:
        tag, _, rest = part.strip().partition(";")
        language, _, country = tag.strip().lower().partition("-")
        if language == "fr":
            wanted.append((_quality(rest), country))
    best = max(wanted, key=lambda pair: pair[0], default=(0.0, ""))
    return FRANCE if best[0] > 0 and best[1] in EUROPE else ""


def _quality(parameters: str) -> float:
    key, _, value = parameters.strip().partition("=")
    if key.strip().lower() != "q":
        return 1.0
    try:
        return min(1.0, float(value))
    except ValueError:
        return 0.0
