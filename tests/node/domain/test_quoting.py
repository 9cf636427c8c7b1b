from __future__ import annotations

import pytest

from node.domain.quoting import own_words, unflowed

QUOTED = "> Bonjour,\n> merci.\n"


@pytest.mark.parametrize(
    "after",
    [
        "\n-- \nAli Benali\nCoordonnateur",
        "\n--\nAli Benali",
        "\nEnvoyé de mon iPhone\n",
        "\nSent from my Galaxy\n",
        f"\nLe 3 mai 2026 à 10:12, Zoé <zoe@example.org> a écrit :\n{QUOTED}",
        f"\nLe dim. 3 mai 2026 à 10:12, Zoé Roy-Gagnon de la Ville <zoe@example.org>\na écrit\xa0:\n\n{QUOTED}",
        f"\nOn Sun, May 3, 2026 at 10:12 AM Zoé Roy <\nzoe@example.org> wrote:\n\n{QUOTED}",
        f"\n\n{QUOTED}",
        "\n**De :** Zoé <zoe@example.org>  \n**Envoyé :** 3 mai 2026  \n**À :** Ali\n\nBonjour",
        "\n-----Message d’origine-----\nDe : Zoé\nEnvoyé : dimanche\n\nBonjour",
        "\n________________________________\nDe : Zoé <zoe@example.org>\nEnvoyé : 3 mai 2026\nÀ : Ali\nObjet : Plan\n\nBonjour",
        f"\nEnvoyé de mon iPhone\n\n> Le 3 mai 2026, Zoé a écrit :\n{QUOTED}",
    ],
)
def test_only_what_somebody_wrote_is_theirs(after: str) -> None:
    assert (
        own_words(f"À lire avant lundi.\n\nDe : quoi parler ensemble\n{after}")
        == "À lire avant lundi.\n\nDe : quoi parler ensemble"
    )


def test_what_is_passed_on_is_shared_without_the_addresses_of_others() -> None:
    text = (
        "Utile pour nous.\n-- \nAli\n\n---------- Forwarded message ---------\nDe : Zoé <zoe@example.org>\nDate: dim. 3 mai\n"
        "Subject: Plan\nTo: Ali <ali@example.org>\n\n\nLe plan d’action est là.\n\n-- \nZoé\n"
    )
    assert own_words(text, is_forwarded=True) == "Utile pour nous.\n\nLe plan d’action est là."
    assert own_words(text) == "Utile pour nous."
    assert own_words("> Une phrase\n> citée") == "Une phrase\ncitée"
    moved = "-------- Message transféré --------\nSujet : Plan\nPour : Ali <ali@example.org>\nDe : Zoé\n\nLe plan."
    assert own_words(moved, is_forwarded=True) == "Le plan."
    assert own_words("Begin forwarded message:\n\n> From: Zoé <z@example.org>\n> Subject: Plan\n>\n> Le plan.") == "Le plan."


def test_flowed_lines_are_joined() -> None:
    assert unflowed("Une phrase \nqui continue.\n\n From ici\n-- \nAli") == "Une phrase qui continue.\n\nFrom ici\n-- \nAli"
    assert unflowed("un mot cou \npé", deletes_space=True) == "un mot coupé"
