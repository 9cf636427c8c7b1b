"""Opens the first day: uses the printed key up, makes the account of who looks after the node, and lets them in."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from federation.messages import Received
from node.actions.add_member import Newcomer, add_member, appoint
from node.actions.set_password import hashed_soon
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.devices import device
from node.domain.guessing import Way
from node.domain.letters import is_address
from node.domain.passwords import SHORTEST, fault
from node.errors import Invalid, NotAllowed
from node.storage.household import KEY, begin, keep_household, kept_household
from node.storage.unit_of_work import UnitOfWork
from node.web.first_day import PATH
from node.web.forms import field_of
from node.web.middleware import session
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Lets in whoever holds the key; raises Invalid with what is wrong, NotAllowed for a key that opens nothing."""
    key, house = field_of(received, "cle")[:200], visit.house
    if await tools.database.read(lambda uow: uow.sessions.look_at_token(KEY, key, house.now)) is None:
        raise NotAllowed("This key has been used already, or is too old: start the program again for another one.")
    newcomer = _newcomer(received, visit)
    secret = field_of(received, "secret")
    hashed = await hashed_soon(secret, (newcomer.name, newcomer.email)) if secret else ""
    words = device(next(iter(received.values("User-Agent")), "")[:500])

    def enter(uow: UnitOfWork) -> str:
        token = uow.sessions.take_token(KEY, key, house.now)
        if token is None:
            raise NotAllowed("This key has been used already, or is too old: start the program again for another one.")
        person = _account(uow, visit, token.person, replace(newcomer, password_hash=hashed))
        begin(uow, house.now)
        keep_household(uow, replace(kept_household(uow), language=newcomer.language))
        return uow.sessions.open(person, house.now, way=Way.KEY, device=words)

    opened = await tools.database.write(enter)
    cookie = session.opened(opened, is_secure=house.url.startswith("https:"))
    there = ("Location", f"{house.url}{PATH}/organisation?langue={newcomer.language}")
    return Reply(body=b"", media_type="text/plain", status=HTTPStatus.SEE_OTHER, headers=(there, cookie))


def _newcomer(received: Received, visit: Visit) -> Newcomer:
    language = language_of(field_of(received, "langue_choisie") or visit.language)
    tongue = Tongue(language_of(visit.language))
    name, email = " ".join(field_of(received, "nom").split()), field_of(received, "courriel").strip().lower()
    secret = field_of(received, "secret")
    wrong: dict[str, str] = {}
    if not 0 < len(name) <= 120:  # noqa: PLR2004 -- as in the form
        wrong["nom"] = tongue.say("Écrivez votre nom, comme les autres vous le diront.")
    if not is_address(email):
        wrong["courriel"] = tongue.say("Ce n’est pas une adresse de courriel, par exemple lise@exemple.org.")
    if secret and fault(secret, (name, email)):
        wrong["secret"] = tongue.say(
            "Ce mot de passe se devine, ou est trop court\u00a0: %(n)s signes au moins. Une petite phrase convient très bien.",
            n=SHORTEST,
        )
    if wrong:
        raise Invalid("This form is not right.", problems=wrong)
    return Newcomer(email=email, name=name, language=language)


def _account(uow: UnitOfWork, visit: Visit, known: str, newcomer: Newcomer) -> str:
    """The account of whoever looks after the node: the one that was named before, under the name and address said now."""
    row = uow.members.get(known) if known else None
    if row is None:
        row = add_member(uow, visit.house, newcomer)
    other = uow.members.by_email(newcomer.email)
    is_free = other is None or other.iri == row.iri
    email, secret = newcomer.email if is_free else row.email, newcomer.password_hash or row.password_hash
    uow.members.add(replace(row, name=newcomer.name, email=email, password_hash=secret, language=newcomer.language))
    appoint(uow, visit.house, row.iri)
    return row.iri


ENDPOINT = Endpoint(path=PATH, receive=receive)
