"""A member changes how they come in, and ends sessions. What opens doors is changed by whoever came in a moment ago only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from federation.messages import Received
from node.actions import change_account
from node.actions.change_account import BY_CLOCK, CONFIRMED, account, propose_address
from node.actions.come_in import guess, is_fresh, let_in_again
from node.actions.keep_passkey import let_go
from node.actions.set_password import change_password, hashed_soon
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.guessing import Way
from node.domain.letters import is_address
from node.domain.passwords import Fault, fault
from node.domain.returning import within
from node.errors import Invalid, NotAllowed, NotFound
from node.storage import first_proof
from node.storage.office import keepers
from node.storage.shelves.accounts import Accounts
from node.storage.unit_of_work import UnitOfWork
from node.web.doors import ACCESS, BACK, CLOCK
from node.web.entering import STALE, is_secure, knock, often, onward, problem, session_of
from node.web.entry_letters import address_letter, change_letter, proof_letter
from node.web.forms import back, field_of
from node.web.middleware import session
from node.web.translations import phrase

_FAULTS = {
    Fault.SHORT: phrase("C’est trop court\u00a0: il faut au moins 12 caractères. Une courte phrase fait très bien l’affaire."),
    Fault.LONG: phrase("C’est trop long\u00a0: 256 caractères au plus."),
    Fault.COMMON: phrase("Ce mot de passe est parmi les premiers que l’on essaierait. Prenez une courte phrase, à vous seul·e."),
    Fault.NAMED: phrase("Ce mot de passe est surtout un nom que tout le monde connaît. Prenez une courte phrase."),
}
_NO_ADDRESS = phrase("Écrivez votre adresse de courriel, par exemple nom@exemple.org.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One wish of a member, with all that it takes."""

    tools: Tools
    received: Received
    visit: Visit

    @property
    def person(self) -> str:
        """Whose wish it is."""
        return self.visit.reader.actor


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises Invalid with what is wrong."""
    if not visit.form_token:
        raise NotAllowed
    deed, asked = field_of(received, "geste"), Asked(tools=tools, received=received, visit=visit)
    if deed in _ANY_TIME:
        return await _ANY_TIME[deed](asked)
    if deed not in _FRESH:
        raise Invalid("Nothing like that can be done here.")
    house, here, person = visit.house, session_of(received, visit), asked.person
    if not await tools.database.read(lambda uow: is_fresh(uow, house, here, person)):
        raise problem(visit, "", STALE)
    return await _FRESH[deed](asked)


async def _password(asked: Asked) -> Reply:
    visit, person, house = asked.visit, asked.person, asked.visit.house
    row = await asked.tools.database.read(lambda uow: account(uow, person))
    password, about = field_of(asked.received, "mot_de_passe"), (row.name, row.email, house.name)
    wrong = fault(password, about)
    if wrong:
        raise problem(visit, "mot_de_passe", _FAULTS[wrong])
    secret, who = await hashed_soon(password, about), knock(asked.received, visit)

    def change(uow: UnitOfWork) -> str:
        change_password(uow, person, secret)
        uow.letters.put(change_letter(house, row, "mot-de-passe"))
        return let_in_again(uow, house, person, who, Way.PASSWORD)

    opened = await asked.tools.database.write(change)
    done = back(visit, ACCESS, "mot-de-passe")
    return replace(done, headers=(*done.headers, session.opened(opened, is_secure=is_secure(visit))))


async def _address(asked: Asked) -> Reply:
    visit, person, house = asked.visit, asked.person, asked.visit.house
    email, who = field_of(asked.received, "courriel").strip().lower(), knock(asked.received, visit)
    if not is_address(email):
        raise problem(visit, "courriel", _NO_ADDRESS)

    def propose(uow: UnitOfWork) -> bool:
        if guess(uow, house, Way.LETTER, email, who) is None:
            return False
        token = propose_address(uow, house, person, email)
        if token:
            letter = address_letter(house, account(uow, person), email, token)
            uow.letters.put(replace(letter, until=house.now + CONFIRMED))
        return True

    if not await asked.tools.database.write(propose):
        raise often(visit)
    return back(visit, ACCESS, "courriel")


async def _begin_clock(asked: Asked) -> Reply:
    house, person = asked.visit.house, asked.person
    token = await asked.tools.database.write(lambda uow: change_account.begin_clock(uow, house, person))
    there = BACK, within(field_of(asked.received, BACK))
    return onward(asked.visit, CLOCK, ("langue", asked.visit.language), (BY_CLOCK, token), there)


async def _end_clock(asked: Asked) -> Reply:
    house, person = asked.visit.house, asked.person

    def end(uow: UnitOfWork) -> None:
        change_account.end_clock(uow, person)
        uow.letters.put(change_letter(house, account(uow, person), "sans-code"))

    await asked.tools.database.write(end)
    return back(asked.visit, ACCESS, "code-retire")


async def _let_go_of_key(asked: Asked) -> Reply:
    person, key = asked.person, field_of(asked.received, "qui")
    await asked.tools.database.write(lambda uow: let_go(uow, person, key))
    return back(asked.visit, ACCESS, "cle-retiree")


async def _unlink(asked: Asked) -> Reply:
    person, issuer = asked.person, field_of(asked.received, "qui")
    await asked.tools.database.write(lambda uow: Accounts(uow.ground).providers.unlink(issuer, person))
    return back(asked.visit, ACCESS, "delie")


async def _ask_for_proof(asked: Asked) -> Reply:
    visit, person, house, who = asked.visit, asked.person, asked.visit.house, knock(asked.received, asked.visit)

    def ask(uow: UnitOfWork) -> bool:
        here = uow.sessions.get(who.session, house.now)
        if here is None or not first_proof.is_held_back(uow, house, here):
            raise NotFound("Nobody has to wait for this.")
        if guess(uow, house, Way.LETTER, person, who) is None:
            return False
        opens_at = first_proof.ask(uow, house, person)
        known = [row for iri in keepers(uow, house) if (row := uow.members.get(iri)) is not None] if opens_at else []
        for row in known:
            uow.letters.put(proof_letter(house, row, account(uow, person), opens_at or house.now))
        return True

    if not await asked.tools.database.write(ask):
        raise often(visit)
    return back(visit, ACCESS, "demande")


async def _stop_proof(asked: Asked) -> Reply:
    person = asked.person
    await asked.tools.database.write(lambda uow: first_proof.stop(uow, person))
    return _left(asked)


async def _close(asked: Asked) -> Reply:
    person, mark = asked.person, field_of(asked.received, "qui")
    if not await asked.tools.database.write(lambda uow: uow.sessions.close_marked(person, mark)):
        raise NotFound("There is no such session.")
    return back(asked.visit, ACCESS, "ferme")


async def _close_all(asked: Asked) -> Reply:
    person = asked.person
    await asked.tools.database.write(lambda uow: uow.sessions.close_all(person))
    return _left(asked)


def _left(asked: Asked) -> Reply:
    left = onward(asked.visit, "/", ("langue", asked.visit.language))
    return replace(left, headers=(*left.headers, session.closed(is_secure=is_secure(asked.visit))))


_Deeds = Mapping[str, Callable[[Asked], Awaitable[Reply]]]
_FRESH: _Deeds = {
    "mot-de-passe": _password,
    "courriel": _address,
    "code": _begin_clock,
    "retirer-code": _end_clock,
    "retirer-cle": _let_go_of_key,
    "delier": _unlink,
}
_ANY_TIME: _Deeds = {"fermer": _close, "fermer-tout": _close_all, "attendre": _ask_for_proof, "pas-moi": _stop_proof}

ENDPOINT = Endpoint(path=ACCESS, receive=receive)
