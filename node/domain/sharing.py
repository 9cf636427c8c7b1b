"""What somebody shares in one box, as a thing: a link with what its page says of itself, a text, files, a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from node.domain import prose
from node.domain.composing import rendered
from node.domain.glimpses import Glimpse
from node.domain.html import plain
from node.domain.legible import paragraph
from node.domain.licences import licence
from node.domain.uploads import shown_as
from vocab.namespaces import CONCEPTS
from vocab.things.document import Document
from vocab.things.help_request import HelpRequest
from vocab.things.image import Image
from vocab.things.object import Object
from vocab.things.repertoire_item import RepertoireItem
from vocab.things.source import Source
from vocab.values import Ref, Text

#: The longest of each field of the box.
LIMITS = {"titre": 200, "texte": 100_000, "lien": 2_000, "resume": 1_000, "sujets": 500, "licence": 500, "langue": 20}
#: A longer first line is no title.
_LONGEST_TITLE = 120
#: The genre of a card that leads to a page of others.
LINK = f"{CONCEPTS}genres/lien"
_OPEN = f"{CONCEPTS}etats-de-demande/ouverte"
_HEADING = re.compile(r"\A\s{0,3}#{1,2}\s+(?P<title>[^\n]{1,200}?)\s*#*\s*(?:\n|\Z)")
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),  # noqa: SIM905
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that goes along: what it is called, where it is, what it shows in words."""

    name: str
    address: str
    media_type: str
    description: str = ""
    width: int = 0
    height: int = 0

    @property
    def mark(self) -> str:
        """The digest in its address."""
        return self.address.rpartition("/")[2].partition(".")[0]

    @property
    def is_picture(self) -> bool:
        """Whether it is shown, and not only offered."""
        return self.width > 0

    @property
    def is_sound(self) -> bool:
        """Whether it is listened to; its description is then what is said in it."""
        return self.media_type.startswith("audio/")

    @property
    def shown(self) -> str:
        """The Markdown that shows it, or offers it; of a recording with what is said in it."""
        offered = shown_as(self.name, self.address, self.description, is_picture=self.is_picture)
        if not (self.is_sound and self.description):
            return offered
        return "\n".join([offered, "", *(f"> {_plain(line)}".rstrip() for line in self.description.splitlines())])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What somebody shares. `page` is what is guessed of the link; a field that is "" is filled from there, or from the text."""

    text: str = ""
    title: str = ""
    summary: str = ""
    language: str = ""
    license: str = ""
    is_question: bool = False
    page: Glimpse | None = None
    files: Sequence[Attached] = field(default_factory=tuple)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to share."""
        return not (self.text.strip() or self.page or self.files)


def title_of(shared: Shared) -> str:
    """What it is called: as said, as the page says, the heading or first sentence of the text, the name of the first file."""
    if shared.title.strip():
        return " ".join(shared.title.split())
    if shared.page:
        return shared.page.title
    heading = _HEADING.match(shared.text)
    if heading:
        return plain(rendered(heading["title"]))
    lines = [line for line in plain(rendered(shared.text)).split("\n") if line.strip()]
    if lines:
        return prose.shorten(lines[0], _LONGEST_TITLE)
    first = next(iter(shared.files), None)
    words = (first.description or first.name.rpartition(".")[0] or first.name) if first else ""
    return prose.shorten(" ".join(words.split()), _LONGEST_TITLE)


def topics_in(words: str) -> tuple[str, ...]:
    """The topics that somebody names, parted by commas or lines, with or without the sign of a hashtag; each once."""
    found = (" ".join(each.split()).lstrip("#").strip()[:100] for each in re.split(r"[,;\n]", words))
    return tuple(dict.fromkeys(each for each in found if each))[:20]


def written(shared: Shared, language: str) -> str:
    """The Markdown of what is shared: the words, what the page says, where it is read, and the files."""
    text = shared.text.strip()
    if not shared.title.strip() and not shared.page:
        text = _HEADING.sub("", text, count=1).strip()
    parts = [text]
    if shared.page:
        summary = shared.summary.strip() or shared.page.summary
        parts = [
            *(each.shown for each in shared.files if each.is_picture),
            text,
            *([f"> {_plain(' '.join(summary.split()))}"] if summary else []),
            _origin(shared.page, language),
            *(each.shown for each in shared.files if not each.is_picture),
        ]
    else:
        parts += [each.shown for each in shared.files]
    return "\n\n".join(part for part in parts if part)


def thing_of(shared: Shared, language: str) -> Object:
    """The thing that it becomes; `language` is that of whoever shares, for what does not say its own."""
    text = written(shared, language)
    title, body = title_of(shared), rendered(text)
    spoken = prose.language_tag(shared.language) or (shared.page.language if shared.page else "") or prose.language(plain(body))
    spoken = spoken or language
    source = Source(content=Text.of(text, spoken), media_type="text/markdown").ref if text else None
    name, content = Text.of(title, spoken), Text.of(str(body) or paragraph(title, spoken).primary, spoken)
    attached = tuple(_attachment(each) for each in shared.files)
    if shared.is_question:
        return HelpRequest(
            name=name, content=content, source=source, media_type="text/html", in_language=spoken, attachment=attached,
            request_state=Ref(_OPEN),
        )  # fmt: skip
    page, summary = shared.page, _summary(shared, str(body))
    terms = licence(shared.license) or (page.license if page else "")
    return RepertoireItem(
        name=name,
        content=content,
        source=source,
        summary=paragraph(summary, spoken) if summary else None,
        media_type="text/html",
        in_language=spoken,
        license=Ref(terms) if terms else None,
        url=(Ref(page.address),) if page else (),
        origin=Ref(page.address) if page else None,
        creator=(Text.of(page.author or page.site),) if page and (page.author or page.site) else (),
        genre=Ref(LINK) if page else None,
        image=tuple(_attachment(each) for each in shared.files if each.is_picture)[:1],
        attachment=attached,
    )


def _summary(shared: Shared, body: str) -> str:
    said = " ".join(shared.summary.split()) or (shared.page.summary if shared.page else "")
    words = plain(rendered(shared.text)).replace("\n", " ") if shared.page else ""
    return prose.shorten(said or words) if said or words else prose.summary(plain(body).split("\n"))


def _origin(page: Glimpse, language: str) -> str:
    """Where it is read, by whom it is, and of which day."""
    lead = "Read at" if language.startswith("en") else "Lire sur"
    details = ", ".join(part for part in (_plain(page.author), _dated(page.published, language)) if part)
    return f"[{lead} {_plain(page.site)}](<{page.address}>){' · ' if details else ''}{details}"


def _dated(day: str, language: str) -> str:
    year, *rest = day.split("-")
    if not rest:
        return year
    month = _MONTHS["en" if language.startswith("en") else "fr"][int(rest[0]) - 1]
    if len(rest) == 1:
        return f"{month} {year}"
    number = int(rest[1])
    return f"{month} {number}, {year}" if language.startswith("en") else f"{'1er' if number == 1 else number} {month} {year}"


def _plain(words: str) -> str:
    return re.sub(r"([\\`*_\[\]<#>])", r"\\\1", words)


def _attachment(file: Attached) -> Ref:
    named, kind = Text.of(file.description or file.name), file.media_type.partition(";")[0]
    if file.is_picture:
        return Image(url=(Ref(file.address),), media_type=kind, name=named, width=file.width, height=file.height).ref
    if file.is_sound:
        # A Document, as Mastodon writes it: Lemmy reads no post with an Audio. What is said in it where Mastodon looks for that.
        heard = Text.of(file.description) if file.description else None
        return Document(url=(Ref(file.address),), media_type=kind, name=Text.of(file.name), summary=heard).ref
    return Document(url=(Ref(file.address),), media_type=kind, name=named).ref
