"""The second proof of who somebody is: a code that a clock in their pocket makes, or one that they kept on paper.

Spec: RFC 6238 §4; RFC 6238 §5.2.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

#: A code is good for the 30 seconds for which it was made, and for those before and after: clocks differ.
STEP, DRIFT = 30, 1
DIGITS = 6

#: Whoever came in by a letter alone, and looks after the node, waits so long before they set up their first second proof; then it
#: stands open for so long.
WAITED, STANDS = timedelta(days=2), timedelta(days=7)

#: So many codes on paper, of so many signs; none of them looks like another.
CODES, SIGNS = 10, 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def is_asked_of_keepers(url: str) -> bool:
    """Whether those who look after the node at this address need a second proof: not where its own machine alone reaches it.

    Such a node is one to try things out, and whoever sits at that machine may do anything to it anyway.
    """
    parts = urlsplit(url)
    try:
        is_here = ip_address(parts.hostname or "").is_loopback
    except ValueError:
        is_here = parts.hostname == "localhost"
    return not (is_here and parts.scheme == "http")


def step_of(now: datetime) -> int:
    """The number of the 30 seconds that a moment is in."""
    return int(now.timestamp()) // STEP


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step for which a clock with this secret made a code, None when it made it for none that counts now."""
    from pyotp import TOTP  # noqa: PLC0415 -- only who has a second factor needs it

    clock, here = TOTP(secret), step_of(now)
    steps = range(here - DRIFT, here + DRIFT + 1)
    return next((step for step in steps if hmac.compare_digest(clock.at(step * STEP), code)), None)


def tidy(code: str) -> str:
    """A code as it is compared: people write spaces and hyphens between."""
    return "".join(sign for sign in code.lower() if sign.isalnum())[:64]


def is_clock_code(code: str) -> bool:
    """Whether it may be one of the clock's."""
    return len(code) == DIGITS and code.isascii() and code.isdecimal()


def paper_codes() -> tuple[str, ...]:
    """New codes to be kept on paper."""
    return tuple("".join(secrets.choice(_ALPHABET) for _ in range(SIGNS)) for _ in range(CODES))


def grouped(code: str) -> str:
    """A code on paper as it is read and copied."""
    return f"{code[: SIGNS // 2]}-{code[SIGNS // 2 :]}"
