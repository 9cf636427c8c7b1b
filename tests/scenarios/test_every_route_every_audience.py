"""Every route × every audience × every reader: what may not be seen answers exactly as what does not exist.

The same requests are made of a world in which something was planted and of one in which nothing was. To a reader who may not
see it the two worlds must give the same bytes: status, headers, body, counts, addresses. A route without a probe
(kit/probes.py) fails the test.
"""

from __future__ import annotations

import asyncio
import functools
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from difflib import unified_diff

import pytest

from federation import signatures
from kit.live import free_port
from kit.matrix_report import NAME
from kit.planted import CASES, FRIEND, HOLDERS, MARKERS, PATHS, STRANGER, WORDS, Case, people, sow
from kit.probes import probes
from kit.probing import FORM_TOKEN
from kit.signing import Signer
from kit.web_node import AP, Got, WebNode, web_node
from node.contracts import Page, Visit
from node.domain.entries import Audience
from node.domain.rights import ADMINISTRATION, GUEST
from node.domain.visibility import Reader, may_see
from node.formats import activitystreams
from node.web import templates
from node.web.app import ROUTES
from node.web.limits import Limits
from node.web.readers import form_token


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks: nobody, a person with a session, or an actor elsewhere that signs.

    `is_brief`: asks for pages alone, and not of what was withdrawn: the others have asked for that.
    """

    name: str
    person: str = ""
    signer: Signer | None = None
    communities: frozenset[str] = frozenset()
    is_brief: bool = False

    def may_see(self, node: WebNode, case: Case) -> bool:
        """Whether what is planted is for them."""
        return may_see(self.reader(node.url), case.kept(node.house(), PATHS[0]))

    def reader(self, url: str) -> Reader:
        actor = f"{url}/{self.person}" if self.person else (self.signer.iri if self.signer else "")
        return Reader(actor=actor, communities=frozenset(f"{url}/communautes/{slug}" for slug in self.communities))


ASKERS = (
    Asker(name="anonymous"),
    Asker(name="member", person="personnes/mireille", communities=frozenset({"logement"})),
    Asker(name="member of another community", person="personnes/ali", communities=frozenset({"voisine"})),
    Asker(name="signed actor of a followed node", signer=FRIEND),
    Asker(name="signed stranger", signer=STRANGER),
    *(
        Asker(
            name=name,
            person=f"personnes/{name}",
            communities=frozenset() if role in {GUEST, ADMINISTRATION} else frozenset({"logement"}),
            is_brief=True,
        )
        for name, role in HOLDERS.items()
    ),
)

HTML = "text/html"

#: Headers that differ from one answer to the next, whatever is planted.
VOLATILE = {"date", "etag"}

#: Every world is at the same address, so that whatever is made from addresses is the same.
PORT = free_port("127.0.0.1")

#: All who ask are at one address.
MANY_QUESTIONS = Limits(questions_a_minute=1000, questions_each=100)

#: One answer as it is compared: status, headers, body.
Answer = tuple[int, tuple[tuple[str, str], ...], str]


@asynccontextmanager
async def world(case: Case | None) -> AsyncIterator[WebNode]:
    """A node where a case is planted, or nothing."""
    formats = {"activitystreams": activitystreams.FORMAT}  # for the others, see test_every_list_every_format.py
    async with web_node(signers=(FRIEND, STRANGER), port=PORT, limits=MANY_QUESTIONS, formats=formats) as node:
        node.database.write_now(lambda uow: people(uow, node.house()))
        if case is not None:
            node.database.write_now(lambda uow: sow(uow, node.house(), case))
        yield node


def questions(url: str, asker: Asker) -> Iterator[tuple[str, str, str, bytes]]:
    """What an asker asks for: declared path, target, face (none for a POST) and body."""
    for path, probe in probes(url).items():
        for target in probe.get:
            yield from ((path, target, face, b"") for face in probe.faces if face == HTML or not asker.is_brief)
        for target, body in (probe.post or {}).items():
            if asker.signer is None or _is_inbox(target):
                yield path, target, "", body


async def walked(node: WebNode, asker: Asker) -> dict[tuple[str, str, str], Answer]:
    """Every answer that an asker gets: by declared path, request and face."""
    answers: dict[tuple[str, str, str], Answer] = {}
    for path, target, face, body in questions(node.url, asker):
        if face:
            got = await node.get(target, accept=face, signer=asker.signer, person=_person(node, asker))
        else:
            got = await _posted(node, asker, target, body)
        answers[path, f"{'GET' if face else 'POST'} {target}", face] = _plain(got)
    return answers


async def walked_by_all(node: WebNode, askers: Sequence[Asker] = ASKERS) -> dict[str, dict[tuple[str, str, str], Answer]]:
    """The same of every asker, side by side."""
    found = await asyncio.gather(*(walked(node, asker) for asker in askers))
    return {asker.name: answers for asker, answers in zip(askers, found, strict=True)}


def _is_inbox(target: str) -> bool:
    return target.endswith("inbox")


async def _posted(node: WebNode, asker: Asker, target: str, body: bytes) -> Got:
    if asker.signer is not None:
        said = {**json.loads(body), "actor": asker.signer.iri} if _is_inbox(target) else None
        return await node.deliver(asker.signer, json.dumps(said).encode() if said else body, target)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if asker.person:
        session = await node.session(_person(node, asker))
        headers["Cookie"] = f"s={session}"
        body = body.replace(FORM_TOKEN.encode(), form_token(session).encode())
    return await node.ask("POST", target, headers=headers, body=body)


def _person(node: WebNode, asker: Asker) -> str:
    return f"{node.url}/{asker.person}" if asker.person else ""


def _plain(got: Got) -> Answer:
    """An answer without what differs from one moment to the next: dates, and the tokens of forms."""
    headers = [(name.lower(), value) for name, value in got.headers.items() if name.lower() not in VOLATILE]
    return got.status, tuple(sorted(headers)), re.sub(r'name="jeton" value="[0-9a-f]{64}"', "", got.text)


@pytest.fixture(scope="module", autouse=True)
def told_once() -> Iterator[None]:
    """What is the same in every world is made once: signatures, and the pages of errors, made of nothing but what is given."""
    made, kept = templates.render_error, dict[str, str]()

    def render_error(status: int, visit: Visit, pages: Mapping[str, Page], *, written: str | None = None) -> str:
        given = repr((status, replace(visit, form_token="x" if visit.form_token else ""), sorted(pages), written))
        if given not in kept:
            kept[given] = made(status, visit, pages, written=written)
        return kept[given]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates, "render_error", render_error)
        patch.setattr(signatures, "sign", functools.cache(signatures.sign))  # the same at the same moment is signed the same
        yield


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


async def test_a_signature_opens_no_form() -> None:
    """What the walks leave out: an actor that signs and fills in forms gets what nobody gets."""
    nobody, friend = ASKERS[0], next(asker for asker in ASKERS if asker.signer is FRIEND)
    async with world(CASES[0]) as node:
        forms = [form for probe in probes(node.url).values() for form in (probe.post or {}).items() if not _is_inbox(form[0])]
        for target, body in forms:
            signed, plain = [_plain(await _posted(node, asker, target, body))[0] for asker in (friend, nobody)]
            assert signed >= 400 or signed == plain, target
    assert len(forms) > 100


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_what_may_not_be_seen_is_not_there(
    case: Case, blank: dict[str, dict[tuple[str, str, str], Answer]], record_property: Callable[[str, object], None]
) -> None:
    if not blank:
        async with world(None) as node:
            blank |= await walked_by_all(node)
    async with world(case) as node:
        askers = _askers(node, case)
        found_by = await walked_by_all(node, askers)
        for asker in askers:
            found = found_by[asker.name]
            if not asker.may_see(node, case):
                _is_blank(found, blank[asker.name], f"{case}, {asker.name}")
            elif case.is_deleted:
                _shows_no_words(found, f"{case}, {asker.name}")
                assert _status(found, PATHS[0], AP) == 410
            else:
                assert _status(found, PATHS[0], HTML if asker.is_brief else AP) == 200
                assert any(WORDS["name"] in body for _, _, body in found.values())
        for asker in (asker for asker in ASKERS if asker not in askers and asker.may_see(node, case) and not case.is_deleted):
            assert (await node.get(f"/{PATHS[0]}", signer=asker.signer, person=_person(node, asker))).status == 200
        routes, answers = len(probes(node.url)), sum(map(len, found_by.values()))
    record_property(NAME, f"{case}: {routes} routes x {len(askers)} readers, {answers} answers compared")


def _askers(node: WebNode, case: Case) -> list[Asker]:
    """Who asks for everything: all who may not see what is planted; of those who may, two: there is nothing to be compared."""
    asked = [asker for asker in ASKERS if not (asker.is_brief and (case.is_deleted or case.is_narrowed))]
    may = [asker for asker in asked if asker.may_see(node, case)]
    return [asker for asker in asked if case.is_deleted or asker not in may[2:]]


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
        seen = {str(case): [asker.name for asker in ASKERS if asker.may_see(node, case)] for case in CASES[: len(Audience)]}
        routes = {asker.name: len({path for path, *_ in questions(node.url, asker)}) for asker in ASKERS}
        combinations = sum(routes[asker.name] for case in CASES for asker in _askers(node, case))
    assert seen == {
        "private": [],
        "community": ["member", "animatrice", "curateur", "documentaliste", "observatrice"],
        "chosen": ["member of another community"],
        "public": [asker.name for asker in ASKERS],
    }
    record_property(NAME, f"{combinations} combinations of route, audience and reader")
