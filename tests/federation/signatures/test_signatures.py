"""The table of standards and the choice of the one that a request uses."""

from __future__ import annotations

import pytest

from federation import signatures
from federation.errors import BadSignature, LocalError, Unsigned
from kit.signing import NODE, NOW, M, arrived, post, signed, with_header


@pytest.mark.parametrize("standard", sorted(signatures.STANDARDS))
def test_a_request_tells_its_standard(standard: str) -> None:
    claim = signatures.claims_of(signed(M, standard=standard))
    assert (claim.standard, claim.key_id) == (standard, M.key.iri)


def test_a01_an_unsigned_request() -> None:
    with pytest.raises(Unsigned) as caught:
        signatures.claims_of(arrived(post(b"{}")))
    assert caught.value.status_hint == 401


def test_half_a_signature_is_a_bad_one() -> None:
    with pytest.raises(BadSignature):
        signatures.claims_of(with_header(signed(M, standard="rfc9421"), "Signature"))
    with pytest.raises(BadSignature):  # and does not fall back to the other standard
        signatures.claims_of(with_header(signed(M), "Signature-Input", 'sig1=("@method")'))


def test_an_empty_signature_is_a_bad_one() -> None:
    received = with_header(signed(M), "Signature", 'keyId="k",headers="date",signature=""')
    with pytest.raises(BadSignature, match="empty"):
        signatures.verify(received, signatures.claims_of(received), M.public.pem, NODE)


def test_there_is_no_other_standard() -> None:
    with pytest.raises(LocalError):
        signatures.sign("ld-signatures", post(b"{}"), M.key, NOW)
