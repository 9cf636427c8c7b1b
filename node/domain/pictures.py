"""A picture made anew from what it shows: nothing else that lay in the file goes on, not where and when it was taken."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from node.domain.uploads import SHOWN, Given, Prepared, picture_name

if TYPE_CHECKING:
    from PIL import Image

#: A picture has so many points at most before it is unpacked, and is kept with so many on its longer side.
MOST_POINTS, LONGEST_SIDE = 40_000_000, 2_400
#: A photograph that can be unpacked at a fraction of its size may have as many as the cameras of telephones make.
_MOST_OF_A_CAMERA = 80_000_000
#: How good a photograph stays, of 100: nobody sees the difference, and it weighs a fifth.
_QUALITY = 84


class NoPicture(ValueError):
    """This cannot be read as a picture."""


class TooLarge(ValueError):
    """This picture has more points than are unpacked here."""


def made_anew(given: Given) -> Prepared:
    """The picture upright, no larger than shown, without what its camera wrote into it; raises NoPicture or TooLarge.

    A photograph becomes a JPEG; what has few colours or see-through parts a PNG; of what moves, the first image stays. Those that
    telephones make are none of these formats: they are decoded elsewhere, and come to `made_of`.
    """
    # imported here: a node that is given no picture never needs it
    from PIL import Image  # noqa: PLC0415

    try:
        drawn, is_photograph = _drawn(given.content)
    except (TooLarge, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise TooLarge from problem
    except (OSError, ValueError, SyntaxError, MemoryError, IndexError, KeyError, TypeError) as problem:
        raise NoPicture from problem
    return _written(given.name, drawn, is_photograph=is_photograph)


def made_of(name: str, mode: str, size: tuple[int, int], points: bytes) -> Prepared:
    """The same of a picture that was decoded elsewhere: its colours, point by point. Raises NoPicture."""
    from PIL import Image  # noqa: PLC0415

    if mode not in {"RGB", "RGBA"} or not 0 < max(size) <= LONGEST_SIDE or size[0] * size[1] * len(mode) != len(points):
        raise NoPicture
    return _written(name, Image.frombytes(mode, size, points), is_photograph=mode == "RGB")


def _written(name: str, drawn: Image.Image, *, is_photograph: bool) -> Prepared:
    from PIL import Image  # noqa: PLC0415

    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    extension, written = ("jpg", io.BytesIO()) if is_photograph else ("png", io.BytesIO())
    clean = Image.new(drawn.mode, drawn.size)  # nothing of the file but what it shows
    clean.paste(drawn)
    if is_photograph:
        clean.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    else:
        clean.save(written, "PNG", optimize=True)
    return Prepared(
        name=picture_name(name, extension),
        media_type=SHOWN[extension],
        extension=extension,
        content=written.getvalue(),
        width=clean.width,
        height=clean.height,
    )


def _drawn(content: bytes) -> tuple[Image.Image, bool]:
    """The picture unpacked and upright, and whether it is a photograph."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "GIF", "WEBP")) as opened:
        was_stepwise = bool(opened.info.get("progressive"))  # its parts are all unpacked, however small it is to be
        most = _MOST_OF_A_CAMERA if opened.format in {"JPEG", "MPO"} and not was_stepwise else MOST_POINTS
        if opened.width * opened.height > most:
            raise TooLarge
        was_photograph = opened.format in {"JPEG", "MPO"} or (opened.format == "WEBP" and opened.mode == "RGB")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        shown = ImageOps.exif_transpose(opened)
        sees_through = shown.has_transparency_data
        return shown.convert("RGBA" if sees_through else "RGB"), was_photograph and not sees_through
