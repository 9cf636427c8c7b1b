"""Passkeys: made for a member, proven at the door; what proves something else, or nothing now, opens nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial

import cbor2
import pytest

from kit.authenticator import PRESENT, Authenticator, decoded, encoded
from kit.signing import NOW
from node.actions.keep_passkey import ask_for_known, ask_for_new, keep, let_go, may_have_passkeys, proven, read_proof
from node.contracts import House
from node.errors import Conflict, Invalid, NodeError, NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.shelves.accounts import Accounts
from node.storage.shelves.members import MemberRow

HOUSE = House(url="https://ici.example", name="Ici", mode="open", language="fr", now=NOW)
ME, OTHER = (
    MemberRow(iri=f"https://ici.example/personnes/{name}", email=f"{name}@example.org", name=name) for name in ("moi", "autre")
)


def device(origin: str = HOUSE.url, rp: str = "ici.example") -> Authenticator:
    return Authenticator(origin=origin, rp=rp)


def enrol(database: Database, made: Authenticator, member: MemberRow = ME, name: str = "Mon téléphone") -> None:
    asked = database.write_now(lambda uow: ask_for_new(uow, HOUSE, member))
    database.write_now(lambda uow: keep(uow, HOUSE, member.iri, read_proof(made.make(asked)), name))


def asked_at_the_door(database: Database, house: House = HOUSE) -> str:
    return database.write_now(lambda uow: ask_for_known(uow, house, (7, 8)))


def come(database: Database, proof: str, house: House = HOUSE) -> tuple[str, tuple[int, ...]]:
    return database.write_now(lambda uow: proven(uow, house, read_proof(proof)))


def test_a_passkey_opens_the_door_of_its_owner(memory: Database) -> None:
    mine, his = device(), device()
    enrol(memory, mine)
    enrol(memory, his, OTHER)
    assert come(memory, mine.prove(asked_at_the_door(memory))) == (ME.iri, (7, 8))
    assert come(memory, his.prove(asked_at_the_door(memory)))[0] == OTHER.iri
    [row] = memory.read_now(lambda uow: Accounts(uow.ground).passkeys.of(ME.iri))
    assert (row.name, row.uses, row.used_at) == ("Mon téléphone", 1, NOW)


def test_a_proof_serves_once_and_soon(memory: Database) -> None:
    mine = device()
    enrol(memory, mine)
    proof = mine.prove(asked_at_the_door(memory))
    come(memory, proof)
    with pytest.raises(NotAllowed):
        come(memory, proof)
    late = mine.prove(asked_at_the_door(memory))
    with pytest.raises(NotAllowed):
        come(memory, late, replace(HOUSE, now=NOW + timedelta(minutes=6)))


@pytest.mark.parametrize("how", ["origin", "rp", "verified", "key", "counter", "unknown", "made"])
def test_what_proves_something_else_opens_nothing(memory: Database, how: str) -> None:
    mine = device()
    enrol(memory, mine)
    come(memory, mine.prove(asked_at_the_door(memory)))
    other = device()
    if how == "origin":
        mine.origin = "https://ici.example.evil.example"
    elif how == "rp":
        mine.rp = "evil.example"
    elif how == "verified":
        mine.flags = PRESENT
    elif how == "key":
        mine.key = other.key
    elif how == "counter":
        mine.uses = -1  # a copy of the device, or a device put back
    elif how == "unknown":
        mine.id = other.id
    asked = asked_at_the_door(memory)
    proof = mine.make(asked) if how == "made" else mine.prove(asked)
    with pytest.raises(NodeError):
        come(memory, proof)


def test_only_what_was_asked_of_a_member_is_kept(memory: Database) -> None:
    asked = memory.write_now(lambda uow: ask_for_new(uow, HOUSE, ME))
    for spoiled in (device("https://evil.example"), device(rp="evil.example"), replace(device(), flags=PRESENT)):
        with pytest.raises(Invalid):
            memory.write_now(partial(keep, house=HOUSE, person=ME.iri, proof=read_proof(spoiled.make(asked)), name=""))
    with pytest.raises(Invalid):
        memory.write_now(lambda uow: keep(uow, HOUSE, OTHER.iri, read_proof(device().make(asked)), ""))
    door = asked_at_the_door(memory)
    with pytest.raises(Invalid):
        memory.write_now(lambda uow: keep(uow, HOUSE, ME.iri, read_proof(device().make(door)), ""))
    made = device()
    enrol(memory, made)
    with pytest.raises(Conflict):
        enrol(memory, made, OTHER)


@pytest.mark.parametrize("public", [{}, 1, [1], {1: 2}, {1: 3, 3: -257}, {1: 1, 3: -8}])
def test_a_key_that_no_device_makes_is_refused(memory: Database, public: object) -> None:
    made = device()
    sent = json.loads(made.make(memory.write_now(lambda uow: ask_for_new(uow, HOUSE, ME))))
    held = cbor2.loads(decoded(sent["response"]["attestationObject"]))
    before = 37 + 16 + 2 + len(made.id)  # who is asked, how often; the kind of device, and which key
    held["authData"] = held["authData"][:before] + cbor2.dumps(public)
    sent["response"]["attestationObject"] = encoded(cbor2.dumps(held))
    with pytest.raises(Invalid):
        memory.write_now(lambda uow: keep(uow, HOUSE, ME.iri, read_proof(json.dumps(sent)), ""))


def test_what_is_no_proof_is_refused() -> None:
    for words in (
        "",
        "[]",
        "{}",
        "[" * 5000,
        '{"id":"a","response":{"clientDataJSON":"%"}}',
        '{"id":1,"response":{}}',
        "x" * 30_000,
    ):
        with pytest.raises(Invalid):
            read_proof(words)


def test_a_passkey_is_let_go_of_by_its_owner(memory: Database) -> None:
    mine = device()
    enrol(memory, mine)
    [row] = memory.read_now(lambda uow: Accounts(uow.ground).passkeys.of(ME.iri))
    with pytest.raises(NotFound):
        memory.write_now(lambda uow: let_go(uow, OTHER.iri, row.id))
    memory.write_now(lambda uow: let_go(uow, ME.iri, row.id))
    with pytest.raises(NotAllowed):
        come(memory, mine.prove(asked_at_the_door(memory)))


def test_browsers_make_passkeys_for_names_reached_safely() -> None:
    said = {url: may_have_passkeys(replace(HOUSE, url=url)) for url in (
        "https://ici.example", "http://ici.example", "http://localhost:8000", "https://192.0.2.1", "http://127.0.0.1:8000",
    )}  # fmt: skip
    assert [url for url, may in said.items() if may] == ["https://ici.example", "http://localhost:8000"]
