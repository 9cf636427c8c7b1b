"""What a thing leads to."""

from __future__ import annotations

from node.domain.linked import linked
from vocab.things.notebook import Notebook
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

A, B, C = (f"https://n.example/ressources/{name}" for name in "abc")


def test_links_are_what_is_cited_and_what_the_text_leads_to() -> None:
    text = f'<p><a class="x" href="{A}#debut">a</a> <a href="{C}">c</a> <a href="/ici">ici</a> <a href="{B}?x=1&amp;y">b</a></p>'
    note = PracticeNote(id=C, content=Text.of(text), related=(Ref(B), Ref("", thing=PracticeNote())))
    assert linked(note) == (B, A, f"{B}?x=1&y")


def test_what_stands_in_an_outline_is_no_link() -> None:
    book = Notebook(
        id=C, content=Text.of(f'<a href="{A}">a</a><a href="{B}">b</a>'), entries=OrderedCollection(items=(Ref(A),)).ref
    )
    assert linked(book) == (B,)
