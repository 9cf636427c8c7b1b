"""What the protocol needs from whoever hosts it."""

from __future__ import annotations

from typing import Protocol

from federation.messages import PublicKey


class KeyDirectory(Protocol):
    """Finds the public key that a signature names."""

    async def find(self, key_id: str) -> PublicKey:
        """The key as last known, fetched when it is not; raises KeyUnavailable, BadKey or Unreachable."""
        ...

    async def find_again(self, key_id: str) -> PublicKey | None:
        """The key fetched anew because a verification failed; None when it was fetched too recently or is unchanged."""
        ...

    async def proving(self, key_id: str) -> PublicKey | None:
        """The key in an actor's assertionMethod, as far as it is known here; None when it is not. Nothing is fetched."""
        ...
