"""SSSOM: correspondences between terms as a table, which vocabulary tools of all kinds read. Writes only.

Whoever reads it takes what it says as settled, so only accepted correspondences are in it.
Spec: SSSOM §TSV.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urljoin

from node.contracts import Format, Listing
from vocab.namespaces import CONCEPTS, SKOS
from vocab.thing import Thing
from vocab.things.mapping import Mapping as Correspondence

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "author_id",
    "reviewer_id", "mapping_date", "confidence", "see_also",
)  # fmt: skip
ACCEPTED = f"{CONCEPTS}etats-de-correspondance/acceptee"
#: The licence of a set whose parts have licences of their own, or none.
UNSPECIFIED = "https://w3id.org/sssom/license/unspecified"

_SEMAPV = "https://w3id.org/semapv/vocab/"
#: What SSSOM calls a correspondence that people made.
_BY_HAND = f"{_SEMAPV}ManualMappingCuration"
_GIVEN = {"skos": SKOS, "semapv": _SEMAPV}
_ENDING = re.compile(r"[^/#]*$")
_SPACES = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")


def is_settled(thing: Thing) -> bool:
    """Whether a thing is an accepted correspondence with both its ends."""
    if not isinstance(thing, Correspondence) or thing.mapping_state is None or thing.mapping_state.iri != ACCEPTED:
        return False
    return bool(thing.subject and thing.relationship and thing.object)


def write(listing: Listing) -> bytes:
    """A head that says what the set is and what its prefixes mean, and one row for each correspondence."""
    rows = [_cells(thing, listing.names) for thing in listing.things if isinstance(thing, Correspondence) and is_settled(thing)]
    prefixes = _prefixes(iri for row in rows for name in _ADDRESSES for iri in row[name])
    out = io.StringIO(newline="")
    out.writelines(f"#{line}\n" for line in _head(listing, prefixes))
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(column, row[column], prefixes) for column in COLUMNS])
    return out.getvalue().encode()


def _head(listing: Listing, prefixes: Mapping[str, str]) -> Iterable[str]:
    """The head is YAML, one value a line, each in quotes."""
    address = listing.here or listing.iri
    yield f"mapping_set_id: {_quoted(address or 'urn:maillage:correspondances')}"
    yield f"mapping_set_title: {_quoted(listing.title or 'Correspondances')}"
    if listing.publisher:
        yield f"mapping_set_description: {_quoted(listing.publisher)}"
    if address:
        yield f"mapping_provider: {_quoted(urljoin(address, '/'))}"  # an address, by the standard
    yield f"license: {_quoted(UNSPECIFIED)}"
    yield "curie_map:"
    for space, prefix in prefixes.items():
        yield f"  {prefix}: {_quoted(space)}"


#: The columns that hold addresses.
_ADDRESSES = ("subject_id", "predicate_id", "object_id", "mapping_justification", "author_id", "reviewer_id")


def _cells(thing: Correspondence, names: Mapping[str, str]) -> dict[str, list[str]]:
    subject, relation = thing.subject.iri if thing.subject else "", thing.relationship.iri if thing.relationship else ""
    authors = thing.mapping_author or thing.attributed_to
    moment = thing.updated or thing.published
    return {
        "subject_id": [subject],
        "subject_label": [names.get(subject, "")],
        "predicate_id": [f"{SKOS}{relation.removeprefix('skos:')}" if relation.startswith("skos:") else relation],
        "object_id": [thing.object[0].iri],
        "object_label": [names.get(thing.object[0].iri, "")],
        "mapping_justification": [thing.mapping_justification.iri if thing.mapping_justification else _BY_HAND],
        "author_id": [ref.iri for ref in authors if ref.iri],
        "reviewer_id": [ref.iri for ref in thing.reviewer if ref.iri],
        "mapping_date": [moment.date().isoformat() if moment else ""],
        "confidence": [f"{min(max(thing.confidence, 0.0), 1.0):g}" if thing.confidence is not None else ""],
        "see_also": [thing.id],
    }


def _cell(column: str, values: Iterable[str], prefixes: Mapping[str, str]) -> str:
    """Several values of one cell stand between bars; no cell holds a tab, a new line, or what a spreadsheet would compute."""
    told = [_short(value, prefixes) if column in _ADDRESSES else _SPACES.sub(" ", value).strip() for value in values if value]
    joined = "|".join(value.replace("|", "\\|") for value in told)
    return f"'{joined}" if joined[:1] in {"=", "+", "-", "@", "＝"} else joined


def _prefixes(addresses: Iterable[str]) -> dict[str, str]:
    """Every namespace that is used, with the prefix that stands for it; those that have no name of their own are numbered."""
    known = {space: prefix for prefix, space in _GIVEN.items()}
    others = sorted({_space(address) for address in addresses} - known.keys())
    return known | {space: f"n{number}" for number, space in enumerate(others, start=1)}


def _space(address: str) -> str:
    return _ENDING.sub("", address)


def _short(address: str, prefixes: Mapping[str, str]) -> str:
    space = _space(address)
    return f"{prefixes[space]}:{_SPACES.sub('', address[len(space) :])}"


def _quoted(text: str) -> str:
    return '"' + _SPACES.sub(" ", text).strip().replace("\\", "\\\\").replace('"', '\\"') + '"'


FORMAT = Format(
    name="sssom",
    media_type="text/tab-separated-values",
    extension="sssom.tsv",
    loses={
        "fr": "Tout, sauf les correspondances acceptées\u00a0: ni propositions, ni contestations, ni discussion.",
        "en": "Everything but accepted mappings: no proposals, no objections, no discussion.",
    },
    write=write,
    accepts=is_settled,
)
