"""The addresses below that of a resource published here, and the resource that such an address is about."""

from __future__ import annotations

from node.contracts import Visit
from node.errors import NotFound
from node.storage.outlining import is_part
from node.storage.stored import StoredThing
from node.web.desk import Desk

#: The address of a resource, as the beginning of that of one of its pages.
SHELVED = "{shelf:ressources|termes|correspondances|lieux|rencontres|echanges}/{id:[A-Za-z0-9_-]+}"

#: No version has a number with more digits.
MOST_DIGITS = 9
#: The address of a notebook published here, as the beginning of that of one of its pages; it lives among the resources.
NOTEBOOKS = "carnets/{id:[A-Za-z0-9_-]+}"


def iri_of(visit: Visit) -> str:
    """The IRI of the resource that an address is about."""
    return f"{visit.house.url}/{visit.path['shelf']}/{visit.path['id']}"


def version_of(visit: Visit) -> int:
    """The number of the version that an address is about; raises NotFound for one that no version has."""
    said = visit.path["number"]
    if len(said) > MOST_DIGITS:
        raise NotFound
    return int(said)


def shelved(desk: Desk) -> StoredThing | None:
    """That resource as far as the reader may see it; None when it is gone, too."""
    stored = desk.uow.things.get(iri_of(desk.visit), desk.scope)
    return stored if stored is not None and stored.entry.deleted_at is None else None


def notebook_iri(visit: Visit) -> str:
    """The IRI of the notebook that an address is about."""
    return f"{visit.house.url}/ressources/{visit.path['id']}"


def notebook(desk: Desk) -> StoredThing | None:
    """That notebook as far as the reader may see it; None for what is gone, or is no notebook."""
    stored = desk.uow.things.get(notebook_iri(desk.visit), desk.scope)
    return stored if stored is not None and stored.entry.deleted_at is None and is_part(stored) else None
