"""A folder of files as one stream (tar) and back, so that a copy can be sealed and carried as it is read."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from node.errors import Invalid

_PIECE = 1_048_576
#: A stream ends with two empty blocks.
_END = bytes(2 * tarfile.BLOCKSIZE)


def packed(folder: Path) -> Iterator[bytes]:
    """The files of a folder, piece by piece; links are not followed."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        info = tarfile.TarInfo(path.relative_to(folder).as_posix())
        info.size, info.mtime, info.mode = path.stat().st_size, int(path.stat().st_mtime), 0o600
        yield info.tobuf(tarfile.PAX_FORMAT)
        left = info.size
        with path.open("rb") as file:
            while left and (piece := file.read(min(_PIECE, left))):
                left -= len(piece)
                yield piece
        if left:
            raise Invalid(f"{path} became shorter while it was read.")
        yield bytes(-info.size % tarfile.BLOCKSIZE)
    yield _END


def unpacked(pieces: Iterable[bytes], folder: Path) -> None:
    """Puts such files into a folder that is there, readable by their owner alone; raises Invalid for anything but files in it."""
    source = _Stream(iter(pieces))
    try:
        with tarfile.open(fileobj=io.BufferedReader(source, _PIECE), mode="r|") as bundle:
            for info in bundle:
                parts = PurePosixPath(info.name).parts
                content = bundle.extractfile(info) if info.isreg() else None
                if content is None or not parts or info.name.startswith("/") or ".." in parts or "\\" in info.name:
                    raise Invalid(f"{info.name[:100]!r} is no file of a copy.")
                path = folder.joinpath(*parts)
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                path.touch(mode=0o600, exist_ok=False)
                with path.open("wb") as file:
                    while piece := content.read(_PIECE):
                        file.write(piece)
    except tarfile.TarError as fault:
        raise Invalid(f"This is no copy of a node: {fault}.") from fault
    source.drain()


class _Stream(io.RawIOBase):
    """Pieces as a file that is read once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what a BufferedReader gives
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def drain(self) -> None:
        """Reads to the very end, so that a torn one is noticed."""
        for _ in self._pieces:
            pass
