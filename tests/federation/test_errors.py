"""Errors say what happened, which answer suits them and whether trying again is any use."""

from __future__ import annotations

import inspect

import pytest

from federation import errors

KINDS = [kind for kind in vars(errors).values() if inspect.isclass(kind) and issubclass(kind, errors.FederationError)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_a_sentence_with_a_status(kind: type[errors.FederationError]) -> None:
    said = str(kind())
    assert said == kind.__doc__
    assert said.split("\n", maxsplit=1)[0].endswith((".", "check the clock."))
    assert str(kind("Because.")) == "Because."
    expected = range(500, 501) if not issubclass(kind, errors.RemoteError) else range(400, 500)
    assert kind.status_hint in expected


def test_only_whom_one_could_not_hear_may_be_asked_again() -> None:
    assert [kind.__name__ for kind in KINDS if not kind.is_final] == ["Unreachable", "Troubled"]
