"""One page in every way of going about: on a phone or at a desk, with scripts or without, in French or in English."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from playwright.async_api import CDPSession, Page

from kit.browsing import DESK, PHONE
from node.domain.sentences import spaced
from node.web.translations import Tongue


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody goes about."""

    width: int
    scripts: bool
    language: str

    def says(self, french: str) -> str:
        """What a page says for this phrase of ours."""
        return Tongue(self.language).say(spaced(french))


#: All of them, each one step from the one before.
WAYS = (
    Way(PHONE, scripts=True, language="fr"), Way(PHONE, scripts=False, language="fr"),
    Way(DESK, scripts=False, language="fr"), Way(DESK, scripts=True, language="fr"),
    Way(DESK, scripts=True, language="en"), Way(DESK, scripts=False, language="en"),
    Way(PHONE, scripts=False, language="en"), Way(PHONE, scripts=True, language="en"),
)  # fmt: skip
#: The same by name: p- and d- (phone and desk), without scripts or with (j), in French or in English.
PJ_FR, P_FR, D_FR, DJ_FR, DJ_EN, D_EN, P_EN, PJ_EN = WAYS


_sessions: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


async def turn(page: Page, way: Way) -> Way:
    """From the next page on they go about in this way; the same person, the same browser, opened with scripts."""
    await page.set_viewport_size({"width": way.width, "height": 844 if way.width < DESK else 900})
    if page not in _sessions:  # what is said in it holds as long as it is open
        _sessions[page] = await page.context.new_cdp_session(page)
    known = {"userAgent": await page.evaluate("navigator.userAgent"), "acceptLanguage": f"{way.language}-CA"}
    await _sessions[page].send("Emulation.setUserAgentOverride", known)
    await _sessions[page].send("Emulation.setScriptExecutionDisabled", {"value": not way.scripts})
    return way
