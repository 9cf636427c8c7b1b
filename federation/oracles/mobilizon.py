"""Mobilizon: events of people and groups; articles only as the posts of its own groups; answers under events.

Evidence: lib/federation/activity_pub/transmogrifier.ex (which activities and things are handled; an Article needs `actor` beside
`attributedTo`), lib/federation/activity_stream/converter/event.ex (title, begins_on, joinMode, location, attachment, visibility),
converter/utils.ex (get_address takes an address or one object, no list), converter/comment.ex, converter/actor.ex,
lib/mobilizon/events/event.ex (title of 3 to 200 characters, start needed, no end before the start), lib/mobilizon/events/enums.ex
(the ways to join).
"""

from __future__ import annotations

from dataclasses import replace

from federation.appearance import (
    Appearance,
    Card,
    Oracle,
    Picture,
    Visibility,
    acted_on,
    addressed,
    asked_for,
    hashtags_of,
    labels_of,
    profile,
    shared,
    updated,
)
from federation.loose import ACTORS, COLLECTIONS, Loose, Refusal, is_activity_type, is_moment, must
from federation.markup import COMMON, HEADINGS, kept
from vocab.namespaces import PUBLIC

JOINING = ("free", "restricted", "invite", "external")
SHORTEST, LONGEST = 3, 200
_KEPT = COMMON | HEADINGS | {"img", "hr", "small"}


def _event(said: Loose) -> Appearance:
    must(bool(said.iri("attributedTo") or said.iri("actor")), "It is nobody's.")
    must(len(said.members("attributedTo")) <= 1, "`attributedTo` is a list.")
    must(SHORTEST <= len(said.word("name")) <= LONGEST, "Its name has not between 3 and 200 characters.")
    must(is_moment(said.word("startTime")), "It has no start with its zone.")
    must(not said.has("endTime") or said.word("endTime")[:10] >= said.word("startTime")[:10], "It ends before it begins.")
    must(said.is_list("to"), "`to` is no list.")
    must(not said.is_list("location"), "`location` is a list; only one place is read.")
    must(said.word("joinMode") in {*JOINING, ""}, f"One cannot join by {said.word('joinMode')!r} there.")
    must(not said.has("attachment") or said.is_list("attachment"), "`attachment` is no list.")
    must(len(said.parts("attachment")) == len(said.members("attachment")), "An attachment is a bare address.")
    place = said.part("location")
    is_public = PUBLIC in said.iris("to")
    return Appearance(
        becomes="event",
        visibility=Visibility.PUBLIC if is_public else Visibility.UNLISTED,
        title=said.word("name"),
        languages=(said.word("inLanguage"),) if said.word("inLanguage") else (),
        text=kept(said.text("content"), _KEPT),
        link=said.id,
        author=said.iri("attributedTo"),
        pictures=_banner(said),
        hashtags=hashtags_of(said),
        mentions=labels_of(said, "Mention"),
        cards=_website(said),
        published=said.word("published"),
        edited=said.word("updated"),
    ).noting(
        f"It begins {said.word('startTime')}{', ' + said.word('timezone') if said.word('timezone') else ''}.",
        f"It takes place in: {place.text('name')}." if place is not None else "No place is shown.",
        "The summary is not shown." if said.text("summary") else "",
        "Everybody may join with one click." if said.word("joinMode") in {"", "free"} else "",
    )


def _banner(said: Loose) -> tuple[Picture, ...]:
    """Pictures are of type Document; an Image is not looked at."""
    pictures = [each for each in said.parts("attachment") if each.type == "Document" and each.word("url")]
    return tuple(Picture(url=each.word("url"), alt=each.text("name")) for each in pictures)


def _website(said: Loose) -> tuple[Card, ...]:
    """Only a Link of that very name is the address of a meeting online."""
    links = [each for each in said.parts("attachment") if each.type == "Link" and each.word("name") == "Website"]
    return tuple(Card(url=each.word("href"), title="Website") for each in links if each.word("mediaType") == "text/html")


def _article(said: Loose) -> Appearance:
    must(
        bool(said.iri("actor") and said.iri("attributedTo")),
        "An Article is read only as the post of a group, with its author in `actor` and the group in `attributedTo`.",
    )
    return Appearance(
        becomes="post",
        visibility=addressed(said),
        title=said.word("name"),
        text=kept(said.text("content"), _KEPT),
        link=said.id,
        author=said.iri("actor"),
        published=said.word("published"),
    ).noting("It is shown among the posts of the group.")


def _comment(said: Loose) -> Appearance:
    must(bool(said.iri("attributedTo") or said.iri("actor")), "It is nobody's.")
    must(said.is_list("to"), "`to` is no list.")
    found = Appearance(
        becomes="comment",
        visibility=Visibility.PUBLIC if PUBLIC in said.addressees else Visibility.DIRECT,
        text=kept(said.text("content"), _KEPT),
        link=said.iri("inReplyTo"),
        author=said.iri("attributedTo"),
        mentions=labels_of(said, "Mention"),
        published=said.word("published"),
        edited=said.word("updated"),
    )
    if not said.has("inReplyTo"):
        return replace(found, visibility=Visibility.NOT_SHOWN).noting(
            "It answers no event, so that it is kept and shown nowhere."
        )
    return found.noting("It is shown under the event that it answers.")


def _actor(said: Loose) -> Appearance:
    must(bool(said.word("preferredUsername")), "The actor has no preferredUsername.")
    must(bool(said.word("inbox")), "The actor has no inbox.")
    key = said.part("publicKey")
    must(key is not None and not said.is_list("publicKey"), "`publicKey` is not one object.")
    must(not said.is_list("icon") and not said.is_list("image"), "`icon` or `image` is a list.")
    found = profile(said, text=kept(said.text("summary"), _KEPT))
    return found.noting("" if said.type == "Group" else "Only groups and whole servers can be followed there.")


def _create(said: Loose) -> Appearance:
    return ORACLE.view(said.embedded("object", "What is created must be sent along."))


def _update(said: Loose) -> Appearance:
    return updated(said, ORACLE.view)


def _announce(said: Loose) -> Appearance:
    thing = said.part("object")
    if thing is not None and thing.type in {"Create", "Update", "Delete", "Like", "Undo"}:
        raise Refusal("A wrapped activity is fetched as if it were an event; the announced thing itself is needed.")
    note = "What is shared is fetched at its address; an event then stands beside those of the group."
    return shared(said, Visibility.PUBLIC, note=note)


_ACTIVITIES = ("Follow", "Accept", "Reject", "Join", "Leave", "Delete", "Flag", "Remove", "Move", "Add", "Undo")

ORACLE = Oracle(
    title="Mobilizon",
    versions="4.0 to 5.1",
    accepts=is_activity_type,
    views={"Event": _event, "Article": _article, "Note": _comment}
    | dict.fromkeys(ACTORS, _actor)
    | dict.fromkeys((*COLLECTIONS, "Tombstone"), asked_for)
    | dict.fromkeys(_ACTIVITIES, acted_on)
    | {"Create": _create, "Update": _update, "Announce": _announce},
)
