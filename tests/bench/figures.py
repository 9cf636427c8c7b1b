"""What a measurement gives: a name, a number with its unit, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured number. `promise` says what it should be, in words; "" when nothing was promised."""

    name: str
    value: float
    unit: str
    promise: str = ""
