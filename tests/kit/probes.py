"""Which requests walk each route in the visibility matrix: a new route needs its probe here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kit.planted import ADDRESS, ELSEWHERE, FRIEND, PATHS, PLANTED_FILE, SHELVES, STRANGER, VISIBLE, WORDS
from kit.web_node import AP
from node.web.endpoints import vocabulary, vocabulary_file
from node.web.pages import vocabulary_concept, vocabulary_scheme, vocabulary_word
from vocab.namespaces import AS_CONTEXT

FACES = ("text/html", AP, "text/turtle")
ACTORS = ("organisation", "communautes/logement", "personnes/autrice")
COLLECTIONS = ("outbox", "followers", "following", "repertoire", "animation", "membres", "en-vedette")
COMMUNITIES = ("logement", "voisine", "jamaisvue")
SEARCHES = ("", WORDS["name"], WORDS["content"])
EVENTS = (f"rencontres/{ADDRESS}", "rencontres/jamaisvu")
#: Stands for the token that the form of a session must carry.
FORM_TOKEN = "JETON"
RESOURCE = "/.well-known/webfinger?resource="


@dataclass(frozen=True, kw_only=True)
class Probe:
    """Requests that reach one route: paths to GET, or bodies to POST by path."""

    get: Sequence[str] = ()
    post: Mapping[str, bytes] | None = None
    faces: Sequence[str] = FACES


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


def probes(url: str) -> dict[str, Probe]:
    """By declared path: the requests that walk the route. Extend it when you add a route."""
    every_thing = [f"/{path}" for path in PATHS] + [f"/{shelf}/jamaisvu" for shelf in SHELVES]
    inboxes = {"/inbox": like(url), "/communautes/logement/inbox": like(url), "/communautes/jamaisvue/inbox": like(url)}
    actor = "{actor:organisation|noeud|communautes/[a-z0-9-]+|personnes/[a-z0-9-]+}"
    html = ("text/html",)
    return {
        "/": Probe(get=["/", "/?langue=en"], faces=html),
        "/communautes": Probe(get=["/communautes"], faces=html),
        "/carte": Probe(get=["/carte", "/carte?langue=en"], faces=html),
        "/intersections": Probe(get=["/intersections"], faces=html),
        "/a-propos": Probe(get=["/a-propos"], faces=html),
        "/organisation": Probe(get=["/organisation"], faces=html),
        "/personnes/{slug:[a-z0-9-]+}": Probe(
            get=[f"/personnes/{name}" for name in ("autrice", "mireille", "jamaisvue")], faces=html
        ),
        "/communautes/{slug:[a-z0-9-]+}": Probe(get=[f"/communautes/{slug}" for slug in COMMUNITIES], faces=html),
        "/communautes/{slug:[a-z0-9-]+}/repertoire": Probe(
            get=[
                f"/communautes/{slug}/repertoire{query}"
                for slug in COMMUNITIES
                for query in ("", "?portee=elargi", f"?q={WORDS['name']}")
            ],
            faces=html,
        ),
        "/oai": Probe(
            get=[
                "/oai?verb=Identify",
                "/oai?verb=ListSets",
                *(f"/oai?verb=ListRecords&metadataPrefix={prefix}" for prefix in ("oai_dc", "rdf")),
                *(f"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier={quote(url + path, safe='')}" for path in every_thing),
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
        "/communautes/{slug:[a-z0-9-]+}/glossaire": Probe(
            get=[f"/communautes/{slug}/glossaire" for slug in (*COMMUNITIES, "jamaisvue")], faces=FACES
        ),
        "/communautes/{slug:[a-z0-9-]+}/propositions": Probe(
            get=[f"/communautes/{slug}/propositions" for slug in COMMUNITIES],
            post={f"/communautes/{slug}/propositions": b"qui=1&geste=accepter" for slug in COMMUNITIES},
            faces=html,
        ),
        "/{shelf:ressources|termes|correspondances|lieux|rencontres|echanges}/{id:[A-Za-z0-9_-]+}": Probe(
            get=[*every_thing, f"/{VISIBLE}"]
        ),
        "/{shelf:ressources|termes|correspondances|lieux|rencontres|echanges}/{id:[A-Za-z0-9_-]+}/reponses": Probe(
            get=[f"{path}/reponses{page}" for path in [*every_thing, f"/{VISIBLE}"] for page in ("", "?page=1")], faces=(AP,)
        ),
        "/rencontres/{id:[A-Za-z0-9_-]+}/participations": Probe(
            get=[f"/rencontres/{name}/participations{page}" for name in (ADDRESS, "jamaisvu") for page in ("", "?page=1")],
            faces=(AP,),
        ),
        "/conversations/{id:[A-Za-z0-9_-]+}": Probe(
            get=[f"/conversations/{name}{page}" for name in (ADDRESS, "visible", "jamaisvue") for page in ("", "?page=1")],
            faces=(AP,),
        ),
        "/recherche": Probe(
            get=[f"/recherche?q={words}&portee={scope}" for words in SEARCHES for scope in ("communaute", "noeud", "ailleurs")]
            + [
                f"/recherche?sujet={quote(f'{url}/termes/{ADDRESS}', safe='')}",
                "/recherche?communaute=logement&type=PracticeNote",
                "/recherche?format=activitystreams",
            ],
            faces=html,
        ),
        "{community:/communautes/[a-z0-9-]+|}/agenda": Probe(
            get=["/agenda", "/agenda?format=activitystreams", *(f"/communautes/{slug}/agenda" for slug in COMMUNITIES)],
            faces=html,
        ),
        "/prive/{token:[A-Za-z0-9_-]+}/{form:[a-z]+}": Probe(
            get=["/prive/jamaisvu/turtle", "/prive/jamaisvu/jamaisvu"], faces=("*/*",)
        ),
        "/adresses-privees": Probe(
            get=["/adresses-privees", "/adresses-privees?liste=/recherche"],
            post={
                f"/adresses-privees?{deed}": f"jeton={FORM_TOKEN}&qui=1&geste={deed}".encode() for deed in ("revoquer", "faire")
            },
            faces=html,
        ),
        "/ailleurs": Probe(get=["/ailleurs"], faces=html),
        "/ailleurs/site": Probe(get=["/ailleurs/site", f"/ailleurs/site?iri={quote(FRIEND.iri, safe='')}"], faces=html),
        "/ailleurs/communaute": Probe(
            get=[f"/ailleurs/communaute?iri={quote(iri, safe='')}" for iri in (FRIEND.iri, STRANGER.iri)], faces=html
        ),
        "/ailleurs/ressource": Probe(
            get=[
                f"/ailleurs/ressource?iri={quote(iri, safe='')}"
                for iri in (ELSEWHERE, f"{url}/{PATHS[0]}", "https://ami.example/jamaisvu")
            ],
            faces=html,
        ),
        "/{actor:organisation|communautes/[a-z0-9-]+|personnes/[a-z0-9-]+}": Probe(
            get=[f"/{path}" for path in (*ACTORS, "personnes/jamaisvue")]
        ),
        "/noeud": Probe(get=["/noeud"], faces=(AP, "text/turtle")),
        f"/{actor}/{{collection:{'|'.join(_shelves())}}}": Probe(
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
        "/intersections/{id:[A-Za-z0-9_-]+}": Probe(get=["/intersections/jamaisvue"]),
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
        "/entrer": Probe(get=["/entrer", "/entrer?jeton=jamaisvu"], post={"/entrer?jeton=jamaisvu": b""}, faces=html),
        "/sortir": Probe(post={"/sortir": b"jeton=jamaisvu"}),
        "/participer": Probe(
            post={f"/participer?{path}": f"jeton={FORM_TOKEN}&geste=inscrire&iri={url}/{path}".encode() for path in EVENTS}
        ),
        "/media/{digest:[0-9a-f]+}.{extension:[a-z0-9]+}": Probe(
            get=[f"/media/{digest}.{end}" for digest, end in ((PLANTED_FILE, "pdf"), ("0" * 64, "pdf"))], faces=(AP, "*/*")
        ),
        "/fichiers": Probe(post={"/fichiers": f"jeton={FORM_TOKEN}".encode()}),
        "/repondre": Probe(
            post={
                f"/repondre?{path}": f"jeton={FORM_TOKEN}&texte=bonjour&iri={url}/{path}".encode() for path in (*PATHS, *EVENTS)
            }
        ),
        "/avis": Probe(
            get=["/avis", "/avis?langue=en"],
            post={
                f"/avis?{deed}": f"jeton={FORM_TOKEN}&sujet={quote(f'{url}/{PATHS[0]}', safe='')}&geste={deed}".encode()
                for deed in ("lu", "tout", "sourdine")
            },
            faces=html,
        ),
        "/moi/avis": Probe(
            get=["/moi/avis"],
            post={
                "/moi/avis?sourdine": f"jeton={FORM_TOKEN}&sujet={quote(f'{url}/{PATHS[0]}', safe='')}&geste=sourdine".encode(),
                "/moi/avis?rythme": f"jeton={FORM_TOKEN}&rythme=daily&jour=2&geste=rythme".encode(),
            },
            faces=html,
        ),
        "/signalements": Probe(get=["/signalements"], post={"/signalements": b"qui=1&geste=classer"}, faces=html),
        "/liens": Probe(get=["/liens"], post={"/liens": b"serveur=ami.example&geste=refuser"}, faces=html),
    }


def _shelves() -> list[str]:
    return ["outbox", "followers", "following", "repertoire", "animation", "membres", "en-vedette"]
