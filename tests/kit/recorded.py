"""The recorded messages and example objects of the shared folder, as parameters of tests."""

from __future__ import annotations

from kit.seeds import SHARED, shared


def listed(*parts: str) -> list[str]:
    """The JSON files below a shared folder, as paths relative to it, sorted; empty where the folder is not."""
    folder = SHARED.joinpath(*parts)
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.json"))


def recorded(name: str) -> bytes:
    """A recorded message, such as "mastodon/activities/follow.json"."""
    return shared("wire", *name.split("/")).read_bytes()


def example(name: str) -> bytes:
    """An example object, such as "03-practice-note.json" or "inline/03-practice-note.json"."""
    return shared("vocabulary", "examples", *name.split("/")).read_bytes()
