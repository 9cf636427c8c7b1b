"""A member shows that their clock makes the right codes; then it is asked for. Their codes for paper are shown once."""

from __future__ import annotations

from dataclasses import replace

from federation.messages import Received
from node.actions.change_account import BY_CLOCK, ON_PAPER, account, set_clock
from node.actions.come_in import Knock, Refused, guess, is_fresh, let_in_again, right
from node.contracts import Endpoint, House, Reply, Tools, Visit
from node.domain.guessing import Way
from node.domain.returning import within
from node.errors import NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.doors import ACCESS, BACK, CLOCK
from node.web.entering import STALE, is_secure, knock, onward, problem, refusal
from node.web.entry_letters import change_letter
from node.web.forms import field_of
from node.web.middleware import session
from node.web.translations import phrase

_WRONG = phrase("Ce code n’est pas celui du moment. Vérifiez l’heure de votre téléphone, et recopiez le code qu’il montre.")
_LATE = phrase("Trop de temps a passé. Reprenez depuis «\u00a0Préparer le code\u00a0».")


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Begins the second factor, or lets go of the codes that were read; raises Invalid with what is wrong."""
    person, house, who = visit.reader.actor, visit.house, knock(received, visit)
    sent, there = (field_of(received, BY_CLOCK), field_of(received, "code")), (BACK, within(field_of(received, BACK)))
    if not visit.form_token:
        raise NotAllowed
    if field_of(received, "geste") == "lus":
        await tools.database.write(lambda uow: uow.sessions.void_tokens(person, ON_PAPER))
        return onward(visit, ACCESS, ("langue", visit.language), ("fait", "code"), there)

    try:
        done = await tools.database.write(lambda uow: _begin(uow, house, person, sent, who))
    except NotFound as late:
        raise problem(visit, "", _LATE) from late
    if done is None:
        raise problem(visit, "", STALE)
    if isinstance(done, Refused):
        raise refusal(visit, done, _WRONG)
    paper, opened = done
    codes = onward(visit, CLOCK, ("langue", visit.language), (ON_PAPER, paper), there)
    return replace(codes, headers=(*codes.headers, session.opened(opened, is_secure=is_secure(visit))))


def _begin(uow: UnitOfWork, house: House, person: str, sent: tuple[str, str], who: Knock) -> tuple[str, str] | Refused | None:
    """A token that holds the codes for paper, and a new session: who came in without a code does not stay in elsewhere.

    Or why not; None for somebody who came in too long ago.
    """
    if not is_fresh(uow, house, who.session, person):
        return None
    tried = guess(uow, house, Way.CODE, person, who)
    if tried is None:
        return Refused.OFTEN
    paper = set_clock(uow, house, person, *sent)
    if not paper:
        return Refused.WRONG
    right(uow, tried)
    uow.letters.put(change_letter(house, account(uow, person), "code"))
    return paper, let_in_again(uow, house, person, who)


ENDPOINT = Endpoint(path=CLOCK, receive=receive)
