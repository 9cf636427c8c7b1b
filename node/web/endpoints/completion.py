"""What may be meant while somebody types: notes after [[, people after @, terms after #; nothing that they may not see."""

from __future__ import annotations

import orjson

from node.contracts import Endpoint, Reply, Visit
from node.domain.visibility import scope_of
from node.domain.writing import person_as_written, term_as_written, thing_as_written
from node.errors import NotAllowed
from node.storage.named import people_named, things_named
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk

JSON = "application/json"
#: What is no note to be linked to.
_NO_NOTES = ("Concept", "Mapping", "Place", "Note", "Tombstone")


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """A few choices: what to show of each, and the words that go into the text. Raises NotAllowed for whoever writes nothing."""
    if not visit.form_token:
        raise NotAllowed
    words = visit.query.get("q", "").strip()
    found = {"notes": _notes, "personnes": _people, "termes": _terms}[visit.path["what"]](Desk(uow, visit), words)
    return Reply(body=orjson.dumps({"choix": found}), media_type=JSON, headers=(("Cache-Control", "private, no-store"),))


def _notes(desk: Desk, words: str) -> list[dict[str, str]]:
    return [
        {"nom": name, "dit": desk.origin(iri).name, "texte": thing_as_written(name, iri)}
        for iri, name, _ in things_named(desk.uow, words, desk.scope, without=_NO_NOTES)
    ]


def _terms(desk: Desk, words: str) -> list[dict[str, str]]:
    return [
        {"nom": name, "dit": desk.origin(iri).name, "texte": term_as_written(name, iri)}
        for iri, name, _ in things_named(desk.uow, words, desk.scope, kind="Concept")
    ]


def _people(desk: Desk, words: str) -> list[dict[str, str]]:
    visit = desk.visit
    rows = people_named(desk.uow, words, scope_of(visit.reader).communities, visit.house.now)
    return [
        {"nom": row.name or row.username, "dit": desk.origin(row.iri).name, "texte": person_as_written(row.name, row.iri)}
        for row in rows
        if row.iri != visit.reader.actor
    ]


ENDPOINT = Endpoint(path="/completer/{what:notes|personnes|termes}", answer=answer)
