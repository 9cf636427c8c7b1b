"""What changed between two texts, and what two people made of one."""

from __future__ import annotations

import pytest

from node.domain.differences import MOST_PARAGRAPHS, Passage, compared, merged, merged_list


def shown(passages: tuple[Passage, ...]) -> list[str]:
    marks = {"same": "", "added": "+", "removed": "-"}
    return [
        f"…{passage.skipped}"
        if passage.skipped
        else "".join(f"[{marks[piece.fate]}{piece.text}]" if marks[piece.fate] else piece.text for piece in passage.pieces)
        for passage in passages
    ]


def test_words_that_changed_are_told_from_those_that_did_not() -> None:
    assert compared("Un texte.", "Un texte.\n") == ()
    assert shown(compared("Aller de porte en porte le soir.", "Aller de porte en porte le matin.")) == [
        "Aller de porte en porte le [-soir][+matin]."
    ]


def test_paragraphs_come_and_go_and_what_stays_far_off_is_left_out() -> None:
    before = "Un.\n\nDeux trois quatre.\n\nA.\n\nB.\n\nC.\n\nFin du texte."
    after = "Deux trois cinq.\n\nA.\n\nB.\n\nC.\n\nFin du texte.\n\nTout autre chose encore."
    assert shown(compared(before, after)) == [
        "[-Un.]",
        "Deux trois [-quatre][+cinq].",
        "A.",
        "…2",
        "Fin du texte.",
        "[+Tout autre chose encore.]",
    ]


def test_a_text_of_too_many_paragraphs_is_shown_as_a_whole() -> None:
    long = "\n".join(str(number) for number in range(MOST_PARAGRAPHS + 1))
    assert [passage.pieces[0].fate for passage in compared(long, "Court.")] == ["removed", "added"]


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("A\n\nB\n\nC", "A\n\nB\n\nC", "A\n\nB\n\nC"),
        ("A1\n\nB\n\nC", "A\n\nB\n\nC1", "A1\n\nB\n\nC1"),
        ("B\n\nC", "A\n\nB\n\nC\n\nD", "B\n\nC\n\nD"),
        ("A\n\nB1\n\nC", "A\n\nB2\n\nC", None),
        ("A\n\nB1\n\nC", "A\n\nC", None),
        ("A\n\nB\n\nX\n\nC", "A\n\nB\n\nY\n\nC", "A\n\nB\n\nX\n\nY\n\nC"),
        ("A\n\nB1\n\nC", "A\n\nB1\n\nC2", "A\n\nB1\n\nC2"),
    ],
)
def test_what_two_people_changed_is_put_together(mine: str, theirs: str, both: str | None) -> None:
    assert merged("A\n\nB\n\nC", mine, theirs) == both


def test_lists_keep_what_both_added_and_lose_what_either_took_away() -> None:
    assert merged_list(["a", "b", "c"], ["c", "a", "x"], ["a", "b", "c", "y"]) == ("c", "a", "x", "y")
    assert merged_list(["a", "b"], ["a", "b"], ["b"]) == ("b",)
