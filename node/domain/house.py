"""What every deed needs to know of this node."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What every deed needs to know of this node. `url` has no trailing slash; `now` is the moment of the deed, in UTC.

    `contact` is the e-mail address of the person responsible. `has_mail`: the settings name a mail server.
    `letterbox` is the address to which members write what they share ("": none), each with a secret of theirs added.
    `responsible` is the name of that person, `territory` where the organisation is at work, in words.
    """

    url: str
    name: str
    mode: str
    language: str
    now: datetime
    allow_http: bool = False
    signed_reads: bool = False
    contact: str = ""
    has_mail: bool = False
    letterbox: str = ""
    responsible: str = ""
    territory: str = ""

    @property
    def organisation(self) -> str:
        """IRI of the Organization actor."""
        return f"{self.url}/organisation"

    @property
    def application(self) -> str:
        """IRI of the Application actor, which signs fetches."""
        return f"{self.url}/noeud"

    def is_local(self, iri: str) -> bool:
        """Whether an IRI is one of this node's."""
        return iri == self.url or iri.startswith(f"{self.url}/")
