"""WordPress with its ActivityPub plugin: an answer becomes a comment; other posts are kept for a reader, if the blog follows.

Evidence: includes/handler/class-create.php (id and content needed, public only, answers only unless posts are kept),
includes/collection/class-interactions.php (comments), includes/collection/class-remote-posts.php (activity_to_post: title without
markup, excerpt from summary, hashtags, an attachment of no known kind is taken for an image; the actor must be the author and the
id on the same host), includes/collection/class-remote-actors.php, includes/handler/.
"""

from __future__ import annotations

from dataclasses import replace

from federation.appearance import Appearance, Oracle, Picture, Visibility, acted_on, asked_for, labels_of, not_shown, profile
from federation.loose import ACTORS, COLLECTIONS, Loose, host, is_activity_type, must
from federation.markup import WIDE, kept, words

POSTS = ("Note", "Article", "Page", "Event", "Image", "Video", "Audio", "Document", "Question")


def _post(said: Loose) -> Appearance:
    author = said.iri("attributedTo")
    must(bool(said.word("content")), "It has no content.")
    must(bool(author) and host(author) == host(said.id), "Its author is on another server than its id.")
    is_public = said.is_public("to") or said.is_public("cc")
    must(is_public, "It is not public, and nothing else is kept.")
    is_answer = said.has("inReplyTo")
    return Appearance(
        becomes="comment" if is_answer else "post in the reader",
        visibility=Visibility.PUBLIC if is_answer else Visibility.FOLLOWERS,
        title="" if is_answer else words(said.word("name")),
        text=kept(said.word("content"), WIDE),
        link=said.iri("url") or said.id,
        author=author,
        pictures=() if is_answer else _pictures(said),
        hashtags=() if is_answer else tuple(label.lstrip("#") for label in labels_of(said, "Hashtag")),
        published=said.word("published"),
    ).noting(
        "It stands under the article that it answers, when that is one of the blog's." if is_answer else "",
        "Visitors of the blog do not see it; who writes there does, when the blog follows its author." if not is_answer else "",
        "The summary is the excerpt." if said.word("summary") and not is_answer else "",
        "The date and the place are not shown." if said.type == "Event" else "",
    )


def _pictures(said: Loose) -> tuple[Picture, ...]:
    """Every attachment with an address that is neither video nor sound."""
    others = ("video/", "audio/")
    found = [each for each in said.parts("attachment") if each.iri("url") and not each.word("mediaType").startswith(others)]
    return tuple(Picture(url=each.iri("url"), alt=each.word("name")) for each in found)


def _actor(said: Loose) -> Appearance:
    endpoints = said.part("endpoints")
    shared = endpoints.word("sharedInbox") if endpoints is not None else ""
    must(bool(shared or said.word("inbox")), "The actor has no inbox.")
    must(bool(said.word("name") or said.word("preferredUsername")), "The actor has no name.")
    key = said.part("publicKey")
    must(key is not None and not said.is_list("publicKey"), "`publicKey` is not one object.")
    must(key is None or bool(key.word("publicKeyPem")), "The key has no publicKeyPem.")
    found = profile(said, text=kept(said.text("summary"), WIDE))
    return replace(found, title=words(found.title))


def _create(said: Loose) -> Appearance:
    thing = said.embedded("object", "What is created must be sent along.")
    must(said.iri("actor") == thing.iri("attributedTo"), "The thing is attributed to somebody else than the actor.")
    return ORACLE.view(thing)


def _update(said: Loose) -> Appearance:
    """Of what is no actor, only the author's own counts, as when it was created."""
    thing = said.embedded("object", "What is updated must be sent along.")
    return not_shown("refresh", "The profile is read anew.") if thing.type in ACTORS else _create(said)


def _announce(said: Loose) -> Appearance:
    """It points to nothing there, whatever is announced: only articles of the blog itself have reposts."""
    must(bool(said.iri("object")), "It announces nothing.")
    note = "It counts as a repost when it is an article of the blog; else nothing is shown."
    return not_shown("share", note, author=said.iri("actor"))


ORACLE = Oracle(
    title="WordPress",
    versions="the plugin ActivityPub 7 and 8",
    accepts=is_activity_type,
    views=dict.fromkeys(POSTS, _post)
    | dict.fromkeys(ACTORS, _actor)
    | dict.fromkeys((*COLLECTIONS, "Tombstone"), asked_for)
    | dict.fromkeys(("Follow", "Accept", "Reject", "Undo", "Like", "Delete", "Move"), acted_on)
    | {"Create": _create, "Update": _update, "Announce": _announce},
)
