"""What an organisation's own door is asked, and what of its answers is believed.

Spec: OpenID Connect Core §3.1; OpenID Connect Discovery §4.3; RFC 7636 §4; RFC 9207 §2.4; RFC 9700 §4.4.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from node.errors import Invalid

#: How an assertion may be signed: by a key that the provider publishes, never by a secret that others share.
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
SCOPE = "openid email profile"
#: Clocks differ by so many seconds; an assertion is no older than so many.
SKEW, OLDEST = 60, 600
_LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What a provider says of itself: where it is asked, where codes are exchanged, with which keys it signs."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str = ""
    takes_secret_in_body: bool = False
    names_itself: bool = False

    @property
    def document(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Somebody who is on the way to their organisation's door and back; `tried` numbers the tries that it counts as."""

    provider: str
    state: str
    nonce: str
    verifier: str
    back: str = ""
    tried: str = ""

    @property
    def tries(self) -> tuple[int, ...]:
        """The numbers of the tries."""
        return tuple(int(number) for number in self.tried.split())

    @property
    def content(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """Whom a provider vouches for; `email` is one that it has verified, "" for none."""

    issuer: str
    subject: str
    email: str = ""


def configuration(body: bytes, issuer: str, *, allow_http: bool = False) -> Configuration:
    """What the document at an issuer's well-known address says; raises Invalid when it is of another, or lacks something."""
    said = read_object(body)
    if said.get("issuer") != issuer:
        raise Invalid("This configuration is that of another issuer.")
    places = {name: said.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    if not all(_is_address(place, allow_http=allow_http) for place in places.values()):
        raise Invalid("This configuration does not say where to ask.")
    methods = said.get("code_challenge_methods_supported")
    if isinstance(methods, list) and "S256" not in methods:
        raise Invalid("This provider takes no proof key (S256).")
    userinfo, ways = said.get("userinfo_endpoint", ""), said.get("token_endpoint_auth_methods_supported")
    return Configuration(
        issuer=issuer,
        authorization=str(places["authorization_endpoint"]),
        token=str(places["token_endpoint"]),
        keys=str(places["jwks_uri"]),
        userinfo=str(userinfo) if _is_address(userinfo, allow_http=allow_http) else "",
        takes_secret_in_body=isinstance(ways, list) and "client_secret_basic" not in ways,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )


def kept(document: str) -> Configuration:
    """A configuration as it was kept."""
    return Configuration(**json.loads(document))


def on_errand(content: str) -> Errand:
    """An errand as it was kept."""
    return Errand(**json.loads(content))


def new_errand(provider: str, back: str, tries: Iterable[int] = ()) -> Errand:
    """Somebody sets out."""
    return Errand(
        provider=provider,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        back=back,
        tried=" ".join(str(number) for number in tries),
    )


def address(found: Configuration, errand: Errand, client: str, redirect: str, language: str) -> str:
    """Where somebody goes to be vouched for."""
    challenge = urlsafe_b64encode(hashlib.sha256(errand.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": client,
        "redirect_uri": redirect,
        "scope": SCOPE,
        "state": errand.state,
        "nonce": errand.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "ui_locales": language,
    }
    return f"{found.authorization}{'&' if urlsplit(found.authorization).query else '?'}{urlencode(query)}"


def exchange(
    found: Configuration, errand: Errand, code: str, redirect: str, *, client: str, secret: str
) -> tuple[tuple[tuple[str, str], ...], bytes]:  # fmt: skip
    """Headers and body of the request that turns a code into an assertion. Spec: OpenID Connect Core §3.1.3.1."""
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect, "code_verifier": errand.verifier}
    headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
    if secret and not found.takes_secret_in_body:
        known = b64encode(f"{quote_plus(client)}:{quote_plus(secret)}".encode()).decode()
        headers.append(("Authorization", f"Basic {known}"))
    else:
        fields |= {"client_id": client} | ({"client_secret": secret} if secret else {})
    return tuple(headers), urlencode(fields).encode()


def is_answer_of(found: Configuration, issuer: str) -> bool:
    """Whether what somebody is sent back with comes from the provider that they set out for, as far as it names itself.

    One provider could else lead them to another, and get the code that was meant for that. Spec: RFC 9207 §2.4.
    """
    return issuer == found.issuer if issuer or found.names_itself else True


def may_be_confused(found: Configuration, secret: str) -> bool:
    """Whether another provider could have codes of this one brought to itself, and use them: no name in its answers, no secret.

    That other one leads people on to this one; they come back with its code, which is then taken where they had set out for.
    """
    return not secret and not found.names_itself


def assertion(body: bytes) -> tuple[str, str]:
    """The assertion and the access token in the answer to an exchange; raises Invalid without an assertion."""
    said = read_object(body)
    token, access = said.get("id_token"), said.get("access_token")
    if not isinstance(token, str):
        raise Invalid("The provider vouched for nobody.")
    return token, access if isinstance(access, str) else ""


def believed(claims: Mapping[str, Any], errand: Errand, found: Configuration, client: str, now: float) -> Voucher:
    """Whom an assertion, its signature checked, vouches for; raises Invalid for one that is not ours, not now, or not asked for.

    Spec: OpenID Connect Core §3.1.3.7.
    """
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    is_ours = client in audiences and (len(audiences) == 1 or claims.get("azp") == client)
    if claims.get("iss") != found.issuer or not is_ours or claims.get("nonce") != errand.nonce:
        raise Invalid("This assertion was made for somebody else.")
    expires, issued = claims.get("exp"), claims.get("iat")
    if not isinstance(expires, int | float) or not isinstance(issued, int | float):
        raise Invalid("This assertion does not say when it was made.")
    if now > expires + SKEW or not issued - SKEW <= now <= issued + OLDEST:
        raise Invalid("This assertion is not of now.")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST or not subject.isprintable():
        raise Invalid("This assertion names nobody.")
    return Voucher(issuer=found.issuer, subject=subject, email=verified_email(claims))


def verified_email(claims: Mapping[str, Any]) -> str:
    """The address that a provider says it has verified, "" for one that it merely repeats."""
    email = claims.get("email")
    if not isinstance(email, str) or not email.isprintable():
        return ""
    return email.strip().lower() if claims.get("email_verified") is True else ""


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in an answer; raises Invalid for anything else."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise Invalid("This is no JSON.") from fault
    if not isinstance(said, dict):
        raise Invalid("This is no JSON object.")
    return said


def _is_address(text: object, *, allow_http: bool) -> bool:
    if not isinstance(text, str) or len(text) > _LONGEST or not text.isascii() or any(sign.isspace() for sign in text):
        return False
    try:
        parts = urlsplit(text)
        is_whole = bool(parts.hostname) and parts.port != 0  # asked for, a port that is none raises as well
    except ValueError:
        return False
    return is_whole and parts.scheme in ({"https", "http"} if allow_http else {"https"})
