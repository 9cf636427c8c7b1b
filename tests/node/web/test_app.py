"""One address, its faces, its validators; what every answer carries; what no answer tells."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from federation.messages import Received
from kit.web_node import AP, WebNode, web_node
from node.contracts import Endpoint, Format, Page, Reply, Tools, View, Visit
from node.domain.entries import Audience
from node.errors import Busy, Conflict, Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.middleware.headers import POLICY

HTML = "text/html"
TURTLE = "text/turtle"
LD = "application/ld+json"
NOTE = "/ressources/note1"

FAULTS = {"conflict": Conflict, "invalid": Invalid, "notallowed": NotAllowed, "busy": Busy}


def fails(uow: UnitOfWork, visit: Visit) -> Reply:
    """An endpoint that fails as its address says."""
    if visit.path["how"] in FAULTS:
        raise FAULTS[visit.path["how"]]("This cannot be.")
    raise RuntimeError("secretwords in a message")


def members_only(uow: UnitOfWork, visit: Visit) -> View:
    return View(values={"words": "x"}, title="x")


def form(uow: UnitOfWork, visit: Visit) -> View:
    return View(values={"back": "", "token": f"{' '.join(visit.sent.values())} / {visit.problems.get('titre', '')}"}, title="x")


async def refuse(tools: Tools, received: Received, visit: Visit) -> Reply:
    raise Invalid("There is no title.", problems={"titre": "Donnez un titre."})


TEXT = Format(
    name="titles",
    media_type="text/csv",
    extension="csv",
    loses={"fr": "Tout sauf leur nombre.", "en": "All but how many they are."},
    write=lambda listing: b"%d\n" % len(listing.things),
)


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(
        extra_endpoints={
            "fails": Endpoint(path="/essai/{how}", answer=fails),
            "form": Endpoint(path="/essai/formulaire", receive=refuse),
        },
        extra_pages={
            "closed": Page(path="/essai/closed", right="member", show=members_only),
            "enter": Page(path="/essai/formulaire", right="anyone", show=form),
        },
        formats={"titles": TEXT},
    ) as made:
        made.plant(NOTE[1:], Audience.PUBLIC)
        yield made


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "text/html; charset=utf-8"),
        (HTML, "text/html; charset=utf-8"),
        (AP, AP),
        (LD, LD),
        (TURTLE, "text/turtle; charset=utf-8"),
    ],
)
async def test_one_address_has_many_faces(node: WebNode, accept: str, media: str) -> None:
    got = await node.get(NOTE, accept=accept)
    assert got.status == 200
    assert got.headers["Content-Type"] == media
    assert "Accept" in got.headers["Vary"]
    assert got.headers.getall("Content-Type") == [media]


async def test_activitypub_is_served_as_stored_and_without_charset(node: WebNode) -> None:
    got = await node.get(NOTE)
    assert got.json()["id"] == f"{node.url}{NOTE}"
    assert got.headers["Content-Type"] == "application/activity+json"
    stored = node.database.read_now(lambda uow: uow.things.get_any(f"{node.url}{NOTE}"))
    assert stored is not None
    assert got.body == stored.document


async def test_a_format_is_one_more_face(node: WebNode) -> None:
    got = await node.get(NOTE, accept="text/csv")
    assert (got.headers["Content-Type"], got.body) == ("text/csv; charset=utf-8", b"1\n")


async def test_what_is_not_offered_is_406(node: WebNode) -> None:
    assert (await node.get(NOTE, accept="image/png")).status == 406
    assert (await node.get("/recherche", accept=AP)).status == 406
    assert (await node.get("/noeud", accept="text/csv;q=0, image/png")).status == 406


async def test_links_lead_to_the_other_faces(node: WebNode) -> None:
    shown = ", ".join((await node.get(NOTE, accept=HTML)).headers.getall("Link"))
    assert f'<{node.url}{NOTE}>; rel="alternate"; type="{AP}"' in shown
    assert f'<{node.url}{NOTE}>; rel="alternate describedby"; type="text/turtle"' in shown
    machine = ", ".join((await node.get(NOTE)).headers.getall("Link"))
    assert f'<{node.url}{NOTE}>; rel="alternate"; type="text/html"' in machine


@pytest.mark.parametrize("accept", [HTML, AP, TURTLE])
async def test_what_is_unchanged_is_304(node: WebNode, accept: str) -> None:
    tag = (await node.get(NOTE, accept=accept)).headers["ETag"]
    again = await node.get(NOTE, accept=accept, If_None_Match=f'"x", W/{tag}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == tag
    assert "Vary" in again.headers
    assert (await node.get(NOTE, accept=accept, If_None_Match='"x"')).status == 200


async def test_faces_have_different_validators(node: WebNode) -> None:
    tags = {(await node.get(NOTE, accept=accept)).headers["ETag"] for accept in (HTML, AP, LD, TURTLE)}
    assert len(tags) == 4


async def test_head_says_what_get_would(node: WebNode) -> None:
    full, head = await node.get(NOTE), await node.ask("HEAD", NOTE, headers={"Accept": AP})
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(full.body))
    assert head.headers["ETag"] == full.headers["ETag"]


async def test_caches_keep_only_what_is_for_all(node: WebNode) -> None:
    assert (await node.get(NOTE)).headers["Cache-Control"] == "public, no-cache"
    member = await node.get(NOTE, accept=HTML, person=f"{node.url}/personnes/mireille")
    assert member.headers["Cache-Control"] == "private, no-store"
    assert (await node.get("/ressources/rien")).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", NOTE), ("DELETE", NOTE), ("POST", NOTE), ("GET", "/inbox"), ("GET", "/sortir")]
)
async def test_other_methods_are_405(node: WebNode, method: str, path: str) -> None:
    got = await node.ask(method, path)
    assert got.status == 405
    assert got.headers["Allow"] in {"GET, HEAD", "GET,HEAD", "POST"}


@pytest.mark.parametrize(
    ("how", "status"), [("conflict", 409), ("invalid", 400), ("notallowed", 403), ("busy", 503), ("other", 500)]
)
async def test_failures_are_told_in_html_or_in_a_line(node: WebNode, how: str, status: int) -> None:
    line = await node.get(f"/essai/{how}", accept=AP)
    assert line.status == status
    assert (line.headers["Content-Type"], list(line.json())) == ("application/json", ["error"])
    plain = await node.get(f"/essai/{how}", accept="text/turtle")
    assert (plain.status, plain.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert plain.text == f"{line.json()['error']}\n"
    page = await node.get(f"/essai/{how}", accept=HTML)
    assert page.status == status
    assert "<html" in page.text
    assert ("Retry-After" in line.headers) == (status == 503)


@pytest.mark.parametrize("path", ["/essai/conflict", "/nulle-part", "//ailleurs.example", "/a%20b"])
async def test_a_slash_too_many_leads_to_the_address_without_it(node: WebNode, path: str) -> None:
    for method in ("GET", "HEAD"):
        got = await node.ask(method, f"{path}/?x=%C3%A9", headers={"Accept": AP})
        assert (got.status, got.headers["Location"]) == (301, f"{node.url}{path}?x=%C3%A9")
    assert (await node.ask("POST", f"{path}/")).status == 404
    assert (await node.get("/", accept="text/html")).status == 200


async def test_the_unforeseen_is_logged_without_its_words(node: WebNode, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        got = await node.get("/essai/other", accept=HTML)
    assert got.status == 500
    assert "secretwords" not in got.text
    assert "secretwords" not in caplog.text
    assert "RuntimeError" in caplog.text
    assert "test_app.py" in caplog.text


async def test_why_the_database_could_not_be_used_is_logged(node: WebNode, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert (await node.get("/essai/busy")).status == 503
        assert (await node.get("/essai/conflict")).status == 409
    assert [getattr(record, "reason", "") for record in caplog.records] == ["This cannot be."]


async def test_a_page_for_members_is_closed_to_others(node: WebNode) -> None:
    got = await node.get("/essai/closed", accept=HTML)
    assert (got.status, got.headers["Location"]) == (303, "/entrer?vers=/essai/closed")
    assert (got.headers["Cache-Control"], "Cookie" in got.headers["Vary"]) == ("private, no-store", True)


@pytest.mark.parametrize("path", ["/", NOTE, "/ressources/rien", "/static/maillage.css", "/static/rien.css", "/inbox", "/sante"])
async def test_every_answer_carries_the_headers(node: WebNode, path: str) -> None:
    got = await node.get(path, accept=HTML)
    assert got.headers["Content-Security-Policy"] == POLICY
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["X-Frame-Options"] == "DENY"
    assert got.headers["Referrer-Policy"] == "same-origin"
    assert got.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in got.headers["Permissions-Policy"]
    assert "microphone=()" in got.headers["Permissions-Policy"]
    assert "microphone=(self)" in (await node.get("/partager")).headers["Permissions-Policy"]
    assert "Server" not in got.headers
    assert "Strict-Transport-Security" not in got.headers  # reached by plain http


def test_the_policy_names_every_directive() -> None:
    named = {directive.split()[0] for directive in POLICY.split(";")}
    assert named == {
        "default-src", "script-src", "style-src", "img-src", "media-src", "font-src", "connect-src",
        "manifest-src", "form-action", "base-uri", "frame-ancestors",
    }  # fmt: skip


async def test_static_files_are_kept_for_long_when_marked(node: WebNode) -> None:
    marked = await node.get("/static/maillage.css?v=1", accept="*/*")
    assert "immutable" in marked.headers["Cache-Control"]
    assert "max-age=3600" in (await node.get("/static/maillage.css", accept="*/*")).headers["Cache-Control"]
    assert (await node.get("/static/..%2fapp.py", accept="*/*")).status == 404
    assert (await node.get("/static/../app.py", accept="*/*")).status == 404


async def test_the_language_is_that_of_the_link_then_of_the_browser(node: WebNode) -> None:
    assert '<html lang="fr' in (await node.get("/ressources/rien", accept=HTML)).text
    assert '<html lang="en' in (await node.get("/ressources/rien", accept=HTML, Accept_Language="de, en-GB;q=0.8")).text
    asked = await node.get("/ressources/rien?langue=fr", accept=HTML, Accept_Language="en")
    assert '<html lang="fr' in asked.text


async def test_a_form_that_is_refused_comes_back_with_what_was_in_it(node: WebNode) -> None:
    answer = await node.ask(
        "POST", "/essai/formulaire", headers={"Content-Type": "application/x-www-form-urlencoded"}, body=b"titre=%3Cb%3E&mots=a"
    )
    assert (answer.status, answer.headers["Cache-Control"]) == (422, "private, no-store")
    assert "&lt;b&gt; a / Donnez un titre." in answer.text
