"""Topics as hashtags."""

from __future__ import annotations

import pytest

from node.domain.hashtags import hashtag, tagged
from vocab import jsonld
from vocab.things.hashtag import Hashtag
from vocab.things.mention import Mention
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("économie sociale municipale", "#ÉconomieSocialeMunicipale"),
        ("prévention de l’éviction", "#PréventionDeLÉviction"),
        ("pair-aidance", "#PairAidance"),
        ("2026", ""),
        ("…", ""),
    ],
)
def test_a_label_becomes_one_word(label: str, expected: str) -> None:
    assert hashtag(label) == expected


def test_a_thing_gets_one_for_each_topic_and_keeps_its_mentions() -> None:
    mention, old = Mention(name=Text.of("@ali"), href=Ref("https://a.example/ali")), Hashtag(name=Text.of("#Vieux"))
    thing = tagged(PracticeNote(id="https://n.example/1", tag=(mention.ref, old.ref)), {"https://n.example/termes/1": "accueil"})
    assert jsonld.write(thing)["tag"] == [
        {"type": "Mention", "name": "@ali", "href": "https://a.example/ali"},
        {"id": "https://n.example/1#sujet-1", "type": "Hashtag", "name": "#Accueil", "href": "https://n.example/termes/1"},
    ]
