"""BibTeX: references as LaTeX and reference managers exchange them.

Spec: BibTeXing §3.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping

from node.contracts import Draft, File, Format, Listing, Unread
from node.domain.files import LARGEST
from node.domain.html import visible
from node.domain.references import MOST, PAGE, Reference, is_citable, key_of, reference_of, resource
from node.errors import Invalid

_KINDS = {
    "article": "article-journal", "book": "book", "booklet": "book", "incollection": "chapter", "inbook": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "proceedings": "book", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report", "manual": "report",
    "online": PAGE, "electronic": PAGE, "misc": "document", "unpublished": "manuscript",
    "dataset": "dataset", "software": "software",
}  # fmt: skip
_ENTRIES = {
    "article-journal": "article", "book": "book", "chapter": "incollection", "paper-conference": "inproceedings",
    "report": "techreport", "thesis": "phdthesis", "manuscript": "unpublished",
}  # fmt: skip
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}  # noqa: SIM905
_ESCAPED = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
}  # fmt: skip
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_ENTRY = re.compile(r"(?m)^[ \t]*@")


def write(listing: Listing) -> bytes:
    """An entry in UTF-8 for each thing that can be cited."""
    references = [reference_of(thing, listing.names, listing.publisher) for thing in listing.things if is_citable(thing)]
    return "\n".join(_entry(reference) for reference in references).encode()


def read(file: File) -> Iterator[Draft | Unread]:
    """A draft for each entry; one that cannot be read is told by its line."""
    # imported here: a node that serves reads no references
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415
    from bibtexparser.middlewares import LatexDecodingMiddleware  # noqa: PLC0415

    text = visible(file.content.decode("utf-8-sig", "replace"))
    entries = _ENTRY.split(text)
    if len(entries) > MOST or max(map(len, entries)) > LARGEST:
        raise Invalid(f"{file.name}: more than {MOST} entries at once, or one longer than {LARGEST // 1000} KB; split it")
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it says of each entry is told below
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    if not library.entries and not library.failed_blocks:
        raise Invalid(f"{file.name}: there is no entry in this file; it is no BibTeX, or empty")
    for block in library.failed_blocks:
        yield Unread(
            source=f"{file.name}, line {(block.start_line or 0) + 1}", reason="this entry is not closed, or not well formed"
        )
    for place, entry in enumerate(library.entries, start=1):
        source = f"{file.name}, {entry.key}"
        reference = _reference(
            entry.entry_type.lower(), entry.key, {field.key.lower(): str(field.value) for field in entry.fields}
        )
        try:
            options = {"key": key_of(file.name, reference, place)}
            yield Draft(thing=resource(reference), source=source, topics=reference.keywords, options=options)
        except Invalid as fault:
            yield Unread(source=source, reason=str(fault))


def _reference(kind: str, key: str, said: Mapping[str, str]) -> Reference:
    def word(*names: str) -> str:
        return next((" ".join(said[name].replace("{", "").replace("}", "").split()) for name in names if said.get(name)), "")

    month = word("month").lower()
    number = _MONTHS.get(month[:3], int(month) if month.isdecimal() and len(month) < len("100") else 0)
    year = word("date", "year")
    return Reference(
        key=key,
        kind=_KINDS.get(kind, "document"),
        title=word("title"),
        authors=tuple(name for each in _AND.split(word("author", "editor")) if (name := _inverted(each))),
        issued=f"{year}-{number:02}" if number and year.isdecimal() else year,
        container=word("journal", "journaltitle", "booktitle", "series"),
        volume=word("volume"),
        number=word("number", "issue"),
        pages=word("pages").replace("--", "–"),
        publisher=word("publisher", "school", "institution", "organization"),
        abstract=word("abstract"),
        keywords=tuple(part for each in re.split("[,;]", word("keywords", "keyword")) if (part := each.strip())),
        url=word("url") or word("howpublished").removeprefix(r"\url"),
        doi=word("doi"),
        isbn=word("isbn"),
        issn=word("issn"),
        language=word("langid", "language"),
        license=word("license", "licence", "copyright"),
    )


def _inverted(name: str) -> str:
    """« Etienne Wenger » as « Wenger, Etienne »; one word, or what is written so already, stays."""
    words = name.split()
    if "," in name or len(words) < len(("given", "family")) or name.lower() == "others":
        return "" if name.lower() == "others" else " ".join(words)
    particle = next((place for place, word in enumerate(words[1:-1], start=1) if word[:1].islower()), len(words) - 1)
    return f"{' '.join(words[particle:])}, {' '.join(words[:particle])}"


def _entry(reference: Reference) -> str:
    year, _, rest = reference.issued.partition("-")
    fields = {
        "title": reference.title,
        "author": " and ".join(reference.authors),
        "year": year,
        "month": rest[:2],
        "journal" if reference.kind == "article-journal" else "booktitle": reference.container,
        "volume": reference.volume,
        "number": reference.number,
        "pages": reference.pages.replace("–", "--"),
        "publisher": reference.publisher,
        "doi": reference.doi,
        "isbn": reference.isbn,
        "issn": reference.issn,
        "url": reference.url,
        "language": reference.language,
        "keywords": ", ".join(reference.keywords),
        "abstract": reference.abstract,
        "license": reference.license,
    }
    lines = [f"  {name} = {{{_written(name, value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{_ENTRIES.get(reference.kind, 'misc')}{{{reference.key},", *lines, "}", ""])


def _written(name: str, value: str) -> str:
    """A value between braces: an address as it is, anything else with the marks of TeX escaped."""
    words = " ".join(value.split())
    if name in {"url", "doi", "license"}:
        return re.sub(r"[{}\\]", "", words)
    return "".join(_ESCAPED.get(letter, letter) for letter in words)


FORMAT = Format(
    name="bibtex",
    media_type="application/x-bibtex",
    extension="bib",
    loses={
        "fr": "Le texte, hors du résumé ; les notes et fichiers joints ; les majuscules protégées.",
        "en": "The text, but for its summary; notes and attached files; protected capitals.",
    },
    write=write,
    read=read,
    accepts=is_citable,
)
