"""maillage links: the servers, how they do, what is held back and what is let in."""

from __future__ import annotations

import pytest

from federation.messages import Verified
from kit.nodes import now
from kit.rows import actor, document, failed
from kit.shell import HABITATION, Shell
from node.storage.unit_of_work import UnitOfWork
from vocab.jsonld import read

FAR = "https://ailleurs.example/communautes/b"


@pytest.fixture
def met(maillage: Shell) -> Shell:
    """A server with a link, whose last delivery failed, and from which two messages are held."""

    def deed(uow: UnitOfWork) -> None:
        uow.actors.put(actor(FAR, name="Loin d’ici", host="ailleurs.example", inbox=f"{FAR}/inbox", state="active"))
        uow.followings.put(FAR, HABITATION, activity=f"{FAR}/f", state="accepted", at=now())
        uow.peers.put_software("ailleurs.example", "mobilizon", now())
        failed(uow, "ailleurs.example", now(), "it answered 503")
        for number in range(2):
            body = document(f"{FAR}/activites/{number}", type="Like", actor=FAR, object=HABITATION)
            uow.inbox.add(Verified(activity=read(body), actor=FAR, key_id=f"{FAR}#main-key", body=body, at=now()))
        for row in uow.inbox.recent(2):
            uow.inbox.finish(row.id, "held", "waits to be looked at", now())

    maillage.write(deed)
    return maillage


def states(met: Shell) -> list[str]:
    return sorted(met.write(lambda uow: [row.state for row in uow.inbox.recent(2)]))


def test_a_server_is_told_with_its_trouble_and_what_helps(met: Shell) -> None:
    row = met("links", "peers", "--json").json[0]
    assert (row["host"], row["software"], row["state"], row["links"], row["held"]) == (
        "ailleurs.example",
        "mobilizon",
        "failing",
        1,
        2,
    )
    assert "panne" in row["means"]
    assert "reprennent" in row["remedy"]
    assert "ailleurs.example" in met("links", "peers").out


def test_held_messages_are_let_in_or_refused(met: Shell) -> None:
    held = met("links", "held", "--json").json
    assert [row["actor"] for row in held] == [FAR, FAR]
    assert met("links", "turn-away", str(held[0]["id"]), "--reason", "pourriel").line == "1 refused."
    assert met("links", "let-in", "ailleurs.example").line == "1 let in."
    assert states(met) == ["due", "refused"]
    assert "nothing of ailleurs.example waits" in met.fails("links", "let-in", "ailleurs.example")


def test_a_limit_is_set_and_lifted(met: Shell) -> None:
    assert met("links", "limit", "ailleurs.example", "--pause", "--note", "en vacances").line == "ailleurs.example: paused."
    assert met("links", "peers", "--json").json[0]["state"] == "paused"
    assert met("links", "limit", "ailleurs.example", "--lift").line == "ailleurs.example: no limit; 2 messages let in."
    assert states(met) == ["due", "due"]
    deeds = met.write(lambda uow: [(row.deed, row.reason) for row in uow.decisions.recent()])
    assert deeds == [("lift", ""), ("limit paused", "en vacances")]
    assert "--hold, --pause or --lift" in met.is_misused("links", "limit", "ailleurs.example")


@pytest.mark.enable_socket
def test_a_server_that_cannot_be_found_is_examined(met: Shell) -> None:
    found = {row["what"]: row for row in met("links", "test", "ailleurs.example", "--json").json}
    assert not found["answer"]["is_well"]
    assert found["answer"]["remedy"]
    assert found["link"]["is_well"]
