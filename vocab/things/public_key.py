"""PublicKey: the key that proves an actor’s signatures. Spec: draft-cavage-http-signatures-12."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import SECURITY
from vocab.terms import Term, TypeTerm
from vocab.thing import Thing
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey(Thing):
    """A key; it travels without a type."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        SECURITY + "Key",
        {"fr": "clé publique", "en": "public key"},
        {"fr": "Clé qui prouve les signatures.", "en": "Key that proves signatures."},
        key="CryptographicKey",
        status="reused",
        is_abstract=True,
    )
    owner: Annotated[
        Ref | None,
        Term(
            SECURITY + "owner",
            {"fr": "titulaire", "en": "owner"},
            {"fr": "À qui est la clé.", "en": "Whose key it is."},
            status="reused",
        ),
    ] = None
    public_key_pem: Annotated[
        str | None,
        Term(
            SECURITY + "publicKeyPem",
            {"fr": "clé en PEM", "en": "key in PEM"},
            {"fr": "La clé, en PEM.", "en": "The key, in PEM."},
            status="reused",
        ),
    ] = None
