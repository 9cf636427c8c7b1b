"""Takes the form in which a resource is changed."""

from __future__ import annotations

from collections.abc import Mapping

from federation.messages import Received
from node.actions.publish import publish
from node.actions.revise import Contested, Revision, revise
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.credits import lines_of, parted
from node.domain.filling import Misfilled
from node.domain.sheets import FIELDS, Control, tidied
from node.domain.visibility import scope_of
from node.errors import Invalid, NodeError, NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.begun import draft_of
from node.web.desk import refs
from node.web.forms import MOST_DIGITS, back, field_of, fields_of
from node.web.sheet_form import credit_lines
from node.web.shelved import SHELVED, iri_of
from node.web.translations import Tongue, language_of

_SEVERAL = frozenset({Control.CHOICES})


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Saves a version and leads to the resource; what cannot be saved comes back in its form, nothing of it lost."""
    if not visit.form_token:
        raise NotAllowed
    tongue = Tongue(language_of(visit.language))
    sheet = _sheet(received, tongue)

    def deed(uow: UnitOfWork) -> None:
        sheet.update(_named(uow, visit, sheet))
        wish = Revision(
            iri=iri_of(visit),
            by=visit.reader.actor,
            base=_number(received, "version"),
            seen=_number(received, "vue"),
            sheet=sheet,
            comment=field_of(received, "commentaire"),
        )
        revise(uow, visit.house, wish, publish)
        uow.drafts.forget(draft_of(received), visit.reader.actor)

    try:
        await tools.database.write(deed)
    except Misfilled as fault:
        words = fault.words.in_language(visit.language)
        raise Invalid(str(fault), problems={fault.field: words}) from fault
    except Contested as clash:
        raise Invalid("changed meanwhile", problems={"version": _clash(tongue)}) from clash
    except (Invalid, NotAllowed) as refused:
        raise _again(refused, tongue) from refused
    return back(visit, f"/{visit.path['shelf']}/{visit.path['id']}", "modifier")


def _sheet(received: Received, tongue: Tongue) -> dict[str, str]:
    """The fields of the form; an emptied one says nothing, and is not sent by itself."""
    given = fields_of(received)
    sent = {name: values[-1] for name, values in given.items()}
    wanted = set(sent.get("champs", "").split())
    found: dict[str, str] = {}
    for field in FIELDS:
        if field.name not in wanted:
            continue
        said = "\n".join(given.get(field.name, ())) if field.control in _SEVERAL else sent.get(field.name, "")
        if field.control is Control.CREDITS:
            said = credit_lines(sent)
        try:
            found[field.name] = tidied(field, said)
        except Invalid as fault:
            raise Invalid(str(fault), problems={field.name: tongue.say("C’est trop long\u00a0: raccourcissez.")}) from fault
    if "titre" in found and not found["titre"]:
        raise Invalid("no title", problems={"titre": tongue.say("Donnez un titre.")})
    return found


def _named(uow: UnitOfWork, visit: Visit, sheet: Mapping[str, str]) -> dict[str, str]:
    """The credits with the addresses of those who are so called: members of the community, and who was named before."""
    stored = uow.things.get(iri_of(visit), scope_of(visit.reader))
    if stored is None:
        raise NotFound
    rows = uow.members.of(stored.entry.community, visit.house.now) if stored.entry.community else []
    before = {parted(line)[0] for line in lines_of(refs(stored.thing, "credit"))}
    people: dict[str, set[str]] = {}
    for person in {row.person for row in rows} | before:
        actor = uow.actors.get(person)
        if actor is not None:
            people.setdefault(actor.name, set()).add(person)
    lines = []
    for line in sheet.get("credits", "").split("\n"):
        who, between, done = line.rpartition(" : ")
        known = people.get(who if between else line, set())
        lines.append(f"{min(known)}{between}{done if between else ''}" if len(known) == 1 else line)
    return {"credits": "\n".join(lines)} if "credits" in sheet else {}


def _number(received: Received, name: str) -> int:
    said = field_of(received, name)
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS else 0


def _clash(tongue: Tongue) -> str:
    return tongue.say(
        "Quelqu’un a changé la même chose pendant que vous écriviez. Rien n’est perdu\u00a0:"
        " comparez, puis enregistrez de nouveau."
    )


def _again(refused: NodeError, tongue: Tongue) -> NodeError:
    """The same refusal, tied to the form when it says nothing of a field."""
    if refused.problems or isinstance(refused, NotFound):
        return refused
    return Invalid(
        str(refused),
        problems={"": tongue.say("Cela ne peut pas s’enregistrer ainsi. Rien de ce que vous avez écrit n’est perdu.")},
    )


ENDPOINT = Endpoint(path=f"/{SHELVED}/modifier", receive=receive)
