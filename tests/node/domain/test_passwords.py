from __future__ import annotations

import pytest

from node.domain.passwords import Fault, fault

NAMES = ("Mireille Côté", "mireille.cote@exemple.org", "Maison des savoirs")


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("court", Fault.SHORT),
        ("x" * 257, Fault.LONG),
        ("Motdepasse2026!", Fault.COMMON),
        ("P@ssw0rd1234", Fault.COMMON),
        ("¡¡¡bonjour!!!", Fault.COMMON),
        ("azertyuiop12", Fault.COMMON),
        ("lkjhgfdsapoi", Fault.COMMON),
        ("123456789012", Fault.COMMON),
        ("abcabcabcabc", Fault.COMMON),
        ("aaaaaaaaaaab", Fault.COMMON),
        ("Mireille-2026", Fault.NAMED),
        ("cote.mireille", Fault.NAMED),
        ("maison savoirs", Fault.NAMED),
    ],
)
def test_what_would_be_tried_first_does_not_do(password: str, wrong: Fault) -> None:
    assert fault(password, NAMES) is wrong


@pytest.mark.parametrize(
    "password",
    [
        "un chat gris dort",
        "correct horse battery",
        "qT7#vfp2Lm9x",
        "la maison de Mireille est bleue",
        "雨が屋根に降るのを聞いている",
        "x" * 12 + "vwabcde",
    ],
)
def test_a_short_sentence_does_in_any_language(password: str) -> None:
    assert fault(password, NAMES) is None


def test_every_password_of_the_list_is_refused_when_it_is_long_enough() -> None:
    assert {fault(word) for word in ("1qaz2wsx3edc4rfv", "leavemealone", "administrateur", "finalfantasy")} == {Fault.COMMON}
