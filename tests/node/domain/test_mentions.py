from __future__ import annotations

from node.domain.mentions import handle_of, mentioning
from vocab.things.hashtag import Hashtag
from vocab.things.mention import Mention
from vocab.things.note import Note
from vocab.values import Ref, Text

GROUP = "https://lemmy.example/c/habitat"
TAG = Hashtag(id="https://x.example/1#sujet-1", name=Text.of("#Accueil")).ref


def test_an_actor_is_mentioned_once_beside_other_tags() -> None:
    note = Note(id="https://x.example/1", tag=(TAG,))
    once = mentioning(note, GROUP, "@habitat@lemmy.example")
    assert once.tag[0] == TAG
    assert isinstance(once.tag[1].thing, Mention)
    assert (once.tag[1].thing.href, str(once.tag[1].thing.name)) == (Ref(GROUP), "@habitat@lemmy.example")
    assert mentioning(once, GROUP, "@habitat@lemmy.example") == once


def test_who_has_no_name_is_not_mentioned() -> None:
    note = Note(id="https://x.example/1")
    assert mentioning(note, GROUP, handle_of("", "lemmy.example")) == note
    assert handle_of("habitat", "lemmy.example") == "@habitat@lemmy.example"
