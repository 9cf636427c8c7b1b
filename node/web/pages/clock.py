"""Where a member sets up the clock that makes their codes, and reads, once, the codes to keep on paper."""

from __future__ import annotations

from urllib.parse import quote

from node.actions.change_account import BY_CLOCK, ON_PAPER, account, held
from node.contracts import Page, View, Visit
from node.domain.returning import within
from node.domain.second_factor import grouped
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.doors import BACK, CLOCK
from node.web.squares import squares


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The secret as a drawing and as letters, or the codes for paper; raises NotFound for anybody else's, or none."""
    desk, row, house = Desk(uow, visit), account(uow, visit.reader.actor), visit.house
    token = visit.sent.get(BY_CLOCK, visit.query.get(BY_CLOCK, ""))[:200]
    secret = held(uow, house, row.iri, BY_CLOCK, token)
    codes = held(uow, house, row.iri, ON_PAPER, visit.query.get(ON_PAPER, "")[:200])
    if not secret and not codes and not visit.problems:
        raise NotFound
    name = f"{house.name}:{row.email}"
    address = f"otpauth://totp/{quote(name)}?secret={secret}&issuer={quote(house.name)}"
    return View(
        title=desk.tongue.say("Mes codes de secours") if codes else desk.tongue.say("Préparer le code"),
        values={
            "token": token,
            "back": within(visit.sent.get(BACK, visit.query.get(BACK, ""))),
            "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
            "drawing": squares(address) if secret else None,
            "codes": [grouped(code) for code in codes.split()],
        },
        is_secret=True,
    )


PAGE = Page(path=CLOCK, right="member", show=show)
