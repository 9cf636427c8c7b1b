"""What stands under /vocab/ for programs: words, concepts and schemes in Turtle or JSON-LD, and how they may be kept.

Spec: RFC 8288 §3.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import Triple

import vocab
from node.contracts import Reply
from node.errors import NotFound
from node.web.negotiation import LINKED_DATA, TURTLE
from vocab import concepts, extracts
from vocab.lexicon import words
from vocab.namespaces import CONCEPTS
from vocab.ontology import DOCUMENT, LICENCE, VERSION

FACES = (TURTLE, LINKED_DATA)
ENDINGS = {"ttl": TURTLE, "jsonld": LINKED_DATA}

VOCAB = Path(vocab.__file__).parent
#: The documents of which each version is kept, by the name that they have in it, and their types.
OF_A_VERSION = {
    "context.jsonld": LINKED_DATA,
    "ontology.jsonld": LINKED_DATA,
    "ontology.ttl": f"{TURTLE}; charset=utf-8",
    "schema.json": "application/schema+json",
    "shapes.ttl": f"{TURTLE}; charset=utf-8",
}

#: What is a file, in a face.
WHOLE = {("ns", TURTLE): "ontology.ttl", ("ns", LINKED_DATA): "ontology.jsonld", ("shapes", TURTLE): "shapes.ttl"}

#: How long, in seconds, copies are good: a day for what may still be worded better, a week for what only ever grows.
A_DAY, A_WEEK = 86_400, 604_800
#: A version that was released is what it is.
FOR_EVER = 31_536_000

#: The names of words and of concepts in an address; a published method has its version in it.
WORD = "(?:[a-z]+:)?[A-Za-z][A-Za-z0-9]*"
SLUG = "[a-z0-9-]+(?:/[0-9]+)?"
#: The schemes by name, as part of the pattern of an address.
SCHEMES = "|".join(concepts.names())


def statements(document: str) -> Sequence[Triple]:
    """What is said at an address below /vocab/ (`ns`, `shapes`, `ns/topic`, `roles`, `roles/animation`); raises NotFound."""
    name, _, rest = document.rstrip("/").partition("/")
    if document in {"ns", "shapes"}:
        return extracts.of_document("ontology" if name == "ns" else name)
    if name == "ns":
        word = words().get(rest)
        found: Sequence[Triple] = extracts.of_word(word) if word else ()
    elif name in concepts.names():
        found = extracts.of_concept(f"{CONCEPTS}{name}/{rest}") if rest else extracts.of_scheme(name)
    else:
        found = ()
    if not found:
        raise NotFound
    return found


def canonical(document: str) -> str:
    """The address by which a document is cited, on whichever node it is read."""
    name, _, rest = document.rstrip("/").partition("/")
    if name == "ns":
        return words()[rest].iri if rest else DOCUMENT
    return f"{CONCEPTS}{name}" if name == "shapes" else f"{CONCEPTS}{name}/{rest}"


def reply(url: str, document: str, face: str) -> Reply:
    """The document in one of its faces, and the way to the others; `url` is the node's."""
    body = _as_published(document.rstrip("/"), face)
    if body is None:
        found = statements(document)
        body = extracts.json_ld(found) if face == LINKED_DATA else extracts.turtle(found)
    media_type = face if face == LINKED_DATA else f"{face}; charset=utf-8"
    return Reply(body=body, media_type=media_type, headers=(*kept(A_DAY), *_signposts(f"{url}/vocab/{document}", document)))


def kept(seconds: int) -> tuple[tuple[str, str], ...]:
    """The headers that let copies of a document be kept for so long."""
    forever = ", immutable" if seconds == FOR_EVER else ""
    return (("Cache-Control", f"public, max-age={seconds}{forever}"), ("Vary", "Accept"), ("Link", f'<{LICENCE}>; rel="license"'))


def _as_published(document: str, face: str) -> bytes | None:
    """The bytes of what is a file already, None for what has to be made out of one."""
    if (document, face) in WHOLE:
        return (VOCAB / "published" / WHOLE[document, face]).read_bytes()
    return concepts.document(document) if face == TURTLE and document in concepts.names() else None


def versions() -> list[tuple[str, list[str]]]:
    """Every version with the names of its files, the newest first."""
    found: dict[str, list[str]] = {VERSION: sorted(name for name in OF_A_VERSION if (VOCAB / "published" / name).exists())}
    for path in sorted((VOCAB / "released").iterdir()):
        name, _, version = path.stem.rpartition("-")
        if version != VERSION:
            found.setdefault(version, []).append(f"{name}{path.suffix}")
    return sorted(found.items(), key=lambda pair: [int(part) for part in pair[0].split(".")], reverse=True)


def of_version(version: str, name: str) -> Path:
    """Where the file of that name and version lies; a version that is no more the present one is kept in released/."""
    if version == VERSION:
        return VOCAB / "published" / name
    stem, _, ending = name.rpartition(".")
    return VOCAB / "released" / f"{stem}-{version}.{ending}"


def _signposts(address: str, document: str) -> tuple[tuple[str, str], ...]:
    plain = address.rstrip("/")
    others = [("Link", f'<{plain}.{ending}>; rel="alternate"; type="{face}"') for ending, face in ENDINGS.items()]
    page = [] if document == "shapes" else [("Link", f'<{address}>; rel="alternate"; type="text/html"')]
    return (("Link", f'<{canonical(document)}>; rel="cite-as"'), *page, *others)
