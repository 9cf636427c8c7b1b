"""Makes a copy, says where copies go, rehearses putting one back, or stops sending them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from federation.messages import Received
from node.actions.back_up import ALL, BACK_UP, EVERY, back_up, last_copy
from node.actions.send_away import NotKept, rehearse, send_away, try_out
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.elsewhere_copies import Log, Place, told
from node.errors import Busy, Invalid, NotAllowed
from node.storage.elsewhere_copies import keep_log, keep_password
from node.storage.sealing import NoKey, public_of
from node.storage.unit_of_work import UnitOfWork
from node.web.copying import PATH, TROUBLES, WRONG
from node.web.forms import back, field_of, fields_of
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises NotAllowed for whoever does not look after the node, Invalid by field."""
    if not visit.is_admin:
        raise NotAllowed
    tongue = Tongue(language_of(visit.language))
    match field_of(received, "geste"):
        case "copie":
            await _copy(tools, visit, tongue)
            return back(visit, PATH, "copie")
        case "dossier":
            await _place(tools, received, visit, tongue)
            return back(visit, f"{PATH}#ailleurs", "dossier")
        case "repeter":
            await _rehearse(tools, field_of(received, "ouvre").strip())
            return back(visit, f"{PATH}#repetition", "repete")
        case "oublier":
            await tools.database.write(lambda uow: keep_log(uow, Log()))
            if tools.data is not None:
                keep_password(None, tools.data)
            return back(visit, f"{PATH}#ailleurs", "oublie")
        case _:
            raise Invalid("Nothing of that name can be done about copies.")


async def _copy(tools: Tools, visit: Visit, tongue: Tongue) -> None:
    try:
        made = await back_up(tools)
    except (Busy, Invalid, OSError) as problem:
        words = tongue.say("La copie n’a pas pu se faire\u00a0: %(why)s", why=str(problem))
        raise Invalid(str(problem), problems={"": words}) from problem
    await tools.database.write(lambda uow: uow.tasks.wake(BACK_UP, ALL, due_at=visit.house.now + EVERY))
    await send_away(tools, Path(made.path))


async def _place(tools: Tools, received: Received, visit: Visit, tongue: Tongue) -> None:
    place, wrong = told({name: values[-1] for name, values in fields_of(received).items()}, None)
    if place.url.startswith("http://") and not visit.house.allow_http:
        wrong.setdefault("dossier", "folder")
    if field_of(received, "gardee") != "oui":
        wrong["gardee"] = "kept"
    if wrong:
        raise Invalid("No copy can go there.", problems={name: tongue.say(WRONG[word]) for name, word in wrong.items()})
    try:
        place = replace(place, key=public_of(field_of(received, "cle")))
        await try_out(tools, place)
    except NoKey as fault:
        words = TROUBLES["key"]
        raise Invalid(str(fault), problems={"": tongue.say(words)}) from fault
    except NotKept as fault:
        raise Invalid(str(fault), problems={"dossier": tongue.say(TROUBLES[fault.kind])}) from fault
    await tools.database.write(lambda uow: _keep(uow, tools.data, place))


def _keep(uow: UnitOfWork, data: Path | None, place: Place) -> None:
    """Keeps the place, and has the first copy sent as soon as may be."""
    if data is not None:
        keep_password(place, data)
    keep_log(uow, Log(place=place))
    uow.tasks.wake(BACK_UP, ALL)


async def _rehearse(tools: Tools, secret: str) -> None:
    copy = await tools.database.read(last_copy)
    if copy is None:
        raise Invalid("There is no copy yet.")
    await rehearse(tools, Path(copy.path), copy.at, secret=secret)


ENDPOINT = Endpoint(path=PATH, receive=receive, takes_files=True)
