"""Which requests walk the routes of notes, notebooks and their versions in the visibility matrix."""

from __future__ import annotations

from urllib.parse import quote

from kit.planted import ELSEWHERE, PATHS, WORDS
from kit.probing import FORM_TOKEN, Probe
from node.web.pages import edit_thing, plan, reading_mode, version, versions


def for_notes(url: str) -> dict[str, Probe]:
    """By declared path, as in `probes`."""
    html = ("text/html",)
    # a shelf more would ask the same of the same code again
    few = [f"/{PATHS[0]}", f"/{PATHS[1]}", "/ressources/jamaisvu"]
    elsewhere = [quote(iri, safe="") for iri in (ELSEWHERE, f"{url}/{PATHS[0]}", "https://ami.example/jamaisvu")]
    return {
        versions.PAGE.path: Probe(get=[f"{path}/versions{query}" for path in few for query in ("", "?de=1&a=2")], faces=html),
        version.PAGE.path: Probe(
            get=[f"{path}/versions/{number}" for path in few for number in (1, 2)],
            post={f"{path}/versions/1": f"jeton={FORM_TOKEN}".encode() for path in few},
            faces=html,
        ),
        edit_thing.PAGE.path: Probe(
            get=[f"{path}/modifier" for path in few],
            post={f"{path}/modifier": f"jeton={FORM_TOKEN}&champs=titre&titre=x&version=1".encode() for path in few},
            faces=html,
        ),
        "/atelier": Probe(
            get=["/atelier"],
            post={f"/atelier?{path}": f"jeton={FORM_TOKEN}&iri={quote(f'{url}{path}', safe='')}".encode() for path in few},
            faces=html,
        ),
        "/traduire": Probe(
            get=[f"/traduire?iri={quote(f'{url}{path}', safe='')}" for path in few],
            post={
                f"/traduire?{path}": f"jeton={FORM_TOKEN}&titre=x&iri={quote(f'{url}{path}', safe='')}".encode() for path in few
            },
            faces=html,
        ),
        "/lu": Probe(post={f"/lu?{path}": f"jeton={FORM_TOKEN}&iri={quote(f'{url}{path}', safe='')}".encode() for path in few}),
        "/ailleurs/versions": Probe(
            get=[f"/ailleurs/versions?iri={iri}{query}" for iri in elsewhere for query in ("", "&n=1", "&de=1&a=2")], faces=html
        ),
        "/carnets/nouveau": Probe(
            get=["/carnets/nouveau", f"/carnets/nouveau?note={quote(f'{url}/{PATHS[0]}', safe='')}"],
            post={"/carnets/nouveau": f"jeton={FORM_TOKEN}&titre=x&note={quote(f'{url}/{PATHS[0]}', safe='')}".encode()},
            faces=html,
        ),
        reading_mode.PAGE.path: Probe(
            get=[f"{path.replace('ressources', 'carnets')}/lecture" for path in few if "ressources" in path], faces=html
        ),
        plan.PAGE.path: Probe(
            get=[f"{path.replace('ressources', 'carnets')}/plan?q={WORDS['name']}" for path in few if "ressources" in path],
            post={
                f"{path.replace('ressources', 'carnets')}/plan": (
                    f"jeton={FORM_TOKEN}&geste=ajouter:{quote(f'{url}/{PATHS[0]}', safe='')}".encode()
                )
                for path in few
                if "ressources" in path
            },
            faces=html,
        ),
    }
