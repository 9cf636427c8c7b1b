"""A server of another make (Fedify) takes part in a community of ours: posts, answers, events, new names, new keys."""

from __future__ import annotations

import json

import pytest

from kit.live import until
from kit.pair import Pair
from node.storage.shelves.reports import ReportRow

pytestmark = pytest.mark.enable_socket

AP = "application/activity+json"
MIREILLE = "mireille@carrefour.example"
MEETING = """---
title: Rencontre d’hiver
kind: Meeting
debut: 2027-01-12T18:00:00-05:00
fin: 2027-01-12T20:00:00-05:00
inscription: free
---

Une rencontre ouverte.
"""


@pytest.mark.shows("FEP-1b12", "What they post to a community of ours is let in, and announced whole.", peer="Fedify", how="live")
def test_what_they_post_to_our_community_waits_and_is_then_passed_on(pair: Pair) -> None:
    article = {"type": "Article", "name": "Proposée", "content": "<p>Une proposition</p>"}
    said = pair.peer.say("Create", article, audience=pair.here, deliver=[pair.here])
    until(
        lambda: waiting(pair, said["object"]), describe=lambda: (pair.known()["refused"], pair.node.json("submissions", "list"))
    )
    assert not pair.announced(said["object"])
    pair.node.run("submissions", "accept", str(waiting(pair, said["object"])))
    heard = pair.until_heard("Announce", said["object"])
    assert heard["key"].startswith(pair.here)
    whole = pair.announced(said["object"])[0]
    assert (whole["status"], whole["body"]["object"]["actor"]) == (202, pair.peer.ana), pair.peer.complaints()


def waiting(pair: Pair, iri: str) -> int | None:
    """The number of a submission that waits."""
    rows = pair.node.json("submissions", "list")
    return next((row["number"] for row in rows if iri in json.dumps(row)), None)


@pytest.mark.shows("ActivityPub", "Answers of theirs stand in our collection of replies.", peer="Fedify", how="live")
def test_their_answer_stands_under_our_note(pair: Pair) -> None:
    iri = pair.publish("À discuter", "Une note à laquelle on répond.")
    note = {"type": "Note", "content": "<p>Je réponds de loin</p>", "inReplyTo": iri}
    said = pair.peer.say("Create", note, deliver=[pair.here])
    replies = json.loads(pair.node.get(iri, accept=AP)[1])["replies"]
    until(
        lambda: said["object"] in (pair.peer.order("lookup", what=replies, by="ana") or {}).get("items", []),
        describe=lambda: (pair.known()["refused"], pair.known()["tasks"], pair.node.get(replies, accept=AP)),
    )
    assert "Je réponds de loin" in pair.content(said["object"])


def test_our_answer_reaches_them(pair: Pair) -> None:
    said = pair.peer.say("Create", {"type": "Note", "content": "<p>Qui répond ?</p>"})
    until(lambda: "Qui répond" in pair.content(said["object"]), describe=lambda: pair.known()["refused"])
    answer = pair.node.run("reply", said["object"], "Nous répondons.", "--author", MIREILLE).strip()
    heard = pair.until_heard("Create", answer)
    assert heard["body"]["object"]["inReplyTo"] == said["object"]
    assert pair.peer.order("lookup", what=answer, by="ana")["kind"] == "Note"


@pytest.mark.shows("FEP-8a8e", "They join an event of ours and are accepted.", peer="Fedify", how="live")
def test_they_take_part_in_our_event(pair: Pair) -> None:
    file = pair.folder / "rencontre.md"
    file.write_text(MEETING, "utf-8")
    event = pair.node.run("publish", str(file), "--community", "habitation", "--audience", "public").strip()
    pair.until_heard("Announce", event)
    assert pair.peer.order("lookup", what=event, by="ana")["kind"] == "Event"
    join = pair.peer.say("Join", event, deliver=[f"{pair.node.url}/personnes/mireille-gagnon"])
    heard = pair.until_heard("Accept", join["id"])
    assert heard["body"]["object"]["id"] == join["id"]
    assert any(row["person"] == pair.peer.ana for row in pair.node.json("participations", "list"))


@pytest.mark.shows("FEP-8a8e", "We join an event of theirs and are accepted.", peer="Fedify", how="live")
def test_we_take_part_in_their_event(pair: Pair) -> None:
    event = {"type": "Event", "name": "Lecture", "content": "<p>Lecture publique</p>", "startTime": "2027-01-14T23:00:00Z"}
    said = pair.peer.say("Create", event)
    pair.node.run("participate", MIREILLE, said["object"])
    heard = pair.until_heard("Join", said["object"])
    assert heard["key"].startswith(f"{pair.node.url}/personnes/mireille-gagnon")
    until(
        lambda: any(row["state"] == "accepted" for row in participations(pair, said["object"])),
        describe=lambda: (participations(pair, said["object"]), pair.known()["refused"], pair.peer.complaints()),
    )


def participations(pair: Pair, event: str) -> list[dict[str, str]]:
    """Who takes part in an event, as we know it."""
    return [row for row in pair.node.json("participations", "list") if row["event"] == event]


def test_a_new_name_is_told_both_ways(pair: Pair) -> None:
    pair.peer.order("rename", by="ana", name="Ana A.")
    pair.peer.say("Update", pair.peer.ana)
    until(lambda: pair.known()["actors"][pair.peer.ana]["name"] == "Ana A.", describe=lambda: pair.known()["refused"])
    pair.node.run("community", "describe", "habitation", "--summary", "Se loger ensemble")
    heard = pair.until_heard("Update", "Se loger ensemble")
    assert heard["body"]["object"]["id"] == pair.here
    assert "Se loger ensemble" in pair.peer.order("lookup", what=pair.here, by="ana")["summary"]


def test_new_keys_of_ours_are_believed_there(pair: Pair) -> None:
    pair.node.run("keys", "rotate", "habitation")
    iri = pair.publish("Nouvelles clés", "Une note signée d’une nouvelle clé.")
    heard = pair.until_heard("Announce", iri)
    assert (heard["status"], heard["key"] is not None) == (202, True), pair.peer.complaints()


def test_what_our_notes_name_can_be_read_there(pair: Pair) -> None:
    iri = pair.publish("Avec ses collections", "Une note avec ses collections.")
    document = json.loads(pair.node.get(iri, accept=AP)[1])
    for name in ("context", "replies"):
        seen = pair.peer.order("lookup", what=document[name])
        assert seen is not None, f"{name}: {pair.peer.complaints()}"
        assert seen["kind"] in {"Collection", "OrderedCollection"}


def test_a_report_of_theirs_is_taken(pair: Pair) -> None:
    iri = pair.publish("À signaler", "Une note que l’on signale.")
    said = pair.peer.say("Flag", iri, deliver=[pair.here])
    assert [each["status"] for each in said["sent"]] == [202]
    until(lambda: any(iri in report.objects for report in reports(pair)), describe=lambda: pair.known()["refused"])


def reports(pair: Pair) -> list[ReportRow]:
    """The reports that came in."""
    return list(pair.database.read_now(lambda uow: uow.reports.listed("waiting")))
