"""The index: written by one process, asked by others, none of which can do harm or go on for ever."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kit.asking import LEFT, RIGHT, Desk, note, question
from node.errors import Busy, Conflict
from node.graph import record
from node.graph.engine import Graph, Limits

WORDS = "SELECT ?w { ?n <urn:dit> ?w }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s . ?t ?u ?v }"


SAYING = f"{RIGHT}paroles/1"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An index that is not there yet."""
    return Desk(tmp_path / "graph")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty notes of one server, and something that another one says; nobody writes to it."""
    folder = tmp_path_factory.mktemp("read") / "graph"
    things = {**dict(note(LEFT, n) for n in range(40)), SAYING: f'<{SAYING}> <urn:cite> "l\'un, l\\"autre"@fr <{RIGHT}> .'}
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Desk(folder).write(things, 1, anew=True)).result()
    return folder


@pytest.fixture
def filled(folder: Path) -> Desk:
    """The same, to be asked under limits of one's own."""
    return Desk(folder)


async def test_it_is_written_asked_and_written_on(desk: Desk) -> None:
    assert desk.graph.mark() is None
    assert (await desk.ask(WORDS)).status == 503
    await desk.write(dict([note(LEFT, 1), note(LEFT, 2), note(RIGHT, 3)]), 7, anew=True)
    assert desk.graph.mark() == 7
    assert await desk.rows("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g") == [(LEFT, "6"), (RIGHT, "3")]
    # one says something else, one is gone: with what hung on them
    await desk.write(dict([note(LEFT, 1, "deux"), (note(LEFT, 2)[0], "")]), 9)
    assert desk.graph.mark() == 9
    assert await desk.rows("SELECT ?s ?o { ?x <urn:par> ?y . ?y <urn:nom> ?o BIND(STR(?x) AS ?s) }") == [
        (f"{LEFT}n/1", "deux"),
        (f"{RIGHT}n/3", "un"),
    ]
    assert await desk.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [("6",)]


async def test_a_part_goes_with_its_thing_and_what_only_stands_below_it_stays(desk: Desk) -> None:
    whole, below = f"{LEFT}n/1", f"{LEFT}n/1/2"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/ns/activitystreams#OrderedCollection>"
    parts = f'<{whole}/b> {kind} <{LEFT}> .\n<{whole}#c> <urn:dit> "partie" <{LEFT}> .\n'
    leading = "".join(f"<{whole}> <urn:a> <{part}> <{LEFT}> .\n" for part in (f"{whole}/b", f"{whole}#c", below))
    await desk.write({whole: leading + parts, below: f'<{below}> <urn:dit> "autre" <{LEFT}> .\n'}, 1, anew=True)
    await desk.write({whole: ""}, 2)
    assert await desk.rows("SELECT ?s ?o { ?s ?p ?o }") == [(below, "autre")]


async def test_one_source_can_be_asked_alone(filled: Desk) -> None:
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert await filled.rows(everything, default_graph=[RIGHT]) == [("1",)]
    assert await filled.rows("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", named_graphs=[LEFT]) == [("120",)]
    for unknown in ("file:///etc/hostname", "http://127.0.0.1/", "pas une adresse"):
        refused = await filled.ask(everything, default_graph=[unknown])
        assert (refused.status, b"no graph" in refused.body or b"no question" in refused.body) == (400, True)


@pytest.mark.parametrize(
    ("media", "begins"),
    [
        ("application/sparql-results+json", b'{"head": {"vars": ["w"]}, "results": {"bindings": [{"w":'),
        ("application/sparql-results+xml", b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'),
        ("text/csv", b'w\r\n"l\'un, l""autre"\r\n'),
        ("text/tab-separated-values", b'?w\n"l\'un, l\\"autre"@fr\n'),
    ],
)
async def test_rows_come_in_every_format(filled: Desk, media: str, begins: bytes) -> None:
    found = await filled.ask("SELECT ?w { ?n <urn:cite> ?w }", rows=media)
    assert (found.status, found.media_type) == (200, media)
    assert found.body.startswith(begins)


async def test_yes_no_and_statements(filled: Desk) -> None:
    assert b"true" in (await filled.ask("ASK { ?s ?p ?o }")).body
    asked = f"CONSTRUCT {{ ?s <urn:x> ?w }} WHERE {{ ?s <urn:dit> ?w FILTER(?s = <{LEFT}n/1>) }}"
    found = await filled.ask(asked, statements="application/n-triples")
    assert found.body == f'<{LEFT}n/1> <urn:x> "un" .\n'.encode()
    assert (await filled.ask("ASK { ?s ?p ?o }", rows="")).status == 406
    assert (await filled.ask("CONSTRUCT WHERE { ?s ?p ?o }", statements="")).status == 406


async def test_what_is_no_question_is_said_to_be_none(filled: Desk) -> None:
    for text in ("", "SELECT", "INSERT DATA { <a:a> <a:b> <a:c> }", "SELECT * { ?s ?p ?o } ; DROP ALL", "\x00", "\ud800"):
        assert (await filled.ask(text)).status == 400, text


async def test_too_much_is_refused_and_not_cut_off(filled: Desk) -> None:
    filled.limits = Limits(seconds=60, rows=3, answer=500)
    assert len(await filled.rows(f"{WORDS} LIMIT 3")) == 3
    assert b"more than 3 rows" in (await filled.ask(WORDS)).body
    assert b"more than 3 rows" in (await filled.ask("CONSTRUCT WHERE { ?s <urn:dit> ?o }")).body
    tens = ",".join(["?a"] * 60)
    big = await filled.ask(f'SELECT ?x {{ BIND("0123456789" AS ?a) BIND(CONCAT({tens}) AS ?x) }}')
    assert b"more than 500 bytes" in big.body


async def test_nobody_is_asked_even_when_the_words_slip_through(filled: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/"
        loud = await filled.ask(f"ASK {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
        silent = await filled.ask(f"ASK {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}")
        read = await filled.ask(f"DESCRIBE ?s FROM <{address}> FROM <file:///etc/hostname> {{ ?s ?p ?o }}")
        with pytest.raises(TimeoutError):
            canary.accept()
    assert loud.status == 400
    assert silent.status == 200
    assert socket.gethostname().encode() not in read.body


async def test_a_question_without_end_is_ended(filled: Desk) -> None:
    filled.limits = Limits(seconds=0.3)
    found = await filled.ask(CROSS)
    assert (found.status, b"too long" in found.body) == (503, True)


async def test_a_question_that_eats_memory_is_ended(filled: Desk) -> None:
    filled.limits = Limits(seconds=60, memory=160_000_000)
    grown = " ".join(f"BIND(CONCAT(?x{n},?x{n}) AS ?x{n + 1})" for n in range(30))
    found = await filled.ask(f'SELECT (STRLEN(?x30) AS ?n) {{ BIND("0123456789" AS ?x0) {grown} }}')
    assert (found.status, b"too much memory" in found.body) == (503, True)
    deep = await filled.ask("SELECT * " + "{" * 3000 + "}" * 3000)
    assert deep.status == 503


async def test_who_stops_waiting_leaves_no_process_behind(filled: Desk) -> None:
    asking = asyncio.ensure_future(filled.ask(CROSS))
    await asyncio.sleep(0.3)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert _asking() == []


async def test_one_is_answered_at_a_time_in_their_order_and_few_wait(filled: Desk) -> None:
    filled.limits = Limits(seconds=60, waiting=1)
    graph = filled.graph
    long = asyncio.ensure_future(graph.ask(question(CROSS)))
    await asyncio.sleep(0)
    short = asyncio.ensure_future(graph.ask(question("ASK {}")))
    await asyncio.sleep(0)
    turned_away = await graph.ask(question("ASK {}"))
    assert (turned_away.status, b"waiting" in turned_away.body) == (503, True)
    assert not short.done()
    long.cancel()
    assert (await short).status == 200
    assert (await graph.ask(question("ASK {}"))).status == 200
    assert long.cancelled()


async def broken_off(desk: Desk, *, anew: bool) -> None:
    """Begins to write, and is kept from going on."""
    async with desk.graph.recording(anew=anew) as recorder:
        await recorder.put(*note(LEFT, 1, "autre"))
        raise RuntimeError


async def test_a_writer_that_is_killed_leaves_what_was_there(desk: Desk) -> None:
    await desk.write(dict([note(LEFT, 1)]), 1, anew=True)
    for anew in (False, True):
        with pytest.raises(RuntimeError):
            await broken_off(desk, anew=anew)
        assert desk.graph.mark() == 1
        assert await desk.rows(WORDS) == [("un",)]
    await desk.write(dict([note(LEFT, 1, "deux")]), 2)
    assert await desk.rows(WORDS) == [("deux",)]


async def test_without_a_mark_nothing_is_given_out(desk: Desk) -> None:
    async with desk.graph.recording(anew=True) as recorder:
        await recorder.put(*note(LEFT, 1))
    assert desk.graph.mark() is None


async def test_two_do_not_write_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.write(dict([note(LEFT, 1)]), 1, anew=True)
    async with desk.graph.recording(anew=False) as recorder:
        await recorder.put(*note(LEFT, 2))
        await asyncio.sleep(0.3)
        monkeypatch.setattr("node.graph.engine.PATIENCE", 0)
        with pytest.raises(Busy):
            await desk.write({}, 5)
        await recorder.finish(3)
    assert desk.graph.mark() == 3


async def test_a_broken_index_is_said_to_be_so_and_made_anew(desk: Desk) -> None:
    with pytest.raises(Conflict):
        await desk.write({}, 1)
    await desk.write(dict([note(LEFT, 1)]), 1, anew=True)
    live = next(desk.folder.glob("*/live"))
    for part in live.glob("MANIFEST*"):
        part.write_bytes(b"rien")
    assert await desk.rows(WORDS) == [("un",)], "what is asked is a copy"
    with pytest.raises(Conflict):
        await desk.write({}, 2)
    await desk.write(dict([note(LEFT, 1, "deux")]), 3, anew=True)
    assert await desk.rows(WORDS) == [("deux",)]


async def test_statements_that_cannot_be_read_spoil_no_others(desk: Desk) -> None:
    await desk.write({"urn:x": "<rien de lisible", **dict([note(LEFT, 1)])}, 1, anew=True)
    assert await desk.rows(WORDS) == [("un",)]


async def test_few_copies_are_kept(desk: Desk) -> None:
    await desk.write(dict([note(LEFT, 1)]), 1, anew=True)
    for mark in (2, 3):
        await desk.write(dict([note(LEFT, 1, str(mark))]), mark)
    assert len(list(desk.folder.glob("*/at-*"))) == 2
    (desk.folder / "0-ancienne").mkdir()
    await desk.write({}, 9, anew=True)
    assert not (desk.folder / "0-ancienne").exists()


async def test_a_folder_that_was_deleted_is_no_index(desk: Desk) -> None:
    await desk.write(dict([note(LEFT, 1)]), 1, anew=True)
    shutil.rmtree(desk.folder)
    assert Graph(desk.folder).mark() is None
    assert (await desk.ask(WORDS)).status == 503


def test_statements_are_written_some_megabytes_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "PORTION", 5)
    assert list(record.portions([("a", "xxx"), ("b", "xxx"), ("c", "x")])) == [["xxx", "xxx"], ["x"]]
    assert list(record.portions([])) == [[]]


def test_a_line_that_says_how_far_the_index_is_ends_what_comes_in() -> None:
    marks: list[int] = []
    assert list(record.lines([b'["a", ""]\n', b'{"mark": 4}\n', b'["b", ""]\n'], marks)) == [("a", "")]
    assert marks == [4]


def _asking() -> list[str]:
    """The processes of ours that answer questions; other tests of the run may have children of their own."""
    children = [number for path in Path("/proc/self/task").glob("*/children") for number in path.read_text().split()]
    found = []
    for number in children:
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if b"evaluate" in Path(f"/proc/{number}/cmdline").read_bytes():
                found.append(number)
    return found
