"""A crawl of a node with private things, by nobody or by strangers who sign, finds no private word; nor does what is delivered.

Every private field holds a marker of its own. The crawler begins at the pages and documents that everybody knows of, asks for
whatever address any answer names, in every form, and looks for the markers in all answers, headers and delivered bytes.
"""

from __future__ import annotations

import asyncio
import io
import itertools
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag

import aiohttp
import pytest
from yarl import URL

from federation.messages import Verified
from federation.outbox import signed_fetch
from kit.hostile import AP, Place, Somebody, now
from kit.nodes import LiveNode, live_node
from kit.planted_house import plant_house
from kit.rows import failed
from node.actions.add_community import add_community
from node.actions.add_member import Newcomer, add_member, admit
from node.actions.moderate import block
from node.actions.publish import publish
from node.contracts import Draft
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.storage.shelves.reports import Complaint
from vocab import jsonld
from vocab.things.concept import Concept
from vocab.things.event import Event
from vocab.things.note import Note
from vocab.things.object import Object
from vocab.things.place import Place as Territory
from vocab.things.practice_note import PracticeNote
from vocab.things.source import Source
from vocab.values import Ref, Text

pytestmark = pytest.mark.enable_socket

MARK = "xyloquartz"
_numbers = itertools.count(1)
FACES = ("text/html", AP, "text/turtle")
#: What narrows a list, or gives it in another way: all combinations of two would be thousands of the same.
NARROWING = frozenset(
    {
        "format", "langue", "type", "sujet", "origine", "page", "communaute", "portee", "chez", "depuis", "ecrit", "licence",
        "territoire", "terme", "vue", "mois", "avant", "contenu",
    }
)  # fmt: skip
STARTS = (
    "/",
    "/communautes",
    "/carte",
    "/intersections",
    "/ailleurs",
    "/recherche",
    "/organisation",
    "/noeud",
    "/liens",
    "/signalements",
    "/entrer",
    "/sante",
    "/inbox",
    "/.well-known/nodeinfo",
    "/nodeinfo/2.0",
    "/nodeinfo/2.1",
    "/.well-known/host-meta",
    "/vocab/",
    "/robots.txt",
    *("/avis", "/moi", "/moi/donnees", "/brouillons", "/noeud", "/noeud/moderation", "/atelier", "/partager", "/premiers-pas"),
    *("/vie-privee", "/communautes/gardien/membres", "/communautes/gardien/regles", "/communautes/gardien/echanges"),
    "/sitemap.xml",
    "/agenda",
    "/flux",
    "/catalogue",
    "/.well-known/void",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/oai?verb=ListSets",
    "/sparql?query=SELECT%20*%20WHERE%20%7B%7B%3Fs%20%3Fp%20%3Fo%7D%20UNION%20%7BGRAPH%20%3Fg%20%7B%3Fs%20%3Fp%20%3Fo%7D%7D%7D",
)
#: An address in an answer: of a link, a value, a header, or in running text.
_ADDRESS = re.compile(r"""https?://[^\s\x00-\x1f\x7f"'<>\\]+|(?<=["'(])/[^\s\x00-\x1f\x7f"'<>\\)]*""")


def mark() -> str:
    """A word that occurs nowhere else; each use has its own."""
    return f"{MARK}{next(_numbers)}"


def words(body: bytes) -> str:
    """What can be read in an answer: its text, or that of every file in it (an EPUB, a text document)."""
    if not body.startswith(b"PK\x03\x04"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as files:
        return " ".join(f"{name} {files.read(name).decode('utf-8', 'ignore')}" for name in files.namelist())


def text() -> Text:
    return Text.of(f"<p>{mark()}</p>", "fr")


@dataclass
class Crawl:
    """What was asked for and what of it told a private word."""

    node: LiveNode
    signer: Somebody | None = None
    asked: set[tuple[str, str]] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)
    answers: int = 0

    async def run(self, starts: tuple[str, ...]) -> None:
        """Follows every address there is."""
        waiting = deque(f"{self.node.url}{start}" for start in starts)
        known, pages = set(waiting), frozenset(waiting)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
            while waiting:
                url = waiting.popleft()
                for face in self._faces(url, is_start=url in pages):
                    for found in await self._ask(client, url, face):
                        if found not in known:
                            known.add(found)
                            waiting.append(found)

    def _faces(self, url: str, *, is_start: bool) -> tuple[str, ...]:
        """What is asked for at an address: who signs is a program, and does not go about in pages beyond the first."""
        if "format=" in url:
            return FACES[:1]
        return FACES if self.signer is None or is_start else FACES[1:]

    async def _ask(self, client: aiohttp.ClientSession, url: str, face: str) -> list[str]:
        headers = {"Accept": face}
        if self.signer is not None:
            sealed = await asyncio.to_thread(signed_fetch, url, self.signer.key, now(), face)
            headers = dict(sealed.headers)
        async with client.get(URL(url, encoded=True), headers=headers, allow_redirects=False) as got:
            said = f"{got.status} {dict(got.headers)} {words(await got.read())}"
        self.answers += 1
        for leak in re.findall(rf"{MARK}\d+", said):
            if leak not in unquote(url):
                self.leaks.append(f"{leak} at {url} as {face}")
        # What looks like an address in the bytes of a picture is chance.
        return [] if "\0" in said else list(self._addresses(said))

    def _addresses(self, said: str) -> Iterator[str]:
        for found in _ADDRESS.findall(unescape(said)):
            url = urldefrag(found if "://" in found else f"{self.node.url}{found}").url.rstrip(".,;")
            if url.startswith(self.node.url) and "/static/" not in url and "{" not in url and not self._is_more_of_the_same(url):
                yield url

    def _is_more_of_the_same(self, url: str) -> bool:
        """The vocabulary's hundreds of pages are files of the package; a door that leads back to a page is the same door."""
        path, _, query = url.removeprefix(self.node.url).partition("?")
        narrowed = [part for part in query.split("&") if part.partition("=")[0] in NARROWING and part != "portee=noeud"]
        return path.startswith("/vocab/") or len(narrowed) > 1 or (path == "/entrer" and bool(query))


@pytest.fixture
def outsider() -> Iterator[Place]:
    place = Place("127.0.0.14")
    yield place
    place.close()


def publish_all(node: LiveNode, other: str) -> list[str]:
    """A thing of every sort for every audience that is not public, and one that was public once; their IRIs."""
    drafts = [
        (
            Draft(thing=thing, source=mark()),
            Placement(author=node.author, community=node.community, audience=audience, readers=readers),
        )
        for audience, readers in (
            (Audience.SELF, frozenset[str]()),
            (Audience.COMMUNITY, frozenset[str]()),
            (Audience.CHOSEN, frozenset({other})),
        )
        for thing in private_things()
    ]
    return node.do(lambda uow, house: [publish(uow, house, draft, placed).iri for draft, placed in drafts])


def private_things() -> list[Object]:
    written = Source(content=Text.of(mark(), "fr"), media_type="text/markdown").ref
    return [
        PracticeNote(name=Text.of(mark(), "fr"), summary=text(), content=text(), source=written),
        Concept(pref_label=Text.of(mark(), "fr"), name=Text.of(mark(), "fr"), content=text(), definition=Text.of(mark(), "fr")),
        Event(
            name=Text.of(mark(), "fr"), content=text(), start_time=now(), location=(Territory(name=Text.of(mark(), "fr")).ref,)
        ),
        Note(content=text(), in_reply_to=(Ref(f"https://ailleurs.example/{mark()}"),)),
    ]


def plant(node: LiveNode, stranger: Somebody) -> None:
    """Private words in every other place that has a field for words."""

    def deed(uow, house) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- as LiveNode.do gives them
        quiet = add_member(uow, house, Newcomer(email=f"{mark()}@exemple.org", name="Discrète", password_hash=mark()))
        admit(uow, house, quiet.iri, node.community)
        uow.decisions.add(house.now, mark(), "blocked.example", reason=mark())
        block(uow, house, "blocked.example", note=mark())
        failed(uow, "muet.example", house.now, mark())
        uow.refusals.add(house.now, 401, mark(), "muet.example", excerpt=mark().encode())
        uow.reports.add(
            Complaint(
                activity=f"https://x.example/{mark()}", reporter=stranger.iri, host="x.example", objects=(), content=mark()
            ),
            house.now,
        )
        uow.submissions.add(
            node.community, thing="https://x.example/1", activity="https://x.example/a", author=stranger.iri,
            body=f'{{"content":"{mark()}"}}'.encode(), at=house.now,
        )  # fmt: skip
        body = jsonld.dump(Note(id="https://x.example/n", content=text()))
        uow.inbox.add(Verified(activity=jsonld.read(body), actor=stranger.iri, key_id=stranger.key.iri, body=body, at=house.now))
        uow.inbox.finish(uow.inbox.recent(1)[0].id, "held", mark(), house.now)
        uow.sessions.create_token("sign-in", quiet.iri, house.now)
        uow.followings.put("https://x.example/g", node.community, activity="https://x.example/f", state="requested", at=house.now)
        uow.followings.put(
            node.community, f"https://x.example/{mark()}", activity=mark(), state="requested", at=house.now, note=mark()
        )
        uow.state.set("note", mark())

    node.do(deed)


async def test_a_crawl_by_nobody_and_by_a_stranger(tmp_path: Path, outsider: Place) -> None:
    stranger, follower = Somebody(outsider, "stranger"), Somebody(outsider, "follower")
    async with live_node("gardien", "127.0.0.11", tmp_path / "node", mode="open") as node:
        other = node.do(lambda uow, house: add_community(uow, house, "Voisine")).iri
        node.note("Visible pour tout le monde")
        node.do(lambda uow, house: uow.followings.put(follower.iri, node.community, activity="x", state="accepted", at=house.now))
        private = publish_all(node, other)
        plant(node, stranger)
        plant_house(node, mark)
        public = node.note("Publique un temps")
        paths = tuple(iri.removeprefix(node.url) for iri in (*private, public.iri))
        searches = tuple(f"/recherche?q={quote(MARK)}{number}&portee=noeud" for number in range(1, 12))
        fingers = tuple(
            f"/.well-known/webfinger?resource={quote(iri, safe='')}" for iri in (*private, node.author, node.community)
        )
        for signer in (None, stranger, follower):
            crawl = Crawl(node, signer)
            await crawl.run((*STARTS, *paths, *searches, *fingers))
            assert not crawl.leaks, "\n".join(crawl.leaks)
            assert crawl.answers > 300, "the crawler did not get far"
        delivered = b" ".join(seen.body + repr(seen.headers).encode() for seen in outsider.seen)
        assert MARK.encode() not in delivered
    marks = (tmp_path / "node" / "maillage.sqlite").read_bytes().count(MARK.encode())
    assert marks > 60, "a positive control: the words are there"
