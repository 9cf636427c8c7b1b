"""Event: something that takes place, date first. Spec: FEP-8a8e."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, CDP, FEP8A8E, ICAL, MOBILIZON, SCHEMA, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Object):
    """An event."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Event",
        {"fr": "événement", "en": "event"},
        {"fr": "Ce qui a lieu à un moment.", "en": "What takes place at some time."},
        type="Event",
        status="reused",
        above=(SCHEMA + "Event",),
        required=("name", "summary", "content", "url", "start_time"),
    )
    timezone: Annotated[
        str | None,
        Term(
            FEP8A8E + "timezone",
            {"fr": "fuseau horaire", "en": "time zone"},
            {"fr": "Fuseau horaire, nom IANA.", "en": "Time zone, IANA name."},
            also=(MOBILIZON + "timezone",),
            status="reused",
        ),
    ] = None
    event_status: Annotated[
        Ref | None,
        Term(
            FEP8A8E + "eventStatus",
            {"fr": "état", "en": "event status"},
            {"fr": "État de l’événement.", "en": "Status of the event."},
            status="reused",
            words={
                name: FEP8A8E + name
                for name in (
                    "EventScheduled",
                    "EventTentative",
                    "EventPostponed",
                    "EventRescheduled",
                    "EventMovedOnline",
                    "EventCancelled",
                )
            },
        ),
    ] = None
    calendar_status: Annotated[
        str | None,
        Term(
            ICAL + "status",
            {"fr": "état, pour les agendas", "en": "status, for calendars"},
            {"fr": "CONFIRMED, TENTATIVE ou CANCELLED.", "en": "CONFIRMED, TENTATIVE or CANCELLED."},
            key="ical:status",
            status="reused",
        ),
    ] = None
    category: Annotated[
        tuple[str, ...],
        Term(
            FEP8A8E + "category",
            {"fr": "catégorie", "en": "category"},
            {"fr": "Catégorie d’événement, de la liste de FEP-8a8e.", "en": "Category of event, of the list of FEP-8a8e."},
            also=(SCHEMA + "category",),
            status="reused",
        ),
    ] = ()
    shows_end: Annotated[
        bool | None,
        Term(
            FEP8A8E + "displayEndTime",
            {"fr": "fin à montrer", "en": "display end"},
            {"fr": "Si la fin est à montrer.", "en": "Whether the end is to be shown."},
            key="displayEndTime",
            status="reused",
            datatype=XSD + "boolean",
        ),
    ] = None
    attendance_mode: Annotated[
        Ref | None,
        Term(
            SCHEMA + "eventAttendanceMode",
            {"fr": "mode", "en": "attendance mode"},
            {"fr": "Sur place, en ligne ou les deux.", "en": "On site, online or both."},
            status="reused",
        ),
    ] = None
    join_mode: Annotated[
        str | None,
        Term(
            FEP8A8E + "joinMode",
            {"fr": "inscription", "en": "join mode"},
            {
                "fr": "Comment on s’inscrit : free, restricted, invite, none, external.",
                "en": "How one joins: free, restricted, invite, none, external.",
            },
            also=(MOBILIZON + "joinMode",),
            status="reused",
        ),
    ] = None
    external_participation_url: Annotated[
        str | None,
        Term(
            FEP8A8E + "externalParticipationUrl",
            {"fr": "inscription ailleurs", "en": "external participation"},
            {"fr": "Adresse où s’inscrire.", "en": "Address where to register."},
            status="reused",
            datatype=XSD + "anyURI",
        ),
    ] = None
    organizers: Annotated[
        tuple[Ref, ...],
        Term(
            FEP8A8E + "organizers",
            {"fr": "organisation", "en": "organizers"},
            {"fr": "Qui organise.", "en": "Who organises."},
            status="reused",
        ),
    ] = ()
    attendees: Annotated[
        Ref | None,
        Term(
            FEP8A8E + "attendees",
            {"fr": "inscriptions", "en": "attendees"},
            {"fr": "Collection de qui s’est inscrit.", "en": "Collection of who registered."},
            status="reused",
        ),
    ] = None
    maximum_attendee_capacity: Annotated[
        int | None,
        Term(
            SCHEMA + "maximumAttendeeCapacity",
            {"fr": "places", "en": "maximum attendees"},
            {"fr": "Nombre de places.", "en": "Number of places."},
            status="reused",
            datatype=XSD + "integer",
        ),
    ] = None
    recurrence: Annotated[
        tuple[str, ...],
        Term(
            ICAL + "rrule",
            {"fr": "répétition", "en": "recurrence"},
            {"fr": "Règle de répétition, comme RRULE d’iCalendar.", "en": "Rule of recurrence, as RRULE of iCalendar."},
            key="ical:rrule",
            status="reused",
        ),
    ] = ()
    calendar_uid: Annotated[
        str | None,
        Term(
            ICAL + "uid",
            {"fr": "identifiant d’agenda", "en": "calendar identifier"},
            {"fr": "UID d’un événement venu d’un agenda.", "en": "UID of an event that came from a calendar."},
            key="ical:uid",
            status="reused",
        ),
    ] = None
    calendar_sequence: Annotated[
        int | None,
        Term(
            ICAL + "sequence",
            {"fr": "rang de la modification", "en": "sequence"},
            {"fr": "Nombre de fois que l’événement a changé.", "en": "How often the event has changed."},
            key="ical:sequence",
            status="reused",
            datatype=XSD + "integer",
        ),
    ] = None
    is_all_day: Annotated[
        bool | None,
        Term(
            CDP + "allDay",
            {"fr": "toute la journée", "en": "all day"},
            {
                "fr": "Le début et la fin sont des jours entiers, dans le fuseau de l’événement.",
                "en": "Start and end are whole days, in the time zone of the event.",
            },
            key="allDay",
            datatype=XSD + "boolean",
            note={
                "fr": "Les moments restent écrits en entier, pour qui ne connaît pas ce mot. Exemple : un forum d’une journée.",
                "en": "Start and end are still written in full, for those who do not know this word. Example: a one-day forum.",
            },
            related_to=(ICAL + "dtstart",),
        ),
    ] = None
