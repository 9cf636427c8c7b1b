"""Finds the constants of a kind in a folder: a folder is the registry, one file one contribution."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def collect(package: ModuleType, name: str, kind: type[T]) -> dict[str, T]:
    """Every constant `name` of type `kind` in the modules of `package`, by module name, sorted.

    A module without that constant, or with one of another type, is an error: TypeError names the file.
    """
    found: dict[str, T] = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda entry: entry.name):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        constant = getattr(module, name, None)
        if not isinstance(constant, kind):
            raise TypeError(f"{module.__name__} must define {name}: {kind.__name__}")
        found[info.name] = constant
    return found
