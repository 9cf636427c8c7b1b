"""The page behind a link in a letter about a meeting: what was answered, one button to confirm it, two to say otherwise."""

from __future__ import annotations

from node.actions.convene import opened
from node.contracts import Page, View, Visit
from node.domain.participation import State, is_cancelled, is_over, sentence
from node.domain.recurring import following
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.occasions import place_words, span
from node.web.recurrences import times
from node.web.rsvp import BY_LETTER, OWN_ANSWERS, OWN_WORDS


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The meeting and the answers, for whoever holds the letter; looking changes nothing. Raises NotFound for a spent link."""
    desk = Desk(uow, visit)
    member, stored, event = opened(uow, visit.house, visit.path["token"][:100])
    own = uow.participations.get(stored.entry.iri, member.iri)
    asked = visit.query.get("r", "")
    return View(
        title=stored.entry.name,
        values={
            "person": member.name,
            "when": span(following(event, visit.house.now), desk.tongue),
            "where": place_words(desk, event),
            "is_closed": is_over(event, visit.house.now) or is_cancelled(event),
            "asked": asked if asked in OWN_ANSWERS else "",
            "answers": [(name, desk.tongue.say(words)) for name, words in OWN_WORDS.items()],
            "said": sentence(own.state).in_language(desk.as_spoken) if own and own.state is not State.ENDED else "",
            "is_done": visit.query.get("fait") == "reponse",
            "times": times(desk, stored, member.iri) if event.recurrence else (),
            "page": desk.addresses.thing(stored.entry.iri),
        },
        is_secret=True,
    )


PAGE = Page(path=BY_LETTER, right="anyone", show=show)
