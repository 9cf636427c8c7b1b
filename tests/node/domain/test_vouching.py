from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from node.domain import vouching
from node.domain.vouching import Configuration
from node.errors import Invalid

FOUND = Configuration(issuer="https://o.example", authorization="https://o.example/a?b=c", token="https://o.example/t", keys="k")
ERRAND = vouching.new_errand("o", "/agenda", (3, 4))
NOW = 1_800_000_000.0


def claims(**said: Any) -> dict[str, Any]:
    return {"iss": FOUND.issuer, "aud": "me", "nonce": ERRAND.nonce, "iat": NOW, "exp": NOW + 60, "sub": "u", **said}


def test_an_errand_is_kept_whole() -> None:
    assert vouching.on_errand(ERRAND.content) == ERRAND
    assert ERRAND.tries == (3, 4)
    assert vouching.kept(FOUND.document) == FOUND


def test_one_goes_out_with_a_proof_key_and_without_what_proves_it() -> None:
    there = vouching.address(FOUND, ERRAND, "me", "https://ici.example/entrer/retour", "fr")
    query = parse_qs(urlsplit(there).query)
    assert query["b"] == ["c"]
    assert query["code_challenge_method"] == ["S256"]
    assert ERRAND.verifier not in there


def test_a_secret_goes_in_the_header_unless_the_provider_wants_it_in_the_form() -> None:
    headers, body = vouching.exchange(FOUND, ERRAND, "c", "r", client="me", secret="s:é")
    assert any(name == "Authorization" for name, _ in headers)
    assert b"client_secret" not in body
    posted = Configuration(**{**json.loads(FOUND.document), "takes_secret_in_body": True})
    headers, body = vouching.exchange(posted, ERRAND, "c", "r", client="me", secret="s")
    assert not any(name == "Authorization" for name, _ in headers)
    assert b"client_secret=s" in body


def test_several_audiences_need_one_who_asked() -> None:
    assert vouching.believed(claims(aud=["me", "b"], azp="me"), ERRAND, FOUND, "me", NOW).subject == "u"
    with pytest.raises(Invalid):
        vouching.believed(claims(aud=["me", "b"]), ERRAND, FOUND, "me", NOW)


@pytest.mark.parametrize(
    "said",
    [
        {"exp": NOW - 61},
        {"iat": NOW - 601},
        {"iat": NOW + 61},
        {"exp": "x"},
        {"iat": None},
        {"sub": 3},
        {"sub": "x" * 3000},
        {"aud": None},
    ],
)
def test_an_assertion_is_of_now_and_of_somebody(said: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        vouching.believed(claims(**said), ERRAND, FOUND, "me", NOW)


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"issuer": "https://o.example"}'])
def test_what_is_no_configuration_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        vouching.configuration(body, "https://o.example")


def test_places_are_reached_safely() -> None:
    said = {
        "issuer": "i",
        "authorization_endpoint": "https://a.example",
        "token_endpoint": "http://a.example",
        "jwks_uri": "https://a.example",
    }
    with pytest.raises(Invalid):
        vouching.configuration(json.dumps(said).encode(), "i")
    assert vouching.configuration(json.dumps(said).encode(), "i", allow_http=True).token == "http://a.example"
