"""N-Quads: things as linked data, one statement a line, for stores that take in much at once. Writes only.

Without graphs they are N-Triples, too. Spec: N-Quads §2.
"""

from __future__ import annotations

from node.contracts import Format, Listing
from node.domain.collections import as_one
from vocab import rdf


def write(listing: Listing) -> bytes:
    """All statements in the default graph."""
    return rdf.n_quads(as_one(listing)).encode()


FORMAT = Format(
    name="nquads",
    media_type="application/n-quads",
    also=("application/n-triples",),
    extension="nq",
    loses={"fr": "L’ordre des valeurs, hors des listes.", "en": "The order of values, outside lists."},
    write=write,
)
