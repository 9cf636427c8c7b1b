"""A PostgreSQL server for the tests: made in a temporary folder, on a unix socket, thrown away at the end."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: A test server may lose everything: nothing waits for the disk.
CAREFREE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c listen_addresses=''"


def programs() -> Path | None:
    """The folder that holds initdb and pg_ctl, the newest there is; None when there is none."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name, reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists() and (folder / "initdb").exists()), None)


@contextmanager
def throw_away_server(folder: Path) -> Iterator[str]:
    """Starts a server with the programs in that folder; its address is in the form SQLAlchemy wants."""
    home = Path(tempfile.mkdtemp(prefix="maillage-postgres-", dir="/tmp"))
    user = _unprivileged()
    if user is not None:
        shutil.chown(home, user)
    home.chmod(0o700)
    cluster = home / "cluster"
    try:
        _run(user, folder / "initdb", "-D", cluster, "-A", "trust", "-U", "maillage", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"{CAREFREE} -c unix_socket_directories={home}"
        _run(user, folder / "pg_ctl", "-D", cluster, "-w", "-l", home / "log", "-o", options, "start")
        yield f"postgresql+psycopg://maillage@/postgres?host={home}"
    finally:
        if (cluster / "postmaster.pid").exists():
            _run(user, folder / "pg_ctl", "-D", cluster, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def _unprivileged() -> str | None:
    """Whom to run the server as: PostgreSQL refuses root. None when we are somebody else already."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), getpass.getuser())


def _run(user: str | None, *command: Path | str) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        check=False,
        user=user,
        extra_groups=[] if user else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if "start" in command else subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "LANG": "C"},
        timeout=60,
    )
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace") if done.stdout else ""
        raise RuntimeError(f"{Path(command[0]).name} failed: {said}")
