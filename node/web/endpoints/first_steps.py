"""What each station of the first day does with its form; « plus tard\u00a0» puts any of them off."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from federation.messages import Received
from node.actions import invite
from node.actions.announce import announce
from node.actions.back_up import ALL, BACK_UP, EVERY, back_up
from node.actions.describe_node import describe_node
from node.actions.examine_node import examine
from node.actions.publish import publish
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.household import DONE, LATER, following
from node.domain.letters import Letter, Postbox, composed
from node.domain.mailing import told
from node.errors import Busy, Conflict, Invalid, NotAllowed, NotFound
from node.storage.household import FIRST_RUN, kept_household, mark
from node.storage.postbox import keep_password, keep_postbox, whole_postbox
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.transport.mail import NotSent, send
from node.web.first_day import PATH, first_community, known_step, trouble_words, wrong_words
from node.web.forms import back, field_of, fields_of
from node.web.founding import found, said_of
from node.web.inviting import round_of
from node.web.translations import Tongue, language_of

#: After so long the one who looks after the node is asked to look again.
REVIEW = timedelta(days=30)
#: How long a server is waited for by whoever tries it: two ways to it fit into one request.
PATIENCE = 12.0
#: What may be otherwise when the same server is reached otherwise.
_OTHERWISE = frozenset({"tls", "silent"})
#: Said on the very page of a station that is done all the same.
_SETTLED = frozenset({"adresse", "essai", "fini"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    """A form that was sent: with what one works, what it holds, who sent it, in which language."""

    tools: Tools
    received: Received
    visit: Visit
    tongue: Tongue

    def said(self, name: str) -> str:
        """What a field holds."""
        return field_of(self.received, name).strip()


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does what the station is for and leads on; raises NotAllowed for whoever does not look after the node, Invalid by field."""
    step = known_step(visit.path["pas"])
    if not visit.is_admin:
        raise NotAllowed
    if field_of(received, "geste") == "plus-tard":
        await tools.database.write(lambda uow: mark(uow, step, LATER))
        return back(visit, f"{PATH}/{following(step)}", "")
    errand = _Errand(tools=tools, received=received, visit=visit, tongue=Tongue(language_of(visit.language)))
    stays = await _DEEDS[step](errand)
    if stays in _SETTLED:
        await tools.database.write(lambda uow: mark(uow, step, DONE))
    if stays:
        return back(visit, f"{PATH}/{step}", stays)
    await tools.database.write(lambda uow: mark(uow, step, DONE))
    return back(visit, f"{PATH}/{following(step)}", "fait")


async def _organisation(errand: _Errand) -> str:
    slots = {"name": "nom", "summary": "resume", "territory": "territoire", "responsible": "responsable", "contact": "contact"}
    visit, database = errand.visit, errand.tools.database

    def deed(uow: UnitOfWork) -> None:
        said = {slot: " ".join(errand.said(field).split()) for slot, field in slots.items()}
        describe_node(uow, visit.house, replace(kept_household(uow), **said))

    try:
        await database.write(deed)
    except Invalid as refused:
        wrong = {slots[slot]: word for slot, word in refused.problems.items()}
        raise Invalid(str(refused), problems=wrong_words(errand.tongue.say, wrong)) from refused
    signs = await examine(errand.tools)
    is_red = any(not sign.is_well for sign in signs if sign.what in {"name", "reachability", "actor", "clock"})
    return "adresse" if is_red or errand.said("geste") == "regarder" else ""


async def _mail(errand: _Errand) -> str:
    if errand.visit.house.has_mail:
        return ""
    fields = {name: values[-1] for name, values in fields_of(errand.received).items()}
    data = errand.tools.data
    server = told(fields, await errand.tools.database.read(lambda uow: whole_postbox(uow, data)))
    if server.wrong:
        raise Invalid("This is no mail server.", problems=wrong_words(errand.tongue.say, server.wrong))
    works = await _working(errand, (server.postbox, *server.others), fields.get("essai", "").strip())

    def keep(uow: UnitOfWork) -> None:
        keep_postbox(uow, works)
        uow.letters.hurry(errand.visit.house.now)

    if data is not None:
        await asyncio.to_thread(keep_password, works, data)
    await errand.tools.database.write(keep)
    return "essai" if fields.get("essai", "").strip() else ""


async def _working(errand: _Errand, ways: Sequence[Postbox], address: str) -> Postbox:
    """The first way in which a letter leaves right away; raises Invalid with what kept it from the first, and what to do."""
    troubles = []
    for postbox in ways if address else ():
        try:
            await _try(errand, postbox, address)
        except NotSent as problem:
            troubles.append(problem)
            if problem.kind not in _OTHERWISE:
                break
        else:
            return postbox
    if not troubles:
        return ways[0]
    told_of = troubles[-1] if troubles[-1].kind not in _OTHERWISE else troubles[0]
    said = f" ({told_of})" if told_of.kind == "refused" else ""  # in the words of the server, which may say more
    raise Invalid(str(told_of), problems={"": f"{trouble_words(errand.tongue.say, told_of.kind)}{said}"}) from told_of


async def _try(errand: _Errand, postbox: Postbox, address: str) -> None:
    house, tongue = errand.visit.house, errand.tongue
    letter = Letter(
        to=address,
        subject=tongue.say("Lettre d’essai de %(name)s", name=house.name),
        text=tongue.say(
            "Cette lettre est arrivée\u00a0: le courriel de %(name)s fonctionne. Il n’y a rien à répondre.", name=house.name
        ),
        language=tongue.language,
    )
    message = composed(letter, name=house.name, sender=postbox.sender, number=secrets.token_hex(16), at=house.now)
    try:
        async with asyncio.timeout(PATIENCE):
            await send(postbox, address, message)
    except TimeoutError as problem:
        raise NotSent(f"{postbox.host} is silent", kind="silent") from problem


async def _backup(errand: _Errand) -> str:
    try:
        await back_up(errand.tools)
    except (Busy, Invalid, OSError) as problem:
        words = errand.tongue.say("La copie n’a pas pu se faire\u00a0: %(why)s", why=str(problem))
        raise Invalid(str(problem), problems={"": words}) from problem
    at = errand.visit.house.now
    await errand.tools.database.write(lambda uow: uow.tasks.wake(BACK_UP, ALL, due_at=at + EVERY))
    return ""


async def _community(errand: _Errand) -> str:
    said, visit = said_of(errand.received, errand.visit), errand.visit
    await errand.tools.database.write(lambda uow: found(uow, visit, said))
    return ""


async def _meeting(errand: _Errand) -> str:
    community = await _first(errand)
    fields = {name: values[-1] for name, values in fields_of(errand.received).items()}
    fields |= {"communaute": community.iri, "pour": "communaute"}
    house, me, language = errand.visit.house, errand.visit.reader.actor, errand.tongue.language

    def deed(uow: UnitOfWork) -> None:
        ready = announce(uow, house, me, fields, language)
        publish(uow, house, ready.draft, ready.placement)

    await errand.tools.database.write(deed)
    return ""


async def _people(errand: _Errand) -> str:
    community, house, me = await _first(errand), errand.visit.house, errand.visit.reader.actor
    if errand.said("geste") == "relire":
        wanted = round_of(errand.received, errand.visit)
        await errand.tools.database.write(lambda uow: invite.prepare(uow, house, me, community.iri, wanted))
        return "relire"
    try:
        done = await errand.tools.database.write(lambda uow: invite.send(uow, house, me, community.iri))
    except Conflict:
        return "deja"
    del done
    return ""


async def _ready(errand: _Errand) -> str:
    visit, tongue = errand.visit, errand.tongue

    def deed(uow: UnitOfWork) -> None:
        me = uow.members.get(visit.reader.actor)
        if me is not None and uow.state.get(FIRST_RUN) != "done":
            uow.letters.put(_review(visit, tongue, me.email), due_at=visit.house.now + REVIEW)
        uow.state.set(FIRST_RUN, "done")

    await errand.tools.database.write(deed)
    return "fini"


def _review(visit: Visit, tongue: Tongue, email: str) -> Letter:
    house = visit.house
    text = tongue.say(
        "Bonjour,\n\nIl y a un mois, vous ouvriez %(name)s. Dix minutes suffisent pour regarder comment cela va\u00a0: "
        "les copies, le courriel, les invitations sans réponse, les liens avec d’autres.\n\n%(url)s/noeud\n\n"
        "Vous pourriez aussi inviter une deuxième personne à veiller sur le site avec vous.\n",
        name=house.name,
        url=house.url,
    )
    subject = tongue.say("Un mois déjà\u00a0: %(name)s", name=house.name)
    return Letter(to=email, subject=subject, text=text, language=tongue.language, kind="rappel")


async def _nothing(errand: _Errand) -> str:
    del errand
    return ""


async def _first(errand: _Errand) -> ActorRow:
    """The community of the first day; raises Invalid when there is none yet."""
    visit = errand.visit
    row = await errand.tools.database.read(lambda uow: first_community(uow, visit.reader.actor, visit.house.now))
    if row is None:
        raise NotFound("There is no community yet.")
    return row


_DEEDS: Mapping[str, Callable[[_Errand], Awaitable[str]]] = {
    "organisation": _organisation,
    "courriel": _mail,
    "sauvegarde": _backup,
    "communaute": _community,
    "rencontre": _meeting,
    "gens": _people,
    "existant": _nothing,
    "amie": _nothing,
    "visibilite": _nothing,
    "pret": _ready,
}

ENDPOINT = Endpoint(path=f"{PATH}/{{pas:[a-z]+}}", receive=receive)
