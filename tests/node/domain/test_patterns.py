"""What communities may begin with: whole in both languages, each different where it says so."""

from __future__ import annotations

import pytest

from node.domain.patterns import PATTERNS, Pattern
from node.domain.starter_rules import STARTER


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_a_pattern_says_everything_in_both_languages(pattern: Pattern) -> None:
    texts = (pattern.title, pattern.meaning, pattern.time, pattern.invitation, pattern.topic, pattern.rules, *pattern.course)
    assert len(pattern.course) >= 3
    assert pattern.rules.in_language("fr").startswith("## ")
    for text in texts:
        assert text.in_language("fr").strip()
        assert text.in_language("en").strip()
        assert text.in_language("fr") != text.in_language("en") or text == PATTERNS["table"].title


def test_patterns_differ_and_none_forgets_the_common_rules() -> None:
    for part in ("title", "meaning", "time", "invitation", "topic"):
        assert len({getattr(each, part) for each in PATTERNS.values()}) == len(PATTERNS), part
    for name in ("projet", "table", "cohorte"):
        assert PATTERNS[name].rules.in_language("fr").endswith(STARTER.in_language("fr"))
