"""A real node and a server of another make (Fedify) look each other up, follow, publish, pass on, take back, over real sockets.

All of it twice: with a peer that signs by draft-cavage and with one that signs by RFC 9421, which is then answered in kind.
"""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from kit.live import until
from kit.pair import Pair

pytestmark = pytest.mark.enable_socket

AP = "application/activity+json"


@pytest.mark.shows("RFC 7033", "They find a community of ours by its handle and by its address.", peer="Fedify", how="live")
@pytest.mark.shows("NodeInfo 2.1", "They read what this server runs.", peer="Fedify", how="live")
def test_they_find_us_by_handle_and_by_address(pair: Pair) -> None:
    host = pair.node.host
    for what in (pair.here, f"@habitation@{host}"):
        seen = pair.peer.order("lookup", what=what, by="ana")
        assert (seen["kind"], seen["id"], seen["name"], seen["username"]) == ("Group", pair.here, "Habitation", "habitation")
        assert seen["inbox"] == f"{pair.here}/inbox"
        assert len(seen["keys"]) == 1
    told = pair.peer.order("webfinger", what=f"acct:habitation@{host}")
    assert [link["href"] for link in told["links"] if link["rel"] == "self"] == [pair.here]
    assert pair.peer.order("lookup", what=f"{pair.node.url}/personnes/mireille-gagnon")["kind"] == "Person"
    assert pair.peer.order("lookup", what=f"{pair.node.url}/organisation")["kind"] == "Organization"
    assert pair.peer.order("lookup", what=f"{pair.node.url}/noeud")["kind"] == "Application"
    assert pair.peer.order("nodeinfo", url=pair.node.url)["software"]["name"] == "maillage"


@pytest.mark.shows("RFC 7033", "We find their people and groups by handle and by address.", peer="Fedify", how="live")
def test_we_find_them_by_handle_and_by_address(pair: Pair) -> None:
    for what, type_ in ((f"@ana@{pair.peer.host}", "Person"), (f"@cercle@{pair.peer.host}", "Group"), (pair.peer.ana, "Person")):
        seen = pair.node.json("fetch", what)
        assert (seen["type"], seen["status"], seen["problems"]) == (type_, 200, [])
        assert seen["document"]["preferredUsername"] in what


@pytest.mark.shows("ActivityPub", "Follow and Accept, both ways.", peer="Fedify", how="live")
def test_the_links_stand_on_both_sides(pair: Pair) -> None:
    known = pair.known()
    assert known["following"][pair.here] == {pair.peer.ana: "accepted", pair.peer.cercle: "accepted"}
    assert known["followers"][pair.here] == [pair.peer.ana]
    assert pair.peer.order("followers", by="ana") == [pair.here]
    accepted = pair.peer.received("Accept")[0]
    assert accepted["key"] == f"{pair.here}#main-key"
    assert accepted["body"]["object"]["actor"] == pair.peer.ana


@pytest.mark.shows("RFC 9421", "Signatures of requests, both ways, to a server that has signed so.", peer="Fedify", how="live")
@pytest.mark.shows("draft-cavage-http-signatures-12", "Signatures of requests, both ways.", peer="Fedify", how="live")
def test_we_answer_in_the_standard_that_they_speak(pair: Pair) -> None:
    iri = pair.publish("Standards", "Une note pour voir comment elle est signée.")
    heard = pair.until_heard("Announce", iri)
    assert (heard["standard"], heard["status"]) == (pair.standard, 202)
    assert heard["key"].startswith(pair.here)


@pytest.mark.shows("ActivityPub", "Create, Update and Delete of ours are understood there.", peer="Fedify", how="live")
def test_what_we_publish_change_and_withdraw_is_understood_there(pair: Pair) -> None:
    iri = pair.publish("Première version", "Le texte de la première version.")
    heard = pair.until_heard("Announce", iri)
    assert heard["body"]["object"]["type"] == "Create"
    seen = pair.peer.order("lookup", what=iri, by="ana")
    assert (seen["kind"], seen["name"], seen["author"]) == (
        "Article",
        "Première version",
        f"{pair.node.url}/personnes/mireille-gagnon",
    )
    assert "première version" in seen["content"]
    pair.publish("Seconde version", "Le texte de la seconde version.", "--replace", iri)
    until(lambda: any(each["body"]["object"].get("type") == "Update" for each in pair.announced(iri)))
    assert pair.peer.order("lookup", what=iri, by="ana")["name"] == "Seconde version"
    pair.node.run("withdraw", iri)
    assert pair.until_heard("Delete", iri)["key"].startswith(f"{pair.node.url}/personnes/mireille-gagnon")
    # Unsigned: Fedify takes a signed request that is answered 410 for a sign that we do not read its signature.
    assert pair.peer.order("lookup", what=iri) is None


@pytest.mark.shows("ActivityPub", "Create, Update and Delete of theirs are shown here.", peer="Fedify", how="live")
def test_what_they_publish_change_and_delete_is_shown_here(pair: Pair) -> None:
    said = pair.peer.say("Create", {"type": "Note", "content": "<p>Bonjour de loin</p>"})
    assert [(each["standard"], each["status"]) for each in said["sent"]] == [(pair.standard, 202)]
    iri = said["object"]
    until(lambda: "Bonjour de loin" in pair.content(iri), describe=lambda: pair.known()["refused"])
    status, page = pair.node.get(f"/ailleurs/ressource?iri={quote(iri)}")
    assert status == 200
    assert "Bonjour de loin" in page.decode()
    pair.peer.say("Update", iri, change={"content": "<p>Bonsoir de loin</p>"})
    until(lambda: "Bonsoir de loin" in pair.content(iri), describe=lambda: pair.known()["refused"])
    pair.peer.say("Delete", iri)
    until(lambda: iri not in pair.known()["objects"], describe=lambda: pair.known()["refused"])
    assert "Bonsoir" not in pair.node.get(f"/ailleurs/ressource?iri={quote(iri)}")[1].decode()


@pytest.mark.shows("FEP-1b12", "What a group of theirs announces is held here until it is taken back.", peer="Fedify", how="live")
def test_what_their_group_passes_on_is_held_and_can_be_taken_back(pair: Pair) -> None:
    article = {"type": "Article", "name": "Lectures d’hiver", "content": "<p>Trois livres</p>"}
    created = pair.peer.say("Create", article, deliver=[])
    passed_on = pair.peer.say("Announce", created["id"], by="cercle")
    until(lambda: pair.holds(created["object"]), describe=lambda: (pair.known()["refused"], pair.known()["tasks"]))
    assert "Trois livres" in pair.content(created["object"])
    pair.peer.say("Undo", passed_on["id"], by="cercle")
    until(lambda: not pair.holds(created["object"]), describe=lambda: pair.known()["refused"])


def test_what_we_take_up_from_them_is_announced_to_them(pair: Pair) -> None:
    said = pair.peer.say("Create", {"type": "Article", "name": "À reprendre", "content": "<p>Reprenez-moi</p>"})
    until(lambda: "Reprenez-moi" in pair.content(said["object"]), describe=lambda: pair.known()["refused"])
    pair.node.run("integrate", said["object"], "--community", "habitation")
    heard = pair.until_heard("Announce", said["object"])
    assert heard["body"]["object"] == said["object"]
    assert heard["key"].startswith(pair.here)


@pytest.mark.shows("ActivityPub", "Undo of a Follow, both ways.", peer="Fedify", how="live")
def test_links_can_be_ended_from_both_sides_and_begun_again(pair: Pair) -> None:
    follow = pair.peer.say("Follow", pair.here, by="cercle", deliver=[pair.here])
    until(lambda: pair.peer.cercle in pair.known()["followers"][pair.here])
    pair.peer.say("Undo", follow["id"], by="cercle", deliver=[pair.here])
    until(lambda: pair.peer.cercle not in pair.known()["followers"][pair.here])
    pair.node.run("unfollow", "habitation", pair.peer.cercle)
    until(lambda: pair.peer.order("followers", by="cercle") == [], describe=pair.peer.complaints)
    pair.node.run("follow", "habitation", pair.peer.cercle)
    until(lambda: pair.known()["following"][pair.here][pair.peer.cercle] == "accepted", describe=pair.peer.complaints)
    assert pair.peer.order("followers", by="cercle") == [pair.here]
    assert pair.peer.cercle not in pair.known()["followers"][pair.here]


def test_a_request_that_waits_there_is_granted_later(pair: Pair) -> None:
    pair.node.run("unfollow", "habitation", pair.peer.ana)
    until(lambda: pair.peer.order("followers", by="ana") == [])
    pair.peer.order("answers", atOnce=False)
    pair.node.run("follow", "habitation", pair.peer.ana)
    until(lambda: pair.peer.received("Follow")[-1]["body"]["object"] == pair.peer.ana)
    assert pair.known()["following"][pair.here][pair.peer.ana] == "requested"
    pair.peer.order("answers", atOnce=True)
    pair.peer.order("accept", follow=pair.peer.received("Follow")[-1]["id"])
    until(lambda: pair.known()["following"][pair.here][pair.peer.ana] == "accepted")


@pytest.mark.shows("FEP-8b32", "Our proofs hold there.", peer="Fedify", how="live")
def test_our_proofs_hold_there(pair: Pair) -> None:
    iri = pair.publish("Avec preuve", "Une note dont on peut prouver qui l’a écrite.")
    heard = pair.until_heard("Announce", iri)
    author = f"{pair.node.url}/personnes/mireille-gagnon"
    proofs = [(proof["part"], proof["holds"], proof["owner"]) for proof in heard["proofs"]]
    assert ("object", True, author) in proofs, heard["proofs"]
    assert all(holds for _, holds, _ in proofs)


@pytest.mark.shows("FEP-8b32", "What one of theirs passes on of another is believed by its proof.", peer="Fedify", how="live")
def test_their_proofs_hold_here(pair: Pair) -> None:
    # Its own address does not give it: what is there was believed, whatever is compared or read meanwhile.
    note = {"type": "Note", "content": "<p>Passé de main en main</p>", "withheld": True}
    said = pair.peer.say("Create", note, deliver=[pair.peer.cercle], shared=False)
    assert [each["status"] for each in said["sent"] if each["url"].startswith(pair.node.url)] == [202]
    until(
        lambda: "Passé de main" in pair.content(said["object"]), describe=lambda: (pair.known()["refused"], pair.known()["tasks"])
    )


def test_a_like_and_its_undo_are_taken(pair: Pair) -> None:
    def counts() -> dict[str, int]:
        return dict(pair.database.read_now(lambda uow: uow.reactions.counts(iri)))

    iri = pair.publish("À aimer", "Une note que l’on aime.")
    liked = pair.peer.say("Like", iri, deliver=[pair.here])
    until(lambda: counts() == {"Like": 1}, describe=lambda: pair.known()["refused"])
    undone = pair.peer.say("Undo", liked["id"], deliver=[pair.here])
    until(lambda: counts() == {}, describe=lambda: pair.known()["refused"])
    assert [each["status"] for each in (*liked["sent"], *undone["sent"])] == [202, 202]


def test_the_collections_that_our_documents_name_can_be_read_there(pair: Pair) -> None:
    pair.publish("Dans les collections", "Une note à retrouver.")
    said = json.loads(pair.node.get(pair.here, accept=AP)[1])
    for name in ("outbox", "followers", "following", "featured", "repertoire"):
        seen = pair.peer.order("lookup", what=said[name])
        assert seen["kind"] in {"OrderedCollection", "Collection"}, name
