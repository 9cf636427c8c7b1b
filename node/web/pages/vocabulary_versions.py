"""The versions of the vocabulary: the present one, and the files that were released before and stay as they were."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.published import versions
from node.web.translations import Tongue, language_of


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Each version with its files, the newest first."""
    del uow
    return View(title=Tongue(language_of(visit.language)).say("Versions"), values={"versions": versions()})


PAGE = Page(path="/vocab/versions", right="anyone", show=show)
