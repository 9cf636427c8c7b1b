"""What a community of another site said of a message of ours that it did not take, to its author alone."""

from __future__ import annotations

from node.domain.entries import Audience
from node.storage.declining import heard
from node.storage.stored import StoredThing
from node.web.desk import Desk
from node.web.translations import phrase

#: What is said of an answer or another message, that was not taken for good or for now.
_WORDS = {
    (True, True): phrase("Votre réponse n’a pas été prise, chez %(name)s\u00a0: %(why)s"),
    (True, False): phrase("Votre réponse attend, chez %(name)s\u00a0: %(why)s"),
    (False, True): phrase("Votre message n’a pas été pris, chez %(name)s\u00a0: %(why)s"),
    (False, False): phrase("Votre message attend, chez %(name)s\u00a0: %(why)s"),
}


def declined_words(desk: Desk, stored: StoredThing) -> str:
    """Why it was not taken, or that it waits, and what to do; "" for everybody else, and where nothing was said."""
    is_theirs = bool(desk.visit.form_token) and stored.entry.author == desk.visit.reader.actor
    found = heard(desk.uow, stored) if is_theirs else None
    if found is None:
        return ""
    why, name = found.words.in_language(desk.as_spoken), desk.community(found.by).text
    is_answer = bool(getattr(stored.thing, "in_reply_to", ()))
    words = desk.tongue.say(_WORDS[is_answer, found.is_final], name=name, why=why)
    if not found.is_final:
        return words
    if stored.entry.audience is Audience.PUBLIC:
        return " ".join((words, desk.tongue.say("On ne le lit qu’ici.")))
    after = desk.tongue.say("Vous seul·e lisez ceci. Quand ce sera possible, modifiez-le\u00a0: il repart.")
    return f"{words} {after}"
