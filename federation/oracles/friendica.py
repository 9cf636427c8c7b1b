"""Friendica: title and text are shown, a summary is a content warning, what names a group in `audience` is a post of that group.

Evidence: src/Protocol/ActivityPub/Receiver.php (CONTENT_TYPES, ACCOUNT_TYPES; getSource: BBCode, Markdown or HTML of the source
win over content; what a Group announces is read as FEP-1b12 has it; JSON-LD is compacted, so that undefined words are lost),
src/Protocol/ActivityPub/Processor.php (processContent: title from name, content warning from summary; createItem: audience makes
a group post; createEvent), src/Model/APContact.php.
"""

from __future__ import annotations

from federation.appearance import (
    Appearance,
    Oracle,
    Visibility,
    acted_on,
    addressed,
    asked_for,
    cards_of,
    hashtags_of,
    labels_of,
    passed_on,
    pictures_of,
    profile,
    updated,
)
from federation.loose import ACTORS, COLLECTIONS, Loose, is_activity_type, is_moment, must
from federation.markup import WIDE, kept, words

POSTS = ("Note", "Article", "Video", "Image", "Event", "Audio", "Page", "Question")
_SOURCES = ("text/bbcode", "text/markdown", "text/html")


def _check(said: Loose) -> None:
    must(said.has("@context"), "It has no @context, so that none of its words means anything.")


def _post(said: Loose) -> Appearance:
    must(bool(said.iri("attributedTo") or said.iri("actor")), "It is nobody's.")
    must(said.type != "Event" or is_moment(said.word("startTime")), "The event has no start with its zone.")
    source = said.part("source")
    is_source = source is not None and source.word("mediaType") in _SOURCES and bool(source.text("content"))
    text = source.text("content") if source is not None and is_source else kept(said.text("content"), WIDE)
    place = said.part("location")
    return Appearance(
        becomes="comment" if said.has("inReplyTo") else ("group post" if said.iri("audience") else "post"),
        visibility=_visibility(said),
        title=words(said.text("name")),
        warning=words(said.text("summary")),
        languages=said.languages("content"),
        text=text,
        link=said.iri("url") or said.id,
        author=said.iri("attributedTo"),
        pictures=pictures_of(said),
        hashtags=hashtags_of(said),
        mentions=labels_of(said, "Mention"),
        cards=cards_of(said),
        published=said.word("published"),
        edited=said.word("updated"),
    ).noting(
        "The text is behind the summary, which stands as a content warning." if said.text("summary") else "",
        f"The text is that of the source, in {source.word('mediaType')}." if source is not None and is_source else "",
        f"It begins {said.word('startTime')}." if said.type == "Event" else "",
        f"It takes place in: {place.text('name')}." if said.type == "Event" and place is not None else "",
    )


def _visibility(said: Loose) -> Visibility:
    """For followers alone cannot be said of what names a group, which makes it direct."""
    found = addressed(said)
    return Visibility.DIRECT if found is Visibility.FOLLOWERS and said.iri("audience") else found


def _actor(said: Loose) -> Appearance:
    must(bool(said.word("inbox")), "The actor has no inbox.")
    key = said.part("publicKey")
    must(key is not None and bool(key.word("publicKeyPem")), "The actor has no publicKey with a publicKeyPem.")
    found = profile(said, text=kept(said.text("summary"), WIDE))
    return found.noting("It is shown as a group, and what it announces as posts of the group." if said.type == "Group" else "")


def _create(said: Loose) -> Appearance:
    thing = said.embedded("object", "What is created is fetched at its address.")
    must(thing.iri("attributedTo") == said.iri("actor"), "The thing is attributed to somebody else than the actor.")
    return ORACLE.view(thing)


def _update(said: Loose) -> Appearance:
    return updated(said, ORACLE.view)


def _announce(said: Loose) -> Appearance:
    return passed_on(said, addressed(said), posts=POSTS, view=ORACLE.view)


_ACTIVITIES = ("Follow", "Accept", "Reject", "Undo", "Like", "Dislike", "Delete", "Block", "Flag", "Add", "Remove", "Move")

ORACLE = Oracle(
    title="Friendica",
    versions="2023.12 to 2025.07",
    accepts=is_activity_type,
    check=_check,
    views=dict.fromkeys(POSTS, _post)
    | dict.fromkeys(ACTORS, _actor)
    | dict.fromkeys((*COLLECTIONS, "Tombstone"), asked_for)
    | dict.fromkeys(_ACTIVITIES, acted_on)
    | {"Create": _create, "Update": _update, "Announce": _announce},
)
