"""The 124 recorded messages of 14 kinds of servers: each is a Thing, and means what its sender meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest

from kit.recorded import listed, recorded
from kit.seeds import shared
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.errors import VocabError
from vocab.namespaces import PUBLIC, SECURITY
from vocab.thing import Thing
from vocab.things.actor import Actor
from vocab.things.collection import Collection
from vocab.things.object import Object

pytestmark = pytest.mark.shared

MESSAGES = listed("wire")

#: What must not be read, with the reason; nothing so far.
UNREADABLE: dict[str, type[VocabError]] = {}


def test_all_of_them_are_there() -> None:
    shared("wire")
    assert len(MESSAGES) == 124


#: What holds for the very document it came in, and is not written again.
OF_THE_DOCUMENT = {f"{SECURITY}proof", f"{SECURITY}signature"}


@pytest.mark.parametrize("name", MESSAGES)
def test_each_is_a_thing_that_survives_a_round(name: str) -> None:
    content = recorded(name)
    if name in UNREADABLE:
        with pytest.raises(UNREADABLE[name]):
            jsonld.read(content)
        return
    thing = jsonld.read(content)
    said = orjson.loads(content)
    assert thing.id == (said.get("id") or "")
    assert thing.type.removeprefix("http://litepub.social/ns#") == said["type"]
    again = jsonld.read(jsonld.dump(thing))
    assert again == replace(thing, unknown=tuple(each for each in thing.unknown if each[0] not in OF_THE_DOCUMENT))
    _agrees(thing, said)


def _agrees(thing: Thing, said: dict[str, Any]) -> None:
    """What trust rests on is what a plain reader of JSON sees, here and in what is embedded."""
    if isinstance(thing, Activity):
        assert thing.actor is not None
        assert thing.actor.iri == _iri(said["actor"])
        members = said["object"] if isinstance(said["object"], list) else [said["object"]]
        assert [ref.iri for ref in thing.object] == [_iri(member) for member in members]
        for ref, member in zip(thing.object, members, strict=True):
            if ref.thing is not None:
                _agrees(ref.thing, member)
    elif isinstance(thing, Actor):
        assert thing.inbox is not None
        assert thing.inbox.iri == said["inbox"]
        key = thing.public_key[0].thing
        assert getattr(key, "public_key_pem", None) == said["publicKey"]["publicKeyPem"]
        assert thing.preferred_username == said["preferredUsername"]
    elif isinstance(thing, Collection):
        items = said.get("orderedItems", said.get("items", []))
        assert [ref.iri for ref in thing.items] == [_iri(item) for item in items]
    elif isinstance(thing, Object) and "content" in said:
        assert said["content"] is None or thing.content is not None
        assert thing.content is None or thing.content.primary == said["content"]
        assert [ref.iri for ref in thing.attributed_to] == _iris(said["attributedTo"])


def _iri(value: Any) -> str:
    return str(value.get("id", "") if isinstance(value, dict) else value)


def _iris(value: Any) -> list[str]:
    return [_iri(member) for member in (value if isinstance(value, list) else [value])]


#: server: (message, class name, AS2 type of the object embedded or "" for a bare id).
DEEDS = [
    ("mastodon/activities/follow.json", "Follow", ""),
    ("mastodon/activities/create_note.json", "Create", "Note"),
    ("mastodon/activities/delete.json", "Delete", "Tombstone"),
    ("mastodon/activities/undo_follow.json", "Undo", "Follow"),
    ("mastodon/activities/flag.json", "Flag", ""),
    ("lemmy/activities/following/accept.json", "Accept", "Follow"),
    ("lemmy/activities/community/announce_create_page.json", "Announce", "Create"),
    ("lemmy/activities/create_or_update/update_page.json", "Update", "Page"),
    ("lemmy/activities/community/add_mod.json", "Add", ""),
    ("lemmy/activities/community/remove_mod.json", "Remove", ""),
    ("lemmy/activities/block/undo_block_user.json", "Undo", "Block"),
    ("lemmy/activities/community/lock_page.json", "Activity", ""),
    ("friendica/activities/update_note.json", "Update", "Note"),
    ("friendica/activities/dislike_page.json", "Dislike", ""),
    ("friendica/activities/create_page_2.json", "Create", "Article"),
    ("gnusocial/activities/like_note.json", "Like", ""),
    ("lotide/activities/delete_note.json", "Delete", ""),
    ("mitra/activities/create_post.json", "Create", "Note"),
    ("mbin/activities/accept.json", "Accept", "Follow"),
    ("peertube/activities/announce_video.json", "Announce", ""),
    ("pleroma/activities/create_note.json", "Create", "Note"),
    ("smithereen/activities/create_note.json", "Create", "Note"),
    ("wordpress/activities/announce.json", "Announce", "Update"),
]


@pytest.mark.parametrize(("name", "deed", "embedded"), DEEDS)
def test_deeds_are_what_they_are(name: str, deed: str, embedded: str) -> None:
    activity = jsonld.read(recorded(name))
    assert isinstance(activity, Activity)
    assert type(activity).__name__ == deed
    inner = activity.object[0].thing
    assert (inner.type if inner is not None else "") == embedded


OBJECTS = [
    ("mastodon/objects/person.json", "Person"),
    ("mastodon/objects/note_1.json", "Note"),
    ("mastodon/collections/featured.json", "OrderedCollection"),
    ("discourse/objects/group.json", "Group"),
    ("friendica/objects/person_2.json", "Organization"),
    ("gnusocial/objects/page.json", "Page"),
    ("lemmy/objects/instance.json", "Application"),
    ("lemmy/objects/tombstone.json", "Tombstone"),
    ("lemmy/collections/group_followers.json", "Collection"),
    ("mobilizon/objects/event.json", "Event"),
    ("nodebb/objects/page.json", "Article"),
    ("peertube/objects/video.json", "Video"),
    ("pleroma/objects/chat_message.json", "Object"),
]


@pytest.mark.parametrize(("name", "class_name"), OBJECTS)
def test_objects_are_what_they_are(name: str, class_name: str) -> None:
    assert type(jsonld.read(recorded(name))).__name__ == class_name


def test_a_mobilizon_event_has_its_place_though_location_is_redefined() -> None:
    event: Any = jsonld.read(recorded("mobilizon/objects/event.json"))
    place = event.location[0].thing
    assert place.name.primary == "The Kenn Centre"
    assert place.address[0].thing.address_locality == "Teignbridge"
    assert (event.timezone, event.join_mode) == ("Europe/London", "free")
    assert event.start_time.isoformat() == "2022-12-11T19:00:00+00:00"
    assert event.maximum_attendee_capacity == 0
    assert [ref.thing.name.primary for ref in event.tag][:2] == ["#Dance", "#Caledonian"]


def test_a_group_of_lemmy_has_its_moderators() -> None:
    group: Any = jsonld.read(recorded("lemmy/objects/group.json"))
    assert group.attributed_to[0].iri == "https://enterprise.lemmy.ml/c/tenforward/moderators"
    assert group.featured.iri == "https://enterprise.lemmy.ml/c/tenforward//featured"
    assert group.endpoints.thing.shared_inbox.iri == "https://enterprise.lemmy.ml/inbox"
    assert group.is_restricted_to_moderators is False


def test_a_wrapped_creation_keeps_its_author_and_its_audience() -> None:
    announce: Any = jsonld.read(recorded("lemmy/activities/community/announce_create_page.json"))
    create = announce.object[0].thing
    page = create.object[0].thing
    assert announce.actor.iri == "http://enterprise.lemmy.ml/c/main"
    assert create.actor.iri == page.attributed_to[0].iri == "http://enterprise.lemmy.ml/u/lemmy_beta"
    assert PUBLIC in [ref.iri for ref in page.to]
    assert page.name.primary


def test_languages_are_understood() -> None:
    note: Any = jsonld.read(recorded("mastodon/objects/note_1.json"))
    assert note.content.language
    mitra: Any = jsonld.read(recorded("mitra/activities/create_post.json"))
    assert mitra.object[0].thing.content.language == "da"
    assert "https://w3id.org/security#proof" in dict(mitra.unknown)
