"""The documents of our own actors: where each part of an actor lives below its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit

from vocab.things.actor import Actor
from vocab.things.endpoints import Endpoints
from vocab.things.group import Group
from vocab.things.multikey import Multikey
from vocab.things.public_key import PublicKey
from vocab.values import Ref

A = TypeVar("A", bound=Actor)
G = TypeVar("G", bound=Group)

#: Names that no community and no person may take.
RESERVED = frozenset({"organisation", "noeud", "inbox", "admin", "postmaster", "abuse", "root", "support"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPair:
    """A fresh pair of keys: PKCS#8 and SubjectPublicKeyInfo, both in PEM."""

    private: str
    public: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A public key as an actor's document tells it: its address, and PEM or, of a key for proofs, multibase."""

    iri: str
    text: str


def key_id(actor: str) -> str:
    """The address of an actor's first key, as signatures name it."""
    return f"{actor}#main-key"


def proof_key_id(actor: str) -> str:
    """The address of an actor's first key for proofs."""
    return f"{actor}#ed25519-key"


def next_key_id(first: str, at: datetime) -> str:
    """The address of a key that takes the place of another: a new one, so that nobody takes it for one they have kept."""
    return f"{first}-{at:%Y%m%d%H%M%S}"


def community_address(url: str, slug: str) -> str:
    """The address of a community."""
    return f"{url}/communautes/{slug}"


def person_address(url: str, slug: str) -> str:
    """The address of a person."""
    return f"{url}/personnes/{slug}"


def followers_of(actor: str) -> str:
    """The collection of an actor's followers."""
    return f"{actor}/followers"


def members_of(community: str) -> str:
    """The collection of a community's members."""
    return f"{community}/membres"


def glossary_of(community: str) -> str:
    """The concept scheme of a community's terms."""
    return f"{community}/glossaire"


def completed(actor: A, *, url: str, at: datetime) -> A:
    """An actor with its inbox, collections and dates; `actor` has an id, a name and a username.

    None says that it approves its followers, though some wait: who asks decides that, not who is asked, and Lemmy would take a
    group that says so for a private community, and refuse everything public in it.
    """
    iri = actor.id
    endpoints = Endpoints(id=f"{iri}#endpoints", shared_inbox=Ref(f"{url}/inbox"))
    return replace(
        actor,
        url=(Ref(iri),),
        inbox=Ref(f"{iri}/inbox"),
        outbox=Ref(f"{iri}/outbox"),
        followers=Ref(followers_of(iri)),
        following=Ref(f"{iri}/following"),
        endpoints=endpoints.ref,
        is_discoverable=True,
        published=actor.published or at,
    )


def with_keys(actor: A, main: Published, proofs: Sequence[Published]) -> A:
    """An actor with the key that signs its messages, alone, and those that prove what it writes, the newest first.

    One key in `publicKey`: many servers read no list there. Its account is told too, so that nobody has to guess the host.
    Spec: FEP-521a §Keys. Spec: FEP-2c59 §Webfinger.
    """
    iri = actor.id
    key = PublicKey(id=main.iri, owner=Ref(iri), public_key_pem=main.text)
    multikeys = (Multikey(id=each.iri, controller=Ref(iri), public_key_multibase=each.text) for each in proofs)
    return replace(
        actor,
        public_key=(key.ref,),
        assertion_method=tuple(each.ref for each in multikeys),
        webfinger=f"{actor.preferred_username}@{urlsplit(iri).netloc}",
    )


def as_community(group: G, url: str) -> G:
    """A group with what a community has beyond other actors. Spec: FEP-1b12 §Group."""
    iri = group.id
    return replace(
        group,
        attributed_to=(Ref(f"{iri}/animation"),),
        featured=Ref(f"{iri}/en-vedette"),
        repertoire=Ref(f"{iri}/repertoire"),
        glossary=(Ref(glossary_of(iri)),),
        hosted_by=Ref(f"{url}/organisation"),
        is_restricted_to_moderators=False,
        is_indexable=True,
    )
