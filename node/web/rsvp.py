"""What somebody here can say about a meeting, by the names that forms and letters use for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from node.actions.take_part import participate, say
from node.contracts import House
from node.domain.participation import State
from node.storage.unit_of_work import UnitOfWork
from node.web.translations import phrase

#: Each deed, given the person and the event.
OWN_ANSWERS: Mapping[str, Callable[[UnitOfWork, House, str, str], object]] = {
    "inscrire": participate,
    "peut-etre": lambda uow, house, person, iri: say(uow, house, person, iri, State.MAYBE),
    "pas-la": lambda uow, house, person, iri: say(uow, house, person, iri, State.DECLINED),
}
#: What their buttons say.
OWN_WORDS: Mapping[str, str] = {
    "inscrire": phrase("J’y serai"),
    "peut-etre": phrase("Peut-être"),
    "pas-la": phrase("Je n’y serai pas"),
}
#: Where the links of a letter lead; in the letter itself, see actions/convene.py.
BY_LETTER = "/reponse/{token:[A-Za-z0-9_-]+}"
