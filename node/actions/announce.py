"""A meeting that somebody here announces by a form, moves or calls off, made ready to be published; and who is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from node.contracts import Draft, House, Listing
from node.domain.announcing import announced
from node.domain.entries import Audience, Entry
from node.domain.letters import Letter
from node.domain.occasions import organises
from node.domain.participation import State, is_cancelled, is_over
from node.domain.placing import Placement
from node.domain.recurring import EXCLUDED, OTHER, excluded
from node.domain.rights import Deed, may
from node.domain.sentences import said
from node.errors import Invalid, NotFound
from node.formats import icalendar
from node.storage.participating import event_for
from node.storage.unit_of_work import UnitOfWork
from vocab.things.event import Event

_COMING = (State.ACCEPTED, State.REQUESTED, State.MAYBE)
_AUDIENCES = {"communaute": Audience.COMMUNITY, "public": Audience.PUBLIC}

_TITLE = said("Rencontre\u00a0: {name}", "Meeting: {name}")
_WHERE = said("Choisissez une communauté dont vous êtes membre.", "Choose a community that you are a member of.")
_PAST = said(
    "Ce jour est passé. Si c’est voulu, cochez «\u00a0Elle a déjà eu lieu\u00a0».",
    "This day is over. If that is meant, tick “It has taken place”.",
)
_CHANGED = (
    said("Rencontre modifiée\u00a0: {title}", "Meeting changed: {title}"),
    said(
        "Bonjour,\n\nUne rencontre à laquelle vous avez dit venir a changé\u00a0: {title}.\n\n{link}\n\n"
        "La nouvelle date est jointe\u00a0; votre agenda la reprendra. Si elle ne vous convient plus, dites-le sur cette page.\n",
        "Hello,\n\nA meeting that you said you would come to has changed: {title}.\n\n{link}\n\n"
        "The new date is attached; your calendar will take it. If it no longer suits you, say so on that page.\n",
    ),
)
_OFF = (
    said("Rencontre annulée\u00a0: {title}", "Meeting cancelled: {title}"),
    said(
        "Bonjour,\n\nUne rencontre à laquelle vous avez dit venir est annulée\u00a0: {title}.\n\n{link}\n",
        "Hello,\n\nA meeting that you said you would come to is cancelled: {title}.\n\n{link}\n",
    ),
)


def rooms(uow: UnitOfWork, person: str, at: datetime) -> list[tuple[str, str]]:
    """The communities here in which somebody may announce a meeting: IRI and name, by name."""
    held = (uow.actors.get(iri) for iri in uow.members.communities_of(person, at))
    known = [row for row in held if row is not None and row.is_local and row.state == "active"]
    found = [(row.iri, row.name) for row in known if may(uow.members.roles(person, row.iri, at), Deed.PUBLISH)]
    return sorted(found, key=lambda pair: pair[1].casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What is to be published, and where."""

    draft: Draft
    placement: Placement


def announce(uow: UnitOfWork, house: House, person: str, fields: Mapping[str, str], language: str) -> Ready:
    """The meeting that a form says; raises Invalid with what is wrong by field."""
    names = dict(rooms(uow, person, house.now))
    community = fields.get("communaute", "") or (next(iter(names)) if len(names) == 1 else "")
    title = _TITLE.in_language(language).format(name=names.get(community, house.name))
    found = announced(fields, language, title)
    wrong = dict(found.problems)
    if community not in names:
        wrong["communaute"] = _WHERE.in_language(language)
    if "date" not in wrong and is_over(found.meeting, house.now) and not fields.get("passee"):
        wrong["date"] = _PAST.in_language(language)
    if wrong:
        raise Invalid("This meeting cannot be announced as it stands.", problems=wrong)
    audience = _AUDIENCES.get(fields.get("pour", ""), Audience.COMMUNITY)
    draft = Draft(thing=found.meeting, source=title, topics=_topics(fields), options=_place(found.place))
    return Ready(draft=draft, placement=Placement(author=person, community=community, audience=audience))


def must_organise(uow: UnitOfWork, house: House, person: str, iri: str) -> tuple[Entry, Event]:
    """An event of ours that a person organises; raises NotFound for anybody else."""
    stored, event = event_for(uow, iri, person, house.now)
    entry = stored.entry
    roles = uow.members.roles(person, entry.community, house.now) if entry.community else frozenset[str]()
    if not entry.is_local or not organises(person, entry.author, roles):
        raise NotFound("There is no event of that address here that you organise.")
    return entry, event


def rearrange(known: tuple[Entry, Event], person: str, fields: Mapping[str, str], language: str) -> Ready:
    """The event as a form says it anew; raises Invalid with what is wrong by field."""
    entry, before = known
    found = announced(fields, language, entry.name)
    if found.problems:
        raise Invalid("This meeting cannot be changed as it stands.", problems=found.problems)
    kept = (name for name in ("topic", "territory", "license", "origin") if getattr(before, name, None))
    meeting = replace(found.meeting, **{name: getattr(before, name) for name in kept})
    if fields.get("repete") == OTHER:
        meeting = replace(meeting, recurrence=before.recurrence)
    meeting = replace(meeting, unknown=(*(pair for pair in before.unknown if pair[0] != EXCLUDED), *meeting.unknown))
    if not fields.get("texte") and before.source is None:
        meeting = replace(meeting, content=before.content)
    placed = Placement(
        author=person, community=entry.community, audience=entry.audience, readers=entry.readers, replaces=entry.iri
    )
    return Ready(draft=Draft(thing=meeting, source=entry.name, options=_place(found.place)), placement=placed)


def tell_of_change(uow: UnitOfWork, house: House, before: Event, entry: Entry, by: str) -> None:
    """Those who come are told when the time has changed, or it is off or on again."""
    now = uow.things.get_any(entry.iri)
    if now is not None and isinstance(now.thing, Event) and _is_news(before, now.thing):
        _tell(uow, house, now.thing, entry, by)


def _is_news(before: Event, now: Event) -> bool:
    """Whether those who come have to know: another time, or that it is off or on again."""
    moved = (before.start_time, before.end_time, before.recurrence) != (now.start_time, now.end_time, now.recurrence)
    return moved or excluded(before) != excluded(now) or is_cancelled(before) != is_cancelled(now)


def _tell(uow: UnitOfWork, house: House, event: Event, entry: Entry, by: str) -> None:
    """Those who come are told: in a notice, and those with an account here by a letter with the date."""
    subject, text = _OFF if is_cancelled(event) else _CHANGED
    dated = icalendar.write(Listing(things=(event,), title=entry.name, publisher=house.name)).decode()
    coming = {row.person: row for row in uow.participations.around(entry.iri) if row.state in _COMING}
    for row in coming.values():
        uow.notices.add(row.person, "change", entry.iri, house.now, by=by, community=entry.community)
        member = uow.members.get(row.person)
        if member is None or row.person == by or row.state is State.MAYBE or not member.email:
            continue
        language = member.language or house.language
        values = {"title": entry.name, "link": entry.iri}
        uow.letters.put(
            Letter(
                to=member.email,
                subject=subject.in_language(language).format(**values),
                text=text.in_language(language).format(**values),
                language=language,
                kind="rencontre",
                calendar=dated,
            )
        )


def _place(words: str) -> dict[str, str]:
    return {"location": words} if words else {}


def _topics(fields: Mapping[str, str]) -> tuple[str, ...]:
    words = (" ".join(part.split()) for part in fields.get("sujets", "")[:500].split(","))
    return tuple(dict.fromkeys(word for word in words if word))[:10]
