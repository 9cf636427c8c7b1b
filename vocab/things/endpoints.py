"""Endpoints: addresses that all actors of a server share. Spec: ActivityPub §4.1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS
from vocab.terms import Term, TypeTerm
from vocab.thing import Thing
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints(Thing):
    """Common addresses; it travels without a type."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Endpoints",
        {"fr": "points d’accès", "en": "endpoints"},
        {"fr": "Adresses communes du serveur.", "en": "Common addresses of the server."},
        status="reused",
        is_abstract=True,
    )
    shared_inbox: Annotated[
        Ref | None,
        Term(
            AS + "sharedInbox",
            {"fr": "boîte commune", "en": "shared inbox"},
            {"fr": "Où livrer une fois pour tout le serveur.", "en": "Where to deliver once for the whole server."},
            status="reused",
        ),
    ] = None
    proxy_url: Annotated[
        Ref | None,
        Term(
            AS + "proxyUrl",
            {"fr": "relais", "en": "proxy"},
            {"fr": "Où demander une ressource d’ailleurs.", "en": "Where to ask for a resource from elsewhere."},
            status="reused",
        ),
    ] = None
