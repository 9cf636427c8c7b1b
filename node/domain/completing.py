"""Makes a draft whole: its address, its author, whom it is for, and what nobody said but everybody needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from node.domain.actors import followers_of, glossary_of, members_of
from node.domain.entries import Audience
from node.domain.html import plain
from node.domain.legible import legible, paragraph
from node.domain.prose import language as language_of
from node.domain.spaces import answers_to, conversation_of
from vocab.namespaces import CONCEPTS, PUBLIC
from vocab.things.concept import Concept
from vocab.things.mapping import Mapping
from vocab.things.object import Object
from vocab.things.place import Place
from vocab.things.practice_note import PracticeNote
from vocab.things.source import Source
from vocab.values import Ref, Text

T = TypeVar("T", bound=Object)

#: What nobody answers.
_SILENT = (Concept, Mapping, Place)
#: The licence of what says none.
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NOTE_GENRE = f"{CONCEPTS}genres/note-de-pratique"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a thing is published: by whom, in which community ("" for none), for whom, when, and in which language by default.

    `readers` are the chosen communities; `first_published_at` is set when it is a new version of something. `far` is the handle
    of the community when it is one of another server, which its author sends it to: "@name@host".
    """

    author: str
    community: str
    audience: Audience
    at: datetime
    language: str
    readers: frozenset[str] = frozenset()
    first_published_at: datetime | None = None
    far: str = ""


def completed(thing: T, iri: str, topics: tuple[str, ...], setting: Setting) -> T:
    """The thing as it is published at `iri`; `topics` are the IRIs of its topics, in addition to those it has."""
    known = dict.fromkeys([*(ref.iri for ref in thing.topic), *topics])
    to, cc = addresses(setting)
    whole = replace(
        thing,
        id=iri,
        url=thing.url or (Ref(iri),),
        attributed_to=(Ref(setting.author),),
        audience=(Ref(setting.community),) if setting.community else (),
        to=to,
        cc=cc,
        bto=(),
        bcc=(),
        topic=tuple(Ref(topic) for topic in known),
        source=_source(thing.source, iri),
        published=setting.first_published_at or _past(thing.published, setting.at) or setting.at,
        updated=setting.at if setting.first_published_at is not None else thing.updated,
        license=thing.license or (Ref(LICENCE) if _is_licensed(thing) else None),
        in_language=thing.in_language or _language(thing) or setting.language or None,
    )
    if not isinstance(whole, _SILENT):
        context = whole.context_ or (None if whole.in_reply_to else Ref(conversation_of(iri)))
        whole = replace(whole, context_=context, replies=Ref(answers_to(iri)))
    if isinstance(whole, Concept) and not whole.in_scheme and setting.community and not setting.far:
        whole = replace(whole, in_scheme=(Ref(glossary_of(setting.community)),))
    if isinstance(whole, PracticeNote) and whole.genre is None:
        whole = replace(whole, genre=Ref(NOTE_GENRE))
    return legible(whole, setting.language)


def addresses(setting: Setting) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
    """`to` and `cc` of something for this audience."""
    community = setting.community
    if setting.far and setting.audience is Audience.PUBLIC:
        # It looks for itself among those addressed; its own followers it tells itself.
        return (Ref(PUBLIC), Ref(community)), (Ref(followers_of(setting.author)),)
    if setting.audience is Audience.PUBLIC:
        passed_on = (Ref(community), Ref(followers_of(community))) if community else (Ref(followers_of(setting.author)),)
        return (Ref(PUBLIC),), passed_on
    if setting.audience is Audience.COMMUNITY:
        # One elsewhere hands it on to its members, whom it alone knows.
        return (Ref(community if setting.far else members_of(community)),), ()
    if setting.audience is Audience.CHOSEN:
        return tuple(Ref(members_of(reader)) for reader in sorted(setting.readers)), ()
    return (), ()


def concept(label: str, language: str) -> Concept:
    """A new term of a glossary, known by its label alone."""
    said = Text.of(label, language)
    return Concept(name=said, pref_label=said, summary=paragraph(label, language), in_language=language or None)


def _source(source: Ref | None, iri: str) -> Ref | None:
    """What it was written in, with an id of its own: a thing without one would be nameless as linked data."""
    if source is None or not isinstance(source.thing, Source):
        return source
    return replace(source.thing, id=f"{iri}#source").ref


def _is_licensed(thing: Object) -> bool:
    """Whether what says no licence is given the usual one: not what comes from elsewhere, whose authors never said it.

    A practice note cannot be without.
    """
    is_ours = thing.origin is None and not thing.creator
    return isinstance(thing, PracticeNote) or (not isinstance(thing, Place) and is_ours)


def _past(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment is not None and moment <= at else None


def _language(thing: Object) -> str:
    texts = [text for text in (thing.content, thing.name, thing.summary) if text is not None]
    said = next((text.language for text in texts if text.language), "")
    return said or next((found for text in texts if (found := language_of(plain(text.primary)))), "")
