"""What people of other organisations propose to a community, for those who decide about it; to anybody else it is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from node.contracts import Page, View, Visit
from node.domain.activities import about
from node.domain.html import CleanHtml, clean, plain
from node.errors import NotFound
from node.storage.gathering import may_decide
from node.storage.shelves.submissions import SubmissionRow
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import kind_of, thing_link
from node.web.desk import Desk, Link, Origin, refs, web
from node.web.translations import phrase
from node.web.wording import by_author, excerpt
from vocab import jsonld
from vocab.thing import Thing

#: So many are shown at a time, each of them whole when it is not longer than that.
MOST = 15
LONGEST = 3_000

_SAID = {
    "accepte": phrase("C’est publié, et les communautés qui vous suivent en sont avisées."),
    "decline": phrase("C’est décliné. Rien n’en est publié, et personne d’ailleurs n’en est avisé."),
    "deja": phrase("Il n’y avait plus rien à décider\u00a0: quelqu’un d’autre a répondu, ou la proposition a été reprise."),
    "change": phrase("Ceci n’a pas pu être publié\u00a0: son original a été retiré ou modifié depuis. Vous pouvez décliner."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Something that waits for an answer. `is_cut`: only the beginning of it is shown."""

    id: int
    kind: str
    title: str
    title_language: str
    language: str
    author: Link
    origin: Origin
    at: datetime
    content: CleanHtml
    is_cut: bool
    href: str
    answered: Link | None = None


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What waits, the oldest first; raises NotFound for whoever does not decide here."""
    community = f"{visit.house.url}/communautes/{visit.path['slug']}"
    row = uow.actors.get(community)
    if row is None or row.state != "active" or not may_decide(uow, visit.reader.actor, community, visit.house.now):
        raise NotFound
    desk = Desk(uow, visit)
    count = uow.submissions.count(community)
    outcome = visit.query.get("fait", "")
    values = {
        "community": desk.community(community),
        "proposals": [_proposal(desk, each) for each in uow.submissions.waiting(community, MOST)],
        "more": max(count - MOST, 0),
        "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
    }
    return View(title=desk.tongue.say("Propositions d’ailleurs"), values=values)


def _proposal(desk: Desk, row: SubmissionRow) -> Proposal:
    thing = about(jsonld.read(row.body)).thing or Thing(id=row.thing)
    content, language = desk.worded(getattr(thing, "content", None) or getattr(thing, "summary", None))
    title, titled = desk.named(thing)
    author, kind, cleaned = desk.person(row.author), kind_of(desk, thing), clean(content)
    is_cut = len(cleaned) > LONGEST
    over = next((ref.iri for ref in refs(thing, "in_reply_to") if ref.iri), "")
    return Proposal(
        id=row.id,
        kind=kind,
        title=excerpt(title, 300) or by_author(kind, author.text, desk.tongue),
        title_language=titled,
        language=language or titled,
        author=author,
        origin=desk.origin(row.author),
        at=row.received_at,
        content=clean(f"<p>{excerpt(plain(content), LONGEST // 2)}</p>") if is_cut else cleaned,
        is_cut=is_cut,
        href=web(row.thing),
        answered=thing_link(desk, over, desk.uow.things.get(over, desk.scope)) if over else None,
    )


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/propositions", right="anyone", show=show)
