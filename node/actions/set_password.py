"""Turns a password into what may be kept of it. Spec: RFC 9106 §4."""

from __future__ import annotations

from argon2 import PasswordHasher

from node.errors import Invalid

SHORTEST, LONGEST = 12, 256

#: 64 MiB, three passes, one lane: what a small machine can afford twice at once.
_HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)


def hashed(password: str) -> str:
    """The argon2id hash of a password, with its parameters; raises Invalid for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(f"a password has {SHORTEST} to {LONGEST} characters; a short sentence does well")
    return _HASHER.hash(password)
