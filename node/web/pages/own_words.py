"""The words of the pages, for those who look after the node: find a phrase, say it as people say it here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from node.contracts import Page, View, Visit
from node.domain.appearance import LONGEST_PHRASE
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.translations import LANGUAGES, sayings

#: So many phrases are shown at once.
MOST = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase as it was made, and what is said here instead ("" where nothing is); two forms each where it counts."""

    key: str
    made: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """What stands in the fields."""
        return self.own or self.made


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The phrases that hold what was looked for; those that were changed where nothing was."""
    desk = Desk(uow, visit)
    asked = visit.sent.get("dans", visit.query.get("dans", ""))
    language = asked if asked in LANGUAGES else visit.language
    words = visit.sent.get("q", visit.query.get("q", "")).strip()[:100]
    found = _found(visit, language, words)
    return View(
        title=desk.tongue.say("Les mots du site"),
        values={
            "phrases": found[:MOST],
            "is_cut": len(found) > MOST,
            "words": words,
            "among": language,
            "longest": LONGEST_PHRASE,
            "is_done": visit.query.get("fait") == "1",
        },
    )


def _found(visit: Visit, language: str, words: str) -> list[Phrase]:
    own, wanted = visit.look.words.get(language, {}), _folded(words)
    refused = visit.sent.get("phrase", "")
    found = [
        Phrase(key=key, made=made, own=_typed(visit, made) if key == refused else own.get(key, ()))
        for key, (_, made) in sayings(language).items()
        if key == refused or (wanted in _folded(" ".join((*made, *own.get(key, ())))) if wanted else key in own)
    ]
    return sorted(found, key=lambda phrase: (phrase.key != refused, not phrase.own, len(phrase.made[0])))


def _typed(visit: Visit, made: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(visit.sent.get(f"forme-{number}", "") for number, _ in enumerate(made, 1))


def _folded(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


PAGE = Page(path="/noeud/textes", right="admin", show=show)
