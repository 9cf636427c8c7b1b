"""What a phone needs to keep this site among its applications, and to share to it. Spec: Web Application Manifest §1."""

from __future__ import annotations

import orjson

from node.contracts import Endpoint, Reply, Visit
from node.storage.appearing import appearance_of
from node.storage.unit_of_work import UnitOfWork
from node.web.templates import asset
from node.web.translations import TAGS

MEDIA_TYPE = "application/manifest+json"
PAPER = "#faf7f0"
#: Where a phone leads what is shared to the site, and under which names.
SHARED = {"action": "/partager", "method": "GET", "params": {"title": "titre", "text": "texte", "url": "lien"}}


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The same for everybody."""
    logo = appearance_of(uow).logo
    icons = [{"src": asset("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    if logo:
        icons.insert(0, {"src": logo, "sizes": "any", "purpose": "any"})
    manifest = {
        "name": visit.house.name,
        "short_name": visit.house.name[:30],
        "lang": TAGS[visit.language],
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
        "share_target": SHARED,
    }
    return Reply(body=orjson.dumps(manifest), media_type=MEDIA_TYPE)


ENDPOINT = Endpoint(path="/manifest.webmanifest", answer=answer, is_open=True)
