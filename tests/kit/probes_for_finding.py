"""Which requests walk the routes of search in the visibility matrix."""

from __future__ import annotations

from urllib.parse import quote

from kit.planted import ADDRESS, WORDS
from kit.probing import FORM_TOKEN, Probe

SEARCHES = ("", WORDS["name"], WORDS["content"])


def for_finding(url: str) -> dict[str, Probe]:
    """By declared path, as in `probes`."""
    html = ("text/html",)
    return {
        "/recherche": Probe(
            get=[f"/recherche?q={words}&portee={scope}" for words in SEARCHES for scope in ("communaute", "noeud", "ailleurs")]
            + [
                f"/recherche?sujet={quote(f'{url}/termes/{ADDRESS}', safe='')}",
                "/recherche?communaute=logement&type=PracticeNote",
                "/recherche?q=zanzibartitr&depuis=7&ecrit=fr",
                "/recherche?q=zanzibarcorps+bonjour&tel=oui&chez=x",
                "/recherche?q=zanzibarcorps+bonjour",
                "/recherche?format=activitystreams",
            ],
            faces=html,
        ),
        "/recherche/suggestions": Probe(
            get=[f"/recherche/suggestions?q={typed}" for typed in ("zanzi", WORDS["name"], "mire", "autri", "a", "")],
            faces=("application/json",),
        ),
        "/recherches": Probe(
            post={
                f"/recherches?{deed}": f"jeton={FORM_TOKEN}&geste={deed}&qui=999&recherche=q%3Dbonjour&nom=x".encode()
                for deed in ("garder", "voir", "oublier")
            }
        ),
    }
