"""What somebody who was invited answers: whether they come to the next meeting, without an account; or that they join."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from http import HTTPStatus

from federation.messages import Received
from node.actions import invite
from node.actions.add_member import Newcomer, add_member, admit
from node.actions.take_part import participate, say
from node.actions.vouch import link_invited
from node.contracts import Endpoint, House, Reply, Tools, Visit
from node.domain.devices import device
from node.domain.invitations import ANSWERS, LONGEST_NAME
from node.domain.participation import State
from node.errors import Invalid, NodeError, NotFound
from node.storage.shelves.invitations import InvitationRow
from node.storage.unit_of_work import UnitOfWork
from node.web.entering import is_secure
from node.web.forms import back, field_of, number_of
from node.web.meetings import next_meeting
from node.web.middleware import session
from node.web.translations import Tongue, language_of

LONGEST_HELP = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What somebody says of themselves in joining.

    `consent`: may be counted in what two communities have in common; `rules`: the version that they agree to, or 0; `vouched`:
    what their browser kept when their organisation vouched for them.
    """

    newcomer: Newcomer
    helps: str
    consent: bool
    rules: int
    device: str
    vouched: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joined:
    """Who joined what; `session` is the one that was opened, "" for somebody who was signed in already."""

    path: str
    session: str


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Keeps the answer, or lets the person in; raises NotFound for one that opens nothing, Invalid for what is missing."""
    token, house = visit.path["token"][:100], visit.house
    said = field_of(received, "reponse")
    if said in ANSWERS:
        await tools.database.write(lambda uow: _answer(uow, visit, token, said))
        return back(visit, f"/invitation/{token}", "reponse")
    about = _said(received, visit)
    joined = await tools.database.write(lambda uow: _join(uow, visit, token, about))
    https = is_secure(visit)
    cookie = (session.opened(joined.session, is_secure=https), session.step("", is_secure=https)) if joined.session else ()
    there = ("Location", f"{house.url}{joined.path}?langue={about.newcomer.language}&fait=bienvenue")
    return Reply(body=b"", media_type="text/plain", status=HTTPStatus.SEE_OTHER, headers=(there, *cookie))


def _said(received: Received, visit: Visit) -> _Said:
    name, language = " ".join(field_of(received, "nom").split()), field_of(received, "langue_choisie") or visit.language
    if not visit.reader.actor and not 0 < len(name) <= LONGEST_NAME:
        words = Tongue(language_of(visit.language)).say("Écrivez votre nom, comme les autres vous le diront.")
        raise Invalid("A person needs a name.", problems={"nom": words})
    return _Said(
        newcomer=Newcomer(email="", name=name, language=language_of(language)),
        helps=field_of(received, "aide").strip()[:LONGEST_HELP],
        consent=field_of(received, "accord") == "oui",
        rules=number_of(received, "version") if field_of(received, "regles") == "oui" else 0,
        device=device(next(iter(received.values("User-Agent")), "")[:500]),
        vouched=session.step_in_headers(received.values("Cookie"), is_secure=is_secure(visit)),
    )


def _opened(uow: UnitOfWork, house: House, token: str) -> InvitationRow:
    row = uow.invitations.get(token)
    if row is None or not row.is_open(house.now):
        raise NotFound("This invitation opens nothing any more.")
    return row


def _answer(uow: UnitOfWork, visit: Visit, token: str, said: str) -> None:
    row = _opened(uow, visit.house, token)
    meeting = next_meeting(uow, visit.house, row.community, Tongue(language_of(visit.language)))
    if meeting is not None:
        uow.invitations.answer(row.id, meeting.iri, said)


def _join(uow: UnitOfWork, visit: Visit, token: str, about: _Said) -> _Joined:
    house, row, person = visit.house, _opened(uow, visit.house, token), visit.reader.actor
    known, opened = uow.rules.current(row.community), ""
    if known is not None and known.version != about.rules:
        words = Tongue(language_of(visit.language)).say("Lisez les règles de la communauté, puis cochez cette case.")
        raise Invalid("One joins by agreeing to the rules as they are now.", problems={"regles": words})
    if not person:
        # An account that is there already is entered by its own door: this link is none.
        if uow.members.by_email(row.email) is not None:
            words = Tongue(language_of(visit.language)).say("Cette adresse a déjà un compte ici\u00a0: entrez d’abord.")
            raise Invalid("This address has an account already.", problems={"": words})
        account = add_member(uow, house, replace(about.newcomer, email=row.email))
        uow.members.add(replace(account, helps=about.helps))
        person = account.iri
        link_invited(uow, house, about.vouched, row.id, person)
        opened = uow.sessions.open(person, house.now, way="invitation", device=about.device)
    admit(uow, house, person, row.community, role_name=row.role, consent=about.consent)
    if known is not None:
        uow.rules.agree(person, row.community, known.version, house.now)
    invite.answer(uow, house, token, person)
    _take_part(uow, house, row, person)
    community = uow.actors.get(row.community)
    return _Joined(path=f"/communautes/{community.username if community else ''}", session=opened)


def _take_part(uow: UnitOfWork, house: House, row: InvitationRow, person: str) -> None:
    """What was said before there was an account counts now; where the meeting has changed its mind since, nothing is lost."""
    if not row.event:
        return
    with contextlib.suppress(NodeError):
        if row.answer == "oui":
            participate(uow, house, person, row.event)
        else:
            say(uow, house, person, row.event, State.DECLINED if row.answer == "non" else State.MAYBE)


ENDPOINT = Endpoint(path="/invitation/{token:[A-Za-z0-9_-]+}", receive=receive)
