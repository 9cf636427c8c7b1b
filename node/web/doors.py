"""Where the doors of this site are."""

from __future__ import annotations

#: Where one comes in, gives a code, uses a passkey, is sent to an organisation's own door, and comes back from it.
DOOR, SECOND_DOOR, BY_KEY, BY_PROVIDER, RETURN = (
    "/entrer",
    "/entrer/code",
    "/entrer/cle",
    "/entrer/organisation",
    "/entrer/retour",
)
#: One's account; what protects it; the confirmation of a new address.
ME, ACCESS, ADDRESS = "/moi", "/moi/acces", "/moi/courriel"
#: Where one was going, in addresses and in forms.
BACK = "vers"
