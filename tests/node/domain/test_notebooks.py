"""Notebooks: the outline gets an id and a list that plain software shows."""

from __future__ import annotations

from node.domain.notebooks import items_of, with_outline
from vocab.things.notebook import Notebook
from vocab.things.ordered_collection import OrderedCollection
from vocab.values import Ref, Text

HERE, ONE, TWO = "https://n.example/ressources/c", "https://n.example/ressources/1", "https://n.example/ressources/2"


def notebook(*items: str, text: str = "<p>Lire.</p>") -> Notebook:
    outline = OrderedCollection(items=tuple(map(Ref, items)))
    return Notebook(name=Text.of("Carnet", "fr"), content=Text.of(text, "fr"), entries=outline.ref)


def test_the_outline_gets_an_id_and_a_count() -> None:
    made = with_outline(notebook(ONE, TWO), HERE, {ONE: "Un"})
    outline = made.entries.thing if made.entries else None
    assert isinstance(outline, OrderedCollection)
    assert (outline.id, outline.total_items, items_of(made)) == (f"{HERE}#sommaire", 2, (ONE, TWO))


def test_the_content_lists_the_items_once() -> None:
    made = with_outline(notebook(ONE, TWO), HERE, {ONE: "Un & un"})
    assert made.content is not None
    assert (
        made.content.primary == f'<p>Lire.</p><ol><li><a href="{ONE}">Un &amp; un</a></li><li><a href="{TWO}">{TWO}</a></li></ol>'
    )
    assert with_outline(made, HERE, {}).content == made.content


def test_a_notebook_without_outline_stays_as_it_is() -> None:
    assert with_outline(Notebook(name=Text.of("Vide", "fr")), HERE, {}) == Notebook(name=Text.of("Vide", "fr"))
