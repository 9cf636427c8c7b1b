"""Finds the constants of a kind in a folder: a folder is the registry, one file one contribution."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def collect(package: ModuleType, name: str, kind: type[T]) -> dict[str, T]:
    """Every constant `name` of type `kind` in the modules of `package`, by module name, sorted.

    A module without that constant, or with one of another type, is an error: TypeError names the file.
    """
    return {module: collect_one(package, module, name, kind) for module in modules(package)}


def collect_one(package: ModuleType, module: str, name: str, kind: type[T]) -> T:
    """The same of one module alone, which must be there."""
    found = importlib.import_module(f"{package.__name__}.{module}")
    constant = getattr(found, name, None)
    if not isinstance(constant, kind):
        raise TypeError(f"{found.__name__} must define {name}: {kind.__name__}")
    return constant


def modules(package: ModuleType) -> list[str]:
    """The names of the modules in a package, sorted; none of them is loaded."""
    return list(_modules(tuple(package.__path__)))


@functools.cache
def _modules(folders: tuple[str, ...]) -> tuple[str, ...]:
    """Looked up once: what a program is made of does not change while it runs."""
    return tuple(sorted(entry.name for entry in pkgutil.iter_modules(folders)))
