"""Multikey: a key as FEP-521a publishes it. Spec: FEP-521a."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import SECURITY
from vocab.terms import Term, TypeTerm
from vocab.thing import Thing
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Multikey(Thing):
    """A key in multibase."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        SECURITY + "Multikey",
        {"fr": "clé multiforme", "en": "multikey"},
        {"fr": "Clé en multibase.", "en": "Key in multibase."},
        type="Multikey",
        status="reused",
    )
    controller: Annotated[
        Ref | None,
        Term(
            SECURITY + "controller",
            {"fr": "titulaire", "en": "controller"},
            {"fr": "À qui est la clé.", "en": "Whose key it is."},
            status="reused",
        ),
    ] = None
    public_key_multibase: Annotated[
        str | None,
        Term(
            SECURITY + "publicKeyMultibase",
            {"fr": "clé en multibase", "en": "key in multibase"},
            {"fr": "La clé, en multibase.", "en": "The key, in multibase."},
            status="reused",
        ),
    ] = None
