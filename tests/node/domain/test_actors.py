"""The documents of our actors: every part below their own address."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from node.domain.actors import (
    Published,
    as_community,
    community_address,
    completed,
    glossary_of,
    key_id,
    members_of,
    next_key_id,
    person_address,
    proof_key_id,
    with_keys,
)
from vocab.things.endpoints import Endpoints
from vocab.things.group import Group
from vocab.things.multikey import Multikey
from vocab.things.person import Person
from vocab.things.public_key import PublicKey
from vocab.values import Ref

AT = datetime(2026, 11, 22, tzinfo=UTC)
URL = "https://x.example"


def test_an_actor_is_whole() -> None:
    iri = person_address(URL, "mireille")
    made = completed(Group(id=iri), url=URL, at=AT)
    assert iri == f"{URL}/personnes/mireille"
    assert made.inbox == Ref(f"{iri}/inbox")
    assert made.endpoints is not None
    assert made.endpoints.thing == Endpoints(id=f"{iri}#endpoints", shared_inbox=Ref(f"{URL}/inbox"))
    assert made.published == AT
    assert completed(replace(made, published=datetime(2020, 1, 1, tzinfo=UTC)), url=URL, at=AT).published != AT


def test_it_names_one_key_that_signs_every_key_that_proves_and_its_account() -> None:
    iri = person_address(URL, "mireille")
    newer = next_key_id(proof_key_id(iri), AT)
    main = Published(iri=key_id(iri), text="PEM")
    proofs = [Published(iri=newer, text="z2"), Published(iri=proof_key_id(iri), text="z1")]
    made = with_keys(Person(id=iri, preferred_username="mireille"), main, proofs)
    assert newer == f"{iri}#ed25519-key-20261122000000"
    assert [ref.thing for ref in made.public_key] == [PublicKey(id=key_id(iri), owner=Ref(iri), public_key_pem="PEM")]
    assert [ref.thing for ref in made.assertion_method] == [
        Multikey(id=each.iri, controller=Ref(iri), public_key_multibase=each.text) for each in proofs
    ]
    assert made.webfinger == "mireille@x.example"


def test_a_community_says_who_animates_it_and_what_it_holds() -> None:
    iri = community_address(URL, "logement")
    made = as_community(Group(id=iri), URL)
    assert (made.attributed_to, made.repertoire) == ((Ref(f"{iri}/animation"),), Ref(f"{iri}/repertoire"))
    # Lemmy takes a group that approves its followers for a private one, and refuses what is public in it.
    assert (made.hosted_by, made.manually_approves_followers) == (Ref(f"{URL}/organisation"), None)
    assert (glossary_of(iri), members_of(iri)) == (f"{iri}/glossaire", f"{iri}/membres")
