"""Where the doors of this site are, and by what the forms of a session are known."""

from __future__ import annotations

import hashlib

#: Where one comes in, gives a code, uses a passkey, is sent to an organisation's own door, and comes back from it.
DOOR, SECOND_DOOR, BY_KEY, BY_PROVIDER, RETURN = (
    "/entrer",
    "/entrer/code",
    "/entrer/cle",
    "/entrer/organisation",
    "/entrer/retour",
)
#: Where those who look after the node say by which organisations one comes in.
PROVIDERS = "/noeud/entree"
#: One's account; what protects it; where a passkey, a clock and a new address come to it.
ME, ACCESS, KEYS, CLOCK, ADDRESS = "/moi", "/moi/acces", "/moi/cles", "/moi/code", "/moi/courriel"
#: Where one was going, in addresses and in forms.
BACK = "vers"


def form_token(digest: str) -> str:
    """What the forms of a session must carry: made from what is kept of its cookie, which cannot be had back from it."""
    return hashlib.sha256(b"form\0" + digest.encode()).hexdigest()
