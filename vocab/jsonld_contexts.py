"""The contexts that we know, from `contexts/`: checked against their hash when first read; nothing is fetched."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from vocab.errors import VocabError

FOLDER = Path(__file__).parent / "contexts"

#: Lies under every document: words that servers use without saying what they mean.
FEDIVERSE = "https://w3id.org/cdp/context/fediverse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """A context of the index: its main address first, the file's name, its SHA-256 in hex, where it comes from."""

    addresses: tuple[str, ...]
    file: str
    sha256: str
    origin: str
    suffix: str = ""


@cache
def index() -> tuple[Pinned, ...]:
    """Every pinned context, as `contexts/index.toml` lists them."""
    rows = tomllib.loads((FOLDER / "index.toml").read_text(encoding="utf-8"))["context"]
    return tuple(
        Pinned(
            addresses=tuple(row["addresses"]),
            file=row["file"],
            sha256=row["sha256"],
            origin=row["origin"],
            suffix=row.get("suffix", ""),
        )
        for row in rows
    )


@cache
def _by_address() -> dict[str, str]:
    return {address: pinned.addresses[0] for pinned in index() for address in pinned.addresses}


def known(address: str) -> str | None:
    """The main address of the pinned context that `address` stands for; None when there is none."""
    found = _by_address().get(address)
    if found is None and address.startswith("http"):
        found = next((p.addresses[0] for p in index() if p.suffix and address.endswith(p.suffix)), None)
    return found


@cache
def terms_at(address: str) -> dict[str, Any]:
    """The terms of the pinned context with this main address; VocabError when the file is not the one that was pinned."""
    pinned = next(pinned for pinned in index() if pinned.addresses[0] == address)
    content = (FOLDER / pinned.file).read_bytes()
    if hashlib.sha256(content).hexdigest() != pinned.sha256:
        raise VocabError(f"The pinned context {pinned.file} is not the one whose hash is in index.toml.")
    terms: dict[str, Any] = orjson.loads(content)["@context"]
    return terms
