"""Makes a notebook, with the note in it from which somebody came, and leads to where it is arranged."""

from __future__ import annotations

from http import HTTPStatus

from federation.messages import Received
from node.actions.publish import publish
from node.contracts import Draft, Endpoint, Reply, Tools, Visit
from node.domain.composing import rendered
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.domain.prose import language as language_of_text
from node.domain.visibility import scope_of
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.forms import field_of
from node.web.translations import Tongue, language_of
from vocab.things.notebook import Notebook
from vocab.things.ordered_collection import OrderedCollection
from vocab.values import Ref, Text

LONGEST_TITLE, LONGEST_TEXT = 300, 5_000


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Publishes it in the community; raises NotAllowed, NotFound for a note that may not be seen, Invalid with what to do."""
    if not visit.form_token:
        raise NotAllowed
    community, audience = field_of(received, "communaute"), field_of(received, "visibilite")
    if community not in visit.reader.communities or audience not in {Audience.COMMUNITY, Audience.PUBLIC}:
        raise NotAllowed
    thing, note = _notebook(received, visit), field_of(received, "note")
    placed = Placement(author=visit.reader.actor, community=community, audience=Audience(audience))

    def make(uow: UnitOfWork) -> str:
        stored = uow.things.get(note, scope_of(visit.reader)) if note else None
        if note and (stored is None or stored.entry.deleted_at is not None):
            raise NotFound
        return publish(uow, visit.house, Draft(thing=thing, source="carnet"), placed).iri

    iri = await tools.database.write(make)
    name = iri.rpartition("/")[2]
    there = visit.house.url + Addresses(visit).page(f"/carnets/{name}/plan")
    return Reply(body=b"", media_type="text/plain", status=HTTPStatus.SEE_OTHER, headers=(("Location", there),))


def _notebook(received: Received, visit: Visit) -> Notebook:
    title = " ".join(field_of(received, "titre").split())
    text = field_of(received, "texte").strip()
    tongue = Tongue(language_of(visit.language))
    if not title:
        raise Invalid("no title", problems={"titre": tongue.say("Donnez un titre.")})
    if len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT:
        where = "titre" if len(title) > LONGEST_TITLE else "texte"
        raise Invalid("too long", problems={where: tongue.say("C’est trop long\u00a0: raccourcissez.")})
    language = language_of_text(f"{title} {text}") or visit.house.language
    note = field_of(received, "note")
    items = (Ref(note),) if note else ()
    return Notebook(
        name=Text.of(title, language),
        content=Text.of(str(rendered(text)), language) if text else None,
        entries=OrderedCollection(items=items, total_items=len(items)).ref,
        in_language=language,
    )


ENDPOINT = Endpoint(path="/carnets/nouveau", receive=receive)
