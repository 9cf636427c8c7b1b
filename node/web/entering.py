"""What the doors of this site have in common: who knocks, where they go once they are in, and what is said when they may not."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from federation.messages import Received
from node.actions.come_in import Admitted, Knock, Refused
from node.contracts import Reply, Visit
from node.domain.devices import device
from node.domain.returning import within
from node.errors import Invalid
from node.web.doors import ACCESS, BACK, SECOND_DOOR
from node.web.forms import field_of
from node.web.middleware import session
from node.web.translations import Tongue, language_of, phrase

#: What opens doors is changed by whoever came in a moment ago only.
STALE = phrase("Vous êtes là depuis plus d’une demi-heure. Entrez encore une fois, puis revenez ici\u00a0: rien n’a été changé.")
_OFTEN = phrase(
    "Il y a eu trop d’essais depuis une heure. Attendez un peu avant de recommencer, ou entrez d’une autre façon : par un lien "
    "reçu par courriel, ou avec une clé d’accès."
)


def is_secure(visit: Visit) -> bool:
    """Whether this site is reached by https."""
    return visit.house.url.startswith("https:")


def session_of(received: Received, visit: Visit) -> str:
    """The session that a request brings along, in force or not."""
    return session.in_headers(received.values("Cookie"), is_secure=is_secure(visit))


def knock(received: Received, visit: Visit) -> Knock:
    """Who is at the door."""
    return Knock(
        address=visit.address,
        device=device(next(iter(received.values("User-Agent")), "")[:500]),
        session=session_of(received, visit),
        back=within(field_of(received, BACK)),
    )


def entered(visit: Visit, admitted: Admitted) -> Reply:
    """Leads on whoever was let in: to where they were going, to the second door, or to where they get a second proof."""
    if admitted.step:
        key = (("avec", "cle"), (BACK, admitted.back)) if admitted.by_key else ()
        return onward(visit, SECOND_DOOR, ("langue", visit.language), *key, step=admitted.step)
    there = f"{ACCESS}?{urlencode({BACK: admitted.back or '/'})}" if admitted.must_prove else admitted.back or "/"
    headers = (
        ("Location", f"{visit.house.url}{there}"),
        session.opened(admitted.session, is_secure=is_secure(visit)),
        session.step("", is_secure=is_secure(visit)),
    )
    return Reply(body=b"", media_type="text/plain", status=HTTPStatus.SEE_OTHER, headers=headers)


def onward(visit: Visit, path: str, *query: tuple[str, str], step: str = "") -> Reply:
    """Leads to another page, with what goes along to the next step."""
    location = f"{visit.house.url}{path}?{urlencode([pair for pair in query if pair[1]])}".removesuffix("?")
    cookie = (session.step(step, is_secure=is_secure(visit)),) if step else ()
    return Reply(body=b"", media_type="text/plain", status=HTTPStatus.SEE_OTHER, headers=(("Location", location), *cookie))


def often(visit: Visit) -> Invalid:
    """The page again: there were too many tries."""
    return problem(visit, "", _OFTEN)


def refusal(visit: Visit, why: Refused, wrong: str) -> Invalid:
    """The page again, with why: `wrong` for a proof that is none."""
    return problem(visit, "", wrong if why is Refused.WRONG else _OFTEN)


def problem(visit: Visit, name: str, words: str) -> Invalid:
    """The page again, with what is wrong with a field."""
    return Invalid("This form is not right.", problems={name: Tongue(language_of(visit.language)).say(words)})
