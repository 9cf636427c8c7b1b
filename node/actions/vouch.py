"""People come in through the door of their own organisation: it vouches for them, and their account here is theirs.

An account is linked by an address that the organisation has verified, or in being made, by somebody who was invited here;
nobody gets one by coming from there, and none that is there already is linked by an invitation.
Spec: OpenID Connect Core §3.1; OpenID Connect Discovery §4.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from federation.errors import RemoteError
from federation.messages import Outgoing
from node.contracts import House, Outside
from node.domain import vouching
from node.domain.identifiers import slug
from node.domain.vouching import ALGORITHMS, Configuration, Errand, Voucher
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.shelves.accounts import Accounts
from node.storage.shelves.providers import ProviderRow
from node.storage.unit_of_work import UnitOfWork

#: What a provider says of itself is asked for anew after so long; somebody is back within so long.
KNOWN_FOR, AWAY = timedelta(days=1), timedelta(minutes=10)
#: The kinds of token: what the browser keeps while somebody is away, and where they are led.
ON_ERRAND, OUT = "errand", "errand-out"
#: That of what the browser keeps of somebody who was vouched for, while they answer their invitation; and for how long.
VOUCHED, ANSWERING = "vouched", timedelta(minutes=10)
#: Where invitations are answered.
INVITATION = "/invitation/"
#: Where providers send people back to.
RETURN = "/entrer/retour"
MOST, LONGEST = 20, 300
_JSON = (("Accept", "application/json"),)
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A provider as somebody who looks after the node tells it."""

    name: str
    issuer: str
    client: str
    secret: str = ""


class Confusable(Conflict):
    """Beside another provider, this one must name itself in its answers (RFC 9207), or know this node by a secret."""


async def look_up(outside: Outside, house: House, issuer: str) -> Configuration:
    """What a provider says of itself; raises Invalid with what is wrong."""
    body = await _got(outside, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    return vouching.configuration(body, issuer, allow_http=house.allow_http)


def offer(uow: UnitOfWork, house: House, said: Offer, found: Configuration) -> ProviderRow:
    """Lets people come in by a provider; one of the same issuer is changed, and keeps its secret unless another is given.

    Raises Invalid, Conflict for one too many, Confusable where one provider could take what was meant for another.
    """
    shelf, name = Accounts(uow.ground).providers, " ".join(said.name.split())
    if not name or not said.client or max(map(len, (name, said.issuer, said.client, said.secret))) > LONGEST:
        raise Invalid("A provider has a name, an address and a client of its own, none of them very long.")
    rows = shelf.all()
    known = next((row for row in rows if row.issuer == said.issuer), None)
    if known is None and len(rows) >= MOST:
        raise Conflict(f"{MOST} providers are many; remove one first.")
    taken = {row.slug for row in rows}
    free = next(each for each in (slug(name), *(f"{slug(name)}-{number}" for number in range(2, MOST + 2))) if each not in taken)
    row = ProviderRow(
        slug=known.slug if known else free,
        name=name,
        issuer=said.issuer,
        client=said.client,
        secret=said.secret or (known.secret if known else ""),
        document=found.document,
        looked_at=house.now,
    )
    together = [row, *(each for each in rows if each.issuer != said.issuer)]
    if len(together) > 1 and any(vouching.may_be_confused(vouching.kept(each.document), each.secret) for each in together):
        raise Confusable
    shelf.put(row)
    return row


def withdraw_offer(uow: UnitOfWork, provider: str) -> None:
    """Lets nobody come in by a provider any more; raises NotFound."""
    if not Accounts(uow.ground).providers.remove(provider):
        raise NotFound("There is no such provider.")


async def current(outside: Outside, house: House, row: ProviderRow) -> ProviderRow:
    """A provider with what it says of itself now, at most a day old; what was known serves while it does not answer."""
    if row.looked_at is not None and house.now - row.looked_at < KNOWN_FOR:
        return row
    try:
        found = await look_up(outside, house, row.issuer)
    except Invalid:
        return row
    return replace(row, document=found.document, looked_at=house.now)


def set_out(uow: UnitOfWork, house: House, row: ProviderRow, errand: Errand, language: str) -> tuple[str, str]:
    """Two tokens: what the browser keeps until somebody is back, and what holds the address that they go to."""
    there = vouching.address(vouching.kept(row.document), errand, row.client, f"{house.url}{RETURN}", language)
    Accounts(uow.ground).providers.put(row)
    until = house.now + AWAY
    return uow.sessions.create_token(ON_ERRAND, "", until, errand.content), uow.sessions.create_token(OUT, "", until, there)


def come_back(uow: UnitOfWork, house: House, kept: str, state: str, issuer: str) -> tuple[Errand, ProviderRow]:
    """Who is back from an errand that this very browser set out on, by `issuer`; raises NotAllowed for anybody else."""
    token = uow.sessions.take_token(ON_ERRAND, kept, house.now) if kept else None
    errand = vouching.on_errand(token.content) if token else None
    if errand is None or not hmac.compare_digest(errand.state.encode(), state.encode("utf-8", "replace")):
        raise NotAllowed("Nobody set out from here, or too long ago.")
    row = Accounts(uow.ground).providers.get(errand.provider)
    if row is None or not vouching.is_answer_of(vouching.kept(row.document), issuer):
        raise NotAllowed("This provider opens nothing here any more, or another one answers.")
    return errand, row


async def vouched(outside: Outside, house: House, errand: Errand, row: ProviderRow, code: str) -> Voucher:
    """Whom the provider vouches for, in exchange for a code; raises Invalid when it does not, or cannot be believed."""
    found = vouching.kept(row.document)
    headers, body = vouching.exchange(found, errand, code, f"{house.url}{RETURN}", client=row.client, secret=row.secret)
    answer = await _sent(outside, Outgoing(method="POST", url=found.token, headers=headers, body=body))
    token, access = vouching.assertion(answer)
    claims = _signed(token, vouching.read_object(await _got(outside, found.keys)))
    voucher = vouching.believed(claims, errand, found, row.client, house.now.timestamp())
    if voucher.email or not found.userinfo or not access:
        return voucher
    more = vouching.read_object(await _got(outside, found.userinfo, ("Authorization", f"Bearer {access}")))
    if more.get("sub") != voucher.subject:
        return voucher
    return replace(voucher, email=vouching.verified_email(more))


def whose(uow: UnitOfWork, house: House, voucher: Voucher) -> str:
    """The account of whoever is vouched for, linked now by its address if it was not; "" where there is none."""
    shelf = Accounts(uow.ground).providers
    person = shelf.person(voucher.issuer, voucher.subject)
    if person:
        return person
    row = uow.members.by_email(voucher.email) if voucher.email else None
    if row is None:
        return ""
    shelf.link(voucher.issuer, voucher.subject, row.iri, house.now)
    return row.iri


def invited(uow: UnitOfWork, house: House, voucher: Voucher, back: str) -> str:
    """What the browser keeps of somebody whom nobody knows here, and who is on the way to their invitation; "" for anybody else.

    An invitation of somebody who has an account is none for this: they come in by their own door.
    """
    invitation = urlsplit(back).path.removeprefix(INVITATION) if back.startswith(INVITATION) else ""
    row = uow.invitations.get(invitation) if invitation else None
    if row is None or not row.is_open(house.now) or uow.members.by_email(row.email) is not None:
        return ""
    content = json.dumps({"issuer": voucher.issuer, "subject": voucher.subject, "invitation": row.id})
    return uow.sessions.create_token(VOUCHED, "", house.now + ANSWERING, content)


def link_invited(uow: UnitOfWork, house: House, kept: str, invitation: int, person: str) -> None:
    """Links the account that somebody has just been given by an invitation with whom they were vouched for on the way to it."""
    token = uow.sessions.take_token(VOUCHED, kept, house.now) if kept else None
    said, shelf = json.loads(token.content) if token else {}, Accounts(uow.ground).providers
    if said.get("invitation") == invitation and not shelf.person(said["issuer"], said["subject"]):
        shelf.link(said["issuer"], said["subject"], person, house.now)


def _signed(token: str, keys: Any) -> dict[str, Any]:  # noqa: ANN401 -- what a provider says are its keys
    """The claims of an assertion that one of these keys signed; raises Invalid."""
    from joserfc import jwt  # noqa: PLC0415 -- only who has an organisation's door needs it
    from joserfc.errors import JoseError  # noqa: PLC0415 -- as above
    from joserfc.jwk import KeySet  # noqa: PLC0415 -- as above

    try:
        return dict(jwt.decode(token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS)).claims)
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Invalid("This assertion was not signed by the provider.") from fault


async def _got(outside: Outside, url: str, *headers: tuple[str, str]) -> bytes:
    return await _sent(outside, Outgoing(method="GET", url=url, headers=(*_JSON, *headers)))


async def _sent(outside: Outside, outgoing: Outgoing) -> bytes:
    try:
        answer = await outside.send(outgoing)
    except RemoteError as problem:
        raise Invalid(f"The provider does not answer: {problem}") from problem
    if answer.status != _OK:
        raise Invalid(f"The provider answers {answer.status}.")
    return answer.body
