"""Passkeys: what a browser is asked for, and what it must prove. Spec: WebAuthn 3 §7.1; WebAuthn 3 §7.2."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from node.contracts import House
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.shelves.accounts import Accounts, PasskeyRow
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork

#: So many may one person have; so long is what one is called; so long may a proof be, and so long wait for it.
MOST, LONGEST_NAME, LONGEST_PROOF, LASTS = 20, 100, 20_000, timedelta(minutes=5)
#: The kinds of token that are challenges.
NEW, KNOWN = "passkey-new", "passkey"
#: What the library raises for keys that no device makes.
_NONSENSE = (ValueError, KeyError, IndexError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a browser sends: its words as they came, the challenge that they answer, and which passkey it used."""

    words: str
    challenge: str
    key: str


def may_have_passkeys(house: House) -> bool:
    """Whether browsers make passkeys for this site: they want a name, not a number, and https but on the machine itself."""
    host = urlsplit(house.url).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return house.url.startswith("https:") or host == "localhost"
    return False


def ask_for_new(uow: UnitOfWork, house: House, member: MemberRow) -> str:
    """What the browser of a member is asked to make, as JSON; raises Conflict when they have very many."""
    from webauthn import base64url_to_bytes, generate_registration_options, options_to_json  # noqa: PLC0415 -- heavy, seldom
    from webauthn.helpers.structs import (  # noqa: PLC0415 -- as above
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    held = Accounts(uow.ground).passkeys.of(member.iri)
    if len(held) >= MOST:
        raise Conflict(f"{MOST} passkeys are many; remove one first.")
    asked = generate_registration_options(
        rp_id=urlsplit(house.url).hostname or "",
        rp_name=house.name,
        user_id=_handle(member.iri),
        user_name=member.email,
        user_display_name=member.name,
        challenge=uow.sessions.create_token(NEW, member.iri, house.now + LASTS).encode(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(row.id)) for row in held],
    )
    return options_to_json(asked)


def ask_for_known(uow: UnitOfWork, house: House, tried: tuple[int, ...]) -> str:
    """What the browser of anybody is asked for who wants to come in, as JSON: it tells nothing of who has an account.

    `tried` is the try that it counts as, until it is answered.
    """
    from webauthn import generate_authentication_options, options_to_json  # noqa: PLC0415 -- heavy, seldom
    from webauthn.helpers.structs import UserVerificationRequirement  # noqa: PLC0415 -- as above

    asked = generate_authentication_options(
        rp_id=urlsplit(house.url).hostname or "",
        challenge=uow.sessions.create_token(KNOWN, "", house.now + LASTS, " ".join(map(str, tried))).encode(),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(asked)


def read_proof(words: str) -> Proof:
    """What a browser sent; raises Invalid for what is none of it."""
    if len(words) > LONGEST_PROOF:
        raise Invalid("This is no passkey.")
    try:
        said = json.loads(words)
        client = json.loads(_decoded(said["response"]["clientDataJSON"]))
        return Proof(words=words, challenge=_decoded(client["challenge"]).decode("ascii"), key=str(said["id"]))
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Invalid("This is no passkey.") from fault


def keep(uow: UnitOfWork, house: House, person: str, proof: Proof, name: str) -> None:
    """Keeps a new passkey of a member; raises Invalid when it does not prove what it must."""
    from webauthn import verify_registration_response  # noqa: PLC0415 -- heavy, seldom
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415 -- as above

    if uow.sessions.use_token(NEW, proof.challenge, house.now) != person:
        raise Invalid("This passkey answers no question of this site.")
    try:
        found = verify_registration_response(
            credential=proof.words,
            expected_challenge=proof.challenge.encode(),
            expected_rp_id=urlsplit(house.url).hostname or "",
            expected_origin=house.url,
            require_user_verification=True,
        )
    except (WebAuthnException, *_NONSENSE) as fault:
        raise Invalid("This passkey does not prove what it must.") from fault
    shelf, key = Accounts(uow.ground).passkeys, _encoded(found.credential_id)
    if shelf.get(key) is not None:
        raise Conflict("This passkey is kept already.")
    shelf.add(
        PasskeyRow(
            id=key,
            person=person,
            public_key=_encoded(found.credential_public_key),
            uses=found.sign_count,
            name=" ".join(name.split())[:LONGEST_NAME],
            created_at=house.now,
        )
    )


def proven(uow: UnitOfWork, house: House, proof: Proof) -> tuple[str, tuple[int, ...]]:
    """Who comes in with a passkey, and the try that it was; raises NotAllowed for whoever proves nothing."""
    from webauthn import base64url_to_bytes, verify_authentication_response  # noqa: PLC0415 -- heavy, seldom
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415 -- as above

    shelf = Accounts(uow.ground).passkeys
    asked, row = uow.sessions.take_token(KNOWN, proof.challenge, house.now), shelf.get(proof.key)
    if asked is None or row is None:
        raise NotAllowed("This passkey is not known here.")
    try:
        found = verify_authentication_response(
            credential=proof.words,
            expected_challenge=proof.challenge.encode(),
            expected_rp_id=urlsplit(house.url).hostname or "",
            expected_origin=house.url,
            credential_public_key=base64url_to_bytes(row.public_key),
            credential_current_sign_count=row.uses,
            require_user_verification=True,
        )
    except (WebAuthnException, *_NONSENSE) as fault:
        raise NotAllowed("This passkey does not prove what it must.") from fault
    shelf.used(row.id, found.new_sign_count, house.now)
    return row.person, tuple(int(number) for number in asked.content.split())


def let_go(uow: UnitOfWork, person: str, key: str) -> None:
    """Forgets a passkey of a member; raises NotFound."""
    if not Accounts(uow.ground).passkeys.remove(person, key):
        raise NotFound("There is no such passkey.")


def _handle(person: str) -> bytes:
    """By what a device knows a person: it says nothing about them."""
    return hashlib.sha256(b"passkey\0" + person.encode()).digest()


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
