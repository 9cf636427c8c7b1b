"""Takes each step by which somebody arranges a notebook, and saves the outline when they say so."""

from __future__ import annotations

from http import HTTPStatus

from federation.messages import Received
from node.actions.arrange import Arrangement, arrange, begun
from node.actions.plan_notebook import LONGEST_TITLE, Sketch, Step, let_be, sketch, step
from node.actions.publish import publish
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.plans import Line
from node.domain.visibility import scope_of
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.forms import back, field_of, fields_of
from node.web.shelved import NOTEBOOKS, notebook_iri
from node.web.translations import Tongue, language_of

_MOST_DIGITS = 3


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does the step and leads back to where it was done; raises NotAllowed, NotFound, or Invalid with what to do."""
    if not visit.form_token:
        raise NotAllowed
    iri, person = notebook_iri(visit), visit.reader.actor
    deed, _, about = field_of(received, "geste").partition(":")

    def act(uow: UnitOfWork) -> str:
        now = begun(uow, visit.house, iri, person)
        start = sketch(uow, person, iri) or Sketch(plan=now.plan, bases=dict(now.bases))
        if deed == "enregistrer":
            wish = Arrangement(iri=iri, by=person, plan=start.plan, bases=start.bases)
            arrange(uow, visit.house, wish, publish)
        if deed in {"enregistrer", "laisser"}:
            let_be(uow, person, iri)
            return ""
        done = _step(uow, visit, received, deed, about)
        made = step(uow, person, iri, start, done)
        return _place(made, start, done)

    place = await tools.database.write(act)
    if deed == "enregistrer":
        return back(visit, f"/ressources/{visit.path['id']}", "plan")
    there = Addresses(visit).page(f"/carnets/{visit.path['id']}/plan") + (f"#{place}" if place else "")
    return Reply(
        body=b"", media_type="text/plain", status=HTTPStatus.SEE_OTHER, headers=(("Location", f"{visit.house.url}{there}"),)
    )


def _step(uow: UnitOfWork, visit: Visit, received: Received, deed: str, about: str) -> Step:
    tongue = Tongue(language_of(visit.language))
    if deed == "ajouter":
        stored = uow.things.get(about, scope_of(visit.reader))
        if stored is None or stored.entry.deleted_at is not None or about == notebook_iri(visit):
            raise NotFound
        return Step(deed=deed, line=Line(iri=about))
    if deed == "partie":
        title = " ".join(field_of(received, "partie").split())[:LONGEST_TITLE]
        if not title:
            raise Invalid("no title", problems={"partie": tongue.say("Donnez un titre à la partie.")})
        return Step(deed=deed, line=Line(iri="", title=title, is_part=True))
    if deed == "deplacer":
        places = [_number(said) for said in fields_of(received).get("pris", ())]
        if not places:
            raise Invalid("nothing chosen", problems={"": tongue.say("Cochez d’abord les lignes à déplacer.")})
        return Step(deed=deed, places=places, before=_number(field_of(received, "avant")))
    return Step(deed=deed, places=[_number(about)])


def _place(made: Sketch, start: Sketch, done: Step) -> str:
    """Where the line that was moved stands now; of one that was taken out, the one that follows it."""
    if done.line is not None:
        return f"ligne-{len(made.plan) - 1}"
    if done.deed == "retirer":
        return f"ligne-{min(done.places[0], len(made.plan) - 1)}"
    moved = start.plan[done.places[0]] if done.places[0] < len(start.plan) else None
    same = (at for at, line in enumerate(made.plan) if moved and (line.iri, line.title) == (moved.iri, moved.title))
    return f"ligne-{next(same, 0)}"


def _number(said: str) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) <= _MOST_DIGITS):
        raise Invalid("This is no line of an outline.")
    return int(said)


ENDPOINT = Endpoint(path=f"/{NOTEBOOKS}/plan", receive=receive)
