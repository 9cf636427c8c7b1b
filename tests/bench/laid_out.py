"""The large world as a node on disk: filled once for each state of the sources and each day, copied after that."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from bench.served import Measured
from bench.world import World, house_of

from kit.live import ROOT
from node.storage.engine import Database

ADDRESS, PORT = "127.0.0.11", 18_400
#: What a filled database depends on.
_SOURCES = ("node/storage", "node/domain", "vocab", "tests/bench/world.py")


class Copied(Measured):
    """A node whose folder was made before."""

    def __post_init__(self) -> None:
        """Nothing is to be made."""


def laid_out(folder: Path) -> tuple[Copied, World]:
    """A node in a new folder, filled and not yet started. Its address is part of every identifier, and so always the same."""
    world = World(house=house_of(f"http://{ADDRESS}:{PORT}"))
    template = Path(tempfile.gettempdir()) / f"maillage-bench-{_digest(world)}"
    if not template.is_dir():
        for old in template.parent.glob("maillage-bench-*"):
            shutil.rmtree(old)
        begun = template.with_suffix(".begun")
        node = Measured(folder=begun, address=ADDRESS, name="Mesure", allowed=("127.0.0.0/8",), port=PORT)
        database = Database(f"sqlite:///{node.folder / 'maillage.sqlite'}")
        world.fill(database)
        database.close()
        begun.rename(template)
    shutil.copytree(template, folder)
    return Copied(folder=folder, address=ADDRESS, name="Mesure", port=PORT), world


def _digest(world: World) -> str:
    paths = [
        path for name in _SOURCES for path in sorted((ROOT / name).rglob("*.py") if (ROOT / name).is_dir() else [ROOT / name])
    ]
    digest = hashlib.sha256(f"{world.resources} {world.house.now.date()}".encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
