"""An answer to a thing: its words, whom it is for (never more people than what it answers), and whom it names.

Spec: FEP-7888 §Interacting with context.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from node.domain.actors import followers_of
from node.domain.entries import Audience, Entry
from node.domain.promises import carried
from vocab.namespaces import PUBLIC, PUBLIC_FORMS
from vocab.things.mention import Mention
from vocab.things.note import Note
from vocab.things.object import Object
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is answered: the thing, its entry, who wrote it (`handle` as people write it, their IRI where nobody knows).

    `is_in_house`: it was said in a community of this node; `is_handed_on`: in one elsewhere that hands on to its members what is
    answered there; `shared_with` are the communities of this node that it was shared with by name.
    """

    thing: Object
    entry: Entry
    handle: str = ""
    is_in_house: bool = False
    is_handed_on: bool = False
    shared_with: frozenset[str] = frozenset()


def reach_of(over: Answered) -> tuple[Audience, str, frozenset[str]]:
    """Audience, community and readers of an answer: those of what it answers.

    What a community elsewhere has for its members alone is answered to that community, which knows them; whatever else was sent
    from elsewhere to single people, to its author alone.
    """
    entry = over.entry
    if entry.audience is Audience.COMMUNITY and over.is_handed_on:
        return Audience.COMMUNITY, entry.community, over.shared_with
    if entry.audience is Audience.PUBLIC or (over.is_in_house and entry.audience is not Audience.CHOSEN):
        return entry.audience, entry.community, frozenset()
    if entry.is_local:
        return entry.audience, entry.community, entry.readers
    return Audience.CHOSEN, "", frozenset({entry.author})


def written(words: str, language: str) -> Text:
    """Plain words as HTML: an empty line begins a paragraph, a single one stays a line."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", words.strip()) if part.strip()]
    lines = ("<br>".join(html.escape(line.strip(), quote=False) for line in part.split("\n")) for part in paragraphs)
    return Text.of("".join(f"<p>{line}</p>" for line in lines), language)


def answering(note: Note, over: Answered, author: str) -> Note:
    """The note as an answer: what it answers, in which conversation, and to whom beside its audience.

    `note` is complete but for that: its `to` and `cc` are those of its audience.
    """
    to, cc = _addresses(note, over, author)
    is_named = bool(over.handle) and over.entry.author != author and Ref(over.entry.author) in (*to, *cc)
    mention = Mention(id=f"{note.id}#mention", href=Ref(over.entry.author), name=Text.of(over.handle))
    return replace(
        note,
        in_reply_to=(Ref(over.entry.iri),),
        context_=over.thing.context_,
        to=to,
        cc=cc,
        tag=(*note.tag, mention.ref) if is_named else note.tag,
        confidentiality=carried(over.thing),
    )


def _addresses(note: Note, over: Answered, author: str) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
    entry = over.entry
    whom = [entry.author] if entry.author != author else []
    if entry.audience is not Audience.PUBLIC:
        return (note.to, ()) if over.is_in_house or over.is_handed_on or entry.is_local else (tuple(Ref(iri) for iri in whom), ())
    of_community = [ref.iri for ref in note.cc if over.is_in_house] or [entry.community]
    told = dict.fromkeys([*whom, *of_community, followers_of(author)])
    others = tuple(Ref(iri) for iri in told if iri)
    if any(ref.iri in PUBLIC_FORMS for ref in over.thing.to):
        return (Ref(PUBLIC),), others
    # Said to whoever has the address, and shown in no public place: so is its answer.
    return others, (Ref(PUBLIC),)
