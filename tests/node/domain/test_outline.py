from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.domain.outline import Block, blocks

LONG = "Une phrase assez longue pour qu’on la lise comme un paragraphe, avec un début, un milieu et une fin."


def _kinds(text: str) -> list[str]:
    return [f"{block.kind}{block.level or ''}" for block in blocks(text)]


def test_marked_headings_lists_quotes_and_rules_are_told() -> None:
    text = "# Titre #\n## Deux\nune ligne\nune autre\n- a\n* b\n  suite de b\n\n- c\n1. un\n2) deux\n> cité\n> encore\n***\nfin"
    found = blocks(text)
    assert [(block.kind, block.lines) for block in found] == [
        ("heading", ("Titre",)),
        ("heading", ("Deux",)),
        ("paragraph", ("une ligne", "une autre")),
        ("list", ("a", "b suite de b", "c")),
        ("list", ("un", "deux")),
        ("quote", ("cité", "encore")),
        ("rule", ()),
        ("paragraph", ("fin",)),
    ]
    assert [block.level for block in found[:2]] == [1, 2]
    assert [block.is_ordered for block in found[3:5]] == [False, True]


def test_underlined_lines_are_headings() -> None:
    assert _kinds(f"Titre\n=====\n\n{LONG}\n\nSous-titre\n---\n{LONG}") == ["heading1", "paragraph", "heading2", "paragraph"]


def test_items_may_carry_a_second_mark_and_a_number_to_start_from() -> None:
    assert blocks("- ~ Une personne\n- ~ Une autre")[0].lines == ("Une personne", "Une autre")
    found = blocks("4. quatre\n5. cinq")[0]
    assert (found.start, found.lines) == (4, ("quatre", "cinq"))


def test_short_lines_above_something_to_read_are_headings() -> None:
    text = f"Contexte\n\n{LONG}\n\n2. Mission\n\n2.1. Ce que l’on vise\n\n{LONG}\n\nEt après ?\n\n- un\n- deux"
    found = [block for block in blocks(text) if block.kind == "heading"]
    assert [(block.level, block.text) for block in found] == [
        (1, "Contexte"),
        (1, "2. Mission"),
        (2, "2.1. Ce que l’on vise"),
        (1, "Et après ?"),
    ]


def test_numbers_count_from_the_shallowest_heading() -> None:
    text = f"5.1.2. Un\n\n{LONG}\n\n5.1.2.1. Deux\n\n{LONG}"
    assert [block.level for block in blocks(text) if block.kind == "heading"] == [1, 2]


@pytest.mark.parametrize(
    "menu",
    [
        "Publication\n\n6 décembre 2023\n\nModification\n\n6 décembre 2023 17:37",
        "Notes liées\n\nTermes reliés\n\nCarnets reliés\n\nAuteurs",
        "Suite : Nouvelles questions | Mémoire\n\nNote(s) liée(s)",
    ],
)
def test_a_menu_has_no_headings(menu: str) -> None:
    assert set(_kinds(menu)) == {"paragraph"}


@pytest.mark.parametrize("line", ["Il a dit ceci :", "Une phrase.", "minuscule d’abord", "Sommaire\t4", "A | B", "M" + "m" * 120])
def test_a_line_that_goes_on_or_ends_is_no_heading(line: str) -> None:
    assert blocks(f"{line}\n\n{LONG}")[0].kind == "paragraph"


def test_where_headings_are_marked_no_other_line_is_taken_for_one() -> None:
    assert _kinds(f"# Un\n\nContexte\n\n{LONG}\n\n# Deux\n\n{LONG}") == [
        "heading1",
        "paragraph",
        "paragraph",
        "heading1",
        "paragraph",
    ]


def test_a_sentence_cut_by_a_page_flows_on() -> None:
    cut = LONG[:-1]
    assert blocks(f"{cut}\f\n\n{LONG.lower()}") == [Block(kind="paragraph", lines=(f"{cut} {LONG.lower()}",))]
    assert len(blocks(f"{LONG}\n\n{LONG.lower()}")) == 2
    assert len(blocks(f"{cut}\n\nℹ️ {LONG}")) == 2


@given(st.text(alphabet=st.sampled_from("#-*>1. \n\tabÉ|:~=")))
def test_every_word_is_kept(text: str) -> None:
    kept = "".join(block.text for block in blocks(text))
    assert [letter for letter in kept if letter.isalpha()] == [letter for letter in text if letter.isalpha()]


def test_a_heading_full_of_spaces_is_read_in_proportion_to_its_length() -> None:
    """A cubic reading would never end."""
    assert [block.level for block in blocks(f"## a{' ' * 50_000}b ##")] == [2]


def test_short_lines_add_up_to_a_paragraph_that_goes_on() -> None:
    lines = ["ab"] * 60
    text = "\n".join(lines)
    assert [block.kind for block in blocks(f"{text}\n\n{text}\n\n{text}")] == ["paragraph"]
    assert len(blocks(f"ab\n\n{text}")) == 2
