"""What somebody brings along: fetched once, looked through without any effect, taken in batch by batch, stopped, resumed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from federation.errors import Unreachable
from federation.messages import Answer, Outgoing
from kit.guests import Outpost, Stage
from node.actions.bring import MOST_OPEN, Load, begin, stop, take, theirs
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.jobs import bring_in
from node.jobs.bring_in import JOB
from node.storage.engine import Database
from node.storage.shelves.bringings import BringingRow, BroughtRow
from node.storage.unit_of_work import UnitOfWork

WIKI = "https://wiki.example"
PAGES = {
    f"{WIKI}/?PagePrincipale": b'<html><body class="yeswiki">Bienvenue</body></html>',
    f"{WIKI}/?api/forms": json.dumps({"1": {"bn_id_nature": "1"}, "2": {"bn_id_nature": 2}, "x": "y"}).encode(),
    f"{WIKI}/?api/forms/1/entries": json.dumps(
        {"a": {"id_fiche": "a", "bf_titre": "Une ruelle"}, "b": {"id_fiche": "b"}}
    ).encode(),
    f"{WIKI}/?api/forms/2/entries": b"null",
    "https://journal.example/a": "<html><title>Prévenir</title><body>Un texte.</body></html>".encode(),
    "https://blogue.example/": b'<html><link rel="alternate" type="application/rss+xml" href="/feed"></html>',
    "https://blogue.example/feed": b'<rss version="2.0"><channel><title>B</title><item><title>Un</title>'
    b"<link>https://blogue.example/un</link></item></channel></rss>",
    "https://vide.example/": b"<html>rien</html>",
}


class Web(Outpost):
    """Answers from PAGES."""

    async def send(self, outgoing: Outgoing) -> Answer:
        self.sent.append(outgoing)
        if outgoing.url not in PAGES:
            raise Unreachable("silent.example did not answer within the time given")
        kind = "text/html" if PAGES[outgoing.url].startswith(b"<html") else "application/json"
        return Answer(status=200, url=outgoing.url, headers=(("content-type", kind),), body=PAGES[outgoing.url])


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.outside = Web()
    return made


def bring(stage: Stage, *files: BroughtRow, links: tuple[str, ...] = (), site: str = "") -> BringingRow:
    load = Load(files=files, links=links, site=site)
    return stage.database.write_now(lambda uow: begin(uow, stage.house(), stage.author, stage.community, load))


async def worked(stage: Stage, row: BringingRow) -> BringingRow:
    for task in stage.database.write_now(lambda uow: JOB.claim(uow, stage.house(), 5)):
        await JOB.work(stage.tools, task)
    return known(stage, row)


def known(stage: Stage, row: BringingRow) -> BringingRow:
    return stage.database.read_now(lambda uow: theirs(uow, row.id, stage.author))


def taken(stage: Stage, row: BringingRow, *, probable: bool = False) -> None:
    def deed(uow: UnitOfWork) -> None:
        take(uow, stage.house(), theirs(uow, row.id, stage.author), Audience.COMMUNITY, takes_probable=probable)

    stage.database.write_now(deed)


def fates(row: BringingRow) -> Counter[str]:
    return Counter(json.loads(row.report)["counts"])


def within(stage: Stage) -> int:
    inside = Scope(communities=frozenset({stage.community}))
    return stage.database.read_now(lambda uow: uow.things.count(scope=inside))


TABLE = BroughtRow(name="outils.csv", content="title;content\nPorte-à-porte;Aller voir.\nÉcoute;Écouter.\n".encode())


async def test_nothing_is_there_before_somebody_says_so_and_then_it_waits_to_be_completed(stage: Stage) -> None:
    before = within(stage)
    row = await worked(stage, bring(stage, TABLE, BroughtRow(name="photo.xyz", content=b"\x00")))
    assert (row.state, row.total, fates(row), within(stage)) == ("ready", 3, {"new": 2, "unreadable": 1}, before)
    taken(stage, row)
    row = await worked(stage, row)
    assert (row.state, fates(row)["new"], within(stage)) == ("done", 2, before + 2)
    inside = Scope(communities=frozenset({stage.community}))
    waiting = stage.database.read_now(lambda uow: uow.unfinished.listed(scope=inside, community=stage.community))
    assert {each.entry.name for each in waiting} == {"Porte-à-porte", "Écoute"}
    assert stage.database.read_now(lambda uow: uow.things.count(scope=PUBLIC_SCOPE)) == 0
    again = await worked(stage, bring(stage, TABLE))
    assert fates(again) == {"same": 2}


async def test_a_wiki_a_feed_and_links_are_asked_for_once(stage: Stage) -> None:
    links = ("https://journal.example/a", "https://silent.example/b")
    row = await worked(stage, bring(stage, links=links, site=f"{WIKI}/?PagePrincipale"))
    lines = json.loads(row.report)
    assert sorted(each[1] for each in lines["plain"]) == ["Prévenir", "Une ruelle", "silent.example"]
    assert [each[4] for each in lines["amiss"]] == ["it has no title (bf_titre)"]
    asked = len(stage.outside.sent)
    taken(stage, row)
    assert fates(await worked(stage, row))["new"] == 3
    assert len(stage.outside.sent) == asked
    feed = await worked(stage, bring(stage, site="https://blogue.example/"))
    assert fates(feed) == {"new": 1}
    for site in ("https://vide.example/", "https://silent.example/"):
        assert fates(await worked(stage, bring(stage, site=site))) == {"unreadable": 1}


async def test_what_dies_goes_on_where_it_was_and_what_is_stopped_does_not(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bring_in, "BATCH", 1)
    row = await worked(stage, bring(stage, TABLE))
    taken(stage, row)
    half = replace(known(stage, row), done=1)
    stage.database.write_now(lambda uow: uow.bringings.put(half))
    before = within(stage)
    assert (await worked(stage, row)).state == "done"
    assert within(stage) == before + 1
    other = bring(stage, TABLE)
    stage.database.write_now(lambda uow: stop(uow, stage.house(), theirs(uow, other.id, stage.author)))
    assert (await worked(stage, other)).state == "stopped"
    with pytest.raises(Conflict):
        taken(stage, other)


async def test_too_many_parts_are_not_begun(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bring_in, "BATCH", 1)
    monkeypatch.setattr(bring_in, "MOST_PARTS", 1)
    row = await worked(stage, bring(stage, TABLE))
    assert (row.state, fates(row)) == ("ready", {"new": 1, "unreadable": 1})


async def test_it_is_its_persons_alone_and_of_whoever_may_publish(stage: Stage) -> None:
    row = bring(stage, TABLE)
    with pytest.raises(NotFound):
        stage.database.read_now(lambda uow: theirs(uow, row.id, f"{stage.author}-2"))
    with pytest.raises(NotAllowed):
        stage.database.write_now(lambda uow: begin(uow, stage.house(), f"{stage.author}-2", stage.community, Load(site=WIKI)))
    with pytest.raises(Invalid):
        bring(stage)
    for _ in range(MOST_OPEN - 1):
        bring(stage, TABLE)
    with pytest.raises(Conflict):
        bring(stage, TABLE)
