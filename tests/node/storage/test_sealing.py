"""Sealed files: opened by their key alone, also those that another program made; nothing of a torn or changed one is believed."""

from __future__ import annotations

import base64
import io
import os
import tarfile
from pathlib import Path

import pyrage
import pytest

from node.errors import Invalid
from node.storage.sealing import NoKey, new_keys, public_of, seal, unseal

SECRET = "AGE-SECRET-KEY-1HRH7MGS7CWRZYPP54GXXS2NMHR7FNY2R5LZQT3QXRCCRQQ0Z03KQNDVDUZ"
PUBLIC = "age1sgd0jtczy2rnj92klz808jtyzlpdxe0myarvphkl2wphgjuztyvs6hpmze"
#: « essai », as `age -r` of the reference implementation sealed it.
FOREIGN = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBaamhYYXhTR2JPTzR3RWVZQWtzMSs1VDdmOHJuTTBkUUJRcE1tTkJoTUFFCjkyT2xaR1hqQzNUVmhORHl1"
    "U2l4Y1lBVU4vRkwvVno5WHdPdnFEazFMc3MKLS0tIFNHcFhXbkpTRVh5MUkvaEdGQ3BaSE9iR1pDOVpEc3VjNUN6bkQ2bUY4ZHMKq9JNTFJ2yK964Ij3z/Bs4rdv"
    "UaLK9gUYnxfDMp/v/EdtWb/5Dg=="
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "copie"
    (made / "media").mkdir(parents=True)
    (made / "maillage.toml").write_text("essai", "utf-8")
    (made / "media" / "photo").write_bytes(os.urandom(200_000))
    (made / "lien").symlink_to("/etc/passwd")
    return made


def unsealed(file: Path, secret: str) -> dict[str, bytes]:
    """What comes out of a sealed file, into a folder of its own."""
    target = file.with_name("sortie")
    target.mkdir(exist_ok=True)
    unseal(file, secret, target)
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def test_files_come_back_with_their_key_and_links_do_not_go(folder: Path, tmp_path: Path) -> None:
    (secret, public), file = new_keys(), tmp_path / "x.age"
    seal(folder, file, public)
    there = {"maillage.toml": b"essai", "media/photo": (folder / "media" / "photo").read_bytes()}
    assert unsealed(file, f" {secret.lower()}\n") == there
    assert file.stat().st_mode & 0o077 == 0
    assert (tmp_path / "sortie" / "maillage.toml").stat().st_mode & 0o077 == 0


def test_another_key_a_changed_byte_and_a_missing_end_open_nothing(folder: Path, tmp_path: Path) -> None:
    (secret, public), file = new_keys(), tmp_path / "x.age"
    seal(folder, file, public)
    content = file.read_bytes()
    for key, bad in (
        (SECRET, content),
        (secret, content[:-1] + bytes([content[-1] ^ 1])),
        (secret, content[:-200]),
        (secret, content[: len(content) // 2]),
        (secret, b"rien"),
        (secret, b""),
    ):
        file.write_bytes(bad)
        with pytest.raises(Invalid, match="damaged, or was sealed for another key"):
            unsealed(file, key)
        assert not any((tmp_path / "sortie").iterdir())


def test_the_format_is_that_of_other_programs(tmp_path: Path) -> None:
    assert public_of(SECRET.lower()) == public_of(f" {SECRET}\n") == PUBLIC
    assert pyrage.decrypt(base64.b64decode(FOREIGN), [pyrage.x25519.Identity.from_str(SECRET)]) == b"essai"


@pytest.mark.parametrize("text", ["", "age1", SECRET[:-1], SECRET.replace("7", "8", 1), f"a{SECRET[1:]}x", PUBLIC, "x" * 500])
def test_a_slip_in_a_key_is_noticed(text: str, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NoKey):
        public_of(text)
    with pytest.raises(NoKey):
        unseal(folder / "maillage.toml", text, tmp_path)
    with pytest.raises(NoKey):
        seal(folder, tmp_path / "x.age", f"{text}?")


@pytest.mark.parametrize(("name", "kind"), [("../hors", tarfile.REGTYPE), ("/hors", tarfile.REGTYPE), ("lien", tarfile.SYMTYPE)])
def test_nothing_is_put_outside_the_folder(name: str, kind: bytes, tmp_path: Path) -> None:
    made, info, file = io.BytesIO(), tarfile.TarInfo(name), tmp_path / "x.age"
    info.type, info.linkname, info.size = kind, "/etc/passwd", 0
    with tarfile.open(fileobj=made, mode="w") as bundle:
        bundle.addfile(info)
    file.write_bytes(pyrage.encrypt(made.getvalue(), [pyrage.x25519.Recipient.from_str(PUBLIC)]))
    with pytest.raises(Invalid, match="no file of a copy"):
        unsealed(file, SECRET)
