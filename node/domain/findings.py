"""What an examination found: one thing looked at, whether it is well, and what to do when it is not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at, in the words of whoever asked. `remedy` is "" when all is well."""

    what: str
    is_well: bool
    says: str
    remedy: str = ""
