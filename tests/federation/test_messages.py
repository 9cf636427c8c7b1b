"""Requests and answers as values."""

from __future__ import annotations

import dataclasses

import pytest

from federation.messages import Answer, Received
from kit.signing import NOW


def test_headers_are_found_in_any_case_with_doubles_in_order() -> None:
    received = Received(method="GET", target="/", headers=(("Host", "a"), ("X", "1"), ("hOST", "b")), body=b"", at=NOW)
    assert received.values("HOST") == ["a", "b"]
    assert received.values("none") == []


def test_an_answer_gives_its_first_value() -> None:
    answer = Answer(status=200, url="https://noeud.example/", headers=(("link", "a"), ("link", "b")))
    assert answer.value("Link") == "a"
    assert answer.value("none") == ""


def test_values_do_not_change() -> None:
    answer = Answer(status=200, url="https://noeud.example/")
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.status = 500  # type: ignore[misc]
