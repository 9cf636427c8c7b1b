"""Which part of a file a header asks for."""

from __future__ import annotations

import pytest

from node.web.ranges import NoSuchPart, part_of

TAG = '"abc"'


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-", (0, 10)),
        ("bytes=4-7", (4, 8)),
        ("Bytes= 4-999 ", (4, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)),
        ("bytes=7-4", None),
        ("bytes=0-1,3-4", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=\u0664-", None),
        ("lines=0-1", None),
        ("", None),
        ("bytes=0-" + "9" * 5_000, None),
    ],
)
def test_one_part_or_the_whole(asked: str, part: tuple[int, int] | None) -> None:
    found = part_of(asked, "", TAG, 10)
    assert (found and (found.start, found.stop)) == part


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_what_lies_beyond_the_end_is_said(asked: str) -> None:
    with pytest.raises(NoSuchPart):
        part_of(asked, "", TAG, 10)


@pytest.mark.parametrize("condition", ['"other"', 'W/"abc"', "Sun, 22 Nov 2026 12:00:00 GMT"])
def test_another_file_is_given_whole(condition: str) -> None:
    assert part_of("bytes=0-1", condition, TAG, 10) is None
    assert part_of("bytes=0-1", TAG, TAG, 10) == slice(0, 2)
