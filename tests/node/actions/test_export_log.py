"""The log of exchanges that is given away signed: what it holds, and that no change to it goes unnoticed."""

from __future__ import annotations

import pytest

from federation.messages import Verified
from kit.guests import Stage
from kit.rows import document, failed
from node.actions.export_log import check, own_key, read_log, signed_log
from node.errors import Invalid
from node.storage.engine import Database
from node.storage.enrolling import add_proof_key
from node.storage.unit_of_work import UnitOfWork
from vocab.jsonld import read

FAR = "https://ailleurs.example/communautes/b"


@pytest.fixture
def log(memory: Database) -> tuple[Stage, bytes]:
    """One message that came in and waits, and a server that failed."""
    stage = Stage(memory)
    house, body = stage.house(), document(f"{FAR}/a/1", type="Create", actor=FAR, object=f"{FAR}/n/1", content="<p>mot</p>")

    def furnish(uow: UnitOfWork) -> bytes:
        if uow.keys.current(house.organisation, "ed25519") is None:
            add_proof_key(uow, house.organisation, f"{house.organisation}#proof-key", house.now)
        failed(uow, "ailleurs.example", house.now, "it answered 503")
        uow.inbox.add(Verified(activity=read(body), actor=FAR, key_id=f"{FAR}#main-key", body=body, at=house.now))
        uow.inbox.finish(uow.inbox.recent(1)[0].id, "held", f"{FAR}/n/1 is not for here", house.now)
        return signed_log(uow, house)

    return stage, memory.write_now(furnish)


def test_it_tells_of_servers_and_of_no_thing_and_no_word(log: tuple[Stage, bytes]) -> None:
    _, content = log
    said = content.decode()
    assert '"host":"ailleurs.example","type":"Create","state":"held"' in said
    assert '"reason":"ailleurs.example is not for here"' in said
    assert "/n/1" not in said
    assert "mot" not in said.replace("remote", "")


def test_no_change_goes_unnoticed(log: tuple[Stage, bytes]) -> None:
    stage, content = log
    now, found = stage.now, read_log(content, stage.now)
    pem = stage.database.read_now(lambda uow: own_key(uow, found))
    assert pem is not None
    check(found, pem)
    assert found.lines == 1
    changes = ((b'"held"', b'"done"'), (b'"isWhole":true', b'"isWhole":false'), (b'"startTime":"2', b'"startTime":"1'))
    for before, after in changes:
        assert before in content
        with pytest.raises(Invalid, match="was changed"):
            check(read_log(content.replace(before, after), now), pem)
    for nothing in (
        b"",
        b"{}",
        b"[]",
        content.replace(b"JournalDesEchanges", b"Note"),
        content.replace(b'"proof":', b'"former":'),
    ):
        with pytest.raises(Invalid):
            read_log(nothing, now)
