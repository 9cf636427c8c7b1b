"""What stands in a node of the demonstration so that every page has something to show: somebody who does everything in it."""

from __future__ import annotations

import re
from datetime import timedelta

from node.actions.add_member import admit, appoint
from node.actions.announce import announce
from node.actions.bring import Load, begin
from node.actions.complain import complain
from node.actions.convene import convene
from node.actions.decide import Verdict, decide
from node.actions.publish import publish
from node.contracts import House
from node.domain.moderating import CATEGORIES, Measure
from node.domain.rights import MEMBER
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.shelves.accounts import Accounts
from node.storage.shelves.bringings import BroughtRow
from node.storage.unit_of_work import UnitOfWork

#: What somebody brings: two cards, of which one is there already by its name.
_TABLE = "title;content\nLa visite d’accueil en trois temps;Aller voir.\nÉcoute;Écouter.\n".encode()


def sit(uow: UnitOfWork, house: House, person: str) -> list[str]:
    """Gives somebody every office, and them something to do; the addresses that no page leads to."""
    appoint(uow, house, person)
    Accounts(uow.ground).second.put(person, "JBSWY3DPEHPK3PXP", 0, house.now)
    community = min(uow.members.communities_of(person, house.now))
    admit(uow, house, person, community, role_name="animation")
    meeting = _meeting(uow, house, person, community)
    token = uow.invitations.add(community, "nouvelle@exemple.org", MEMBER, language="fr", by=person, at=house.now)
    note = next(hit.thing.entry for hit in uow.search.find("", scope=PUBLIC_SCOPE, communities=(community,), kind="PracticeNote"))
    return [
        f"{meeting}/modifier",
        _link(uow),
        f"/invitation/{token}",
        f"/decisions/{_decision(uow, house, person, note.iri)}",
        f"/apporter/{begin(uow, house, person, community, Load(files=[BroughtRow(name='outils.csv', content=_TABLE)])).id}",
        f"/ecrire?iri={note.iri}",
        f"/traduire?iri={note.iri}",
        f"{note.iri.removeprefix(house.url)}/modifier",
    ]


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
