"""Letters come from a real server into the rows, once, and trouble is noted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kit.guests import Stage
from kit.mailbox import imap
from node.contracts import House, Tools
from node.domain.errands import ALL, COLLECT
from node.domain.letters import Mailbox
from node.domain.post import private_address
from node.jobs import collect_letters as job
from node.storage.engine import Database
from node.storage.postbox import keep_mailbox, keep_password

HERE = "partage@ici.example"


def tools_of(stage: Stage, box: Mailbox | None) -> Tools:
    def house() -> House:
        return replace(stage.house(), letterbox=HERE)

    return replace(stage.tools, house=house, mailbox=box)


async def turn(stage: Stage, box: Mailbox | None) -> str:
    """One look into the box; what it left behind as trouble."""
    tools = tools_of(stage, box)
    rows = stage.database.write_now(lambda uow: job.JOB.claim(uow, tools.house(), 1))
    for row in rows:
        await job.JOB.work(tools, row)
    task = stage.database.read_now(lambda uow: uow.tasks.get(COLLECT, ALL))
    assert task is not None
    return f"{task.state} {task.last_error}" if rows else "not due"


async def test_what_lies_in_the_box_waits_to_be_opened(memory: Database) -> None:
    stage = Stage(memory)
    assert job.JOB.start is not None
    memory.write_now(lambda uow: job.start(uow, stage.house()))
    assert memory.read_now(lambda uow: uow.tasks.get(COLLECT, ALL)) is None  # nobody may write here
    memory.write_now(lambda uow: job.start(uow, replace(stage.house(), letterbox=HERE)))
    secret = memory.write_now(lambda uow: uow.letterbox.make(stage.author, "", stage.now))
    async with imap() as server:
        for _ in range(2):
            server.put(f"To: {private_address(HERE, secret)}\nMessage-ID: <1@x>\n\nBonjour".encode())
        server.put(b"To: partage@ici.example\n\nAchetez")
        assert await turn(stage, server.box) == "due "
        assert list(server.letters) == [3], "what is for nobody here is left to whoever looks into the box"
        assert await turn(stage, server.box) == "not due"
        [row] = memory.write_now(lambda uow: uow.letterbox.claim(stage.now, "o", 9))
        assert row.person == stage.author
        stage.later(minutes=2)
        server.silent = frozenset({"SELECT"})
        assert (await turn(stage, server.box)) not in {"due ", "not due"}
    stage.later(minutes=11)
    assert await turn(stage, None) == "done "


async def test_the_box_that_the_browser_named_is_opened_with_the_password_that_lies_in_the_folder(
    memory: Database, tmp_path: Path
) -> None:
    stage = Stage(memory)
    secret = memory.write_now(lambda uow: uow.letterbox.make(stage.author, "", stage.now))
    memory.write_now(lambda uow: uow.tasks.wake(COLLECT, ALL))
    async with imap() as server:
        server.put(f"To: {private_address(HERE, secret)}\n\nBonjour".encode())
        keep_password(server.box, tmp_path)
        memory.write_now(lambda uow: keep_mailbox(uow, server.box))
        tools = replace(tools_of(stage, None), data=tmp_path)
        [row] = memory.write_now(lambda uow: job.JOB.claim(uow, tools.house(), 1))
        await job.JOB.work(tools, row)
        assert not server.letters
    assert len(memory.write_now(lambda uow: uow.letterbox.claim(stage.now, "o", 9))) == 1
