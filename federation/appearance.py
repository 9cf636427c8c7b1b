"""What one of our documents looks like on a server of another make: accepted or not, and what its reader sees there.

An oracle re-states what that server does with a document, read out of its code; it is a plain function of the bytes, so that the
tests can put everything that we send through all of them, and a person can be shown how their note looks elsewhere. What several
servers do alike stands here, below Oracle; what one of them alone does, or words otherwise, stands in its own file.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from federation.loose import ACTORS, Loose, Refusal, must, read


class Visibility(enum.StrEnum):
    """Who sees it over there."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"
    DIRECT = "direct"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image, with the words for those who do not see it."""

    url: str
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Something attached that is shown as a link."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A document as a server gets it. `url` is the address it was fetched at, "" when it came to an inbox."""

    document: bytes
    content_type: str = "application/activity+json"
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """What a server makes of a document. `becomes` names what it is there ("post", "boost", "profile", "nothing").

    `text` is HTML as far as that server keeps it; `notes` say what its reader should know, in sentences.
    """

    becomes: str
    visibility: Visibility = Visibility.NOT_SHOWN
    reasons: tuple[str, ...] = ()
    title: str = ""
    warning: str = ""
    languages: tuple[str, ...] = ()
    text: str = ""
    link: str = ""
    author: str = ""
    pictures: tuple[Picture, ...] = ()
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    published: str = ""
    edited: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether the server does anything with it."""
        return not self.reasons

    def noting(self, *notes: str) -> Appearance:
        """The same with further notes; empty ones are left out."""
        return replace(self, notes=(*self.notes, *(note for note in notes if note)))


#: What becomes of a document of some type; raises Refusal with the reason when the server would not take it.
View = Callable[[Loose], Appearance]


@dataclass(frozen=True, slots=True, kw_only=True)
class Oracle:
    """How a server sees documents. `versions` are those whose code was read.

    `accepts` says whether it reads an answer of that content type, `check` refuses what no type makes good, and `views` say by
    type what becomes of the rest. `finds_its_id`: an id that differs from the address is asked again there, not refused.
    """

    title: str
    versions: str
    accepts: Callable[[str], bool]
    views: Mapping[str, View] = field(repr=False)
    check: Callable[[Loose], None] | None = None
    finds_its_id: bool = False

    def look(self, seen: Seen) -> Appearance:
        """What becomes of a document on this server; never raises."""
        try:
            return self._look(seen)
        except Refusal as refusal:
            return Appearance(becomes="nothing", reasons=(str(refusal),))
        except RecursionError:
            return Appearance(becomes="nothing", reasons=("It is wrapped too many times.",))

    def view(self, said: Loose) -> Appearance:
        """The same for a document that came in; raises Refusal."""
        must(len(said.types) == 1 or self.finds_its_id, f"{self.title} reads only one type, and this has {len(said.types)}.")
        known = next((name for name in said.types if name in self.views), "")
        must(bool(known), f"{self.title} does nothing with {said.type or 'what has no type'}.")
        return self.views[known](said)

    def _look(self, seen: Seen) -> Appearance:
        must(self.accepts(seen.content_type), f"{self.title} does not read an answer of type {seen.content_type!r}.")
        said = read(seen.document)
        must(bool(said.id), "It has no id.")
        differs = bool(seen.url) and said.id != seen.url.partition("#")[0] and said.id != seen.url
        must(not differs or self.finds_its_id, f"Its id {said.id} is not the address that was asked.")
        if self.check is not None:
            self.check(said)
        found = self.view(said)
        return found.noting("Its id is another address, which is asked once more.") if differs else found


def addressed(said: Loose) -> Visibility:
    """Who sees a thing by its addressees, in the way most servers read them.

    That a collection is the author's followers is told by its lying below the author's address, which a server knows from the
    author's document.
    """
    if said.is_public("to"):
        return Visibility.PUBLIC
    if said.is_public("cc"):
        return Visibility.UNLISTED
    author = said.iri("attributedTo") or said.iri("actor")
    if any(author and each.startswith(f"{author}/") for each in said.iris("to")):
        return Visibility.FOLLOWERS
    return Visibility.DIRECT


def pictures_of(said: Loose) -> tuple[Picture, ...]:
    """The images among the attachments, with their words."""
    return tuple(Picture(url=_address(each), alt=each.text("name")) for each in said.parts("attachment") if is_picture(each))


def cards_of(said: Loose) -> tuple[Card, ...]:
    """The other attachments that lead somewhere."""
    others = [each for each in said.parts("attachment") if not is_picture(each)]
    return tuple(Card(url=_address(each), title=each.text("name")) for each in others if _address(each))


def is_picture(attachment: Loose) -> bool:
    """Whether an attachment is an image: by its type, or by its type of media."""
    is_image = attachment.type == "Image" or attachment.word("mediaType").startswith("image/")
    return is_image and bool(_address(attachment))


def labels_of(said: Loose, kind: str) -> tuple[str, ...]:
    """The names of the tags of a type, as they are written."""
    return tuple(tag.word("name") for tag in said.tagged(kind))


def hashtags_of(said: Loose) -> tuple[str, ...]:
    """The hashtags without the # before them, for servers that keep bare words."""
    return tuple(label.removeprefix("#") for label in labels_of(said, "Hashtag"))


def profile(said: Loose, *, text: str) -> Appearance:
    """An actor, as most servers show one: under its name, or its handle when it has none; `text` is its summary as kept there."""
    return Appearance(
        becomes="profile",
        visibility=Visibility.PUBLIC,
        title=said.text("name") or said.word("preferredUsername"),
        text=text,
        link=said.iri("url") or said.id,
        pictures=tuple(Picture(url=_address(each)) for each in said.parts("icon") if _address(each)),
        cards=tuple(Card(url="", title=f"{each.text('name')}: {each.word('value')}") for each in said.parts("attachment")),
    )


def not_shown(becomes: str, note: str, *, author: str = "") -> Appearance:
    """What a server takes, and shows nowhere by itself."""
    return Appearance(becomes=becomes, author=author, notes=(note,))


def acted_on(said: Loose) -> Appearance:
    """An activity that changes something and is not shown; refused when it has no object."""
    must(bool(said.iri("object")), "It is about nothing.")
    return not_shown(said.type.lower(), "It is acted on.", author=said.iri("actor"))


def notified(said: Loose) -> Appearance:
    """The same on servers that tell the one it is for, and nobody else."""
    return replace(acted_on(said), notes=("It is acted on, and shown to nobody but the one it is for.",))


def asked_for(said: Loose) -> Appearance:
    """What is not sent but fetched: a collection, or the Tombstone of what was there."""
    return not_shown(said.type.lower(), "It is read when it is asked for.")


def updated(said: Loose, view: View) -> Appearance:
    """An Update that must carry its object: an actor is read anew, anything else appears as in `view`."""
    thing = said.embedded("object", "What is updated must be sent along.")
    return not_shown("refresh", "The profile is read anew.") if thing.type in ACTORS else view(thing)


def shared(
    said: Loose, visibility: Visibility, *, becomes: str = "share", note: str = "What is shared is fetched at its address."
) -> Appearance:
    """An Announce of a thing: a pointer to it, by who announces; refused when it has no object."""
    must(bool(said.iri("object")), "It announces nothing.")
    return Appearance(
        becomes=becomes,
        visibility=visibility,
        author=said.iri("actor"),
        link=said.iri("object"),
        published=said.word("published"),
        notes=(note,),
    )


def passed_on(said: Loose, visibility: Visibility, *, posts: Collection[str], view: View) -> Appearance:
    """An Announce where FEP-1b12 is known: an activity inside appears as in `view`; a thing of the types `posts` is shared."""
    found = shared(said, visibility)
    thing = said.part("object")
    if thing is None or thing.type in posts:
        return found
    return view(thing).noting("It is fetched at its origin before it is shown.")


def _address(said: Loose) -> str:
    return said.iri("url") or said.word("href")
