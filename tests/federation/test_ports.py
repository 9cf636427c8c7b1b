"""The directory of the tests is one that the port asks for."""

from __future__ import annotations

import pytest

from federation.errors import KeyUnavailable
from federation.ports import KeyDirectory
from kit.signing import M, directory


async def test_the_directory_in_memory_fits_the_port() -> None:
    keys: KeyDirectory = directory(M)
    assert (await keys.find(M.key.iri)).owner == M.iri
    assert await keys.find_again(M.key.iri) is None
    with pytest.raises(KeyUnavailable):
        await keys.find("https://nowhere.example/k")
