"""NodeBB: a topic in a category when a community is named, its text from the Markdown source when there is one.

Evidence: src/activitypub/index.js (accepted types, all ids over https), src/activitypub/inbox.js (create, update, announce, undo,
accept), src/activitypub/mocks.js (_normalize: source in Markdown wins over content; image), src/activitypub/notes.js (title from
name, else the first sentence; category from to, cc and audience; tags), src/activitypub/actors.js (types of actors, inbox
needed), src/activitypub/feps.js (both announcements).
"""

from __future__ import annotations

from federation.appearance import (
    Appearance,
    Oracle,
    Visibility,
    acted_on,
    asked_for,
    cards_of,
    hashtags_of,
    labels_of,
    not_shown,
    passed_on,
    pictures_of,
    profile,
    updated,
)
from federation.loose import ACTORS, COLLECTIONS, Loose, first_of, is_activity_type, must
from federation.markup import WIDE, kept, words
from vocab.namespaces import PUBLIC_FORMS

POSTS = ("Note", "Page", "Article", "Question", "Video")
_EMPTY = "<em>This post did not contain any content.</em>"


def _check(said: Loose) -> None:
    must(said.id.startswith("https://"), "Its id is no address over https.")


def _post(said: Loose) -> Appearance:
    must(not said.is_list("attributedTo"), "`attributedTo` is a list.")
    must(bool(said.iri("attributedTo")), "It is attributed to nobody.")
    _check(said)
    for key in ("to", "cc"):
        must(not said.has(key) or said.is_list(key), f"`{key}` is no list, so that it is taken for a private message.")
    is_public = any(each in PUBLIC_FORMS for each in said.addressees)
    text = _text(said)
    title = said.text("name") or first_of(words(text).split("\n"))
    is_answer = said.has("inReplyTo")
    return Appearance(
        becomes="reply" if is_answer else ("topic" if is_public else "private message"),
        visibility=Visibility.PUBLIC if is_public else Visibility.DIRECT,
        title="" if is_answer else title,
        text=text,
        link=said.iri("url"),
        author=said.iri("attributedTo"),
        pictures=pictures_of(said),
        hashtags=hashtags_of(said),
        mentions=labels_of(said, "Mention"),
        cards=cards_of(said),
        published=said.word("published"),
        edited=said.word("updated"),
    ).noting(
        "The text is that of the Markdown source, not the HTML." if _source(said) else "",
        "The summary is not shown." if said.text("summary") else "",
        "It is kept only when somebody there follows the author or the community, or is named in it.",
        "The language is not told." if said.languages("content") else "",
    )


def _source(said: Loose) -> str:
    """The text in Markdown, which wins over content; "" when there is none."""
    source = said.part("source")
    return source.word("content") if source is not None and source.word("mediaType") == "text/markdown" else ""


def _text(said: Loose) -> str:
    return _source(said) or (kept(said.word("content"), WIDE) if said.word("content") else _EMPTY)


def _actor(said: Loose) -> Appearance:
    must(bool(said.word("inbox")), "The actor has no inbox.")
    must(not said.is_list("publicKey") or len(said.parts("publicKey")) == 1, "`publicKey` is a list.")
    found = profile(said, text=kept(said.text("summary"), WIDE))
    return found.noting("It is a category there, and can be followed by a whole category." if said.type == "Group" else "")


def _create(said: Loose) -> Appearance:
    return ORACLE.view(said.embedded("object", "What is created must be sent along."))


def _update(said: Loose) -> Appearance:
    return updated(said, ORACLE.view)


def _announce(said: Loose) -> Appearance:
    return passed_on(said, Visibility.PUBLIC, posts=POSTS, view=ORACLE.view)


def _delete(said: Loose) -> Appearance:
    must(bool(said.iri("object")), "It deletes nothing.")
    thing = said.part("object")
    note = "The post is shown as deleted." if thing is not None and thing.type == "Tombstone" else "The post is purged."
    return not_shown("deletion", note)


def _answer(said: Loose) -> Appearance:
    """An Accept, Reject or Undo: unlike with other activities, the object may lack an id, but neither type nor actor."""
    asked = said.embedded("object", "What is answered or taken back must be sent along, with its type and its actor.")
    must(bool(asked.type and asked.iri("actor")), "What is answered has no type or no actor.")
    must(said.type != "Undo" or asked.iri("actor") == said.iri("actor"), "Somebody else's deed cannot be taken back.")
    return not_shown(said.type.lower(), "It is acted on.", author=said.iri("actor"))


ORACLE = Oracle(
    title="NodeBB",
    versions="4.0 to 4.6",
    accepts=is_activity_type,
    check=_check,
    views=dict.fromkeys(POSTS, _post)
    | dict.fromkeys(ACTORS, _actor)
    | dict.fromkeys((*COLLECTIONS, "Tombstone"), asked_for)
    | dict.fromkeys(("Follow", "Like", "Dislike", "Add", "Remove", "Flag", "Move"), acted_on)
    | dict.fromkeys(("Accept", "Reject", "Undo"), _answer)
    | {"Create": _create, "Update": _update, "Announce": _announce, "Delete": _delete},
)
