"""Makes a copy of the node beside it, examines it, and keeps the last seven: what a night or a wrong move may cost is a day."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from node.contracts import Tools
from node.errors import Invalid
from node.storage.backups import copy_living, copy_rows, examine
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

#: Where the last copy is written down, in which folder copies lie, as which file, and how many are kept.
LAST, FOLDER, FILE, KEPT = "backup.last", "sauvegardes", "maillage.sqlite", 7
#: The task that makes the next one, and when.
BACK_UP, ALL, EVERY = "back_up", "all", timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that was made and found whole: where it lies, how large it is, when."""

    path: str
    size: int
    at: datetime


async def back_up(tools: Tools) -> Copy:
    """Makes a copy now; raises Invalid where the node has no folder, Busy or Invalid when it cannot be made."""
    data = tools.data
    if data is None or tools.database.is_in_memory:
        raise Invalid("The rows of this node are in memory alone: there is nothing to copy.")
    house = tools.house()
    made = await asyncio.to_thread(_copied, tools.database, data, house.url, house.now)
    said = json.dumps({"at": made.at.isoformat(), "path": made.path, "size": made.size})
    await tools.database.write(lambda uow: uow.state.set(LAST, said))
    return made


def last_copy(uow: UnitOfWork) -> Copy | None:
    """The last copy, None when there is none."""
    said = json.loads(uow.state.get(LAST) or "{}")
    return Copy(path=said["path"], size=said["size"], at=datetime.fromisoformat(said["at"])) if said else None


def _copied(database: Database, data: Path, url: str, at: datetime) -> Copy:
    folder = data / FOLDER / f"{at:%Y-%m-%d-%H%M%S}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data / FOLDER).chmod(0o700)
    target = folder / FILE
    if target.exists():  # asked for twice in one second
        pass
    elif database.is_sqlite:
        copy_living(Path(database.url.database or ""), target)
    else:
        database.read_now(lambda uow: copy_rows(uow, target))
    settings = data / "maillage.toml"
    kept = folder / settings.name
    kept.touch(mode=0o600)
    # a node may have all its settings from elsewhere; its copy must say whose it is all the same
    kept.write_text(settings.read_text("utf-8") if settings.exists() else f'[node]\nurl = "{url}"\n', "utf-8")
    # read once more from the disk: a copy that cannot be put back is none
    examine(target)
    _let_go(data / FOLDER)
    return Copy(path=str(folder), size=sum(file.stat().st_size for file in folder.iterdir()), at=at)


def _let_go(folder: Path) -> None:
    """Of copies of ours the oldest go; what else lies there is not ours to touch."""
    ours = sorted(path for path in folder.iterdir() if path.is_dir() and (path / FILE).is_file())
    for path in ours[:-KEPT]:
        shutil.rmtree(path)
