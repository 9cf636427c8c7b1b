from __future__ import annotations

from node.domain.composing import rendered
from node.domain.html import plain
from node.domain.writing import named_in, person_as_written, term_as_written, thing_as_written

A, B, C = "https://ici.example/personnes/a", "https://ici.example/termes/b", "https://ailleurs.example/c"


def test_what_is_written_by_a_choice_is_found_again() -> None:
    person, term = person_as_written("Ali *Ben* [ali]", A), term_as_written("#éviction", B)
    text = f"Avec {person} sur {term} ; voir {thing_as_written('Un_plan', C)}"
    found = named_in(text)
    assert found.people == {A: "Ali *Ben* [ali]"}
    assert found.terms == {B: "éviction"}
    assert found.others == (C,)
    assert plain(rendered(text)) == "Avec @Ali *Ben* [ali] sur #éviction ; voir Un_plan"


def test_pictures_and_words_alone_name_nothing() -> None:
    found = named_in("![@x](https://a.example/1.jpg) @mireille #sujet [#](mailto:a@b) [@x](javascript:a)")
    assert (found.people, found.terms, found.others) == ({}, {}, ())
