"""Clocks by the names that calendars call them."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LONGEST = 100


def clock_of(name: str) -> ZoneInfo | None:
    """The clock of that name; calendars put an address before it, or use the name that Windows has. None for no clock."""
    # imported here: an idle node reads no calendar
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415

    for each in (name, "/".join(name.split("/")[-2:]), WINDOWS_TO_OLSON.get(name, "")):
        if not each or len(each) > _LONGEST:
            continue
        try:
            return ZoneInfo(each)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None
