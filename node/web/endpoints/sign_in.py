"""The door: opens a session with a password or with a link that works once; sends such a link.

A GET opens nothing: whoever looks ahead at links must not use them up. Names that nobody has are answered as those that somebody
has, in words and in time.
"""

from __future__ import annotations

from dataclasses import replace

from federation.messages import Received
from node.actions.come_in import BY_LINK, LINK, Admitted, Knock, Refused, guess, let_in, right
from node.actions.set_password import is_password
from node.contracts import Endpoint, House, Reply, Tools, Visit
from node.domain.guessing import Way
from node.domain.letters import is_address
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.doors import DOOR
from node.web.entering import entered, knock, onward, problem, refusal
from node.web.entry_letters import link_letter
from node.web.forms import field_of
from node.web.translations import phrase

_WRONG = phrase("Ce courriel et ce mot de passe ne vont pas ensemble. Vérifiez-les, ou recevez un lien par courriel.")
_USED = phrase("Ce lien a déjà servi, ou il est trop vieux. Demandez-en un autre ici.")
_NO_ADDRESS = phrase("Écrivez votre adresse de courriel, par exemple nom@exemple.org.")
_NO_PASSWORD = phrase("Écrivez votre mot de passe, ou demandez un lien par courriel.")


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Lets in, or sends a link; raises Invalid with what is wrong."""
    who = knock(received, visit)
    token = field_of(received, "jeton") or visit.query.get("jeton", "")
    if token:
        try:
            return entered(visit, await _by_link(tools, visit.house, token, who))
        except NotAllowed as used:
            raise problem(visit, "", _USED) from used
    email = field_of(received, "courriel").strip().lower()
    if not is_address(email):
        raise problem(visit, "courriel", _NO_ADDRESS)
    if field_of(received, "geste") == "lien":
        return await _send_link(tools, visit, email, who)
    password = field_of(received, "mot_de_passe")
    if not password:
        raise problem(visit, "mot_de_passe", _NO_PASSWORD)
    admitted = await _by_password(tools, visit.house, email, password, who)
    if admitted.refused:
        raise refusal(visit, admitted.refused, _WRONG)
    return entered(visit, admitted)


async def _by_link(tools: Tools, house: House, token: str, who: Knock) -> Admitted:
    def enter(uow: UnitOfWork) -> Admitted:
        taken = uow.sessions.take_token(BY_LINK, token, house.now)
        if taken is None:
            raise NotAllowed("This link has been used already, or is too old.")
        return let_in(uow, house, taken.person, who, Way.MACHINE if taken.content == Way.MACHINE else Way.LETTER)

    return await tools.database.write(enter)


async def _by_password(tools: Tools, house: House, email: str, password: str, who: Knock) -> Admitted:
    def try_it(uow: UnitOfWork) -> tuple[tuple[int, ...] | None, str, str]:
        row = uow.members.by_email(email)
        return guess(uow, house, Way.PASSWORD, email, who), row.iri if row else "", row.password_hash if row else ""

    tried, person, kept = await tools.database.write(try_it)
    if tried is None:
        return Admitted(refused=Refused.OFTEN)
    if not await is_password(password, kept):
        return Admitted(refused=Refused.WRONG)

    def enter(uow: UnitOfWork) -> Admitted:
        right(uow, tried)
        return let_in(uow, house, person, who, Way.PASSWORD)

    return await tools.database.write(enter)


async def _send_link(tools: Tools, visit: Visit, email: str, who: Knock) -> Reply:
    house = visit.house

    def send(uow: UnitOfWork) -> bool:
        if guess(uow, house, Way.LETTER, email, who) is None:
            return False
        row = uow.members.by_email(email)
        if row is not None:
            token = uow.sessions.create_token(BY_LINK, row.iri, house.now + LINK)
            uow.letters.put(replace(link_letter(house, row, token, who.back), until=house.now + LINK))
        return True

    if not await tools.database.write(send):
        raise refusal(visit, Refused.OFTEN, "")
    return onward(visit, DOOR, ("langue", visit.language), ("fait", "lien"), ("vers", who.back))


ENDPOINT = Endpoint(path=DOOR, receive=receive, is_open=True)
