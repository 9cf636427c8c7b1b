"""How a request becomes a visit: who asks, in which language, and whether the page they ask for is open to them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import web

from node.contracts import House, Page, Visit
from node.domain.appearance import Appearance
from node.errors import NotAllowed
from node.web.doors import ACCESS, BACK
from node.web.middleware import locale
from node.web.middleware.origin import client
from node.web.readers import Known
from node.web.translations import adopt, speak
from node.web.visits import COUNTRY, VISIT


def must_be_open(page: Page, visit: Visit) -> None:
    """Raises what leads a visitor to the door, or NotAllowed, where a page is not for them."""
    if page.right != "anyone" and not visit.reader.actor:
        raise web.HTTPSeeOther(f"/entrer?{urlencode({'vers': visit.url})}")  # whoever comes in goes on to it
    if page.right == "admin" and visit.must_prove:
        raise web.HTTPSeeOther(f"{ACCESS}?{urlencode({BACK: visit.url})}")  # to what is missing, and on to it after that
    if page.right == "admin" and not visit.is_admin:
        raise NotAllowed


def visit_of(request: web.Request, house: House, known: Known, values: Mapping[str, str]) -> Visit:
    """The visit, remembered for the page of an error that may come of it."""
    request[COUNTRY] = locale.country_of(request, known.language)
    speak(request[COUNTRY])
    if known.look is not None:
        adopt(known.look.words)
    visit = Visit(
        house=house,
        reader=known.reader,
        reader_name=known.name,
        form_token=known.form_token,
        is_admin=known.is_admin,
        must_prove=known.must_prove,
        communities=known.communities,
        notices=known.notices,
        look=known.look or Appearance(),
        language=locale.language_of(request, house.language, known.language),
        path=values,
        query=dict(request.query),
        url=request.path_qs,
        address=client(request),
    )
    request[VISIT] = visit
    return visit
