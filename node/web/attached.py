"""The files and links that go along with a text, as a page offers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from node.domain.attachments import kind_of, place_of
from node.domain.html import plain
from node.domain.legible import ROOM
from node.web.desk import Desk, Link, refs
from vocab.thing import Thing
from vocab.things.event import Event
from vocab.things.link import Link as Pointer

#: More go along with nothing that people write.
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that goes with the text; `sound` where it can be listened to on the page itself."""

    link: Link
    media_type: str
    sound: str = ""


def attached(desk: Desk, thing: Thing | None, content: str) -> Iterator[Attached]:
    """What goes along and is not in the text already; of a picture what it shows, of a link only what leads elsewhere."""
    known = {place_of(ref) for ref in refs(thing, "url")}
    for ref in islice(refs(thing, "attachment"), _MOST):
        file, address, kind = ref.thing, place_of(ref), kind_of(ref)
        is_sound = kind.startswith("audio/") and desk.visit.house.is_local(address)
        is_said = address in content and not is_sound
        if not address or is_said or (isinstance(file, Pointer) and (address in known or _is_room(thing, file))):
            continue
        name, language = desk.worded(getattr(file, "name", None) or getattr(file, "summary", None))
        name = plain(name).strip() or address.rpartition("/")[2] or address
        yield Attached(link=Link(text=name, href=address, language=language), media_type=kind, sound=address if is_sound else "")


def _is_room(thing: Thing | None, link: Pointer) -> bool:
    """Whether a link is the room of a meeting online, which is shown as its place."""
    return isinstance(thing, Event) and link.name is not None and link.name.primary == ROOM
