"""What a format reads goes where its table of correspondences says: the tables are for people, and may not tell tales."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from node.contracts import File, Format
from node.formats import csl, yeswiki
from vocab import jsonld
from vocab.crosswalks import crosswalks

#: What a reader works out by itself.
WORKED_OUT = {"type", "kind", "mediaType", "inLanguage", "href", "name", "value", "summary"}

REFERENCE = {
    "id": "x", "type": "article-journal", "title": "Titre", "abstract": "Résumé", "author": [{"family": "Roy", "given": "Ana"}],
    "issued": {"date-parts": [[2019, 3]]}, "URL": "https://a.example/x", "DOI": "10.1/x", "ISBN": "1", "language": "fr",
    "keyword": "eau, sol", "publisher": "Presses", "container-title": "Revue", "volume": "1", "issue": "2", "page": "3-4",
    "license": "https://creativecommons.org/licenses/by/4.0/", "note": "n", "version": "2", "accessed": {"date-parts": [[2020]]},
}  # fmt: skip
ENTRY = {
    "id_fiche": "Fete", "id_typeannonce": "2", "url": "https://wiki.example/?Fete", "bf_titre": "Fête", "bf_chapeau": "Court",
    "bf_description": "<p>Long</p>", "createur": "Ana", "date_creation_fiche": "2024-01-02 10:00:00", "statut_fiche": "1",
    "date_maj_fiche": "2024-01-03 10:00:00", "bf_latitude": "45.1", "bf_longitude": "-71.2", "bf_adresse": "1, rue",
    "bf_code_postal": "J1H", "bf_ville": "Sherbrooke", "bf_site_internet": "https://a.example", "bf_mail": "a@b.example",
    "checkboxListeTheme": "eau,sol", "bf_tags": "jardin", "imagebf_image": "x.png", "fichierbf_fichier": "y.pdf",
    "bf_licence": "CC BY 4.0",
}  # fmt: skip
EVENT = ENTRY | {"bf_date_debut_evenement": "2024-05-01", "bf_date_fin_evenement": "2024-05-02"}


def _keys(value: Any) -> Iterator[str]:
    """The names of the properties that are filled, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from _keys(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in {"@context", "id"}:
                yield key.removesuffix("Map")
                yield from () if key.endswith("Map") else _keys(item)


@pytest.mark.parametrize(
    ("table", "form", "said"),
    [("zotero-csl", csl.FORMAT, REFERENCE), ("yeswiki", yeswiki.FORMAT, ENTRY), ("yeswiki", yeswiki.FORMAT, EVENT)],
    ids=["a reference", "an entry", "an event"],
)
def test_what_is_read_stands_in_the_table(table: str, form: Format, said: dict[str, Any]) -> None:
    (draft,) = form.drafts(File(name="x.json", content=json.dumps([said]).encode()))
    told = {key for row in crosswalks()[table].rows if row.way != "out" for key in row.ours}
    read = set(_keys(jsonld.write(draft.thing)))
    assert read - told - WORKED_OUT == set()
    assert draft.thing.TYPE in {"Article", "Event"}
    fields = {field.strip() for row in crosswalks()[table].rows for field in row.theirs.split(",")}
    assert {field for field in said if not field.startswith("checkbox")} - fields == set()
