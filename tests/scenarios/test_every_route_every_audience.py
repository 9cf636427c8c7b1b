"""Every route × every audience × every reader: what may not be seen answers exactly as what does not exist.

The same requests are made of a world in which something was planted and of one in which nothing was. To a reader who may not
see it the two worlds must give the same bytes: status, headers, body, counts, addresses. A route without a probe fails the test.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from difflib import unified_diff
from urllib.parse import quote

import pytest

from kit.live import free_port
from kit.matrix_report import NAME
from kit.planted import ADDRESS, CASES, ELSEWHERE, FRIEND, MARKERS, PATHS, SHELVES, STRANGER, VISIBLE, WORDS, Case, people, sow
from kit.signing import Signer
from kit.web_node import AP, Got, WebNode, web_node
from node.domain.entries import Audience
from node.domain.visibility import Reader, may_see
from node.web.app import ROUTES
from vocab.namespaces import AS_CONTEXT

FACES = ("text/html", AP, "text/turtle")
ACTORS = ("organisation", "communautes/logement", "personnes/autrice")
COLLECTIONS = ("outbox", "followers", "following", "repertoire", "animation", "membres", "en-vedette")
COMMUNITIES = ("logement", "voisine", "jamaisvue")
SEARCHES = ("", WORDS["name"], WORDS["content"])
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
        "/communautes/{slug:[a-z0-9-]+}/glossaire": Probe(
            get=[f"/communautes/{slug}/glossaire" for slug in (*COMMUNITIES, "jamaisvue")], faces=FACES
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
            ],
            faces=html,
        ),
        "/ailleurs": Probe(get=["/ailleurs"], faces=html),
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
        "/sante": Probe(get=["/sante"], faces=("*/*",)),
        "/vocab/{document:|ns|shapes|context/v1|[a-z-]+}": Probe(get=["/vocab/roles", "/vocab/jamaisvu"], faces=("*/*",)),
        "/{owner:organisation/|noeud/|communautes/[a-z0-9-]+/|personnes/[a-z0-9-]+/|}inbox": Probe(post=inboxes),
        "/entrer": Probe(get=["/entrer", "/entrer?jeton=jamaisvu"], post={"/entrer?jeton=jamaisvu": b""}, faces=html),
        "/sortir": Probe(post={"/sortir": b"jeton=jamaisvu"}),
        "/liens": Probe(get=["/liens"], post={"/liens": b"serveur=ami.example&geste=refuser"}, faces=html),
    }


def _shelves() -> list[str]:
    return ["outbox", "followers", "following", "repertoire", "animation", "membres", "en-vedette"]


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks: nobody, a person with a session, or an actor elsewhere that signs."""

    name: str
    person: str = ""
    signer: Signer | None = None
    communities: frozenset[str] = frozenset()

    def reader(self, url: str) -> Reader:
        actor = f"{url}/{self.person}" if self.person else (self.signer.iri if self.signer else "")
        return Reader(actor=actor, communities=frozenset(f"{url}/communautes/{slug}" for slug in self.communities))


ASKERS = (
    Asker(name="anonymous"),
    Asker(name="member", person="personnes/mireille", communities=frozenset({"logement"})),
    Asker(name="member of another community", person="personnes/ali", communities=frozenset({"voisine"})),
    Asker(name="signed actor of a followed node", signer=FRIEND),
    Asker(name="signed stranger", signer=STRANGER),
)

#: Headers that differ from one answer to the next, whatever is planted.
VOLATILE = {"date", "etag"}

#: Every world is at the same address, so that whatever is made from addresses is the same.
PORT = free_port("127.0.0.1")

#: One answer as it is compared: status, headers, body.
Answer = tuple[int, tuple[tuple[str, str], ...], str]


@asynccontextmanager
async def world(case: Case | None) -> AsyncIterator[WebNode]:
    """A node where a case is planted, or nothing."""
    async with web_node(signers=(FRIEND, STRANGER), port=PORT) as node:
        node.database.write_now(lambda uow: people(uow, node.house()))
        if case is not None:
            node.database.write_now(lambda uow: sow(uow, node.house(), case))
        yield node


async def walked(node: WebNode, asker: Asker) -> dict[tuple[str, str, str], Answer]:
    """Every answer that an asker gets: by declared path, request and face."""
    answers: dict[tuple[str, str, str], Answer] = {}
    for path, probe in probes(node.url).items():
        for target in probe.get:
            for face in probe.faces:
                got = await node.get(target, accept=face, signer=asker.signer, person=_person(node, asker))
                answers[path, f"GET {target}", face] = _plain(got)
        for target, body in (probe.post or {}).items():
            answers[path, f"POST {target}", ""] = _plain(await _posted(node, asker, target, body))
    return answers


async def walked_by_all(node: WebNode) -> dict[str, dict[tuple[str, str, str], Answer]]:
    """The same of every asker, side by side."""
    found = await asyncio.gather(*(walked(node, asker) for asker in ASKERS))
    return {asker.name: answers for asker, answers in zip(ASKERS, found, strict=True)}


async def _posted(node: WebNode, asker: Asker, target: str, body: bytes) -> Got:
    if asker.signer is not None:
        said = {**json.loads(body), "actor": asker.signer.iri} if target.endswith("inbox") else None
        return await node.deliver(asker.signer, json.dumps(said).encode() if said else body, target)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if asker.person:
        headers["Cookie"] = f"s={await node.session(_person(node, asker))}"
    return await node.ask("POST", target, headers=headers, body=body)


def _person(node: WebNode, asker: Asker) -> str:
    return f"{node.url}/{asker.person}" if asker.person else ""


def _plain(got: Got) -> Answer:
    """An answer without what differs from one moment to the next: dates, and the tokens of forms."""
    headers = [(name.lower(), value) for name, value in got.headers.items() if name.lower() not in VOLATILE]
    return got.status, tuple(sorted(headers)), re.sub(r'name="jeton" value="[0-9a-f]{64}"', "", got.text)


@pytest.fixture(scope="module")
def blank() -> dict[str, dict[tuple[str, str, str], Answer]]:
    """What each asker gets where nothing is planted; filled by the first test that needs it."""
    return {}


async def test_every_route_is_in_the_matrix() -> None:
    async with world(None) as node:
        assert node.application is not None
        declared = {path for _, _, path in node.application[ROUTES].paths()}
        outside = [route.resource.canonical for route in node.application.router.routes() if route.resource is not None]
    assert declared == set(probes("http://x")), "a route without a probe, or a probe without its route"
    assert set(outside) == {"/static/{name}", "/{rest}"}, "a route of aiohttp's own that no matrix walks"


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_what_may_not_be_seen_is_not_there(
    case: Case, blank: dict[str, dict[tuple[str, str, str], Answer]], record_property: Callable[[str, object], None]
) -> None:
    if not blank:
        async with world(None) as node:
            blank |= await walked_by_all(node)
    answers = 0
    async with world(case) as node:
        for asker, found in zip(ASKERS, (await walked_by_all(node)).values(), strict=True):
            answers += len(found)
            may = may_see(asker.reader(node.url), case.kept(node.house(), PATHS[0]))
            if not may:
                _is_blank(found, blank[asker.name], f"{case}, {asker.name}")
            elif case.is_deleted:
                _shows_no_words(found, f"{case}, {asker.name}")
                assert _status(found, PATHS[0], AP) == 410
            else:
                assert _status(found, PATHS[0], AP) == 200
                assert any(WORDS["name"] in body for _, _, body in found.values())
        routes = len(probes(node.url))
    record_property(NAME, f"{case}: {routes} routes x {len(ASKERS)} readers, {answers} answers compared")


def _is_blank(found: dict[tuple[str, str, str], Answer], blank: dict[tuple[str, str, str], Answer], where: str) -> None:
    for request, answer in found.items():
        expected = blank[request]
        if answer == expected:
            continue
        lines = [str(answer[:2]), *answer[2].splitlines()], [str(expected[:2]), *expected[2].splitlines()]
        told = "\n".join(line for line in unified_diff(lines[1], lines[0], lineterm="", n=0))
        pytest.fail(f"{where}: {request} tells that something is there:\n{told}", pytrace=False)


def _shows_no_words(found: dict[tuple[str, str, str], Answer], where: str) -> None:
    """Of what is deleted nothing shows but its address, at that address and in the Delete."""
    for (path, request, face), (_, headers, body) in found.items():
        hidden = MARKERS if path.endswith("repertoire") or path == "/recherche" else WORDS.values()
        shown = [word for word in hidden if word not in request and word in f"{headers} {body}"]
        assert not shown, f"{where}: {request} as {face} ({path}) shows {shown}"


def _status(found: dict[tuple[str, str, str], Answer], path: str, face: str) -> int:
    return next(status for (_, request, kind), (status, _, _) in found.items() if request == f"GET /{path}" and kind == face)


async def test_the_audiences_differ_in_who_may_see(record_property: Callable[[str, object], None]) -> None:
    """A positive control: the matrix would prove nothing if nobody ever saw anything."""
    async with world(None) as node:
        seen = {
            str(case): [asker.name for asker in ASKERS if may_see(asker.reader(node.url), case.entry(node.house(), PATHS[0]))]
            for case in CASES[: len(Audience)]
        }
        combinations = len(probes(node.url)) * len(CASES) * len(ASKERS)
    assert seen == {
        "private": [],
        "community": ["member"],
        "chosen": ["member of another community"],
        "public": [asker.name for asker in ASKERS],
    }
    record_property(NAME, f"{combinations} combinations of route, audience and reader")
