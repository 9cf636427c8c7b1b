"""Collections: how they are made, walked and compared."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation import collections
from federation.collections import Synchronization
from federation.errors import MalformedActivity, RemoteError
from vocab.things.collection_page import CollectionPage
from vocab.values import Ref

BOX = "https://noeud.example/communautes/logement/repertoire"
ITEMS = (Ref("https://noeud.example/r/1"), Ref("https://autre.example/r/2"))


def test_a_collection_points_to_its_first_page() -> None:
    made = collections.collection(BOX, total=2, first=f"{BOX}?page=1", attributed_to="https://noeud.example/communautes/logement")
    assert (made.type, made.total_items) == ("OrderedCollection", 2)
    assert made.first == Ref(f"{BOX}?page=1")
    assert made.attributed_to == (Ref("https://noeud.example/communautes/logement"),)


def test_hidden_counts_and_items() -> None:
    made = collections.collection(BOX, total=None)
    assert (made.total_items, made.first, made.items) == (None, None, ())


def test_a_page_holds_items_and_points_on() -> None:
    made = collections.page(f"{BOX}?page=1", part_of=BOX, items=ITEMS, next_page=f"{BOX}?page=2", total=3)
    assert made.type == "OrderedCollectionPage"
    assert (made.items, made.total_items) == (ITEMS, 3)
    assert isinstance(made, CollectionPage)
    assert (made.part_of, made.next) == (Ref(BOX), Ref(f"{BOX}?page=2"))
    last = collections.page(f"{BOX}?page=2", part_of=BOX, items=[])
    assert isinstance(last, CollectionPage)
    assert last.next is None


@pytest.mark.shows("FEP-8fcf", "The digest of followers is that of the proposal.", how="example")
def test_the_digest_is_that_of_the_proposal() -> None:
    one, two = "https://testing.example.org/users/1", "https://testing.example.org/users/2"
    expected = int(hashlib.sha256(one.encode()).hexdigest(), 16) ^ int(hashlib.sha256(two.encode()).hexdigest(), 16)
    assert collections.digest([one, two]) == collections.digest([two, one, one]) == f"{expected:064x}"
    # The value that FEP-8fcf gives for these two.
    assert collections.digest([one, two]) == "c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f"
    assert collections.digest([]) == "0" * 64


SAID = Synchronization(collection=f"{BOX}/followers", url=f"{BOX}/followers_synchronization", digest="ab" * 32)


@pytest.mark.shows("FEP-8fcf", "The header Collection-Synchronization is written and read.")
def test_synchronization_reads_back() -> None:
    written = collections.synchronization(SAID)
    assert written == f'collectionId="{BOX}/followers", url="{BOX}/followers_synchronization", digest="{"ab" * 32}"'
    assert collections.parse_synchronization(written, "https://noeud.example/a") == SAID


@pytest.mark.parametrize(
    "value",
    ["", "x", 'digest="ab"', f'digest="{"ab" * 32}"', f'{collections.synchronization(SAID)}, url="x"'],
)
def test_odd_synchronization_is_refused(value: str) -> None:
    with pytest.raises(MalformedActivity):
        collections.parse_synchronization(value, "https://noeud.example/a")


def test_synchronization_of_another_server_is_refused() -> None:
    with pytest.raises(MalformedActivity, match="another server"):
        collections.parse_synchronization(collections.synchronization(SAID), "https://evil.example/m")


@given(st.text(max_size=80))
def test_any_text_is_refused_as_synchronization(value: str) -> None:
    with pytest.raises(RemoteError):
        collections.parse_synchronization(value, "https://noeud.example/a")
