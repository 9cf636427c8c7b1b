from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.storage import indexing, words
from node.storage.words import fold, forms, languages_of, stems, without_tags


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("communauté", "Communautés"),
        ("communauté", "COMMUNAUTE"),
        ("réseau", "réseaux"),
        ("travail", "travaux"),
        ("enjeu", "enjeux"),
        ("milieu", "milieux"),
        ("municipal", "municipaux"),
        ("animée", "animés"),
        ("formées", "forme"),
        ("l’économie", "economie"),
        ("d'habitation", "habitations"),
        ("qu’organisation", "organisations"),
        ("œuvre", "oeuvres"),
        ("jusqu’accueil", "accueil"),
        ("logement", "logements"),
    ],
)
def test_french_words_that_are_the_same(one: str, other: str) -> None:
    assert stems(one, "fr") == stems(other, "fr")


@pytest.mark.parametrize(
    ("one", "other"),
    [("community", "communities"), ("meeting", "meetings"), ("organisation's", "organisations"), ("Housing", "housing")],
)
def test_english_words_that_are_the_same(one: str, other: str) -> None:
    assert stems(one, "en") == stems(other, "en")


@pytest.mark.parametrize(("one", "other"), [("facilitation", "facile"), ("marché", "marchand")])
def test_words_that_are_not_the_same(one: str, other: str) -> None:
    assert stems(one, "fr") != stems(other, "fr")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("facilitateur·trice·s", ["facilitateur", "facilitatrice"]),
        ("facilitateur·rice", ["facilitateur", "facilitatrice"]),
        ("agent•e•s", ["agent", "agente"]),
        ("citoyen.ne.s", ["citoyen", "citoyenne"]),
        ("citoyen·enne·s", ["citoyen", "citoyenne"]),
        ("chercheur·euse·s", ["chercheur", "chercheuse"]),
        ("ouvrier·ère·s", ["ouvrier", "ouvriere"]),
        ("sportif·ve·s", ["sportif", "sportive"]),
        ("sportif·ive·s", ["sportif", "sportive"]),
        ("directeur(trice)s", ["directeur", "directrices"]),
        ("professionnel·le·s", ["professionnel", "professionnelle"]),
        ("étudiant·es", ["etudiant", "etudiantes"]),
    ],
)
def test_inclusive_forms_give_each_form(written: str, meant: list[str]) -> None:
    assert list(forms(written)) == meant


@pytest.mark.parametrize("form", ["facilitateur", "facilitatrice", "facilitateurs", "facilitatrices"])
def test_every_form_finds_the_inclusive_one(form: str) -> None:
    assert set(stems(form, "fr")) <= set(stems("les facilitateur·trice·s", "fr"))


def test_what_is_not_inclusive_is_several_words() -> None:
    assert list(forms("exemple.org sous-traitance 3.14 U.R.S.S")) == ["exemple", "org", "sous", "traitance", "3", "14"]


def test_the_smallest_words_are_left_out() -> None:
    assert list(forms("Le maintien dans le logement, à l’échelle de la ville")) == ["maintien", "logement", "echelle", "ville"]


def test_the_same_stem_is_not_said_twice_in_a_row() -> None:
    assert stems("facilitateur·trice·s", "fr") == stems("facilitateur", "fr")


def test_text_of_markup() -> None:
    markup = "<p>Un <em>m</em>ot &amp; deux</p><ul><li>trois</li><li>quatre</li></ul><script>non()</script><!-- rien -->fin"
    assert without_tags(markup).split() == ["Un", "mot", "&", "deux", "trois", "quatre", "fin"]


def test_languages() -> None:
    assert languages_of("fr-CA") == ("fr",)
    assert languages_of("EN") == ("en",)
    assert languages_of("") == languages_of("es") == ("fr", "en")


def test_long_markup_takes_no_time() -> None:
    started = time.process_time()
    assert without_tags("<!--" * 100_000 + "<a " * 100_000 + "<" * 100_000).strip() == ""
    assert set("".join(forms("a·" * 100_000 + "l'" * 1_000 + "(" * 100_000))) == {"l"}
    assert time.process_time() - started < 10, "in seconds; it takes one"


@pytest.mark.parametrize("odd", ["a" + "\u0301" * 250_000 + "\u0316" * 250_000, "aa'bb" * 200_000, "&#" + "9" * 5_000 + ";"])
def test_odd_words_are_read_in_proportion_to_their_length(odd: str) -> None:
    """Marks in disorder on one letter and a word of apostrophes would each take many minutes, and the whole node with it."""
    assert stems(without_tags(f"moulin {odd} rivière"), "fr")[0] == "moulin"
    assert list(forms(without_tags(f"moulin {odd} rivière")))[-1] == "riviere"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_stem_is_how_its_words_begin_but_for_a_few_letters(language: str) -> None:
    hard = "travaux chevaux emaux cheveux application indication fabricatrice violences psychologie absolument fusion evidemment"
    other = "skies dying lying tying idly gently early organization relational happily agencies controlling hopefulness news"
    for word in (*hard.split(), *other.split()):
        found = words.stem(word, language)
        assert word.startswith(found[: max(len(found) - words.CHANGED, 1)])


def test_no_more_words_are_stemmed_than_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message of words that were never met before would hold up all that is written for ten seconds."""
    stemmed: list[str] = []

    def noted(word: str, language: str) -> str:
        stemmed.append(word)
        return f"{word}{language}"

    monkeypatch.setattr(words, "_stem", noted)
    text = " ".join(f"unheard{number:x}of" for number in range(2 * indexing.LONGEST))
    assert stems(text, "fr", 3) == ["unheard0offr", "unheard1offr", "unheard2offr"]
    assert len(indexing._stemmed([("", text), ("en", text)], "")) == indexing.LONGEST
    assert len(stemmed) <= indexing.LONGEST + 10


def test_marks_that_stand_apart_from_their_letter_are_part_of_it() -> None:
    assert stems("rivie\u0300re", "fr") == stems("rivière", "fr")
    assert list(forms("Rivie\u0300re")) == ["riviere"]


@given(st.text())
def test_stems_hold_nothing_that_a_query_could_trip_over(text: str) -> None:
    for stem in [*stems(text, "fr"), *stems(text, "en")]:
        assert stem
        assert not set(stem) & set("'\"\\ \x00()&|!:*<>")
        assert stem.isalnum()


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
