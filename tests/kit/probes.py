"""Which requests walk each route in the visibility matrix: a new route needs its probe here."""

from __future__ import annotations

from urllib.parse import quote

from kit.planted import ADDRESS, ELSEWHERE, FRIEND, PATHS, STRANGER, VISIBLE, WORDS
from kit.probes_for_finding import for_finding
from kit.probes_for_notes import for_notes
from kit.probes_for_programs import for_programs
from kit.probes_for_sharing import for_sharing
from kit.probing import ACTORS, COMMUNITIES, FACES, FORM_TOKEN, Probe, every_thing
from node.web.exchanges import SLUG

EVENTS = (f"rencontres/{ADDRESS}", "rencontres/jamaisvu")


def probes(url: str) -> dict[str, Probe]:
    """By declared path: the requests that walk the route. Extend it when you add a route."""
    html, here = ("text/html",), f"{url}/communautes/logement"
    return {
        **for_programs(url),
        **for_finding(url),
        **for_notes(url),
        **for_sharing(url),
        "/": Probe(get=["/", "/?langue=en"], faces=html),
        "/communautes": Probe(get=["/communautes"], faces=html),
        "/carte": Probe(get=["/carte", "/carte?langue=en"], faces=html),
        "/intersections": Probe(get=["/intersections"], faces=html),
        "/a-propos": Probe(get=["/a-propos"], faces=html),
        "/accessibilite": Probe(get=["/accessibilite"], faces=html),
        "/hors-ligne": Probe(get=["/hors-ligne"], faces=html),
        "/systeme": Probe(get=["/systeme"], faces=html),
        "/noeud/apparence": Probe(
            get=["/noeud/apparence"], post={"/noeud/apparence": f"jeton={FORM_TOKEN}&couleur=inconnue".encode()}, faces=html
        ),
        "/noeud/textes": Probe(
            get=["/noeud/textes", "/noeud/textes?q=note"],
            post={"/noeud/textes": f"jeton={FORM_TOKEN}&dans=fr&phrase=Inconnue&forme-1=Dates".encode()},
            faces=html,
        ),
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
        "/communautes/{slug:[a-z0-9-]+}/glossaire": Probe(
            get=[f"/communautes/{slug}/glossaire" for slug in (*COMMUNITIES, "jamaisvue")], faces=FACES
        ),
        "/communautes/{slug:[a-z0-9-]+}/membres": Probe(get=[f"/communautes/{slug}/membres" for slug in COMMUNITIES], faces=html),
        "/communautes/{slug:[a-z0-9-]+}/membres/roles": Probe(
            get=[f"/communautes/{slug}/membres/roles" for slug in COMMUNITIES],
            post={f"/communautes/{slug}/membres/roles": f"jeton={FORM_TOKEN}&geste=donner".encode() for slug in COMMUNITIES},
            faces=html,
        ),
        "/communautes/{slug:[a-z0-9-]+}/inviter": Probe(
            get=[f"/communautes/{slug}/inviter" for slug in COMMUNITIES],
            post={f"/communautes/{slug}/inviter": f"jeton={FORM_TOKEN}&geste=relire".encode() for slug in COMMUNITIES},
            faces=html,
        ),
        "/tableau-de-bord": Probe(get=["/tableau-de-bord"], faces=html),
        "/noeud/soins": Probe(post={"/noeud/soins": f"jeton={FORM_TOKEN}&geste=relancer".encode()}, faces=html),
        "/nouvelle-communaute": Probe(
            get=["/nouvelle-communaute"], post={"/nouvelle-communaute": f"jeton={FORM_TOKEN}&nom=".encode()}, faces=html
        ),
        "/communautes/{slug:[a-z0-9-]+}/reglages": Probe(
            get=[f"/communautes/{slug}/reglages" for slug in COMMUNITIES],
            post={f"/communautes/{slug}/reglages": f"jeton={FORM_TOKEN}&nom=".encode() for slug in COMMUNITIES},
            faces=html,
        ),
        "/premiers-pas": Probe(
            get=["/premiers-pas", "/premiers-pas?cle=jamaisvue"],
            post={"/premiers-pas": f"jeton={FORM_TOKEN}&cle=jamaisvue".encode()},
            faces=html,
        ),
        "/premiers-pas/{pas:[a-z]+}": Probe(
            get=["/premiers-pas/gens"], post={"/premiers-pas/gens": f"jeton={FORM_TOKEN}".encode()}, faces=html
        ),
        "/reponse/{token:[A-Za-z0-9_-]+}": Probe(
            get=["/reponse/jamaisvue?r=inscrire"],
            post={"/reponse/jamaisvue": f"jeton={FORM_TOKEN}&geste=pas-la".encode()},
            faces=html,
        ),
        "/invitation/{token:[A-Za-z0-9_-]+}": Probe(
            get=["/invitation/jamaisvue"],
            post={"/invitation/jamaisvue": f"jeton={FORM_TOKEN}&nom=Personne&geste=rejoindre".encode()},
            faces=html,
        ),
        "/communautes/{slug:[a-z0-9-]+}/propositions": Probe(
            get=[f"/communautes/{slug}/propositions" for slug in COMMUNITIES],
            post={f"/communautes/{slug}/propositions": b"qui=1&geste=accepter" for slug in COMMUNITIES},
            faces=html,
        ),
        "/{shelf:ressources|termes|correspondances|lieux|rencontres|echanges}/{id:[A-Za-z0-9_-]+}": Probe(
            get=[*every_thing(), f"/{VISIBLE}"]
        ),
        "{community:/communautes/[a-z0-9-]+|}/agenda": Probe(
            get=[
                "/agenda",
                "/agenda?format=activitystreams",
                "/agenda?vue=mois&mois=2026-11",
                "/agenda?portee=miennes",
                "/agenda?portee=territoire",
                f"/agenda?terme={quote(f'{url}/termes/{ADDRESS}', safe='')}",
                *(f"/communautes/{slug}/agenda" for slug in COMMUNITIES),
            ],
            faces=html,
        ),
        "/agenda/ajouter": Probe(
            get=["/agenda/ajouter", "/agenda/ajouter?n=1"],
            post={
                f"/agenda/ajouter?{deed}": f"jeton={FORM_TOKEN}&geste={deed}&n=1&adresse={url}/{PATHS[4]}".encode()
                for deed in ("regarder", "ajouter")
            },
            faces=html,
        ),
        "/agenda/abonnements": Probe(get=["/agenda/abonnements", "/agenda/abonnements?communaute=logement"], faces=html),
        "/agenda/nouvelle": Probe(
            get=["/agenda/nouvelle", "/agenda/nouvelle?communaute=logement"],
            post={"/agenda/nouvelle": f"jeton={FORM_TOKEN}&titre=essai".encode()},
            faces=html,
        ),
        "/rencontres/{id:[A-Za-z0-9_-]+}/modifier": Probe(
            get=[f"/rencontres/{name}/modifier" for name in (ADDRESS, "jamaisvu")],
            post={f"/rencontres/{name}/modifier": f"jeton={FORM_TOKEN}&titre=essai".encode() for name in (ADDRESS, "jamaisvu")},
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
        "/ailleurs": Probe(
            get=["/ailleurs", f"/ailleurs?adresse={WORDS['name']}"],
            post={
                f"/ailleurs?{deed}": f"jeton={FORM_TOKEN}&geste={deed}&qui={FRIEND.iri}&communaute={here}".encode()
                for deed in ("regarder", "relancer", "publier", "jamaisvu")
            },
            faces=html,
        ),
        "/ailleurs/apercu": Probe(get=["/ailleurs/apercu", "/ailleurs/apercu?n=1"], faces=html),
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
        "/intersections/{id:[A-Za-z0-9_-]+}": Probe(get=["/intersections/jamaisvue"]),
        "/entrer": Probe(get=["/entrer", "/entrer?jeton=jamaisvu"], post={"/entrer?jeton=jamaisvu": b""}, faces=html),
        "/entrer/cle": Probe(post={"/entrer/cle": b"geste=defi"}),
        "/moi": Probe(get=["/moi"], post={"/moi": f"jeton={FORM_TOKEN}&nom=".encode()}, faces=html),
        "/moi/acces": Probe(
            get=["/moi/acces"],
            post={f"/moi/acces?{deed}": f"jeton={FORM_TOKEN}&geste={deed}".encode() for deed in ("fermer", "mot-de-passe")},
            faces=html,
        ),
        "/moi/cles": Probe(post={"/moi/cles": f"jeton={FORM_TOKEN}&geste=defi".encode()}),
        "/moi/code": Probe(get=["/moi/code"], post={"/moi/code": f"jeton={FORM_TOKEN}&code=1".encode()}, faces=html),
        "/moi/courriel": Probe(get=["/moi/courriel?jeton=x"], post={"/moi/courriel": b"lettre=x"}, faces=html),
        "/entrer/organisation": Probe(
            get=["/entrer/organisation?etape=x"], post={"/entrer/organisation": b"qui=jamaisvu"}, faces=html
        ),
        "/entrer/retour": Probe(get=["/entrer/retour?code=x&state=y"], post={"/entrer/retour": b"code=x&state=y"}, faces=html),
        "/noeud/entree": Probe(
            get=["/noeud/entree"], post={"/noeud/entree": f"jeton={FORM_TOKEN}&geste=retirer&qui=x".encode()}, faces=html
        ),
        "/entrer/code": Probe(get=["/entrer/code"], post={"/entrer/code": b"code=000000"}, faces=html),
        "/sortir": Probe(post={"/sortir": b"jeton=jamaisvu"}),
        "/participer": Probe(
            post={f"/participer?{path}": f"jeton={FORM_TOKEN}&geste=inscrire&iri={url}/{path}".encode() for path in EVENTS}
        ),
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
        "/communautes/{slug:[a-z0-9-]+}/echanges": Probe(
            get=[f"/communautes/{slug}/echanges{query}" for slug in COMMUNITIES for query in ("", "?genre=notes", "?page=2")],
            faces=html,
        ),
        f"/communautes/{SLUG}/echanges/nouveau": Probe(
            get=[
                f"/communautes/{slug}/echanges/nouveau{query}"
                for slug in (*COMMUNITIES, "inconnue@ailleurs.example")
                for query in ("", *(f"?a-propos={quote(f'{url}/{path}', safe='')}" for path in PATHS))
            ],
            post={
                f"/communautes/logement/echanges/nouveau?{path}": (
                    f"jeton={FORM_TOKEN}&titre=t&texte=t&a-propos={quote(f'{url}/{path}', safe='')}".encode()
                )
                for path in PATHS
            },
            faces=html,
        ),
        "/communautes/{slug:[a-z0-9-]+}/regles": Probe(
            get=[f"/communautes/{slug}/regles{query}" for slug in COMMUNITIES for query in ("", "?version=1")],
            post={f"/communautes/{slug}/regles": f"jeton={FORM_TOKEN}&geste=accord&version=1".encode() for slug in COMMUNITIES},
            faces=html,
        ),
        "/communautes/{slug:[a-z0-9-]+}/regles/modifier": Probe(
            get=[f"/communautes/{slug}/regles/modifier" for slug in COMMUNITIES],
            post={
                f"/communautes/{slug}/regles/modifier": f"jeton={FORM_TOKEN}&texte=t&version=0".encode() for slug in COMMUNITIES
            },
            faces=html,
        ),
        "/communautes/{slug:[a-z0-9-]+}/regles/ouverture": Probe(
            get=[f"/communautes/{slug}/regles/ouverture" for slug in COMMUNITIES], faces=html
        ),
        "/signaler": Probe(
            get=[f"/signaler?iri={quote(f'{url}/{path}', safe='')}" for path in PATHS],
            post={
                f"/signaler?{path}": f"jeton={FORM_TOKEN}&motif=&iri={quote(f'{url}/{path}', safe='')}".encode()  # told, it tells
                for path in PATHS
            },
            faces=html,
        ),
        "/ecrire": Probe(
            get=[f"/ecrire?iri={quote(f'{url}/{path}', safe='')}" for path in PATHS],
            post={f"/ecrire?{path}": f"jeton={FORM_TOKEN}&iri={quote(f'{url}/{path}', safe='')}".encode() for path in PATHS},
            faces=html,
        ),
        "/communautes/{slug:[a-z0-9-]+}/moderation": Probe(
            get=[f"/communautes/{slug}/moderation" for slug in COMMUNITIES],
            post={
                f"/communautes/{slug}/moderation?{deed}": f"jeton={FORM_TOKEN}&geste={deed}".encode()
                for slug in COMMUNITIES
                for deed in ("decider&mesure=classer&qui=1&raison=r", f"reprendre&sujet={quote(f'{url}/{PATHS[0]}', safe='')}")
            },
            faces=html,
        ),
        "/noeud/moderation": Probe(
            get=["/noeud/moderation"],
            post={"/noeud/moderation": f"jeton={FORM_TOKEN}&geste=revoir&qui=1&raison=r".encode()},
            faces=html,
        ),
        "/decisions/{number:[0-9]+}": Probe(
            get=["/decisions/1"], post={"/decisions/1": f"jeton={FORM_TOKEN}&texte=t".encode()}, faces=html
        ),
        "/moi/donnees": Probe(get=["/moi/donnees"], faces=html),
        "/moi/donnees/tout.{form:json|html}": Probe(get=["/moi/donnees/tout.json", "/moi/donnees/tout.html"], faces=("*/*",)),
        "/moi/donnees/effacer": Probe(
            get=["/moi/donnees/effacer"], post={"/moi/donnees/effacer": f"jeton={FORM_TOKEN}&choix=rien".encode()}, faces=html
        ),
        "/vie-privee": Probe(get=["/vie-privee", "/vie-privee?langue=en"], faces=html),
        "/noeud/vie-privee": Probe(
            get=["/noeud/vie-privee"], post={"/noeud/vie-privee": f"jeton={FORM_TOKEN}&geste=clore&qui=1".encode()}, faces=html
        ),
        "/compris": Probe(
            post={f"/compris?{path}": f"jeton={FORM_TOKEN}&iri={quote(f'{url}/{path}', safe='')}".encode() for path in PATHS}
        ),
        "/moi/avis": Probe(
            get=["/moi/avis", f"/moi/avis?personne={url}/personnes/mireille"],
            post={
                "/moi/avis?sourdine": f"jeton={FORM_TOKEN}&sujet={quote(f'{url}/{PATHS[0]}', safe='')}&geste=sourdine".encode(),
                "/moi/avis?rythme": f"jeton={FORM_TOKEN}&rythme=daily&jour=2&geste=rythme".encode(),
            },
            faces=html,
        ),
        "/signalements": Probe(get=["/signalements"], post={"/signalements": b"qui=1&geste=classer"}, faces=html),
        "/liens/noeud": Probe(
            get=["/liens/noeud?serveur=ami.example", "/liens/noeud?serveur=jamaisvu.example"],
            post={"/liens/noeud": f"jeton={FORM_TOKEN}&geste=entente&serveur=ami.example&pourquoi=amis".encode()},
            faces=html,
        ),
        "/liens/journal.json": Probe(get=["/liens/journal.json"], faces=("application/json",)),
        "/liens/journal.csv": Probe(get=["/liens/journal.csv"], faces=("text/csv",)),
        "/liens": Probe(get=["/liens"], post={"/liens": b"serveur=ami.example&geste=refuser"}, faces=html),
    }
