from __future__ import annotations

import pytest

from node.domain.licences import licence


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-sa", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("CC BY-NC-ND 2.5 CA", "https://creativecommons.org/licenses/by-nc-nd/2.5/ca/"),
        ("by-nc", "https://creativecommons.org/licenses/by-nc/4.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("domaine public", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/licence", "https://example.org/licence"),
        ("https://example.org/a b", ""),
        ("tous droits réservés", ""),
        ("", ""),
    ],
)
def test_licences_are_known_by_their_usual_names(name: str, address: str) -> None:
    assert licence(name) == address
