"""The last examination of each server, kept so that it can be shown after it was made."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import orjson

from node.domain.findings import Finding
from node.storage.hosts import normal
from node.storage.unit_of_work import UnitOfWork


def keep_examination(uow: UnitOfWork, host: str, findings: list[Finding], at: datetime) -> None:
    """Keeps what was found, instead of what was found before."""
    said = {"at": at.isoformat(), "findings": [asdict(finding) for finding in findings]}
    uow.state.set(_key(host), orjson.dumps(said).decode())


def last_examination(uow: UnitOfWork, host: str) -> tuple[datetime, list[Finding]] | None:
    """When the server was examined last, and what was found; None when it never was."""
    kept = uow.state.get(_key(host))
    if kept is None:
        return None
    said = orjson.loads(kept)
    return datetime.fromisoformat(said["at"]), [Finding(**finding) for finding in said["findings"]]


def _key(host: str) -> str:
    return f"examination:{normal(host)}"
