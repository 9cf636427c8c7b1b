"""maillage links: the state of every link, and what can be done about it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from federation.messages import Answer, Outgoing
from kit.nodes import now
from kit.rows import actor, put
from kit.shell import HABITATION, Shell
from node.actions.export_log import check, far_key, read_log
from node.domain.errands import CATCH_UP, Comparison, link
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork

FAR = "https://ailleurs.example/communautes/b"


@pytest.fixture
def asked(maillage: Shell) -> Shell:
    """Somebody elsewhere asks to follow."""

    def deed(uow: UnitOfWork) -> None:
        uow.actors.put(actor(FAR, name="Loin d’ici", host="ailleurs.example", inbox=f"{FAR}/inbox", state="active"))
        uow.followings.put(FAR, HABITATION, activity=f"{FAR}/f", state="requested", at=now())

    maillage.write(deed)
    return maillage


def state(maillage: Shell) -> str:
    return str(maillage("links", "--json").json[0]["state"])


def test_a_link_says_its_state_its_date_and_what_comes_next(asked: Shell) -> None:
    row = asked("links", "list", "--json").json[0]
    assert (row["follower"], row["target"], row["direction"], row["host"]) == (FAR, HABITATION, "in", "ailleurs.example")
    assert "Loin d’ici" in row["in_words"]
    assert row["next"]
    assert row["since"]
    assert "Loin d’ici" in asked("links").out


def test_a_link_says_how_far_back_its_history_reaches_and_what_differed(maillage: Shell) -> None:
    since = datetime(2024, 5, 1, tzinfo=UTC)

    def deed(uow: UnitOfWork) -> None:
        uow.actors.put(actor(FAR, name="Loin d’ici", host="ailleurs.example", inbox=f"{FAR}/inbox", state="active"))
        uow.followings.put(HABITATION, FAR, activity=f"{HABITATION}/f", state="accepted", at=now())
        uow.followings.mark_history(HABITATION, FAR, "gap")
        put(uow, f"{FAR}/1", known={"community": FAR})
        uow.holdings.add(FAR, f"{FAR}/1", "own", since)
        compared = Comparison(differences=3, at="2026-11-22T10:00:00+00:00")
        uow.tasks.wake(CATCH_UP, link(HABITATION, FAR), payload=compared.payload())

    maillage.write(deed)
    row = maillage("links", "--json").json[0]
    assert (row["history"], row["history_until"]) == ("gap", since.isoformat())
    assert "2024-05-01" in row["history_in_words"]
    assert (row["compared_at"], row["differences"]) == ("2026-11-22T10:00:00", 3)


@pytest.mark.parametrize("who", [FAR, "ailleurs.example", "@b@ailleurs.example"])
def test_it_is_approved_paused_resumed_and_refused(asked: Shell, who: str) -> None:
    assert asked("links", "approve", who).line == f"{FAR} → {HABITATION}: accepted"
    assert len(asked("inspect", "--json").json["followers"][HABITATION]) == 1
    asked("links", "pause", who)
    assert state(asked) == "paused"
    asked("links", "resume", who)
    assert state(asked) == "accepted"
    asked("links", "refuse", who)
    assert state(asked) == "refused"
    assert asked("inspect", "--json").json["followers"][HABITATION] == []


def test_a_host_is_approved_before_it_asks(maillage: Shell) -> None:
    assert "nobody from there waits" in maillage("links", "approve", "Ailleurs.example").line
    assert maillage.write(lambda uow: uow.peers.is_approved("ailleurs.example"))


def test_a_block_ends_links_and_is_lifted(asked: Shell) -> None:
    asked("links", "approve", FAR)
    assert "1 links ended" in asked("links", "block", "ailleurs.example", "--note", "pourriels").line
    assert state(asked) == "ended"
    assert asked.write(lambda uow: uow.peers.is_blocked("sous.ailleurs.example"))
    asked("links", "unblock", "ailleurs.example")
    assert not asked.write(lambda uow: uow.peers.is_blocked("ailleurs.example"))
    assert "is not blocked" in asked.fails("links", "unblock", "ailleurs.example")


def test_an_actor_is_suspended_and_reinstated(asked: Shell) -> None:
    assert "suspended" in asked("links", "suspend", FAR).line
    assert asked("inspect", "--json").json["actors"][FAR]["state"] == "suspended"
    asked("links", "suspend", FAR, "--lift")
    assert asked("inspect", "--json").json["actors"][FAR]["state"] == "active"


def test_what_was_given_up_is_tried_again(asked: Shell) -> None:
    asked("links", "approve", FAR)

    def give_up(uow: UnitOfWork) -> None:
        for row in uow.deliveries.waiting():
            uow.deliveries.finish(row.id, "parked", 500, "no", now())

    asked.write(give_up)
    assert asked("links", "retry", "nulle.part.example").line == "0 tried again."
    assert asked("links", "retry", "ailleurs.example").line == "1 tried again."
    assert asked("inspect", "--json").json["deliveries"] == {"due": 1}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("approve", ""), "is not a host"),
        (("approve", "a b"), "is not a host"),
        (("block", "http://[abc"), "is not a host"),
        (("block", "https://savoirs.example:443/x"), "this node itself"),
        (("approve", "https://rien.example/x"), "waits for an answer"),
        (("refuse", "rien.example"), "nobody from rien.example"),
        (("pause", "ailleurs.example"), "nobody from ailleurs.example"),
        (("block", "savoirs.example"), "this node itself"),
        (("suspend", "https://rien.example/x"), "No actor elsewhere"),
    ],
)
def test_what_cannot_be_is_refused(asked: Shell, arguments: tuple[str, ...], told: str) -> None:
    assert told in asked.fails("links", *arguments)
    assert state(asked) == "requested"


def test_misuse(maillage: Shell) -> None:
    assert "WHO" in maillage.is_misused("links", "approve")
    for said in (("--json",), ("--data", "elsewhere")):
        assert "options stand behind the command" in maillage.is_misused("links", *said, "held")
    assert "No such command" in maillage.is_misused("links", "frapper")


class Door:
    """Another node's server, which gives what it is asked for."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    async def send(self, outgoing: Outgoing) -> Answer:
        raise NotImplementedError

    async def document(self, iri: str, *, is_anew: bool = False) -> Answer:
        assert is_anew, "the key as it is published now"
        return Answer(status=200, url=iri, headers=(), body=self.body)

    async def lookup(self, address: str) -> str:
        raise NotImplementedError


async def test_the_log_is_given_away_signed_and_checked(asked: Shell, tmp_path: Path) -> None:
    file = tmp_path / "journal.json"
    assert "signed by https://savoirs.example/organisation" in asked("links", "log", str(file)).out
    assert asked("links", "verify", str(file)).out.startswith("whole: 0 exchanges")
    log = read_log(file.read_bytes(), now())
    row = asked.write(lambda uow: uow.actors.get("https://savoirs.example/organisation"))
    assert row is not None
    check(log, await far_key(Door(row.document), log))
    with pytest.raises(Invalid, match="does not publish"):
        await far_key(Door(row.document.replace(log.claim.method.encode(), b"https://savoirs.example/organisation#former")), log)
    file.write_text(file.read_text().replace("true", "false"), "utf-8")
    assert "was changed" in asked.run("links", "verify", str(file)).err
