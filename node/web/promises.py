"""What people promise one another about a thing, as its page says it."""

from __future__ import annotations

from dataclasses import dataclass

from node.domain.promises import MODES, label, meaning, mode_of
from node.web.desk import Desk
from node.web.wording import leading


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A mode of confidentiality in words, and in a sentence what it asks."""

    mode: str
    words: str
    meaning: str


def promise(desk: Desk, thing: object) -> Promise | None:
    """What whoever reads a thing is asked not to repeat, None where nothing is said of that."""
    return promised(desk, mode_of(thing))


def promised(desk: Desk, mode: str) -> Promise | None:
    """A mode in words, None for none."""
    if mode not in MODES:
        return None
    words, asked = label(mode).in_language(desk.as_spoken), meaning(mode).in_language(desk.as_spoken)
    return Promise(mode=mode, words=leading(words), meaning=asked)


def modes(desk: Desk) -> list[tuple[str, str, str]]:
    """The modes to choose from: IRI, words, what each asks."""
    return [(mode, leading(label(mode).in_language(desk.as_spoken)), meaning(mode).in_language(desk.as_spoken)) for mode in MODES]
