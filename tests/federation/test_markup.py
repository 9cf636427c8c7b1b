"""What is left of HTML elsewhere; what somebody else wrote costs no more time than it is long."""

from __future__ import annotations

import pytest

from federation.markup import kept, with_flat_headings, words


def test_headings_become_bold_paragraphs() -> None:
    assert with_flat_headings('<h2 class="x">Un</h2><p>a</p><H3>Deux\n</H3 >') == (
        "<p><strong>Un</strong></p><p>a</p><p><strong>Deux\n</strong></p>"
    )
    assert kept(with_flat_headings("<h2>Un"), frozenset({"p", "strong"})) == "<p><strong>Un</strong></p>"


def test_words_stand_one_line_per_block() -> None:
    assert words("<h1>Titre</h1>\n\n <p>Un <b>mot</b> &amp; deux<br>ici \n </p><ul><li>a</li><li>b</li></ul>") == (
        "Titre\nUn mot & deux\nici\na\nb"
    )


@pytest.mark.parametrize("odd", [" ", "<h1>", "<h1 ", "</p ", "<", " \n", "&"])
def test_odd_texts_are_read_in_proportion_to_their_length(odd: str) -> None:
    """A quadratic reading would take hours for this."""
    assert with_flat_headings(odd * 500_000)
    assert len(words(odd * 500_000)) <= len(odd) * 500_000


def test_a_number_of_no_character_is_a_mark_for_one() -> None:
    assert words(f"<p>a&#{'9' * 5_000};b</p>") == "a\ufffdb"
