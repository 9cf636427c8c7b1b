"""The vocabulary that this node speaks, for programs: every word, concept and scheme at its address, in Turtle or JSON-LD."""

from __future__ import annotations

from node.contracts import Endpoint, Reply, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.published import FACES, SCHEMES, SLUG, WORD, reply


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """One word, concept, scheme or the whole, in the face that was wanted."""
    del uow
    return reply(visit.house.url, visit.path["document"], visit.face)


ENDPOINT = Endpoint(
    path=f"/vocab/{{document:ns|shapes|ns/{WORD}|(?:{SCHEMES})/?|(?:{SCHEMES})/{SLUG}}}",
    answer=answer,
    is_open=True,
    faces=FACES,
)
