"""The history of a link is said in words in both languages, with its day only where there is one."""

from __future__ import annotations

import pytest

from node.domain.history import sentence


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("history", ["running", "complete", "gap"])
def test_every_state_has_its_words(history: str, language: str) -> None:
    dated, undated = (sentence(history, is_dated=is_dated).in_language(language) for is_dated in (True, False))
    assert "{day}" in dated
    assert undated
    assert "{" not in undated


def test_where_nothing_was_begun_nothing_is_said() -> None:
    assert sentence("", is_dated=True).in_language("fr") == ""
