"""What a harvester may ask, and what it asked: every argument known, given once, and of its form.

Spec: OAI-PMH §3. Spec: OAI-PMH §4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

#: More arguments than any verb has are not read.
MOST = 20

_ARGUMENTS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
}
_RESUMED = frozenset({"resumptionToken"})
_LISTS = frozenset({"ListIdentifiers", "ListRecords"})
_NAME = re.compile(r"([A-Za-z0-9_.!~*'()-]+(:[A-Za-z0-9_.!~*'()-]+)*)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SECOND = re.compile(rf"{_DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A verb with its arguments, all of which it may have."""

    verb: str
    arguments: Mapping[str, str]

    def get(self, name: str) -> str:
        """An argument, "" when it was not given."""
        return self.arguments.get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a question has no answer: a code of the protocol, and a sentence."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Records changed from a moment on, and before another."""

    since: datetime | None
    before: datetime | None


def asked(query: str) -> Question | Fault:
    """The question in a query, which came in the address or as a form."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST, errors="strict")
    except ValueError:
        return Fault(code="badArgument", words="There are too many arguments, or they are not in UTF-8.")
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in _ARGUMENTS:
        return Fault(code="badVerb", words="There must be one verb, and it must be one of the six.")
    arguments = {name: value for name, value in pairs if name != "verb"}
    if len(arguments) != len(pairs) - 1:
        return Fault(code="badArgument", words="An argument was given twice.")
    question = Question(verb=verbs[0], arguments=arguments)
    return _checked(question) or question


def span(question: Question) -> Span | Fault:
    """The time that a list is limited to."""
    given = [question.get(name) for name in ("from", "until")]
    if all(given) and len(given[0]) != len(given[1]):
        return Fault(code="badArgument", words="from and until must be of the same granularity.")
    moments = [_moment(text) for text in given]
    if any(text and moment is None for text, moment in zip(given, moments, strict=True)):
        return Fault(code="badArgument", words="A date is written as 2026-11-22 or as 2026-11-22T12:00:00Z.")
    since, until = moments
    if since and until and since > until:
        return Fault(code="badArgument", words="from is later than until.")
    step = timedelta(days=1) if _DAY.fullmatch(given[1]) else timedelta(seconds=1)
    return Span(since=since, before=_after(until, step))


def _after(until: datetime | None, step: timedelta) -> datetime | None:
    """The first moment that is not meant any more; there is none after the last day of all."""
    try:
        return until + step if until else None
    except OverflowError:
        return None


def _checked(question: Question) -> Fault | None:
    required, optional = _ARGUMENTS[question.verb]
    given = frozenset(question.arguments)
    if question.verb in _LISTS and given == _RESUMED:
        return None
    if given - required - optional:
        return Fault(code="badArgument", words=f"{question.verb} does not take all of these arguments.")
    if not all(_NAME.fullmatch(question.get(name)) for name in given & {"metadataPrefix", "set"}):
        return Fault(code="badArgument", words="A format or a set has a name in letters, digits and few signs.")
    missing = sorted(name for name in required if not question.get(name))
    return Fault(code="badArgument", words=f"{question.verb} needs {missing[0]}.") if missing else None


def _moment(text: str) -> datetime | None:
    if not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
