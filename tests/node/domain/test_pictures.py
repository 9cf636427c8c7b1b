from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from kit.multipart import drawing, photograph
from node.domain.pictures import LONGEST_SIDE, NoPicture, TooLarge, made_anew
from node.domain.uploads import Given


def test_nothing_that_a_camera_wrote_goes_on_and_the_picture_is_upright() -> None:
    given = photograph()
    assert b"Appareil" in given
    made = made_anew(Given(name="IMG_1.JPG", content=given))
    assert (made.media_type, made.extension, made.width, made.height) == ("image/jpeg", "jpg", 40, 60)
    assert b"Appareil" not in made.content
    assert b"secrete" not in made.content
    with Image.open(io.BytesIO(made.content)) as read:
        assert not read.getexif()
        assert read.size == (40, 60)


def test_what_is_seen_through_stays_so() -> None:
    made = made_anew(Given(name="a.png", content=drawing()))
    assert made.media_type == "image/png"
    with Image.open(io.BytesIO(made.content)) as read:
        assert read.mode == "RGBA"


def test_a_large_picture_is_made_smaller() -> None:
    made = made_anew(Given(name="a.jpg", content=photograph(5000, 100, orientation=1)))
    assert max(made.width, made.height) <= LONGEST_SIDE


def test_a_picture_that_also_is_a_script_is_a_picture_alone() -> None:
    written = io.BytesIO()
    Image.new("P", (8, 8)).save(written, "GIF")
    made = made_anew(Given(name="a.gif", content=written.getvalue() + b"*/=alert(document.domain)//<script>"))
    assert made.media_type == "image/png"
    assert b"alert" not in made.content


def a_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has so many points."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(50_000, 50_000), (8_000, 8_000), (20_000, 9_000)])
def test_a_picture_of_too_many_points_is_not_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(TooLarge):
        made_anew(Given(name="a.png", content=a_bomb(*size)))


def test_a_photograph_of_fifty_million_points_is_taken_unless_all_of_it_must_be_unpacked() -> None:
    drawn = Image.new("L", (8_660, 5_774), 90)
    plain, stepwise = io.BytesIO(), io.BytesIO()
    drawn.save(plain, "JPEG")
    drawn.save(stepwise, "JPEG", progressive=True)
    made = made_anew(Given(name="a.jpg", content=plain.getvalue()))
    assert (made.width, made.height) == (2_400, 1_600)
    with pytest.raises(TooLarge):
        made_anew(Given(name="a.jpg", content=stepwise.getvalue()))


@pytest.mark.parametrize(
    "content",
    [b"<html><script>alert(1)</script>", b"", b"\x89PNG\r\n\x1a\n", photograph()[:200], b"GIF89a", a_bomb(20, 20)[:60]],
)
def test_what_is_no_picture_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(NoPicture):
        made_anew(Given(name="a.png", content=content))
