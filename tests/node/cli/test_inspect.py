"""maillage inspect: what the node knows, under the names that scripts rely on."""

from __future__ import annotations

from federation.messages import Verified
from kit.nodes import now
from kit.shell import ANIMATION, HABITATION, URL, Shell
from node.storage.forgetting import Limits, forget
from node.storage.unit_of_work import UnitOfWork
from vocab.jsonld import read

FAR = "https://ailleurs.example/acteur"


def test_the_names_and_shapes(maillage: Shell, note: str) -> None:
    maillage("follow", "animation", HABITATION)
    known = maillage("inspect", "--json").json
    assert set(known) == {
        "followers", "following", "objects", "actors", "collections", "inbox", "deliveries", "refused", "tasks",
    }  # fmt: skip
    assert known["followers"][HABITATION] == [ANIMATION]
    assert known["following"][ANIMATION] == {HABITATION: "accepted"}
    assert known["objects"][note]["attributedTo"] == f"{URL}/personnes/mireille-cote"
    assert "On écoute" in known["objects"][note]["content"]
    assert known["objects"][note]["times received"] == 0
    assert known["actors"][HABITATION]["pem"].startswith("-----BEGIN PUBLIC KEY-----")
    assert known["collections"][f"{HABITATION}/repertoire"] == [note]
    assert (known["inbox"], known["deliveries"], known["refused"]) == ({}, {}, [])


def received(number: int, body: str, state: str, uow: UnitOfWork) -> None:
    """A message that came in, and what became of it."""
    raw = body.encode()
    uow.inbox.add(Verified(activity=read(raw), actor=FAR, key_id=f"{FAR}#k", body=raw, at=now(), recipient=None))
    row = uow.inbox.recent(1)[0]
    assert row.activity == f"{FAR}/{number}"
    uow.inbox.finish(row.id, state, "this is why", now())  # type: ignore[arg-type]


def test_what_was_received_and_what_was_refused(maillage: Shell, note: str) -> None:
    head = f'{{"@context": "https://www.w3.org/ns/activitystreams", "actor": "{FAR}", '

    def deed(uow: UnitOfWork) -> None:
        received(1, f'{head}"id": "{FAR}/1", "type": "Like", "object": "{note}"}}', "done", uow)
        inner = f'{{"type": "Update", "actor": "{FAR}", "id": "{FAR}/u", "object": {{"type": "Note", "id": "{note}"}}}}'
        received(2, f'{head}"id": "{FAR}/2", "type": "Announce", "object": {inner}}}', "done", uow)
        received(3, f'{head}"id": "{FAR}/3", "type": "Like", "object": "{note}"}}', "refused", uow)
        received(4, f'{head}"id": "{FAR}/4", "type": "Like", "object": ["{note}"]}}', "done", uow)
        uow.refusals.add(now(), 401, "the signature is wrong", "ailleurs.example", actor=FAR)
        # Old bodies are thrown away; that must not stand in the way.
        everything = dict.fromkeys(("inbox_bodies", "deliveries", "parked", "tasks", "strangers"), now())
        assert forget(uow, Limits(**everything, most_strangers=100))

    maillage.write(deed)
    known = maillage("inspect", "--json").json
    assert known["inbox"] == {"done": 3, "refused": 1}
    assert [(row["status"], row["reason"]) for row in known["refused"]] == [
        (401, "the signature is wrong"),
        (202, "this is why"),
    ]
    assert known["objects"][note]["times received"] == 0
    out = maillage("inspect").out
    assert "done: 3, refused: 1" in out
    assert "the signature is wrong" in out


def test_how_often_a_thing_was_received(maillage: Shell, note: str) -> None:
    head = f'{{"@context": "https://www.w3.org/ns/activitystreams", "actor": "{FAR}", '

    def deed(uow: UnitOfWork) -> None:
        received(1, f'{head}"id": "{FAR}/1", "type": "Like", "object": "{note}"}}', "done", uow)
        inner = f'{{"type": "Update", "actor": "{FAR}", "id": "{FAR}/u", "object": {{"type": "Note", "id": "{note}"}}}}'
        received(2, f'{head}"id": "{FAR}/2", "type": "Announce", "object": {inner}}}', "done", uow)
        received(3, f'{head}"id": "{FAR}/3", "type": "Like", "object": "{note}"}}', "ignored", uow)

    maillage.write(deed)
    assert maillage("inspect", "--json").json["objects"][note]["times received"] == 2
