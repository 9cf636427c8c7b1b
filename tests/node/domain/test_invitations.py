from __future__ import annotations

import pytest

from node.domain import invitations
from node.domain.invitations import LINK, Round

WORDS = {
    "community": "Habitation",
    "house": "Carrefour",
    "name": "Mireille",
    "meeting": "mardi à 14 h",
    "time": "4 rencontres par an.",
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_letter_says_who_where_when_and_how(language: str) -> None:
    text = invitations.letter(WORDS, language)
    assert all(word.rstrip(".") in text for word in WORDS.values())
    assert text.count(LINK) == 1
    bare = invitations.letter({**WORDS, "meeting": "", "time": ""}, language)
    assert "\n\n\n" not in bare
    assert " \n" not in bare


def test_a_sentence_goes_on_small_after_a_colon() -> None:
    assert "demande : quatre rencontres" in invitations.letter({**WORDS, "time": "Quatre rencontres d’une heure."}, "fr").replace(
        "\u00a0", " "
    )
    assert "TI une fois par an" in invitations.letter({**WORDS, "time": "TI une fois par an"}, "fr")


def test_each_person_has_their_own_link_even_when_it_was_taken_out() -> None:
    assert invitations.personal(f"Venez : {LINK} !", "https://x") == "Venez : https://x !"
    assert invitations.personal("Venez.\r\n", "https://x") == "Venez.\n\nhttps://x\n"


def test_a_round_is_kept_as_it_was() -> None:
    made = Round(to=("a@b.example",), subject="S", text="T", role="membre")
    assert Round.of(made.payload()) == made
    assert Round.of("") == Round()


@pytest.mark.parametrize(
    ("pasted", "wrong"),
    [
        ("a@b.example, c@d.example", {}),
        ("", {"adresses": "none"}),
        ("personne", {"adresses": "none"}),
        ("a@b.example c@d", {"adresses": "odd"}),
        (" ".join(f"a{n}@b.example" for n in range(21)), {"adresses": "many"}),
    ],
)
def test_what_is_wrong_with_a_list(pasted: str, wrong: dict[str, str]) -> None:
    assert invitations.problems(pasted, "Objet", "Lettre") == wrong


def test_an_empty_letter_is_not_sent() -> None:
    assert invitations.problems("a@b.example", " ", " ") == {"objet": "empty", "lettre": "empty"}
