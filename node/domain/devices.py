"""What somebody reads with, in the words that they would use, so that they know their sessions apart."""

from __future__ import annotations

_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"), ("Chromium", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def device(agent: str) -> str:
    """« Firefox, Windows » of what a browser says of itself; only that is kept, "" where nothing of it is known."""
    found = (next((name for mark, name in known if mark in agent), "") for known in (_BROWSERS, _MACHINES))
    return ", ".join(name for name in found if name)
