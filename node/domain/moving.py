"""Whether somebody has moved: both sides must say so, in one hop."""

from __future__ import annotations

from collections.abc import Collection


def doubt(old: str, new: str, *, aliases: Collection[str], old_went_to: str, new_went_to: str) -> str:
    """Why it is not believed that `old` has moved to `new`, as a line of words; "" when it is.

    `aliases` are the accounts that the new one says are its own too; the last two are where either says that it has gone.
    """
    rules = (
        (not new or new == old, "it moves nowhere"),
        (old not in aliases, f"{new} does not say that it is {old} too"),
        (old_went_to not in {"", new}, f"{old} says that it has gone to {old_went_to}"),
        (bool(new_went_to), f"{new} has gone elsewhere itself"),
    )
    return next((reason for applies, reason in rules if applies), "")
