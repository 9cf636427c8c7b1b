"""Private words in every place of the house that holds words: what members began, keep, were told, asked and promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kit.nodes import LiveNode
from node.actions.change_account import Portrait, introduce
from node.actions.keep_media import keep_media
from node.actions.publish import publish
from node.contracts import Draft, House
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.domain.uploads import Given, offered
from node.storage.shelves.agreements import AgreementRow
from node.storage.shelves.incidents import Incident
from node.storage.shelves.restraints import RestraintRow
from node.storage.shelves.saved_searches import SavedSearches
from node.storage.unit_of_work import UnitOfWork
from vocab.things.practice_note import PracticeNote
from vocab.values import Text


def plant_house(node: LiveNode, mark: Callable[[], str]) -> None:
    """Plants them; `mark` gives a word that occurs nowhere else."""
    node.do(lambda uow, house: _plant(uow, house, node, mark))
    widen(node, mark)


def _plant(uow: UnitOfWork, house: House, node: LiveNode, mark: Callable[[], str]) -> None:
    person, now = node.author, house.now
    uow.drafts.save(person, {"titre": mark(), "texte": mark(), "lien": f"https://x.example/{mark()}"}, now)
    uow.invitations.add(node.community, f"{mark()}@exemple.org", "membre", language="fr", by=person, at=now)
    uow.letters.add(f"{mark()}@exemple.org", mark(), mark())
    uow.agreements.put(AgreementRow(host="ami.example", why=mark(), contacts=mark(), charter=mark(), by=person))
    uow.incidents.add(Incident(happened_at=now, noticed_at=now, nature=mark(), harm=mark(), measures=mark(), by=person))
    uow.previews.add(person, "page", f"https://x.example/{mark()}", mark(), now)
    uow.restraints.begin(RestraintRow(person=f"{person}-x", community=node.community, kind="slow", reason=mark(), at=now))
    uow.restraints.appeal(1, person, mark(), now)
    SavedSearches(uow.ground).add(person, mark(), f"q={mark()}", 0, now)
    introduce(uow, house, person, Portrait(name="Mireille Côté", languages=mark(), helps=mark(), town=mark()))
    file = offered(Given(name=f"{mark()}.txt", content=mark().encode()))
    keep_media(uow, house, person, file, description=mark())


def widen(node: LiveNode, mark: Callable[[], str]) -> None:
    """A note that said other words, with another file, while it was for its community alone."""

    def shown(house: House, words: str) -> Draft:
        thing = PracticeNote(name=Text.of(words, "fr"), content=Text.of(f"<p>{words}</p>", "fr"))
        return Draft(thing=thing, source=words)

    placed = Placement(author=node.author, community=node.community, audience=Audience.COMMUNITY)
    first = node.do(lambda uow, house: publish(uow, house, shown(house, mark()), placed))
    wide = replace(placed, audience=Audience.PUBLIC, replaces=first.iri, comment="")
    node.do(lambda uow, house: publish(uow, house, shown(house, "Ouverte à tout le monde"), wide))
