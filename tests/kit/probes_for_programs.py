"""The part of the visibility matrix that is for programs: how a node is found, its words, its lists, what other servers send."""

from __future__ import annotations

import json
from urllib.parse import quote

from kit.planted import ADDRESS, FRIEND, PATHS, VISIBLE
from kit.probing import ACTORS, COMMUNITIES, Probe, every_thing
from kit.web_node import AP
from node.web.endpoints import vocabulary, vocabulary_file
from node.web.pages import vocabulary_concept, vocabulary_scheme, vocabulary_word
from vocab.namespaces import AS_CONTEXT

COLLECTIONS = ("outbox", "followers", "following", "repertoire", "animation", "membres", "en-vedette")
RESOURCE = "/.well-known/webfinger?resource="


def like(house_url: str) -> bytes:
    """A Like of what is planted: must not tell whether it is there."""
    said = {
        "@context": AS_CONTEXT,
        "id": "https://ami.example/activites/1",
        "type": "Like",
        "actor": FRIEND.iri,
        "object": f"{house_url}/{PATHS[0]}",
    }
    return json.dumps(said).encode()


def for_programs(url: str) -> dict[str, Probe]:
    """By declared path: the requests that walk the route."""
    inboxes = {path: like(url) for path in ("/inbox", "/communautes/logement/inbox", "/communautes/jamaisvue/inbox")}
    actor = "{actor:organisation|noeud|communautes/[a-z0-9-]+|personnes/[a-z0-9-]+}"
    html = ("text/html",)
    return {
        "/oai": Probe(
            get=[
                "/oai?verb=Identify",
                "/oai?verb=ListSets",
                *(f"/oai?verb=ListRecords&metadataPrefix={prefix}" for prefix in ("oai_dc", "rdf")),
                *(f"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier={quote(url + path, safe='')}" for path in every_thing()),
            ],
            post={"/oai": b"verb=ListIdentifiers&metadataPrefix=oai_dc"},
            faces=("text/xml",),
        ),
        "/{name:catalogue|\\.well-known/void}": Probe(
            get=["/catalogue", "/.well-known/void"], faces=("text/turtle", "application/ld+json")
        ),
        "/{community:|communautes/[a-z0-9-]+/}{file:glossaire\\.ttl|correspondances\\.tsv}": Probe(
            get=[
                f"/{where}{file}"
                for where in ("", *(f"communautes/{slug}/" for slug in (*COMMUNITIES, "jamaisvue")))
                for file in ("glossaire.ttl", "correspondances.tsv")
            ],
            faces=("*/*",),
        ),
        "/flux{page:|/[1-9][0-9]*}": Probe(
            get=["/flux", "/flux/1", "/flux/2"], faces=("application/ld+json", "application/json")
        ),
        "/{shelf:ressources|termes|correspondances|lieux|rencontres|echanges}/{id:[A-Za-z0-9_-]+}/reponses": Probe(
            get=[f"{path}/reponses{page}" for path in [*every_thing(), f"/{VISIBLE}"] for page in ("", "?page=1")], faces=(AP,)
        ),
        "/rencontres/{id:[A-Za-z0-9_-]+}/participations": Probe(
            get=[f"/rencontres/{name}/participations{page}" for name in (ADDRESS, "jamaisvu") for page in ("", "?page=1")],
            faces=(AP,),
        ),
        "/conversations/{id:[A-Za-z0-9_-]+}": Probe(
            get=[f"/conversations/{name}{page}" for name in (ADDRESS, "visible", "jamaisvue") for page in ("", "?page=1")],
            faces=(AP,),
        ),
        "/noeud": Probe(get=["/noeud"], faces=(AP, "text/turtle")),
        f"/{actor}/{{collection:{'|'.join(COLLECTIONS)}}}": Probe(
            get=[f"/{path}/{name}{page}" for path in ACTORS for name in COLLECTIONS for page in ("", "?page=1")]
            + [f"/communautes/logement/repertoire?parties={parts}" for parts in ("", "0.1.2.3.4.5.6.7", "8.9.a.b.c.d.e.f")],
            faces=(AP,),
        ),
        "/{actor:organisation|communautes/[a-z0-9-]+|personnes/[a-z0-9-]+}/followers_synchronization": Probe(
            get=[f"/{path}/followers_synchronization" for path in (*ACTORS, "personnes/jamaisvue")], faces=(AP,)
        ),
        "/activites/{id:[A-Za-z0-9_-]+}": Probe(
            get=[f"/activites/{ADDRESS}{end}" for end in ("", "r", "2", "2r")] + ["/activites/jamaisvue"],
            faces=(AP, "text/turtle"),
        ),
        "/.well-known/webfinger": Probe(
            get=[
                f"{RESOURCE}{quote(resource, safe='')}"
                for resource in (f"{url}/{PATHS[0]}", f"acct:autrice@{url[7:]}", f"acct:{ADDRESS}@{url[7:]}", url)
            ],
            faces=(AP,),
        ),
        "/{document:nodeinfo/2\\.0|nodeinfo/2\\.1|\\.well-known/nodeinfo}": Probe(
            get=["/nodeinfo/2.0", "/nodeinfo/2.1", "/.well-known/nodeinfo"], faces=("*/*",)
        ),
        "/.well-known/host-meta{form:|\\.json}": Probe(
            get=["/.well-known/host-meta", "/.well-known/host-meta.json"], faces=("*/*",)
        ),
        "/sparql": Probe(
            get=["/sparql", f"/sparql?query={quote('SELECT * { ?a ?b ?c }')}"],
            post={"/sparql": f"query={quote('ASK { ?a ?b ?c }')}".encode()},
            faces=("*/*",),
        ),
        "/manifest.webmanifest": Probe(get=["/manifest.webmanifest"], faces=("*/*",)),
        "/sante": Probe(get=["/sante"], faces=("*/*",)),
        vocabulary.ENDPOINT.path: Probe(
            get=["/vocab/roles", "/vocab/ns/topic", "/vocab/ns/jamaisvu"], faces=("*/*", "text/html")
        ),
        vocabulary_file.ENDPOINT.path: Probe(
            get=["/vocab/context/v1", "/vocab/roles.ttl", "/vocab/jamaisvu.ttl"], faces=("*/*",)
        ),
        "/vocab{document:/?|/ns}": Probe(get=["/vocab", "/vocab/", "/vocab/ns"], faces=html),
        vocabulary_word.PAGE.path: Probe(get=["/vocab/ns/topic", "/vocab/ns/jamaisvu"], faces=html),
        vocabulary_scheme.PAGE.path: Probe(get=["/vocab/roles", "/vocab/roles/"], faces=html),
        vocabulary_concept.PAGE.path: Probe(get=["/vocab/roles/animation", "/vocab/roles/jamaisvu"], faces=html),
        "/vocab/exemples": Probe(get=["/vocab/exemples"], faces=html),
        "/vocab/correspondances": Probe(get=["/vocab/correspondances"], faces=html),
        "/vocab/versions": Probe(get=["/vocab/versions"], faces=html),
        "/{owner:organisation/|noeud/|communautes/[a-z0-9-]+/|personnes/[a-z0-9-]+/|}inbox": Probe(post=inboxes),
    }
