"""The files of the vocabulary: context, JSON Schema, guide, examples, tables, versions, and every word by an ending."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from node.contracts import Endpoint, Reply, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import LINKED_DATA
from node.web.published import A_DAY, A_WEEK, ENDINGS, FOR_EVER, OF_A_VERSION, VOCAB, kept, of_version, reply
from vocab.crosswalks import crosswalks
from vocab.example_files import examples
from vocab.ontology import VERSION

#: The published documents: the file, its type, and for how long it may be kept. A context only ever gains terms.
DOCUMENTS: dict[str, tuple[str, str, int]] = {
    "context/v1": ("published/context.jsonld", LINKED_DATA, A_WEEK),
    "schema": ("published/schema.json", OF_A_VERSION["schema.json"], A_DAY),
    "guide.md": ("README.md", "text/markdown; charset=utf-8", A_DAY),
}


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """One file; raises NotFound."""
    del uow
    name = visit.path["file"]
    if name in DOCUMENTS:
        file, media_type, seconds = DOCUMENTS[name]
        return Reply(body=_read(VOCAB / file), media_type=media_type, headers=kept(seconds))
    folder, _, rest = name.partition("/")
    if folder in FOLDERS:
        return FOLDERS[folder](rest)
    document, _, ending = name.rpartition(".")
    return reply(visit.house.url, document, ENDINGS[ending]) if ending in ENDINGS else _version(f"{rest}/ontology.ttl")


def _example(file: str) -> Reply:
    """An example, as JSON-LD and not as a thing of this node: it is nobody's, and is not to be acted on."""
    found = examples().get(file.removesuffix(".json"))
    if found is None:
        raise NotFound
    return Reply(body=found.document, media_type=LINKED_DATA, headers=kept(A_DAY))


def _table(file: str) -> Reply:
    name = file.removesuffix(".toml")
    if name not in crosswalks():
        raise NotFound
    body = _read(VOCAB / "correspondences" / file)
    return Reply(body=body, media_type="application/toml; charset=utf-8", headers=kept(A_DAY))


def _version(file: str) -> Reply:
    version, _, name = file.partition("/")
    seconds = A_DAY if version == VERSION else FOR_EVER
    return Reply(body=_read(of_version(version, name)), media_type=OF_A_VERSION[name], headers=kept(seconds))


#: What lies in a folder of its own.
FOLDERS: dict[str, Callable[[str], Reply]] = {"exemples": _example, "correspondances": _table, "versions": _version}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise NotFound from problem


def _either(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in names)


ENDPOINT = Endpoint(
    path=(
        f"/vocab/{{file:{_either(DOCUMENTS)}|exemples/[a-z0-9-]+\\.json|correspondances/[a-z0-9-]+\\.toml"
        f"|ns/[0-9.]+|versions/[0-9.]+/(?:{_either(OF_A_VERSION)})|[A-Za-z][A-Za-z0-9:/-]*\\.(?:{_either(ENDINGS)})}}"
    ),
    answer=answer,
    is_open=True,
)
