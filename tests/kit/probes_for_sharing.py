"""Which requests walk the routes of files, drafts, sharing and audiences in the visibility matrix."""

from __future__ import annotations

from urllib.parse import quote

from kit.planted import PATHS, PLANTED_FILE, WORDS
from kit.probing import FORM_TOKEN, Probe, every_thing
from node.web.endpoints import reach as reach_endpoint
from node.web.pages import reach


def for_sharing(url: str) -> dict[str, Probe]:
    """By declared path, as in `probes`."""
    html = ("text/html",)
    planted = quote(f"{url}/{PATHS[0]}", safe="")
    return {
        "/media/{digest:[0-9a-f]+}.{extension:[a-z0-9]+}": Probe(
            get=[f"/media/{digest}.{end}" for digest, end in ((PLANTED_FILE, "pdf"), ("0" * 64, "pdf"))],
            faces=("application/activity+json", "*/*"),
        ),
        "/completer/{what:notes|personnes|termes}": Probe(
            get=[
                f"/completer/{what}?q={words}"
                for what in ("notes", "personnes", "termes")
                for words in ("", WORDS["name"][:6], WORDS["topic"])
            ],
            faces=("application/json",),
        ),
        "/ecrire/{deed:coller|apercu}": Probe(
            post={f"/ecrire/{deed}": f"jeton={FORM_TOKEN}&texte=**a**&html=<b>a</b>".encode() for deed in ("coller", "apercu")}
        ),
        "/brouillons": Probe(
            get=["/brouillons", "/brouillons?fait=garde"],
            post={
                f"/brouillons?{deed}": f"jeton={FORM_TOKEN}&qui=1&geste={deed}&texte=mots&brouillon=1".encode()
                for deed in ("jeter", "garder")
            },
            faces=html,
        ),
        "/fichiers": Probe(post={"/fichiers": f"jeton={FORM_TOKEN}".encode()}),
        "/partager": Probe(
            get=[
                "/partager",
                "/partager?lien=https://a.example/&titre=T",
                "/partager?brouillon=1",
                "/partager?communaute=logement",
            ],
            post={"/partager": f"jeton={FORM_TOKEN}&geste=voir&titre=T&texte=t&qui=moi".encode()},
            faces=html,
        ),
        "/moi/partage": Probe(
            get=["/moi/partage", "/moi/partage?nouvelle=abc&fait=garde"],
            post={
                f"/moi/partage?{deed}": f"jeton={FORM_TOKEN}&geste={deed}&communaute={planted}".encode()
                for deed in ("faire", "choisir", "retirer")
            },
            faces=html,
        ),
        "/noeud/lettres": Probe(
            get=["/noeud/lettres", "/noeud/lettres?fait=boite"],
            post={"/noeud/lettres": f"jeton={FORM_TOKEN}&geste=boite&adresse=x".encode()},
            faces=html,
        ),
        "/noeud/sauvegardes": Probe(
            get=["/noeud/sauvegardes", "/noeud/sauvegardes?fait=copie"],
            post={"/noeud/sauvegardes": f"jeton={FORM_TOKEN}&geste=dossier&dossier=x".encode()},
            faces=html,
        ),
        "/apporter": Probe(
            get=["/apporter", "/apporter?communaute=logement"],
            post={"/apporter": f"jeton={FORM_TOKEN}&liens=https://a.example/".encode()},
            faces=html,
        ),
        "/apporter/{numero:[0-9a-f]+}": Probe(
            get=["/apporter/0123456789abcdef01234567"],
            post={"/apporter/0123456789abcdef01234567": f"jeton={FORM_TOKEN}&geste=prendre".encode()},
            faces=html,
        ),
        "/partager/lettre": Probe(
            get=["/partager/lettre", "/partager/lettre?jeton=x"], post={"/partager/lettre": b"lettre=x"}, faces=html
        ),
        "/partager/fait": Probe(get=["/partager/fait", f"/partager/fait?iri={planted}"], faces=html),
        "/partager/annuler": Probe(post={"/partager/annuler": f"jeton={FORM_TOKEN}&iri={planted}".encode()}),
        "/partager/aussi": Probe(
            post={
                f"/partager/aussi?{path}": f"jeton={FORM_TOKEN}&iri={quote(f'{url}{path}', safe='')}&communaute=inconnue".encode()
                for path in every_thing()
            }
        ),
        "/partager/lien": Probe(post={"/partager/lien": f"jeton={FORM_TOKEN}&lien={planted}".encode()}),
        reach.PAGE.path: Probe(get=[f"{path}/visibilite" for path in every_thing()], faces=html),
        reach_endpoint.ENDPOINT.path: Probe(
            post={
                f"{path}/{deed}": f"jeton={FORM_TOKEN}&qui=public".encode()
                for path in every_thing()
                for deed in ("visibilite", "supprimer")
            }
        ),
    }
