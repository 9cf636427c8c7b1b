"""Names of actors as people write and see them: `@name@host`, and what of a name may be shown. A host stays in punycode.

Spec: RFC 7565 §3.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from federation.addresses import origin
from federation.errors import MalformedHandle

LONGEST_NAME = 100
LONGEST_HANDLE = 400

_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.~-]*[A-Za-z0-9_~-])?")


class Handle(NamedTuple):
    """An account: its name as spelled, and its host in lower case and punycode, with the port when there is one."""

    name: str
    host: str

    @property
    def account(self) -> str:
        """The acct: URI."""
        return f"acct:{self.name}@{self.host}"

    def __str__(self) -> str:
        return f"@{self.name}@{self.host}"


def handle(text: str) -> Handle:
    """The account that `@name@host`, `name@host` or `acct:name@host` names; raises MalformedHandle.

    Names are ASCII letters, digits and `_.-~`: whatever could disguise a name (other scripts, controls, bidi) is refused.
    """
    plain = text.strip()
    if len(plain) > LONGEST_HANDLE:
        raise MalformedHandle("This is too long to be the name of an account")
    if plain[:5].lower() == "acct:":
        plain = plain[5:]
    name, separator, host = plain.removeprefix("@").partition("@")
    name = unicodedata.normalize("NFKC", name)
    if not separator or len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise MalformedHandle(f"{_shown(text)} is not written like @name@host")
    place = origin(f"https://{host}")
    if place is None or set("/?#") & set(host):
        raise MalformedHandle(f"{_shown(host)} is not the name of a host")
    return Handle(name, place.authority)


def shown_name(name: str) -> str:
    """A name from elsewhere as people may see it: NFKC, without control, bidi, zero-width characters, at most 100 long."""
    kept = (letter for letter in unicodedata.normalize("NFKC", name[: 4 * LONGEST_NAME]) if _may_show(letter))
    return "".join(kept)[:LONGEST_NAME]


def _may_show(letter: str) -> bool:
    # Cc controls, Cf bidi and zero-width, Cs lone surrogates, Co private, Cn unassigned, Zl and Zp line ends.
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _shown(text: str) -> str:
    return repr(shown_name(text))
