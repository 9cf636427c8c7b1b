from __future__ import annotations

import pytest

from node.domain.tracking import link_in, without_tracking


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://a.example/p?utm_source=x&id=4&fbclid=Q&ver=2", "https://a.example/p?id=4"),
        ("https://a.example/p?utm_source=x#xtor=RSS-1", "https://a.example/p"),
        ("https://a.example/p?q=a%20b&lang=fr#partie", "https://a.example/p?q=a%20b&lang=fr#partie"),
        ("https://a.example/p#:~:text=mots", "https://a.example/p"),
        ("https://www.google.ca/url?sa=t&url=https%3A%2F%2Fb.example%2Fc%3Futm_medium%3Dm", "https://b.example/c"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fb.example%2F&h=AT", "https://b.example/"),
        ("https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fb.example%2Fx&data=05", "https://b.example/x"),
        ("https://l.facebook.com/l.php?u=javascript:alert(1)", "https://l.facebook.com/l.php?u=javascript:alert(1)"),
        ("https://[oups", "https://[oups"),
    ],
)
def test_an_address_loses_what_only_follows_people(given: str, kept: str) -> None:
    assert without_tracking(given) == kept


@pytest.mark.parametrize(
    ("text", "link", "words"),
    [
        ("https://a.example/b", "https://a.example/b", ""),
        ("À lire : https://a.example/b.", "https://a.example/b", "À lire : ."),
        (
            "https://fr.wikipedia.org/wiki/Carr%C3%A9_(ville) Un bon résumé",
            "https://fr.wikipedia.org/wiki/Carr%C3%A9_(ville)",
            "Un bon résumé",
        ),
        ("Deux liens : https://a.example/ et https://b.example/", "", "Deux liens : https://a.example/ et https://b.example/"),
        ("Rien ici", "", "Rien ici"),
        ("Ceci n’est pas un lien : https://[", "", "Ceci n’est pas un lien : https://["),
        ("Avec [@Ali](<https://a.example/p/ali>)", "", "Avec [@Ali](<https://a.example/p/ali>)"),
        ("[un plan](https://a.example/) https://b.example/", "https://b.example/", "[un plan](https://a.example/)"),
        ("x" * 600 + " https://a.example/", "", "x" * 600 + " https://a.example/"),
    ],
)
def test_the_link_that_somebody_shares(text: str, link: str, words: str) -> None:
    assert link_in(text) == (link, words)
