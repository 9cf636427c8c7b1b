"""RFC 9421 as another library writes and reads it (http-message-signatures): ours verify there, theirs verify here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature, algorithms

from federation import signatures
from federation.errors import BadSignature, CoversTooLittle
from federation.messages import Received
from federation.signatures import rfc9421
from kit.signing import ED, INBOX, NODE, M, Signer, activity, post

COVERED = ("@method", "@target-uri", "@authority", "content-type", "content-digest")
BOTH = pytest.mark.parametrize(("signer", "algorithm"), [(M, algorithms.RSA_V1_5_SHA256), (ED, algorithms.ED25519)])


@dataclass
class Message:
    """A request as that library wants it."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


class Keys(HTTPSignatureKeyResolver):
    """Its way to a signer's keys."""

    def __init__(self, signer: Signer) -> None:
        self.signer = signer

    def resolve_public_key(self, key_id: str) -> bytes:
        assert key_id == self.signer.public.iri
        return self.signer.public.pem.encode()

    def resolve_private_key(self, key_id: str) -> bytes:
        assert key_id == self.signer.key.iri
        return self.signer.key.pem.encode()


def now() -> datetime:
    """That library has no clock but the machine's."""
    return datetime.now(UTC)  # noqa: TID251 -- as above


def _theirs(signer: Signer, algorithm: type, covered: tuple[str, ...] = COVERED) -> Received:
    """A message that the library signed, as it comes in here."""
    body = activity(signer.iri)
    message = Message("POST", INBOX, {"Host": "noeud.example", "Content-Type": "application/activity+json"})
    library = HTTPMessageSigner(signature_algorithm=algorithm, key_resolver=Keys(signer))
    library.sign(message, key_id=signer.key.iri, body=body, covered_component_ids=covered)
    headers = tuple(message.headers.items())
    return Received(method="POST", target=INBOX.removeprefix(NODE), headers=headers, body=body, at=now())


def _verify(received: Received, signer: Signer) -> None:
    claim = signatures.claims_of(received)
    signatures.check(received, claim)
    signatures.verify(received, claim, signer.public.pem, NODE)


@pytest.mark.shows(
    "RFC 9421", "What we sign, another library verifies, with RSA and Ed25519.", peer="http-message-signatures", how="library"
)
@BOTH
@pytest.mark.parametrize("query", ["", "?a=%40b&c=d%2Fe"])
def test_what_we_sign_verifies_there(signer: Signer, algorithm: type, query: str) -> None:
    body = activity(signer.iri)
    sent = rfc9421.sign(post(body, INBOX + query), signer.key, now())
    library = HTTPMessageVerifier(signature_algorithm=algorithm, key_resolver=Keys(signer))
    message = Message(sent.method, sent.url, dict(sent.headers))
    (result,) = library.verify(message, body=body)
    assert result.body == body
    assert {name.strip('"') for name in result.covered_components} == {*COVERED, "@signature-params"}
    with pytest.raises(InvalidSignature):
        library.verify(replace(message, url=INBOX + "?other"), body=body)


@pytest.mark.shows(
    "RFC 9421", "What another library signs, we verify, with RSA and Ed25519.", peer="http-message-signatures", how="library"
)
@BOTH
def test_what_is_signed_there_verifies_here(signer: Signer, algorithm: type) -> None:
    received = _theirs(signer, algorithm)
    _verify(received, signer)
    with pytest.raises(BadSignature):
        _verify(replace(received, target="/elsewhere"), signer)


@BOTH
def test_what_is_signed_there_over_too_little_is_refused_here(signer: Signer, algorithm: type) -> None:
    with pytest.raises(CoversTooLittle):
        _verify(_theirs(signer, algorithm, ("@method", "@authority")), signer)
