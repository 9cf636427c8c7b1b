"""What other software shows of the examples is what its oracle says, in words."""

from __future__ import annotations

from node.web.seen_elsewhere import BECOMES, glimpses
from vocab.example_files import examples


def test_an_article_is_its_title_and_summary_there_and_our_words_are_not_shown() -> None:
    seen = {glimpse.server: glimpse for glimpse in glimpses("08-practice-note")}
    assert (seen["Mastodon"].becomes, seen["Mastodon"].title) == ("un message", "La visite d’accueil en trois temps")
    assert {"name", "summary"} <= seen["Mastodon"].shown
    assert "content" not in seen["Mastodon"].shown
    assert "content" in seen["Lemmy"].shown
    assert not any({"knowledgeStatus", "helped"} & glimpse.shown for glimpse in seen.values())


def test_what_is_refused_says_why_and_shows_nothing() -> None:
    (refused,) = [glimpse for glimpse in glimpses("07-membership") if glimpse.server == "Mastodon"]
    assert (refused.becomes, refused.shown) == ("", frozenset())
    assert refused.reasons


def test_every_example_goes_through_every_oracle_and_has_a_name_there() -> None:
    for name in examples():
        assert len(glimpses(name)) == 7
        assert {glimpse.becomes for glimpse in glimpses(name)} <= {"", *BECOMES.values()}, name
