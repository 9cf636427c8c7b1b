"""How often somebody may try to come in: by account and by address, the same for names that nobody has."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

#: Tries are counted over so long.
WINDOW = timedelta(hours=1)


class Way(enum.StrEnum):
    """What is tried. Each is counted apart: who guesses passwords shuts out nobody who has a letter or a passkey."""

    PASSWORD = "password"  # noqa: S105 -- a word, no secret
    LETTER = "letter"  # asks for a link by letter
    CODE = "code"  # of a second factor
    PASSKEY = "passkey"
    PROVIDER = "provider"
    KEY = "cle"  # that of the first day: nobody guesses it
    MACHINE = "machine"  # a link that the command line printed: as above
    RELAY = "relay"  # writes to somebody through a page: no door, and counted as the others


#: So many tries an hour for one account, and from one address.
PER_ACCOUNT, PER_ADDRESS = 10, 30
#: Letters fill a mailbox: so many an hour go to one.
LETTERS = 5


def subjects(way: Way, account: str, address: str) -> Mapping[str, int]:
    """What a try counts against, each with how many are too many; "" is left out. Nothing of it tells whose it is."""
    most = LETTERS if way in {Way.LETTER, Way.RELAY} else PER_ACCOUNT
    found = {}
    if account:
        found[f"{way} {hashlib.sha256(account.strip().lower().encode('utf-8', 'replace')).hexdigest()}"] = most
    if address:
        found[f"{way} {neighbourhood(address)}"] = LETTERS if way is Way.RELAY else PER_ADDRESS
    return found


def neighbourhood(address: str) -> str:
    """An address as it is counted: of IPv6 its /64, which one household has for itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"
    return str(parsed)
