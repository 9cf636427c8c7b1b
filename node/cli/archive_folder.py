"""An archive as a folder: written whole or not at all, and looked at before anything in it is believed."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from node.actions.export_archive import ROWS
from node.contracts import House
from node.errors import Conflict, Invalid
from node.storage.archived_files import FILES
from node.storage.archiving import CARRIED, PRIVATE, SECRET, Portion

#: In place of a format, for the commands export and import: the whole node.
ARCHIVE = "archive"
FORMAT, VERSION = "maillage-archive", 1
MANIFEST = f"{ROWS}/manifeste.json"
#: Our own names only: none of them can lead out of the folder.
_NAME = re.compile(r"^(?:[a-z]+/)?[A-Za-z0-9][A-Za-z0-9_-]*(?:\.en)?\.[a-z0-9]{2,8}$")
_LONGEST_MANIFEST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive that is whole: the node that it is of, and how many rows of each table lie in it."""

    folder: Path
    url: str
    counts: Mapping[str, int]

    def rows(self, table: str) -> Iterator[bytes]:
        """The rows of a table, none when it is not in this archive."""
        if table in self.counts:
            with _rows_file(self.folder, table).open("rb") as file:
                yield from map(self._whole, file) if table == "media" else file

    def _whole(self, line: bytes) -> bytes:
        """The row of a file with its bytes, which lie beside it under the name of their digest; raises Invalid for others."""
        row = orjson.loads(line)
        path = self.folder / FILES / f"{row.get('digest')}.{row.get('extension')}"
        if not _is_plain(self.folder, path) or _digest(path) != (row.get("sum") or row["digest"]):
            raise Invalid(f"{path} is not as it was written; take the archive from its source again")
        return orjson.dumps({**row, "content": {"base64": base64.b64encode(path.read_bytes()).decode()}})


def write(folder: Path, files: Iterable[tuple[str, Iterable[bytes]]], house: House, portion: Portion) -> dict[str, int]:
    """Writes an archive into a folder that is not there or empty; how many rows, and how many files in all.

    Only its owner may read it. It is put together beside its place, so that half an archive never lies there.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict(f"{folder} is there already; an archive goes into a folder of its own")
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        tables: dict[str, dict[str, object]] = {}
        count, rows = 1, 0
        for name, pieces in files:
            lines, digest = _write(making, name, pieces)
            count += 1
            if name.startswith(f"{ROWS}/"):
                tables[Path(name).stem] = {"rows": lines, "sha256": digest}
                rows += lines
        said = {
            "format": FORMAT,
            "version": VERSION,
            "url": house.url,
            "name": house.name,
            "made_at": house.now.isoformat(),
            "has_private": portion.has_private,
            "has_secrets": portion.has_secrets,
            "tables": tables,
        }
        _write(making, MANIFEST, (orjson.dumps(said, option=orjson.OPT_INDENT_2),))
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)  # when all went well it is no longer there
    return {"files": count, "rows": rows}


def _write(folder: Path, name: str, pieces: Iterable[bytes]) -> tuple[int, str]:
    """Writes one file; how many pieces, and their SHA-256."""
    if not _NAME.match(name):
        raise Invalid(f"{name!r} is no name of a file of ours")
    path, digest, count = folder / name, hashlib.sha256(), 0
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            count += 1
    return count, digest.hexdigest()


def opened(folder: Path) -> Archive:
    """An archive, examined: every file of rows is as it was written. Raises Invalid with what is wrong."""
    path = folder / MANIFEST
    if not _is_plain(folder, path) or path.stat().st_size > _LONGEST_MANIFEST:
        raise Invalid(f"{folder} is no archive: {MANIFEST} is not there")
    try:
        said = orjson.loads(path.read_bytes())
        tables = {str(name): (int(part["rows"]), str(part["sha256"])) for name, part in said["tables"].items()}
        made, version, url = said["format"], int(said["version"]), str(said["url"])
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise Invalid(f"{path} cannot be read: {fault}") from fault
    if made != FORMAT or version > VERSION:
        raise Invalid(f"{folder} is an archive of another kind, or of a newer version")
    unknown = set(tables) - {*CARRIED, *PRIVATE, *SECRET}
    if unknown:
        raise Invalid(f"{folder}: nothing is known here of {', '.join(sorted(unknown))}")
    for table, (_, digest) in tables.items():
        if not _is_plain(folder, _rows_file(folder, table)) or _digest(_rows_file(folder, table)) != digest:
            raise Invalid(f"{_rows_file(folder, table)} is not as it was written; take the archive from its source again")
    return Archive(folder=folder, url=url, counts={table: rows for table, (rows, _) in tables.items()})


def _rows_file(folder: Path, table: str) -> Path:
    return folder / ROWS / f"{table}.jsonl"


def _is_plain(folder: Path, path: Path) -> bool:
    """Whether this is a file inside the folder, and no link to somewhere else."""
    return path.is_file() and path.resolve() == folder.resolve() / path.relative_to(folder)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
