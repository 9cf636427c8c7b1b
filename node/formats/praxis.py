"""A note of Praxis (Passerelles): its page as copied text, or as saved HTML. Reads only.

Everything beside the text finds its field; `domain/side_bar.py` tells of each line which. What no rule knows is kept as a field
of the thing with the words of the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from node.contracts import Draft, File, Format
from node.domain import prose, side_bar
from node.domain.fields import is_address
from node.domain.files import text_of
from node.domain.html import clean, plain
from node.domain.outline import Block, blocks
from node.domain.scanning import Scan, scan, scan_text
from node.domain.side_bar import Named, SideBar
from node.domain.typesetting import inline, levelled, written
from node.errors import Invalid
from vocab import concepts
from vocab.namespaces import CONCEPTS
from vocab.things.article import Article
from vocab.things.group import Group
from vocab.things.notebook import Notebook
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.page import Page
from vocab.things.person import Person
from vocab.things.property_value import PropertyValue
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text

_CONTEXT = re.compile(r"^[\Wℹ]*Contexte\W*$")
_PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
_QUOTED = re.compile(r"[\"«“]\s*([^\"»”]{8,300}?)\s*[\"»”]")
_PRIVATE = f"{CONCEPTS}acces/prive"
_CUT = ("...", "…")


def read(file: File) -> Iterator[Draft]:
    """The note of one page. A page that is private there stays so; any other is for the community, until somebody widens it."""
    page = _scanned(file)
    at = side_bar.beginning(page.lines)
    first = next((place for place, line in enumerate(page.lines) if line.is_title), None)
    if at is None or first is None or first >= at:
        raise Invalid(f"{file.name}: this is no note of Praxis: it has no title, or nothing like « Carnet(s) relié(s) » below it")
    beside = side_bar.read(page.lines[at:])
    title, body = page.lines[first].text, _body(page, first, at)
    thing = _thing(page, beside, title, body)
    access = concepts.find(beside.visibility, scheme="acces") if beside.visibility else None
    options = {"key": page.address or f"praxis {title}"}
    if access is not None and access.iri == _PRIVATE:
        options["audience"] = "private"
    yield Draft(thing=thing, source=file.name, topics=tuple(beside.topics), options=options)


def _scanned(file: File) -> Scan:
    is_html = file.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    page = scan(file.name, file.content) if is_html else scan_text(text_of(file.name, file.content))
    return replace(page, address=page.address or (file.name if is_address(file.name) else ""))


def _body(page: Scan, title: int, side: int) -> str:
    """The text between the title and the side bar, as clean HTML."""
    between = page.markup[page.lines[title].end : page.lines[side].start]
    if page.is_html:
        return str(clean(between)).strip()
    return str(clean("\n".join(_context(block) or written(block) for block in levelled(blocks(between)))))


def _context(block: Block) -> str:
    """The box that says where the note belongs; "" for any other block."""
    if block.kind != "paragraph" or len(block.lines) == 1 or not _CONTEXT.match(block.lines[0]):
        return ""
    said = "".join(f"<p>{inline(line)}</p>" for line in block.lines[1:])
    return f"<blockquote><p><strong>Contexte</strong></p>{said}</blockquote>"


def _thing(page: Scan, beside: SideBar, title: str, body: str) -> RepertoireItem:
    language = prose.language(plain(body)) or "fr"
    paragraphs = _PARAGRAPH.findall(re.sub(r"(?s)<blockquote>.*?</blockquote>", "", body))
    summary = prose.summary(plain(text) for text in paragraphs) or title
    return RepertoireItem(
        name=Text.of(title, language),
        summary=Text.of(f"<p>{html.escape(summary, quote=False)}</p>", language),
        content=Text.of(body or f"<p>{html.escape(title, quote=False)}</p>", language),
        media_type="text/html",
        in_language=language,
        origin=_origin(page, beside, title, language),
        license=Ref(page.license) if page.license else None,
        related=tuple(_note(each, language) for each in beside.related),
        is_part_of=tuple(_notebook(each, body, language) for each in beside.notebooks),
        integrator=tuple(_pointer(Person(id=each.address, name=Text.of(each.name))) for each in beside.integrators),
        integrated=beside.integrated,
        platform_category=tuple(beside.categories),
        creator=tuple(Text.of(each.name) for each in beside.creators),
        linked_community=tuple(_community(each, beside.profiles, language) for each in beside.communities),
        published=beside.published,
        updated=beside.updated,
        discussion=_led(beside, "discussion"),
        history=_led(beside, "history"),
        attachment=tuple(_field(label or "Praxis", said) for label, said in beside.rest),
    )


def _origin(page: Scan, beside: SideBar, title: str, language: str) -> Ref | None:
    """The page there, with who may see it there: here the audience decides."""
    access = concepts.find(beside.visibility, scheme="acces") if beside.visibility else None
    level = Ref(access.iri) if access else None
    return _pointer(Page(id=page.address, name=Text.of(title, language), access_level=level))


def _pointer(thing: Page | Person | Article) -> Ref:
    return Ref(thing.id, thing=thing)


def _note(linked: Named, language: str) -> Ref:
    return _pointer(Article(id=linked.address, name=Text.of(linked.name, language), published=linked.at))


def _notebook(named: Named, body: str, language: str) -> Ref:
    """A notebook with its size. A name cut short by the side bar is made whole when the text says it."""
    name = named.name
    if name.endswith(_CUT):
        begun = name.removesuffix("...").removesuffix("…").strip()
        name = next((quoted for quoted in _QUOTED.findall(plain(body)) if quoted.startswith(begun)), name)
    size = OrderedCollection(total_items=named.size).ref if named.size is not None else None
    return _pointer(Notebook(id=named.address, name=Text.of(name, language), entries=size))


def _community(named: Named, profiles: Sequence[Named], language: str) -> Ref:
    """A community with where it is shown; a text tells only that it is."""
    shown = tuple(_field(each.name, each.address or named.name) for each in profiles)
    return Ref(named.address, thing=Group(id=named.address, name=Text.of(named.name, language), attachment=shown))


def _led(beside: SideBar, deed: str) -> Ref | None:
    return Ref(beside.deeds[deed]) if beside.deeds.get(deed) else None


def _field(name: str, value: str) -> Ref:
    return PropertyValue(name=Text.of(name), value=html.escape(value, quote=False)).ref


FORMAT = Format(
    name="praxis",
    media_type="text/html",
    extension="html",
    loses={
        "fr": "Les images, l’adresse du profil des auteur·trices, l’historique. Un texte copié ne dit ni adresses, ni "
        "auteur·trices\u00a0; si la note est dans plusieurs carnets, seule la date de la première intégration reste.",
        "en": "Pictures, addresses of authors’ profiles, history. A copied text tells neither addresses nor authors; "
        "of a note in several notebooks, only the date of the first integration stays.",
    },
    read=read,
)
