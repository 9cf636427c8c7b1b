"""What a member is told who looks at an address elsewhere: what was found there, or in plain words why nothing was."""

from __future__ import annotations

import re
from collections.abc import Mapping

from node.domain.neighbours import recognised
from node.domain.sentences import said
from vocab.values import Text

PREVIEW = "/ailleurs/apercu"

_EMPTY = said("Collez une adresse : @nom@site, une page ou un domaine.", "Paste an address: @name@site, a page or a domain.")
_OTHERWISE = said(
    "On n’a rien trouvé à suivre à cette adresse. Vérifiez-la, ou copiez celle de la page de la communauté.",
    "Nothing to follow was found at this address. Check it, or copy that of the community’s page.",
)
_NO_MEETING = said(
    "On n’a pas trouvé de rencontre à cette adresse. Essayez l’adresse de son calendrier (.ics).",
    "No meeting was found at this address. Try the address of its calendar (.ics).",
)
_NO_ADDRESS = said(
    "Collez l’adresse entière de la rencontre ou de son calendrier : elle commence par https://.",
    "Paste the whole address of the meeting or of its calendar: it begins with https://.",
)
_LATER = said("Vérifiez l’adresse, ou réessayez plus tard.", "Check the address, or try again later.")
#: The first that fits counts; what is looked for are words of our own errors.
_WORDS: Mapping[str, Text] = {
    r"enough for an hour": said(
        "C’est beaucoup d’adresses pour une heure. Réessayez un peu plus tard.",
        "These are many addresses for an hour. Try again a little later.",
    ),
    r"person is no community": said(
        "C’est l’adresse d’une personne. Ici, on suit des communautés : demandez-lui la sienne.",
        "This is the address of a person. Here one follows communities: ask them for theirs.",
    ),
    r"on this node|leads to this node|nobody at": said(
        "C’est une adresse d’ici. Pour suivre, il faut celle d’une communauté d’ailleurs.",
        "This is an address of this site. To follow, one needs that of a community elsewhere.",
    ),
    r"not written like|not the name of a host": _EMPTY,
    r"follows this feed already": said("Cette communauté le suit déjà.", "This community follows it already."),
    r"is blocked": said(
        "Ce site est refusé ici. Parlez-en à la personne qui s’occupe de ce site-ci.",
        "That site is refused here. Talk to whoever looks after this one.",
    ),
    r"names no feed|is no feed|nobody that can be followed": _OTHERWISE,
    r"is no event|no event": _NO_MEETING,
}


def failure_words(problem: str, language: str) -> str:
    """Why nothing was found, and what helps; `problem` is the error as it was written down, in English, "" for no address."""
    if not problem:
        return _EMPTY.in_language(language)
    known = next((words for pattern, words in _WORDS.items() if re.search(pattern, problem, re.IGNORECASE)), None)
    if known is not None:
        return known.in_language(language)
    ill = recognised(problem)
    if ill is None:
        return _OTHERWISE.in_language(language)
    return f"{ill.means.in_language(language)} {_LATER.in_language(language)}"


def meeting_words(problem: str, language: str) -> str:
    """The same for whoever looks for a meeting, and not for somebody to follow."""
    words, said_here = failure_words(problem, language), {_EMPTY: _NO_ADDRESS, _OTHERWISE: _NO_MEETING}
    return next((here.in_language(language) for there, here in said_here.items() if words == there.in_language(language)), words)
