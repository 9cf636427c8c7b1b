"""What we send: things in their activities, activities as signed requests."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from federation import outbox
from federation.errors import ForbiddenAddress
from federation.inbox import authenticate, authenticate_reader
from kit.signing import INBOX, NODE, NOW, PUBLIC, M, arrived, directory
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.activities.follow import Follow
from vocab.things.article import Article
from vocab.things.tombstone import Tombstone
from vocab.values import Ref, Text

GROUP, FOLLOWERS, PERSON = f"{NODE}/communautes/logement", f"{NODE}/communautes/logement/followers", f"{NODE}/personnes/lea"
ACTIVITY = f"{NODE}/activites/1"
ARTICLE = Article(
    id=f"{NODE}/ressources/1",
    name=Text.of("Coopérative", "fr"),
    attributed_to=(Ref(PERSON),),
    to=(Ref(PUBLIC),),
    cc=(Ref(FOLLOWERS),),
    audience=(Ref(GROUP),),
    bcc=(Ref("https://autre.example/secret"),),
    published=NOW - timedelta(days=1),
)


def _wire(activity: Activity) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(jsonld.dump(activity))
    assert b"secret" not in jsonld.dump(activity)
    return said


def test_a_create_is_addressed_as_its_thing() -> None:
    said = _wire(outbox.wrap_create(ARTICLE, PERSON, ACTIVITY, NOW))
    assert (said["id"], said["type"], said["actor"]) == (ACTIVITY, "Create", PERSON)
    assert (said["to"], said["cc"], said["audience"]) == ([PUBLIC], [FOLLOWERS], GROUP)
    assert (said["object"]["id"], said["published"]) == (ARTICLE.id, "2026-11-21T10:00:00Z")
    assert outbox.wrap_create(Article(id=ARTICLE.id), PERSON, ACTIVITY, NOW).published == NOW


def test_an_update_says_when() -> None:
    said = _wire(outbox.wrap_update(ARTICLE, PERSON, ACTIVITY, NOW))
    assert (said["type"], said["object"]["updated"]) == ("Update", "2026-11-22T10:00:00Z")
    earlier = Article(id=ARTICLE.id, updated=NOW - timedelta(hours=1))
    assert outbox.wrap_update(earlier, PERSON, ACTIVITY, NOW).object[0].thing == earlier


def test_a_delete_carries_a_tombstone() -> None:
    tombstone = Tombstone(id=ARTICLE.id, former_type=("Article",), deleted=NOW)
    said = _wire(outbox.wrap_delete(tombstone, PERSON, ACTIVITY, NOW, to=[PUBLIC, FOLLOWERS]))
    assert (said["type"], said["to"]) == ("Delete", [PUBLIC, FOLLOWERS])
    assert (said["object"]["type"], said["object"]["id"]) == ("Tombstone", ARTICLE.id)


def test_an_announce_carries_the_whole_activity_or_an_id() -> None:
    create = outbox.wrap_create(ARTICLE, PERSON, f"{NODE}/activites/0", NOW)
    said = _wire(outbox.announce(create, GROUP, ACTIVITY, NOW, followers=FOLLOWERS))
    assert (said["type"], said["actor"], said["to"], said["cc"]) == ("Announce", GROUP, [PUBLIC], [FOLLOWERS])
    assert (said["object"]["type"], said["object"]["object"]["id"]) == ("Create", ARTICLE.id)
    # B25: a thing is never embedded, only its id.
    for thing in (ARTICLE.id, ARTICLE.ref):
        assert _wire(outbox.announce(thing, GROUP, ACTIVITY, NOW, followers=FOLLOWERS))["object"] == ARTICLE.id


def test_a_follow_names_its_target_twice() -> None:
    said = _wire(outbox.follow(GROUP, M.iri, ACTIVITY, NOW))
    assert (said["type"], said["actor"], said["object"], said["to"]) == ("Follow", GROUP, M.iri, [M.iri])


@pytest.mark.parametrize(("answer", "kind"), [(outbox.accept, "Accept"), (outbox.reject, "Reject")])
def test_answers_embed_the_whole_follow(answer: Any, kind: str) -> None:
    asked = Follow(id="https://evil.example/act/7", actor=Ref(M.iri), object=(Ref(GROUP),))
    said = _wire(answer(asked, GROUP, ACTIVITY, NOW))
    assert (said["type"], said["actor"], said["to"]) == (kind, GROUP, [M.iri])
    inner = {key: said["object"][key] for key in ("id", "type", "actor", "object")}
    assert inner == {"id": asked.id, "type": "Follow", "actor": M.iri, "object": GROUP}
    assert answer(Follow(id=asked.id), GROUP, ACTIVITY, NOW).to == ()


def test_an_undo_embeds_what_it_takes_back() -> None:
    said = _wire(outbox.undo(outbox.follow(GROUP, M.iri, f"{NODE}/activites/0", NOW), ACTIVITY, NOW))
    assert (said["type"], said["actor"], said["to"], said["object"]["type"]) == ("Undo", GROUP, [M.iri], "Follow")


@pytest.mark.parametrize("standard", ["draft-cavage", "rfc9421"])
async def test_what_is_sealed_arrives(standard: str) -> None:
    create = outbox.wrap_create(Article(id="https://evil.example/n/1"), M.iri, "https://evil.example/act/1", NOW)
    document = jsonld.dump(create)
    sealed = outbox.seal(document, INBOX, M.key, NOW, standard)
    assert sealed.body == document
    assert dict(sealed.headers)["Content-Type"] == "application/activity+json"
    verified = await authenticate(arrived(sealed), keys=directory(), url=NODE)
    assert verified.activity.id == create.id


async def test_a_signed_fetch_is_known() -> None:
    fetched = outbox.signed_fetch(f"{ARTICLE.id}#x", M.key, NOW)
    assert fetched.url == ARTICLE.id
    assert dict(fetched.headers)["Accept"].startswith("application/activity+json, ")
    assert await authenticate_reader(arrived(fetched), keys=directory(), url=NODE) == M.iri
    assert dict(outbox.signed_fetch(NODE, M.key, NOW, "text/html").headers)["Accept"] == "text/html"


def test_nothing_is_sealed_for_nowhere() -> None:
    with pytest.raises(ForbiddenAddress):
        outbox.seal(b"{}", "urn:x", M.key, NOW)


def test_further_headers_go_along_with_the_letter() -> None:
    extra = (("Collection-Synchronization", 'collectionId="x"'),)
    sealed = outbox.seal(b"{}", INBOX, M.key, NOW, "rfc9421", extra=extra)
    assert extra[0] in sealed.headers
    assert {"signature", "signature-input"} <= {name.lower() for name, _ in sealed.headers}
