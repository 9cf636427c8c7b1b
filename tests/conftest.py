"""Fixtures that every room's tests may use."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from kit import databases
from node.storage.engine import Database

#: Where whole nodes, servers of other makes and browsers are at work, and what goes through every page.
LONG = {"scenarios", "walks", "peers", "fuzz", "test_in_a_browser.py"}
LONGEST = "test_every_route_every_audience.py"

pytest_plugins = ["kit.matrix_report"]

# Whether an example is read within so many milliseconds says more of the machine than of the code.
hypothesis.settings.register_profile("any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long the readers are fuzzed, and how often a node is killed."""
    parser.addoption("--fuzz-seconds", default="30", help="seconds that the tests in tests/fuzz take together")
    parser.addoption("--kill-rounds", default="3", help="how often the tests that kill a node do so")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that none of them is left alone at the end."""
    items.sort(key=lambda item: (item.path.name != LONGEST, not LONG & set(item.path.parts)))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was collected stays to the end; looking it through for rubbish again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Cases of bytes are told apart by their place: packed ones hold the moment at which they were packed."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server for the whole run; skips where there is none."""
    with databases.postgresql_server() as address:
        yield address


@pytest.fixture(scope="session")
def postgresql_migrated(postgresql_server: str) -> Iterator[str]:
    """A schema with all tables, for the whole run: see `postgresql_address`."""
    with databases.migrated_schema(postgresql_server) as address:
        yield address


@pytest.fixture
def postgresql_address(postgresql_migrated: str) -> str:
    """A PostgreSQL schema with all tables, empty."""
    databases.empty(postgresql_migrated)
    return postgresql_migrated


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables: see `database`."""
    return databases.lay_out(tmp_path_factory.mktemp("template") / "template.sqlite")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.sqlite")
        address = f"sqlite:///{path}"
    else:
        address = request.getfixturevalue("postgresql_address")
    opened = Database(address)
    yield opened
    opened.close()


@pytest.fixture
def memory() -> Iterator[Database]:
    """An empty SQLite database in memory, for tests of what does not touch the database itself."""
    opened = databases.in_memory()
    yield opened
    opened.close()
