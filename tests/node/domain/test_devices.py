from __future__ import annotations

import pytest

from node.domain.devices import device

_LIKE = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Windows"),
        (_LIKE.format("iPhone; CPU iPhone OS 19_0 like Mac OS X", "Version/19.0 Mobile/15E148 Safari/604.1"), "Safari, iPhone"),
        (_LIKE.format("Linux; Android 15; K", "Chrome/142.0.0.0 Mobile Safari/537.36"), "Chrome, Android"),
        (_LIKE.format("Windows NT 10.0; Win64; x64", "Chrome/142.0.0.0 Safari/537.36 Edg/142.0"), "Edge, Windows"),
        (_LIKE.format("Macintosh; Intel Mac OS X 10_15_7", "Version/19.0 Safari/605.1.15"), "Safari, Mac"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_said_as_people_say_it(agent: str, words: str) -> None:
    assert device(agent) == words
