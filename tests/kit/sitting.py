"""What stands in a node of the demonstration so that every page has something to show: somebody who does everything in it."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from node.actions.add_member import admit, appoint
from node.actions.announce import announce
from node.actions.bring import Load, begin
from node.actions.change_account import BY_CLOCK, ON_PAPER
from node.actions.complain import complain
from node.actions.convene import convene
from node.actions.decide import Verdict, decide
from node.actions.follow_feed import follow_feed, read_feed, take_items
from node.actions.publish import publish
from node.actions.vouch import OUT
from node.contracts import House
from node.domain.moderating import CATEGORIES, Measure
from node.domain.rights import MEMBER
from node.domain.second_factor import paper_codes
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.shelves.accounts import Accounts
from node.storage.shelves.bringings import BroughtRow
from node.storage.shelves.feeds import FeedRow
from node.storage.unit_of_work import UnitOfWork
from node.web.doors import BY_PROVIDER, CLOCK

#: What somebody brings: two cards, of which one is there already by its name.
_TABLE = "title;content\nLa visite d’accueil en trois temps;Aller voir.\nÉcoute;Écouter.\n".encode()

_SECRET = "JBSWY3DPEHPK3PXP"
#: A site that only publishes, and two things that it said.
_SITE = "https://quartier.example/fil"
_FEED = """<rss version="2.0"><channel><title>Le Quartier, journal de rue</title><link>https://quartier.example/</link>
<description>Ce qui se passe entre la rivière et la voie ferrée.</description>
<item><guid>1</guid><title>La halte-chaleur ouvre plus tôt</title><link>https://quartier.example/1</link>
<description>Dès novembre, à la demande des voisins.</description></item>
<item><guid>2</guid><title>Trois logements repris par la coopérative</title><link>https://quartier.example/2</link>
<description>Rénovés par celles et ceux qui y habiteront.</description></item></channel></rss>""".encode()


def sit(uow: UnitOfWork, house: House, person: str) -> list[str]:
    """Gives somebody every office, and them something to do; the addresses that no page leads to."""
    appoint(uow, house, person)
    Accounts(uow.ground).second.put(person, _SECRET, 0, house.now)
    community = min(uow.members.communities_of(person, house.now))
    admit(uow, house, person, community, role_name="animation")
    meeting = _meeting(uow, house, person, community)
    token = uow.invitations.add(community, "nouvelle@exemple.org", MEMBER, language="fr", by=person, at=house.now)
    note, book = (
        next(hit.thing.entry for hit in uow.search.find("", scope=PUBLIC_SCOPE, communities=(community,), kind=kind))
        for kind in ("PracticeNote", "Notebook")
    )
    return [
        f"{meeting}/modifier",
        _link(uow),
        f"/invitation/{token}",
        f"/decisions/{_decision(uow, house, person, note.iri)}",
        f"/apporter/{begin(uow, house, person, community, Load(files=[BroughtRow(name='outils.csv', content=_TABLE)])).id}",
        f"/ecrire?iri={note.iri}",
        f"/traduire?iri={note.iri}",
        f"{note.iri.removeprefix(house.url)}/modifier",
        f"{book.iri.removeprefix(house.url)}?carnet",
        f"/partager/fait?iri={house.url}{meeting}",
        *_doors(uow, house, person),
        *_elsewhere(uow, house, person, community),
    ]


def _doors(uow: UnitOfWork, house: House, person: str) -> list[str]:
    """What is shown once: a clock being set up, the codes for paper, and the way to an organisation's own door."""

    def token(kind: str, owner: str, content: str) -> str:
        return uow.sessions.create_token(kind, owner, house.now + timedelta(days=1), content)

    codes = " ".join(paper_codes())
    return [
        f"{CLOCK}?clock={token(BY_CLOCK, person, _SECRET)}",
        f"{CLOCK}?paper={token(ON_PAPER, person, codes)}",
        f"{BY_PROVIDER}?etape={token(OUT, '', 'https://ville.example/entrer')}",
    ]


def _elsewhere(uow: UnitOfWork, house: House, person: str, community: str) -> list[str]:
    """A site that is followed by its feed, one that somebody considers, and what came of a thing from elsewhere."""
    found = (hit.thing.entry.iri for hit in uow.search.find("", scope=PUBLIC_SCOPE))
    far = next(iri for iri in found if not house.is_local(iri))
    read, later = read_feed(_SITE, _FEED), house.now + timedelta(days=1)
    row = FeedRow(
        iri=_SITE,
        address=_SITE,
        format="rss",
        title=read.feed.title,
        summary=read.feed.summary,
        added_at=house.now,
        next_at=later,
    )
    take_items(uow, house, follow_feed(uow, house, community, row), read.items)
    told = {"address": _SITE, "title": row.title, "summary": read.feed.summary, "items": [item.title for item in read.feed.items]}
    number = uow.previews.add(person, "flux", _SITE, json.dumps(told), house.now)
    return [f"/ailleurs/site?iri={_SITE}", f"/ailleurs/apercu?n={number}", f"/ailleurs/versions?iri={far}"]


def _meeting(uow: UnitOfWork, house: House, person: str, community: str) -> str:
    day = (house.now + timedelta(days=6)).strftime("%Y-%m-%d")
    fields = {"date": day, "debut": "13:30", "titre": "Café des pratiques", "lieu": "Maison Gauvreau, Rimouski", "pour": "public"}
    ready = announce(uow, house, person, {**fields, "communaute": community, "repete": "deux-semaines"}, "fr")
    entry = publish(uow, house, ready.draft, ready.placement)
    convene(uow, house, entry, person)
    return entry.iri.removeprefix(house.url)


def _link(uow: UnitOfWork) -> str:
    texts = (letter.text for letter in uow.letters.listed("due"))
    return next((f"{found[1]}?r=inscrire" for text in texts if (found := re.search(r"(/reponse/[\w-]+)\?r=", text))), "")


def _decision(uow: UnitOfWork, house: House, person: str, iri: str) -> int:
    complain(uow, house, PUBLIC_SCOPE, iri, next(iter(CATEGORIES)), "Un nom de famille s’y lit encore.")
    report = uow.reports.listed("waiting", 1)[0].id
    reason = "Un nom de famille suffit à reconnaître quelqu’un. Nous en parlons."
    return decide(uow, house, Verdict(report=report, measure=Measure.TALK, reason=reason, by=person))
