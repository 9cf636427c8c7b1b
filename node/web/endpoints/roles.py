"""What is done about the people of a community: give a role, end one, take somebody out, or leave oneself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from federation.messages import Received
from node.actions.set_roles import end_role, give_role, leave, take_out
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.rights import Deed
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.office import kept_by
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of, number_of
from node.web.translations import Tongue, language_of
from node.web.wording import zone

_YEARS = range(2000, 2200)


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises NotFound for whoever may not, Invalid for what is wrong in the form."""
    if not visit.reader.actor:
        raise NotAllowed
    path, deed, house, by = f"/communautes/{visit.path['slug']}", field_of(received, "geste"), visit.house, visit.reader.actor
    community = f"{house.url}{path}"
    if deed == "quitter":
        try:
            await tools.database.write(lambda uow: leave(uow, house, by, community))
        except Conflict:
            return back(visit, f"{path}/membres", "dernier")
        return back(visit, "/", "quitte")
    try:
        done = await _done(tools, received, visit, community, deed)
    except Conflict:
        done = "dernier"
    # whoever ended their own last role that gives any has no business there any more
    is_left = not await tools.database.read(lambda uow: _still(uow, visit, community))
    return back(visit, f"{path}/membres" if is_left else f"{path}/membres/roles", done)


async def _done(tools: Tools, received: Received, visit: Visit, community: str, deed: str) -> str:
    house, by, person = visit.house, visit.reader.actor, field_of(received, "personne")
    if deed == "donner":
        since, until = _dates(received, visit)
        role = field_of(received, "role")
        await tools.database.write(lambda uow: _give(uow, visit, community, person, role, (since, until)))
        return "donne"
    if deed == "terminer":
        number = number_of(received, "numero")
        await tools.database.write(lambda uow: end_role(uow, house, by, community, number))
        return "termine"
    if deed == "sortir":
        await tools.database.write(lambda uow: take_out(uow, house, by, person, community))
        return "sorti"
    raise Invalid("Nothing of that name can be done about the people of a community.")


def _give(
    uow: UnitOfWork, visit: Visit, community: str, person: str, role: str, dates: tuple[datetime, datetime | None]
) -> None:  # fmt: skip
    give_role(uow, visit.house, visit.reader.actor, person, community, role, *dates)


def _still(uow: UnitOfWork, visit: Visit, community: str) -> bool:
    try:
        kept_by(uow, visit.house, visit.reader.actor, community, Deed.SET_ROLES)
    except NotFound:
        return False
    return True


def _dates(received: Received, visit: Visit) -> tuple[datetime, datetime | None]:
    """From when until when: whole days on the clocks of here, the last one included. Raises Invalid with what is wrong."""
    tongue, found = Tongue(language_of(visit.language)), dict[str, date | None]()
    for name in ("du", "au"):
        text = field_of(received, name).strip()
        try:
            found[name] = day = date.fromisoformat(text) if text else None
            if day is not None and day.year not in _YEARS:
                raise ValueError(text)  # noqa: TRY301 -- a year that no role has is no date either
        except ValueError as problem:
            raise Invalid(
                "This is no date.", problems={name: tongue.say("Écrivez la date ainsi\u00a0: 2027-03-31.")}
            ) from problem
    begins, ends = found["du"], found["au"]
    now = visit.house.now
    since = max(_midnight(begins), now) if begins else now
    until = _midnight(ends + timedelta(days=1)) if ends else None
    if until is not None and until <= since:
        raise Invalid(
            "It ends before it begins.", problems={"au": tongue.say("Un rôle finit après avoir commencé, et pas dans le passé.")}
        )
    return since, until


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), zone())


ENDPOINT = Endpoint(path="/communautes/{slug:[a-z0-9-]+}/membres/roles", receive=receive)
