"""Base58: the letters of Bitcoin, with z in front."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.errors import BadKey
from federation.signatures import base58


@given(st.binary(min_size=1, max_size=64))
def test_what_is_written_is_read(content: bytes) -> None:
    assert base58.decode(base58.encode(content)) == content


@pytest.mark.parametrize(("content", "text"), [(b"Hello World!", "z2NEpo7TZRRrLZSi2U"), (b"\0\0\x28\x7f\xb4\xcd", "z11233QC4")])
def test_known_texts(content: bytes, text: str) -> None:
    assert (base58.encode(content), base58.decode(text)) == (text, content)


@pytest.mark.parametrize("text", ["", "z", "2NEpo7", "m2NEpo7", "z0OIl", "zé", "z" + "2" * 100])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        base58.decode(text)
