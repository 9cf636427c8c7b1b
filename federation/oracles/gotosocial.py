"""GoToSocial: everything is shown whole, and a summary is always a content warning.

Evidence: internal/ap/interfaces.go (IsStatusable, IsAccountable), internal/typeutils/astointernal.go (content warning is summary,
else name; the first address of url; the key must be the account's own), internal/ap/extract.go (addressees, attachments, keys of
RSA alone), internal/ap/normalize.go, internal/api/util (types of content: others are answered 406), internal/text/sanitize.go.
"""

from __future__ import annotations

from federation.appearance import (
    Appearance,
    Oracle,
    addressed,
    asked_for,
    cards_of,
    labels_of,
    not_shown,
    notified,
    pictures_of,
    profile,
    shared,
)
from federation.loose import ACTORS, COLLECTIONS, Loose, host, is_activity_type, must
from federation.markup import COMMON, HEADINGS, kept, words

STATUSES = ("Article", "Document", "Image", "Video", "Note", "Page", "Event", "Place", "Profile", "Question")
_KEPT = COMMON | HEADINGS | {"hr", "small", "sub", "sup", "dl", "dt", "dd"}


def _check(said: Loose) -> None:
    must(said.has("@context"), "It has no @context.")


def _status(said: Loose) -> Appearance:
    author = said.iri("attributedTo")
    must(bool(author), "It is attributed to nobody.")
    must(bool(said.addressees), "It is addressed to nobody.")
    warning = words(said.text("summary")) or said.text("name")
    is_titled = bool(said.text("name")) and warning != said.text("name")
    return Appearance(
        becomes="post",
        visibility=addressed(said),
        warning=warning,
        languages=_language(said),
        text=kept(said.text("content"), _KEPT),
        link=next((each for each in said.members("url") if isinstance(each, str)), said.id),
        author=author,
        pictures=pictures_of(said),
        hashtags=labels_of(said, "Hashtag"),
        mentions=labels_of(said, "Mention"),
        cards=tuple(card for card in cards_of(said) if card.url in {each.iri("url") for each in said.parts("attachment")}),
        published=said.word("published"),
        edited=said.word("updated"),
    ).noting(
        f"The text is behind a content warning, which is {'the summary' if said.text('summary') else 'the name'}."
        if warning
        else "",
        "The title is not shown." if is_titled else "",
        "The date and the place are not shown." if said.type == "Event" else "",
        "There is no text." if not said.text("content") else "",
    )


def _language(said: Loose) -> tuple[str, ...]:
    """The language whose words are those of content, else the first."""
    by_language = said.said.get("contentMap")
    if not isinstance(by_language, dict):
        return ()
    same = [tag for tag, text in by_language.items() if text == said.word("content")]
    return tuple(same or list(by_language))[:1]


def _actor(said: Loose) -> Appearance:
    must(bool(said.word("preferredUsername")), "The actor has no preferredUsername.")
    keys = [key for key in said.parts("publicKey") if key.word("publicKeyPem") and key.id and key.iri("owner")]
    must(bool(keys), "The actor has no publicKey with an id, an owner and a publicKeyPem.")
    must(keys[0].iri("owner") == said.id, "The key is not the actor's own.")
    return profile(said, text=kept(said.text("summary"), _KEPT)).noting(
        "It is marked as a bot." if said.type in {"Application", "Service"} else "",
    )


def _create(said: Loose) -> Appearance:
    thing = said.embedded("object", "What is created must be sent along; an id alone is not fetched.")
    must(thing.iri("attributedTo") == said.iri("actor"), "The thing is attributed to somebody else than the actor.")
    return ORACLE.view(thing).noting("It is kept only when somebody there follows the author, or is named in it.")


def _update(said: Loose) -> Appearance:
    """Of what is no actor, only the author's own counts, as when it was created."""
    thing = said.part("object")
    if thing is not None and thing.type in ACTORS:
        return not_shown("refresh", "The profile is read anew.")
    return _create(said)


def _announce(said: Loose) -> Appearance:
    thing = said.part("object")
    must(thing is None or thing.type in STATUSES, "A wrapped activity is no post; the announced thing itself is needed.")
    found = shared(said, addressed(said), becomes="boost", note="What is boosted is fetched at its address.")
    must(bool(said.addressees), "It is addressed to nobody.")
    return found


def _delete(said: Loose) -> Appearance:
    must(host(said.iri("object")) == host(said.iri("actor")), "What is deleted is on another server than who deletes it.")
    return not_shown("deletion", "The post or the account is taken away.")


ORACLE = Oracle(
    title="GoToSocial",
    versions="0.17 to 0.20",
    accepts=is_activity_type,
    check=_check,
    views=dict.fromkeys(STATUSES, _status)
    | dict.fromkeys(ACTORS, _actor)
    | dict.fromkeys((*COLLECTIONS, "Tombstone"), asked_for)
    | dict.fromkeys(("Follow", "Accept", "Reject", "Undo", "Like", "Block", "Flag", "Move"), notified)
    | {"Create": _create, "Update": _update, "Announce": _announce, "Delete": _delete},
)
