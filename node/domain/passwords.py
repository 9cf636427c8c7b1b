"""Which passwords do: long enough, and not among the first that somebody would try.

`common_passwords.txt` holds those that were found most often in leaks, as zxcvbn counts them (MIT licence), and French ones.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHORTEST, LONGEST = 12, 256

#: What remains of a password beside a name must be as long; a part of a name counts from this length on.
_BESIDE, _NAME = 6, 4
#: Fewer different characters than this are a pattern, and so is what is repeated up to this length.
_DIFFERENT, _REPEATED = 5, 6
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm")
_DISGUISES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})


class Fault(enum.StrEnum):
    """What is wrong with a password."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    NAMED = "named"


def fault(password: str, about: Iterable[str] = ()) -> Fault | None:
    """What is wrong with a password, None when nothing is; `about` are names that are known of its owner and of the site."""
    if len(password) < SHORTEST:
        return Fault.SHORT
    if len(password) > LONGEST:
        return Fault.LONG
    plain = _plain(password)
    if _is_pattern(plain) or _is_common(plain):
        return Fault.COMMON
    return Fault.NAMED if _is_named(plain, about) else None


def _is_pattern(plain: str) -> bool:
    if len(set(plain)) < _DIFFERENT or re.fullmatch(rf"(.{{1,{_REPEATED}}}?)\1+", plain, re.DOTALL):
        return True
    letters = _letters(plain)
    return not letters or any(letters in row * 2 or letters[::-1] in row * 2 for row in _ROWS)


def _is_common(plain: str) -> bool:
    """Whether it is a common password, whatever stands before and after it, as it is or with digits for letters."""
    spoken = plain.translate(_DISGUISES)
    forms = {plain, spoken, _letters(plain), _letters(spoken), _letters(plain).translate(_DISGUISES)}
    return not forms.isdisjoint(_common())


def _is_named(plain: str, about: Iterable[str]) -> bool:
    rest = plain
    for name in sorted({part for text in about for part in re.split(r"[\W_]+", _plain(text))}, key=len, reverse=True):
        if len(name) >= _NAME:
            rest = rest.replace(name, "")
    return rest != plain and len(_letters(rest)) < _BESIDE


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def _letters(plain: str) -> str:
    """Without what is no letter at both ends: digits and signs there are the first that is tried."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)


@cache
def _common() -> frozenset[str]:
    return frozenset(_plain(line) for line in Path(__file__).with_name("common_passwords.txt").read_text("utf-8").splitlines())
