"""Lemmy: a post or a comment in a community, read by a strict parser that refuses the whole for one odd value.

Evidence: activitypub-federation-rust src/fetch/mod.rs (three exact types of content, id equal to the address);
crates/apub/objects/src/protocol/{page,note,group,person,instance}.rs (what must be there, and in which shape);
crates/apub/objects/src/objects/post.rs (title of 200 characters at most, first attachment as the link, text from source when that
is Markdown); crates/apub/objects/src/utils/functions.rs (verify_visibility, community_visibility: a Group that approves its
followers is a private community, in which nothing public is taken); crates/apub/activities/src/community/announce.rs (a bare
thing that is announced is refused); crates/apub/activities/src/activity_lists.rs.
"""

from __future__ import annotations

from federation.appearance import (
    Appearance,
    Card,
    Oracle,
    Picture,
    Visibility,
    acted_on,
    asked_for,
    is_picture,
    labels_of,
    not_shown,
    profile,
)
from federation.loose import ACTORS, COLLECTIONS, Loose, Refusal, host, is_moment, is_web, media_type, must
from federation.markup import words
from vocab.namespaces import PUBLIC

TYPES = {
    "application/activity+json",
    "application/activity+json; charset=utf-8",
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
}
POSTS = ("Page", "Article", "Note", "Video", "Event")
TITLE = 200
_MEDIA = {"text/html", "text/markdown"}


def _shape(said: Loose) -> None:
    """What its parser wants of posts and comments alike."""
    must(is_web(said.id), "Its id is no address of the web.")
    for key in ("to", "cc"):
        must(all(isinstance(each, str) and is_web(each) for each in said.members(key)), f"In `{key}` stands what is no address.")
    for key in ("name", "content", "context", "audience"):
        must(not said.has(key) or bool(said.word(key)), f"`{key}` is not one text.")
    for key in ("published", "updated"):
        must(not said.has(key) or is_moment(said.word(key)), f"`{key}` is no moment with its zone.")
    must(not said.has("mediaType") or said.word("mediaType") in _MEDIA, "`mediaType` is neither HTML nor Markdown.")
    must(not said.has("sensitive") or isinstance(said.said["sensitive"], bool), "`sensitive` is neither true nor false.")
    must(not said.has("attachment") or said.is_list("attachment"), "`attachment` is no list.")
    _languages(said, many=False)
    for each in said.members("attachment"):
        _attachment(Loose(each) if isinstance(each, dict) else Loose({}))
    _image(said, "image")


def _languages(said: Loose, *, many: bool) -> None:
    shaped = all(each.word("identifier") and each.word("name") for each in said.parts("language"))
    right = said.is_list("language") if many else not said.is_list("language")
    is_whole = len(said.parts("language")) == len(said.members("language"))
    must(not said.has("language") or (right and shaped and is_whole), "`language` is not of Lemmy's shape.")


def _attachment(each: Loose) -> None:
    key = "href" if each.type == "Link" else "url"
    must(each.type in {"Link", "Image", "Document"}, "An attachment is neither Link, Image nor Document.")
    must(is_web(each.word(key)), f"The `{key}` of an attachment is not one address.")


def _image(said: Loose, key: str) -> None:
    image = said.part(key)
    single = len(said.members(key)) <= 1
    must(not said.has(key) or (image is not None and single), f"`{key}` is not one object.")
    must(image is None or (image.type == "Image" and is_web(image.word("url"))), f"`{key}` is no Image with one url.")


def _author(said: Loose) -> str:
    """One address; or, as PeerTube has it, a list of objects with their types."""
    value = said.said.get("attributedTo")
    if isinstance(value, list):
        shaped = all(isinstance(each, dict) and each.get("type") in {"Person", "Group"} and each.get("id") for each in value)
        must(shaped and bool(value), "`attributedTo` is a list of bare addresses.")
        return next((each.id for each in said.parts("attributedTo") if each.type == "Person"), "")
    must(isinstance(value, str), "`attributedTo` is not one address.")
    return said.word("attributedTo")


def _post(said: Loose) -> Appearance:
    if said.type == "Note" and said.has("inReplyTo"):
        return _comment(said)
    must(not said.has("inReplyTo"), "Only a Note may answer something.")
    _shape(said)
    author = _author(said)
    community = said.word("audience") or next((each for each in said.addressees if each != PUBLIC), "")
    must(host(author) == host(said.id), "Its author is on another server than its id.")
    must(bool(community), "It names no community, in audience, to or cc.")
    must(PUBLIC in said.addressees, "Everybody is not named by the whole address, so that it is not public.")
    title = said.word("name") or next(iter(words(said.word("content")).split("\n")), "")
    must(bool(title), "It has neither name nor content.")
    first = said.part("attachment")
    link = (first.word("href") or first.word("url")) if first is not None else ""
    return Appearance(
        becomes="post",
        visibility=Visibility.PUBLIC,
        title=title[:TITLE],
        languages=_language(said),
        text=_text(said),
        link=link,
        author=author,
        pictures=(Picture(url=link, alt=first.text("name")),) if first is not None and is_picture(first) else (),
        cards=(Card(url=link),) if first is not None and not is_picture(first) else (),
        published=said.word("published"),
        edited=said.word("updated"),
    ).noting(
        "The title is cut." if len(title) > TITLE else "",
        "The summary and the hashtags are not shown." if said.has("summary") or said.has("tag") else "",
        "The date and the place are not shown." if said.type == "Event" else "",
        "Its address is behind the small coloured mark, not in the text.",
    )


def _text(said: Loose) -> str:
    source = said.part("source")
    if said.word("content") and source is not None and source.word("mediaType") == "text/markdown" and source.word("content"):
        return source.word("content")
    return words(said.word("content"))


def _language(said: Loose) -> tuple[str, ...]:
    language = said.part("language")
    return (language.word("identifier"),) if language is not None else ()


def _comment(said: Loose) -> Appearance:
    _shape(said)
    must(said.has("to"), "A comment must say `to`.")
    must(bool(said.word("content")), "A comment needs content.")
    must(bool(said.word("inReplyTo")), "`inReplyTo` is not one address.")
    must(bool(said.word("attributedTo")), "`attributedTo` of a comment is not one address.")
    must(host(said.word("attributedTo")) == host(said.id), "Its author is on another server than its id.")
    must(PUBLIC in said.addressees, "Everybody is not named by the whole address, so that it is not public.")
    return Appearance(
        becomes="comment",
        visibility=Visibility.PUBLIC,
        languages=_language(said),
        text=_text(said),
        link=said.word("inReplyTo"),
        author=said.word("attributedTo"),
        mentions=labels_of(said, "Mention"),
        published=said.word("published"),
        edited=said.word("updated"),
    ).noting("It is shown under what it answers, which is fetched up to the post when it is not there.")


def _actor(said: Loose) -> Appearance:
    key = said.embedded("publicKey", "The actor has no publicKey.")
    must(not said.is_list("publicKey"), "`publicKey` is a list.")
    must(bool(key.id and key.word("owner") and key.word("publicKeyPem")), "The key lacks id, owner or publicKeyPem.")
    needed = ("inbox", "outbox") if said.type == "Application" else ("preferredUsername", "inbox", "outbox")
    for name in needed:
        must(bool(said.word(name)), f"The actor has no `{name}`.")
    for name in ("icon", "image"):
        for each in said.parts(name)[-1:]:
            must(each.type == "Image" and is_web(each.word("url")), f"`{name}` is no Image with one url.")
    if said.type in {"Group", "Application"}:
        _languages(said, many=True)
    endpoints = said.part("endpoints")
    must(not said.has("endpoints") or (endpoints is not None and bool(endpoints.word("sharedInbox"))), "`endpoints` is odd.")
    found = profile(said, text=words(said.text("summary")))
    return _as_community(said, found) if said.type == "Group" else found


def _as_community(said: Loose, found: Appearance) -> Appearance:
    if said.truth("manuallyApprovesFollowers"):
        raise Refusal("A Group that approves its followers is a private community, and everything public in it is refused.")
    return found.noting(
        "Only moderators may post." if said.truth("postingRestrictedToMods") else "",
        "It is not listed." if said.said.get("discoverable") is False else "",
    )


def _addressed(said: Loose, *keys: str) -> None:
    """What its parser wants of every activity, and of some."""
    must(bool(said.id and said.word("actor")), "An activity needs an id, and its actor as one address.")
    for key in keys:
        must(said.has(key), f"The activity does not say `{key}`.")


def _create(said: Loose) -> Appearance:
    _addressed(said, "to", "cc")
    thing = said.embedded("object", "What is created must be sent along.")
    must(host(thing.id) == host(said.word("actor")), "The thing lives on another server than the actor.")
    if thing.type in ACTORS:
        raise Refusal("Only moderators may say that a community changed; communities and people are read anew once a day.")
    must(thing.type in POSTS, f"Lemmy has no post of type {thing.type or 'none'}.")
    must(thing.iri("attributedTo") == said.word("actor"), "The thing is attributed to somebody else than the actor.")
    return _post(thing)


def _announce(said: Loose) -> Appearance:
    _addressed(said, "to", "cc")
    must(PUBLIC in said.addressees, "Everybody is not named by the whole address, so that it is not public.")
    thing = said.part("object")
    if thing is None or thing.type in POSTS:
        raise Refusal("Lemmy wants the whole activity announced, not the thing; the other Announce carries it.")
    return ORACLE.view(thing)


def _delete(said: Loose) -> Appearance:
    _addressed(said, "to")
    must(bool(said.iri("object")), "It deletes nothing.")
    return not_shown("deletion", "The post is shown as deleted by its author.")


def _activity(said: Loose) -> Appearance:
    _addressed(said)
    return acted_on(said)


def _answer(said: Loose) -> Appearance:
    """An Accept, Reject or Undo: the activity inside is parsed, and must be whole."""
    _addressed(said)
    asked = said.embedded("object", "What is answered or taken back must be sent along whole.")
    must(bool(asked.id and asked.type and asked.word("actor") and asked.iri("object")), "What is answered is not whole.")
    return acted_on(said)


ORACLE = Oracle(
    title="Lemmy",
    versions="0.19 and 1.0",
    accepts=lambda content_type: content_type.strip().lower() in TYPES or media_type(content_type) == "",
    views=dict.fromkeys(POSTS, _post)
    | dict.fromkeys(ACTORS, _actor)
    | dict.fromkeys((*COLLECTIONS, "Tombstone"), asked_for)
    | dict.fromkeys(("Follow", "Like", "Dislike", "Add", "Remove", "Flag", "Block", "Lock"), _activity)
    | dict.fromkeys(("Accept", "Reject", "Undo"), _answer)
    | {"Create": _create, "Update": _create, "Announce": _announce, "Delete": _delete},
)
