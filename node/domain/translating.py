"""A translation of a resource: a note of its own in another language, that names what it was made of and who made it."""

from __future__ import annotations

import html
from collections.abc import Sequence

from node.domain.composing import rendered
from node.domain.credits import credits_of, line, lines_of
from node.domain.html import clean
from node.domain.marking import markdown
from vocab.things.object import Object
from vocab.things.practice_note import PracticeNote
from vocab.things.source import Source
from vocab.values import Ref, Text

#: The property of the vocabulary that leads from a translation to what it was made of.
TRANSLATION_OF = "translationOf"
#: What its translator did, and what the authors of the original did.
TRANSLATED = "https://w3id.org/cdp/contributions/traduction"
WROTE = "https://w3id.org/cdp/contributions/redaction"
LONGEST = 100_000
#: Languages to choose from, those of here first; any other can be written as its code later, in the form of the note.
LANGUAGES = ("fr", "en", "iu", "cr", "moe", "es", "pt", "ht", "ar", "it", "de", "vi", "zh", "uk")
#: Licences that let nobody change what they cover.
_NO_CHANGES = ("/by-nd/", "/by-nc-nd/")


def is_text(thing: object) -> bool:
    """Whether this is something that one translates: it has words of its own."""
    return isinstance(thing, Object) and thing.content is not None and bool(thing.content.primary.strip())


def may_be_changed(thing: Object) -> bool:
    """Whether its licence, as far as it says, allows a translation."""
    return thing.license is None or not any(part in thing.license.iri for part in _NO_CHANGES)


def language_of(thing: Object, otherwise: str = "") -> str:
    """The language that it is written in, without country; `otherwise` where it says nothing itself."""
    said = thing.in_language or (thing.name.language if thing.name else "") or (thing.content.language if thing.content else "")
    return (said or otherwise).partition("-")[0].lower()


def text_of(thing: Object) -> str:
    """Its text as a translator begins from it, in Markdown."""
    source = thing.source.thing if thing.source is not None else None
    if isinstance(source, Source) and source.content is not None and source.media_type == "text/markdown":
        return source.content.primary
    return markdown(clean(thing.content.primary)) if thing.content else ""


def translated(original: Object, words: Sequence[str], language: str, translator: str, authors: Sequence[str]) -> PracticeNote:
    """The translation that somebody wrote: `words` are title, summary and text. Topics, places, licence and promise go along."""
    title, summary, text = words
    said = [*lines_of(original.credit), *(line(author, WROTE) for author in authors), line(translator, TRANSLATED)]
    return PracticeNote(
        name=Text.of(title, language),
        summary=Text.of(f"<p>{html.escape(summary, quote=False)}</p>", language) if summary else None,
        content=Text.of(str(rendered(text)), language),
        source=Source(content=Text.of(text), media_type="text/markdown").ref,
        media_type="text/html",
        in_language=language,
        license=original.license,
        topic=original.topic,
        territory=original.territory,
        genre=original.genre,
        confidentiality=original.confidentiality,
        credit=credits_of(list(dict.fromkeys(said))),
        translation_of=Ref(original.id),
    )
