"""Inviting people into a community: to whom, with which letter, for how long; what is written where nothing else is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta

from node.domain.letters import addresses
from vocab.terms import Bilingual

#: How long an invitation stands open.
LASTS = timedelta(days=30)
#: So many at once, and so many open ones of a community at a time: an invitation is no mailing.
MOST, MOST_OPEN = 20, 100
LONGEST_LETTER, LONGEST_SUBJECT, LONGEST_LIST = 4_000, 150, 6_000
LONGEST_NAME = 120
#: Where in a letter each person's own address stands.
LINK = "{lien}"
#: What one may say of a meeting before one has an account.
ANSWERS = ("oui", "peut-etre", "non")

_SUBJECT: Bilingual = {"fr": "Invitation : {community}", "en": "An invitation: {community}"}
_LETTER: Bilingual = {
    "fr": """Bonjour,

Je vous invite à rejoindre « {community} », sur {house}.

Vous y trouverez quand nous nous voyons, ce qui est sorti de la dernière rencontre et qui appeler. {meeting}
{time}
Votre lien personnel, bon trente jours :
{lien}

Il ne faut ni application ni mot de passe. Si ce message ne vous dit rien, oubliez-le : rien d’autre ne vous sera envoyé.

À bientôt,
{name}
""",
    "en": """Hello,

I would like you to join “{community}”, on {house}.

There you find when we meet, what came out of the last meeting and whom to call. {meeting}
{time}
Your personal link, good for thirty days:
{lien}

You need neither an app nor a password. If this means nothing to you, just ignore it: nothing else will be sent to you.

See you soon,
{name}
""",
}
_MEETING: Bilingual = {
    "fr": "La prochaine rencontre : {words}. On peut y répondre sans compte.",
    "en": "The next meeting: {words}. You can answer without an account.",
}
_TIME: Bilingual = {"fr": "\nLe temps que cela demande : {words}.\n", "en": "\nThe time it takes: {words}.\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Invitations that somebody is about to send: to whom, with which letter, in which role."""

    to: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    role: str = ""
    language: str = "fr"

    def payload(self) -> str:
        """As text, to be kept until it is sent."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of(cls, payload: str) -> Round:
        """What was kept; an empty round where nothing was."""
        said = json.loads(payload or "{}")
        names = {field.name for field in fields(cls)}
        known = {name: value for name, value in said.items() if name in names}
        return cls(**{**known, "to": tuple(known.get("to", ()))})


def subject(community: str, language: str) -> str:
    """What a letter of invitation is called."""
    return _in(_SUBJECT, language).format(community=community)


def letter(words: Mapping[str, str], language: str) -> str:
    """A friendly letter to begin from: `community`, `house` and `name`; `meeting` and `time` in words, "" for none."""
    meeting = _in(_MEETING, language).format(words=words["meeting"]) if words.get("meeting") else ""
    time = _in(_TIME, language).format(words=_within(words["time"])) if words.get("time") else ""
    known = {name: words.get(name, "") for name in ("community", "house", "name")}
    text = _in(_LETTER, language).format(**known, meeting=meeting, time=time, lien=LINK)
    return text.replace(" \n", "\n")


def personal(text: str, link: str) -> str:
    """The letter to one person: with their own link where it was left in place, at the end where it was not."""
    text = text.replace("\r\n", "\n")
    return text.replace(LINK, link) if LINK in text else f"{text.rstrip()}\n\n{link}\n"


def problems(pasted: str, title: str, text: str) -> dict[str, str]:
    """What is wrong with a round, by field, as the English line of each; empty when it can go out."""
    found, odd = addresses(pasted)
    wrong: dict[str, str] = {}
    if odd:
        wrong["adresses"] = "odd"
    elif not found:
        wrong["adresses"] = "none"
    elif len(found) > MOST:
        wrong["adresses"] = "many"
    if not title.strip():
        wrong["objet"] = "empty"
    if not text.strip() or len(text) > LONGEST_LETTER:
        wrong["lettre"] = "empty" if not text.strip() else "long"
    return wrong


def _within(sentence: str) -> str:
    """A short sentence as it goes on after a colon: « quatre rencontres par an »; `TI : 2 h` stays as it is."""
    words = sentence.rstrip(".")
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _in(words: Bilingual, language: str) -> str:
    return words.get(language, words["fr"])
