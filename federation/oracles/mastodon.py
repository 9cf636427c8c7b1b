"""Mastodon: notes are shown whole, longer things as their title, summary and a link.

Evidence: app/helpers/json_ld_helper.rb (types of content, literal context, id asked again), app/lib/activitypub/activity.rb
(SUPPORTED_TYPES, CONVERTED_TYPES, the activities that have a class), app/lib/activitypub/parser/status_parser.rb (processed_text,
visibility, language), app/lib/activitypub/preview_builder.rb (title, summary and link of what is converted),
app/lib/activitypub/parser/media_attachment_parser.rb (alt is summary, else name),
app/lib/activitypub/parser/preview_card_parser.rb and pull request 36104 (since 4.7 the first Link is the card),
app/services/activitypub/fetch_remote_actor_service.rb, lib/sanitize_ext/sanitize_config.rb.
"""

from __future__ import annotations

from dataclasses import replace

from federation.appearance import (
    Appearance,
    Card,
    Oracle,
    addressed,
    cards_of,
    labels_of,
    not_shown,
    notified,
    pictures_of,
    profile,
    shared,
)
from federation.loose import ACTORS, COLLECTIONS, Loose, Refusal, host, is_activity_type, is_web, must, names_context
from federation.markup import COMMON, kept, linked, with_flat_headings

#: Shown as they are, and turned into title, summary and link.
WHOLE = ("Note", "Question")
CONVERTED = ("Image", "Audio", "Video", "Article", "Page", "Event")
#: Pictures beyond these are not fetched.
PICTURES = 4
_KEPT = COMMON | {"ruby", "rt", "rp"}


def _check(said: Loose) -> None:
    must(names_context(said), "Its @context does not name https://www.w3.org/ns/activitystreams literally, so it is ignored.")


def _status(said: Loose) -> Appearance:
    author = said.iri("attributedTo")
    must(is_web(said.id), "Its id is no address of the web.")
    must(bool(author), "It is attributed to nobody.")
    must(host(author) == host(said.id), "Its author is on another server than its id.")
    url = said.iri("url") if is_web(said.iri("url")) else said.id
    is_whole = said.type in WHOLE
    warning = said.text("summary") if is_whole else ""
    edited = said.word("updated") if said.word("updated") != said.word("published") else ""
    shown = Appearance(
        becomes="status",
        visibility=addressed(said),
        title="" if is_whole else said.text("name"),
        warning=warning,
        languages=said.languages("content", "name", "summary")[:1],
        text=_text(said, url),
        link=url,
        author=author,
        pictures=pictures_of(said)[:PICTURES],
        hashtags=labels_of(said, "Hashtag"),
        mentions=labels_of(said, "Mention"),
        cards=_cards(said),
        published=said.word("published"),
        edited=edited,
    )
    return shown.noting(
        "" if is_whole else "The content is not shown, only the title, the summary and a link.",
        "The text is behind a content warning." if warning else "",
        "It is hidden until it is clicked." if said.truth("sensitive") else "",
        "The title is not shown." if is_whole and said.text("name") else "",
    )


def _cards(said: Loose) -> tuple[Card, ...]:
    """The files, which have a url, and the first Link: the page that the post previews. Older versions skip every Link."""
    files = {each.iri("url") for each in said.parts("attachment")}
    link = next((each.iri("href") for each in said.parts("attachment") if each.type == "Link"), "")
    return tuple(card for card in cards_of(said) if card.url in files or card.url == link)


def _text(said: Loose, url: str) -> str:
    if said.type in WHOLE:
        return kept(with_flat_headings(said.text("content")), _KEPT)
    return "\n\n".join(part for part in (kept(said.text("summary"), _KEPT), linked(url)) if part)


def _actor(said: Loose) -> Appearance:
    must(bool(said.word("inbox")), "The actor has no inbox.")
    must(bool(said.word("preferredUsername")), "The actor has no preferredUsername.")
    key = said.part("publicKey")
    must(key is not None and bool(key.word("publicKeyPem")), "The actor has no publicKey with a publicKeyPem.")
    return profile(said, text=kept(said.text("summary"), _KEPT)).noting(
        "It is found by its handle only when WebFinger leads back to it.",
        "Its boosts appear as boosts by a group." if said.type == "Group" else "",
        "Who follows it sees « requested » until it accepts." if said.truth("manuallyApprovesFollowers") else "",
    )


def _create(said: Loose) -> Appearance:
    """A bare address is fetched; what is sent along must be the actor's own."""
    thing = said.part("object")
    if thing is None:
        must(bool(said.iri("object")), "It creates nothing.")
        return not_shown("errand", "What was created is fetched at its address.", author=said.iri("actor"))
    must(thing.iri("attributedTo") == said.iri("actor"), "The thing is attributed to somebody else than the actor.")
    must(host(thing.id) == host(said.iri("actor")), "The thing lives on another server than the actor.")
    return ORACLE.view(thing)


def _update(said: Loose) -> Appearance:
    """Without its object it does nothing; an edit needs the moment it was made."""
    thing = said.part("object")
    if thing is None or thing.type in ACTORS:
        return not_shown("refresh", "The profile is read anew." if thing else "Nothing changes: what changed is not said.")
    found = _create(said)
    must(bool(thing.word("updated")), "It does not say when it was updated, so the edit is not shown.")
    return replace(found, becomes="edit")


def _announce(said: Loose) -> Appearance:
    thing = said.part("object")
    if thing is not None and thing.type not in (*WHOLE, *CONVERTED):
        raise Refusal(
            f"A wrapped {thing.type} is fetched as if it were a post, and is none; the announced thing itself is needed."
        )
    note = "What is boosted is fetched at its address, and shown as it looks there."
    return shared(said, addressed(said), becomes="boost", note=note)


def _delete(said: Loose) -> Appearance:
    must(bool(said.iri("object")), "It deletes nothing.")
    return not_shown("deletion", "The post, or everything of that person, is taken away.", author=said.iri("actor"))


def _collection(said: Loose) -> Appearance:
    return not_shown("collection", "It is counted, or walked page by page." if said.type in COLLECTIONS else "")


def _tombstone(said: Loose) -> Appearance:
    del said
    return not_shown("deletion", "What was there is taken away.")


_ACTIVITIES = ("Follow", "Accept", "Reject", "Undo", "Like", "Block", "Flag", "Add", "Remove", "Move")

ORACLE = Oracle(
    title="Mastodon",
    versions="4.3 to 4.7",
    accepts=is_activity_type,
    check=_check,
    finds_its_id=True,
    views=dict.fromkeys((*WHOLE, *CONVERTED), _status)
    | dict.fromkeys(ACTORS, _actor)
    | dict.fromkeys(COLLECTIONS, _collection)
    | dict.fromkeys(_ACTIVITIES, notified)
    | {"Create": _create, "Update": _update, "Announce": _announce, "Delete": _delete, "Tombstone": _tombstone},
)
