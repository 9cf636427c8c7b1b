"""A posted decision about something that was reported: the same for those of a community and those of the node."""

from __future__ import annotations

import contextlib

from federation.messages import Received
from node.actions.calm import calm, look_at_strangers, resume
from node.actions.decide import Verdict, decide, lift
from node.actions.report import report
from node.contracts import Reply, Tools, Visit
from node.domain.moderating import LONGEST_REASON, Measure
from node.errors import Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.forms import back, field_of, number_of
from node.web.translations import Tongue, language_of

#: What is decided about the pace of everybody, and about the first answers of strangers.
_PACE = frozenset({"ralentir", "reprendre", "retenir", "laisser"})


async def received_decision(tools: Tools, received: Received, visit: Visit, page: str, community: str) -> Reply:
    """Does it and leads back to the page; raises NotAllowed, NotFound, or Invalid with what is wrong."""
    if not visit.form_token:
        raise NotAllowed
    if field_of(received, "geste") == "lever" and community:
        person = field_of(received, "personne")
        await tools.database.write(lambda uow: lift(uow, visit.house, visit.reader.actor, community, person))
        return back(visit, page, "leve")
    if (deed := field_of(received, "geste")) in _PACE and community:
        await tools.database.write(lambda uow: _pace(uow, visit, deed, community, field_of(received, "sujet")))
        over = field_of(received, "sujet")
        return back(visit, f"{Addresses(visit).thing(over)}#conversations" if over else page, deed)
    verdict = _verdict(received, visit)

    def act(uow: UnitOfWork) -> None:
        known = uow.reports.get(verdict.report)
        decide(uow, visit.house, verdict)
        if verdict.measure is Measure.FORWARD and known is not None:
            report(uow, visit.house, known.objects[0], reason=f"{known.content}\n\n{verdict.reason}".strip()[:LONGEST_REASON])

    try:
        await tools.database.write(act)
    except Invalid as problem:
        words = Tongue(language_of(visit.language)).say("Cette mesure n’est pas possible ici. Choisissez-en une autre.")
        raise Invalid(str(problem), problems={"": words}) from problem
    return back(visit, page, "decide")


def _pace(uow: UnitOfWork, visit: Visit, deed: str, community: str, over: str) -> None:
    by = visit.reader.actor
    if deed == "ralentir":
        calm(uow, visit.house, by, community, over)
    elif deed == "reprendre":
        resume(uow, visit.house, by, community, over)
    else:
        look_at_strangers(uow, visit.house, by, community, is_held=deed == "retenir")


def _verdict(received: Received, visit: Visit) -> Verdict:
    tongue, reason = Tongue(language_of(visit.language)), field_of(received, "raison")
    measure = None
    with contextlib.suppress(ValueError):
        measure = Measure(field_of(received, "mesure"))
    if measure is None:
        raise Invalid("A decision is one of the measures.", problems={"": tongue.say("Choisissez ce que vous décidez.")})
    if not reason.strip() or len(reason) > LONGEST_REASON:
        words = tongue.say("Dites pourquoi, en %(most)s caractères au plus.", most=LONGEST_REASON)
        raise Invalid("A decision has a reason.", problems={"": words})
    return Verdict(report=number_of(received, "qui"), measure=measure, reason=reason, by=visit.reader.actor)
