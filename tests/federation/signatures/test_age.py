"""Sealed files: opened by their key alone, also those that another program made; nothing of a torn or changed one is believed."""

from __future__ import annotations

import base64
import os

import pytest

from federation.errors import BadKey
from federation.signatures import age, bech32

SECRET = "AGE-SECRET-KEY-1HRH7MGS7CWRZYPP54GXXS2NMHR7FNY2R5LZQT3QXRCCRQQ0Z03KQNDVDUZ"
PUBLIC = "age1sgd0jtczy2rnj92klz808jtyzlpdxe0myarvphkl2wphgjuztyvs6hpmze"
#: « essai », as `age -r` of the reference implementation sealed it.
FOREIGN = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBaamhYYXhTR2JPTzR3RWVZQWtzMSs1VDdmOHJuTTBkUUJRcE1tTkJoTUFFCjkyT2xaR1hqQzNUVmhORHl1"
    "U2l4Y1lBVU4vRkwvVno5WHdPdnFEazFMc3MKLS0tIFNHcFhXbkpTRVh5MUkvaEdGQ3BaSE9iR1pDOVpEc3VjNUN6bkQ2bUY4ZHMKq9JNTFJ2yK964Ij3z/Bs4rdv"
    "UaLK9gUYnxfDMp/v/EdtWb/5Dg=="
)


def test_what_another_program_sealed_is_opened() -> None:
    assert age.public_of(SECRET.lower()) == age.public_of(f" {SECRET}\n") == PUBLIC
    content = base64.b64decode(FOREIGN)
    assert b"".join(age.opened(SECRET, [content[:5], content[5:]])) == b"essai"


@pytest.mark.parametrize("size", [0, 1, age.CHUNK - 1, age.CHUNK, age.CHUNK + 1, 3 * age.CHUNK])
def test_every_length_comes_back_and_is_known_beforehand(size: int) -> None:
    secret, public = age.new_keys()
    content = os.urandom(size)
    found = b"".join(age.sealed(public, [content[:100], content[100:]]))
    assert len(found) == age.size_of(size)
    assert b"".join(age.opened(secret, [found[at : at + 9_999] for at in range(0, len(found), 9_999)])) == content


def test_another_key_a_changed_byte_and_a_missing_end_open_nothing() -> None:
    secret, public = age.new_keys()
    found = b"".join(age.sealed(public, [bytes(age.CHUNK + 5)]))
    changed = bytearray(found)
    changed[-1] ^= 1
    header = bytearray(found)
    header[30] = ord("A") if header[30] != ord("A") else ord("B")
    torn = found[: age.size_of(age.CHUNK)]
    for key, content in ((SECRET, found), (secret, bytes(changed)), (secret, bytes(header)), (secret, torn), (secret, b"rien")):
        with pytest.raises(BadKey):
            b"".join(age.opened(key, [content]))


@pytest.mark.parametrize("text", ["", "age1", SECRET[:-1], SECRET.replace("7", "8", 1), f"a{SECRET[1:]}", PUBLIC, "x" * 500])
def test_a_slip_in_a_key_is_noticed(text: str) -> None:
    with pytest.raises(BadKey):
        age.public_of(text)


def test_bech32_is_that_of_its_specification() -> None:
    assert bech32.encode("abcdef", bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df")) == (
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"
    )
    assert bech32.decode("a", "A12UEL5L") == b""
