"""Documents as resources: the title, and what is left of a text once it is taken from it."""

from __future__ import annotations

import pytest

from node.domain.documents import Card, options, resource
from node.errors import Invalid
from vocab.values import Ref


@pytest.mark.parametrize(
    ("markup", "card", "title", "content"),
    [
        ("<h1>Un</h1><p>a</p>", Card(title="Modèle"), "Un", "<p>a</p>"),
        ("<p>a</p>", Card(title="Deux"), "Deux", "<p>a</p>"),
        ("<p>a</p>", Card(), "le fichier", "<p>a</p>"),
        ("<h4>Détail</h4><p>a</p>", Card(title="Quatre"), "Quatre", "<h2>Détail</h2><p>a</p>"),
        ("<h1>Cinq</h1><h1>a</h1><h3>b</h3>", Card(), "Cinq", "<h2>a</h2><h4>b</h4>"),
        (f"<p>{'mot ' * 100}</p><h1>Suites</h1>", Card(title="Six"), "Six", f"<p>{'mot ' * 100}</p><h2>Suites</h2>"),
        ("<h1>Sept</h1>", Card(), "Sept", "<p>Sept</p>"),
        ("<p></p><p><span> </span></p><p>a</p>", Card(title="Huit"), "Huit", "<p>a</p>"),
    ],
)
def test_the_title_and_the_text(markup: str, card: Card, title: str, content: str) -> None:
    thing = resource("dossier/le_fichier.docx", markup, card)
    assert thing.name is not None
    assert thing.content is not None
    assert (thing.name.primary, thing.content.primary) == (title, content)


def test_what_cannot_be_understood_is_left_out() -> None:
    thing = resource("a", "<p>mot</p>", Card(published="hier", language="français!", license="Tous droits", origin="a/b"))
    assert (thing.published, thing.in_language, thing.license, thing.origin) == (None, None, None, None)


def test_where_it_comes_from_is_its_key() -> None:
    card = Card(origin="https://a.example/1", license="CC0", authors=("A", "B"))
    thing = resource("a", "<p>a</p>", card)
    assert thing.license == Ref("https://creativecommons.org/publicdomain/zero/1.0/")
    assert thing.origin == Ref("https://a.example/1")
    assert options(card) == {"author": "A; B", "key": "https://a.example/1"}


def test_without_words_there_is_no_resource() -> None:
    with pytest.raises(Invalid, match="no text"):
        resource("a", "<p> </p><script>x</script>", Card(title="T"))
