"""The glossary of a community as a concept scheme: what each of its terms names in `inScheme`. Spec: SKOS §4."""

from __future__ import annotations

import html

from node.contracts import Endpoint, Reply, Visit
from node.domain.actors import glossary_of
from node.domain.visibility import scope_of
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import ACTIVITY
from vocab import jsonld
from vocab.namespaces import PUBLIC
from vocab.things.concept_scheme import ConceptScheme
from vocab.values import Ref, Text

#: As many terms are listed.
MOST = 1_000


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The scheme, with links to the terms that the reader may see; raises NotFound for a community that is not here."""
    community = f"{visit.house.url}/communautes/{visit.path['slug']}"
    row = uow.actors.get(community)
    if row is None or not row.is_local or row.state != "active":
        raise NotFound
    iri, language = glossary_of(community), visit.house.language
    terms = uow.things.listed(scope=scope_of(visit.reader), kind="Concept", community=community, limit=MOST)
    links = "".join(
        f'<li><a href="{html.escape(term.entry.iri)}">{html.escape(term.entry.name, quote=False)}</a></li>'
        for term in sorted(terms, key=lambda term: term.entry.name.casefold())
    )
    name = f"Glossaire : {row.name}" if language == "fr" else f"Glossary: {row.name}"
    scheme = ConceptScheme(
        id=iri,
        name=Text.of(name, language),
        summary=Text.of(f"<p>{html.escape(name, quote=False)}</p>", language),
        content=Text.of(f"<ul>{links}</ul>", language),
        url=(Ref(iri),),
        attributed_to=(Ref(community),),
        to=(Ref(PUBLIC),),
        published=row.created_at,
    )
    return Reply(body=jsonld.dump(scheme), media_type=ACTIVITY)


ENDPOINT = Endpoint(path="/communautes/{slug:[a-z0-9-]+}/glossaire", answer=answer)
