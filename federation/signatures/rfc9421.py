"""HTTP Message Signatures, the standard: `Signature-Input` says what is covered, `Signature` carries it, under one label.

Components with parameters (`;sf`, `;key`, `;bs`, `;req`, `;tr`) and @query-param are refused: nobody here needs them.
Spec: RFC 9421 §2.
Spec: RFC 9421 §3.
Spec: RFC 9651 §3.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

import http_sf
from http_sf.types import ParamsType

from federation.addresses import Origin, origin
from federation.errors import BadDigest, BadSignature, CoversTooLittle, WrongHost
from federation.messages import Outgoing, Received, SigningKey
from federation.signatures import claims, keys
from federation.signatures.claims import BODILESS, SignatureClaim
from federation.signatures.digest import check_digests, content_digest

NAME = "rfc9421"
LABEL = "sig1"
ALGORITHMS = frozenset({"", "rsa-v1_5-sha256", "ed25519"})

_DERIVED = frozenset({"@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query"})
_MOST_COMPONENTS = 50


def sign(outgoing: Outgoing, key: SigningKey, at: datetime) -> Outgoing:
    """The request with Date, Host, Content-Digest (unless it has no body by its method), Signature-Input and Signature.

    Covers @method, @target-uri, @authority, and for a body content-digest and content-type: what Mastodon and Fedify ask.
    Raises LocalError, ForbiddenAddress.
    """
    place, target = claims.place_of(outgoing.url)
    headers = [("Host", place.authority), ("Date", format_datetime(at.astimezone(UTC), usegmt=True))]
    covered = ["@method", "@target-uri", "@authority"]
    if outgoing.method not in BODILESS:
        headers.append(("Content-Digest", content_digest(outgoing.body)))
        covered += ["content-digest", *(name.lower() for name, _ in outgoing.headers if name.lower() == "content-type")]
    algorithm = "rsa-v1_5-sha256" if keys.kind_of(key.pem) == keys.RSA else "ed25519"
    parameters: ParamsType = {"created": int(at.timestamp()), "keyid": key.iri, "alg": algorithm}
    statement = _statement([(name, {}) for name in covered], parameters)
    request = Received(method=outgoing.method, target=target, headers=(*outgoing.headers, *headers), body=outgoing.body, at=at)
    signature = keys.sign_bytes(key.pem, claims.encoded(_base(request, place, tuple(covered), statement)))
    stated = [("Signature-Input", f"{LABEL}={statement}"), ("Signature", http_sf.ser({LABEL: signature}))]
    return claims.with_headers(outgoing, *headers, *stated)


def read(received: Received) -> SignatureClaim:
    """What Signature-Input and Signature say; raises BadSignature unless it is exactly one, clean and understood."""
    inputs = _dictionary(claims.only(received, "Signature-Input"), "Signature-Input")
    signatures = _dictionary(claims.only(received, "Signature"), "Signature")
    if len(inputs) != 1 or inputs.keys() != signatures.keys():
        raise BadSignature("There must be exactly one signature")
    ((label, stated),) = inputs.items()
    signature = _bare(signatures[label])
    if not isinstance(stated, tuple) or not isinstance(stated[0], list) or not isinstance(signature, bytes):
        raise BadSignature("The signature is not written as RFC 9421 wants it")
    parameters: Mapping[str, object] = stated[1]
    return SignatureClaim(
        standard=NAME,
        key_id=_text(parameters, "keyid"),
        algorithm=_algorithm(parameters),
        covered=_components(stated[0]),
        signature=signature,
        created=_moment(parameters, "created"),
        expires=_moment(parameters, "expires"),
        statement=_statement(*stated),
    )


def check(received: Received, claim: SignatureClaim) -> None:
    """Digest, window and coverage; raises BadDigest, StaleSignature or CoversTooLittle."""
    digests = check_digests(received)
    if claim.created is None:
        raise CoversTooLittle("The signature says no time: created is missing")
    claims.check_window(claim.created, claim.expires, received.at)
    needed = {"@method", "@target-uri"} | (set() if received.method in BODILESS else {"content-digest"})
    missing = needed - set(claim.covered)
    if missing:
        raise CoversTooLittle(f"The signature does not cover {', '.join(sorted(missing))}")
    if received.method not in BODILESS and "content-digest" not in digests:
        raise BadDigest("There is no Content-Digest")


def verify(received: Received, claim: SignatureClaim, pem: str, url: str) -> None:
    """The key `pem` made the signature over this very request to our address `url`; raises BadSignature, BadKey or WrongHost."""
    place = origin(url)
    if place is None:
        raise WrongHost("Our own address is not one")
    claims.proven(pem, claim, [_base(received, place, claim.covered, claim.statement)])


def _base(received: Received, place: Origin, covered: tuple[str, ...], statement: str) -> str:
    lines = [f'"{name}": {_value(received, place, name)}' for name in covered]
    return "\n".join([*lines, f'"@signature-params": {statement}'])


def _value(received: Received, place: Origin, name: str) -> str:
    if not name.startswith("@"):
        return claims.combined(received, name)
    path, _, query = received.target.partition("?")
    return {
        "@method": received.method,
        "@target-uri": f"{place}{received.target}",
        "@authority": place.authority,
        "@scheme": place.scheme,
        "@request-target": received.target,
        "@path": path,
        "@query": f"?{query}",
    }[name]


def _dictionary(text: str, name: str) -> http_sf.DictionaryType:
    try:
        found = http_sf.parse(text.encode("ascii"), tltype="dictionary", on_duplicate_key=_refuse_double)
    except (http_sf.StructuredFieldError, UnicodeEncodeError) as problem:
        raise BadSignature(f"{name} is not a structured field") from problem
    return found if isinstance(found, dict) else {}


def _statement(components: list[http_sf.ItemType], parameters: ParamsType) -> str:
    """The inner list that @signature-params holds, as it goes over the wire."""
    return http_sf.ser({LABEL: (components, parameters)}).removeprefix(f"{LABEL}=")


def _refuse_double(key: str, _where: str) -> None:
    raise BadSignature(f"The signature says {key} twice")


def _bare(member: object) -> object:
    return member[0] if isinstance(member, tuple) else member


def _components(items: list[http_sf.ItemType]) -> tuple[str, ...]:
    names = []
    for item in items:
        name, parameters = item if isinstance(item, tuple) else (item, {})
        if not isinstance(name, str) or parameters or (name.startswith("@") and name not in _DERIVED):
            raise BadSignature(f"The signature covers {str(name)[:50]!r} in a way that is not accepted")
        if name != name.lower():
            raise BadSignature("Covered components must be named in lower case")
        names.append(name)
    if len(set(names)) != len(names) or len(names) > _MOST_COMPONENTS:
        raise BadSignature("The signature covers a component twice, or too many")
    return tuple(names)


def _text(parameters: Mapping[str, object], name: str) -> str:
    value = parameters.get(name)
    if not isinstance(value, str) or not value:
        raise BadSignature(f"The signature says no {name}")
    return value


def _algorithm(parameters: Mapping[str, object]) -> str:
    value = parameters.get("alg", "")
    if not isinstance(value, str) or value not in ALGORITHMS:
        raise BadSignature(f"Signatures by {str(value)[:50]!r} are not accepted")
    return value


def _moment(parameters: Mapping[str, object], name: str) -> datetime | None:
    value = parameters.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadSignature(f"{name} is not a whole number of seconds")
    return claims.moment(value)
