"""RIS: references as databases and reference managers exchange them.

Spec: RIS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from node.contracts import Draft, File, Format, Listing, Unread
from node.domain.html import visible
from node.domain.references import MOST, PAGE, Reference, is_citable, key_of, reference_of, resource
from node.errors import Invalid

_KINDS = {
    "JOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "BOOK": "book", "CHAP": "chapter",
    "THES": "thesis", "RPRT": "report", "CONF": "paper-conference", "CPAPER": "paper-conference", "ELEC": PAGE, "WEB": PAGE,
    "BLOG": "post-weblog", "GEN": "document", "DATA": "dataset", "UNPB": "manuscript", "VIDEO": "motion_picture",
    "COMP": "software", "STAT": "legislation", "ENCYC": "entry-encyclopedia",
}  # fmt: skip
_TYPES = {kind: tag for tag, kind in reversed(_KINDS.items())}
_RECORD = re.compile(r"(?m)^(?=TY {1,2}- )")


def write(listing: Listing) -> bytes:
    """A record for each thing that can be cited."""
    references = [reference_of(thing, listing.names, listing.publisher) for thing in listing.things if is_citable(thing)]
    return "".join(_record(reference) for reference in references).encode()


def read(file: File) -> Iterator[Draft | Unread]:
    """A draft for each record; one that cannot be read is told by its place."""
    # imported here: a node that serves reads no references
    import rispy  # noqa: PLC0415
    from rispy.parser import ParseError  # noqa: PLC0415

    records = _RECORD.split(visible(file.content.decode("utf-8-sig", "replace")))[1:]
    if not records or len(records) > MOST:
        raise Invalid(f"{file.name}: there is no record in this file, or more than {MOST}; it is no RIS, or has to be split")
    for place, record in enumerate(records, start=1):
        source = f"{file.name}, record {place}"
        try:
            (said,) = rispy.loads(record, skip_unknown_tags=True)
            reference = _reference(said)
            options = {"key": key_of(file.name, reference, place)}
            yield Draft(thing=resource(reference), source=source, topics=reference.keywords, options=options)
        except (ParseError, OSError, ValueError) as fault:
            yield Unread(source=source, reason=f"this record is not closed, or not well formed: {str(fault)[:80]}")
        except Invalid as fault:
            yield Unread(source=source, reason=str(fault))


def _reference(said: Mapping[str, str | list[str]]) -> Reference:
    def words(*names: str) -> list[str]:
        found = (said[name] for name in names if said.get(name))
        return next(([each] if isinstance(each, str) else [str(part) for part in each] for each in found), [])

    def word(*names: str) -> str:
        return " ".join(" ".join(words(*names)[:1]).split())

    first, last, number = word("start_page"), word("end_page"), word("issn")
    kind = _KINDS.get(word("type_of_reference"), "document")
    return Reference(
        key=word("id", "accession_number"),
        kind=kind,
        title=word("title", "primary_title", "short_title"),
        authors=tuple(" ".join(name.split()) for name in words("authors", "first_authors", "secondary_authors") if name.strip()),
        issued=word("date", "year", "publication_year"),
        container=word("journal_name", "secondary_title", "alternate_title3", "alternate_title1", "alternate_title2"),
        volume=word("volume"),
        number=word("number"),
        pages=f"{first}–{last}" if first and last else first,
        publisher=word("publisher"),
        abstract=word("abstract", "notes_abstract"),
        keywords=tuple(part for each in words("keywords") if (part := " ".join(each.split()))),
        url=word("urls", "url", "link1"),
        doi=word("doi"),
        isbn=number if kind in {"book", "chapter"} else "",
        issn="" if kind in {"book", "chapter"} else number,
        language=word("language"),
    )


def _record(reference: Reference) -> str:
    first, _, last = reference.pages.replace("--", "–").partition("–")
    lines = [
        ("TY", _TYPES.get(reference.kind, "GEN")),
        ("ID", reference.key),
        ("TI", reference.title),
        *(("AU", author) for author in reference.authors),
        ("PY", reference.issued[:4]),
        ("DA", reference.issued.replace("-", "/")),
        ("T2", reference.container),
        ("VL", reference.volume),
        ("IS", reference.number),
        ("SP", first),
        ("EP", last),
        ("PB", reference.publisher),
        ("DO", reference.doi),
        ("SN", reference.isbn or reference.issn),
        ("UR", reference.url),
        ("LA", reference.language),
        *(("KW", word) for word in reference.keywords),
        ("AB", reference.abstract),
    ]
    written = [f"{tag}  - {' '.join(visible(value).split())}" for tag, value in lines if value]
    return "\r\n".join([*written, "ER  - ", "", ""])


FORMAT = Format(
    name="ris",
    media_type="application/x-research-info-systems",
    extension="ris",
    loses={
        "fr": "Le texte, hors du résumé ; la licence ; les notes et fichiers joints.",
        "en": "The text, but for its summary; the licence; notes and attached files.",
    },
    write=write,
    read=read,
    accepts=is_citable,
)
