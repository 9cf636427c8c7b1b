"""Sends the letters that wait, one conversation with the mail server each.

Spec: RFC 5321 §4.2.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from node.contracts import House, Job, Tools
from node.domain.letters import composed
from node.storage.claims import owner_here
from node.storage.postbox import kept_postbox, whole_postbox
from node.storage.shelves.letters import LetterRow
from node.storage.unit_of_work import UnitOfWork
from node.transport.mail import NotSent, send


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[LetterRow]:
    """Leases letters, once there is a mail server to give them to: until then they wait."""
    if not house.has_mail and kept_postbox(uow) is None:
        return ()
    return uow.letters.claim(house.now, owner_here(), n)


async def work(tools: Tools, row: LetterRow) -> None:
    """Sends one letter, and lets go of its words."""
    house = tools.house()
    postbox = tools.postbox or await tools.database.read(lambda uow: whole_postbox(uow, tools.data))
    if postbox is None:
        return  # taken away meanwhile: its lease runs out, and it waits again
    message = composed(row.letter, name=house.name, sender=postbox.sender, number=secrets.token_hex(16), at=house.now)
    try:
        await send(postbox, row.recipient, message)
    except NotSent as problem:
        reason, is_final = str(problem), problem.is_final
        await tools.database.write(lambda uow: uow.letters.failed(row, tools.house().now, reason, is_final=is_final))
        return
    await tools.database.write(lambda uow: uow.letters.sent(row, tools.house().now))


def _mishap(uow: UnitOfWork, house: House, row: LetterRow, reason: str) -> None:
    uow.letters.failed(row, house.now, reason, is_final=True)


JOB = Job(name="send_letter", every=2.0, claim=claim, work=work, at_once=4, mishap=_mishap)
