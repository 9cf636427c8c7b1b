"""A folder of files sealed for whoever holds a key, as one file in the format of age, which other programs open too.

Spec: age §Encrypted file format.
"""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import IO

from node.errors import Invalid

#: What every sealed file begins with.
SEALED = b"age-encryption.org/v1"


class NoKey(Invalid):
    """This is not such a key, or a letter of it is wrong."""


def new_keys() -> tuple[str, str]:
    """A fresh pair: the secret one, which opens, and the one that seals."""
    from pyrage import x25519  # noqa: PLC0415 -- a node that keeps no copies elsewhere does without

    made = x25519.Identity.generate()
    return str(made), str(made.to_public())


def public_of(secret: str) -> str:
    """The key that seals for a secret one; raises NoKey."""
    from pyrage import IdentityError, x25519  # noqa: PLC0415 -- see new_keys

    try:
        return str(x25519.Identity.from_str(secret.strip().upper()).to_public())
    except IdentityError as fault:
        raise NoKey("This is not such a key, or a letter of it is wrong.") from fault


def seal(folder: Path, file: Path, public: str) -> None:
    """Seals the files of a folder into one; links are not followed. Raises NoKey."""
    import pyrage  # noqa: PLC0415 -- see new_keys

    try:
        recipient = pyrage.x25519.Recipient.from_str(public)
    except pyrage.RecipientError as fault:
        raise NoKey("This is not such a key, or a letter of it is wrong.") from fault
    file.touch(mode=0o600)
    with tempfile.TemporaryFile(dir=file.parent) as bundle, file.open("wb") as sealed:
        with tarfile.open(fileobj=bundle, mode="w") as files:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    files.add(path, path.relative_to(folder).as_posix(), recursive=False)
        bundle.seek(0)
        pyrage.encrypt_io(bundle, sealed, [recipient])


def unseal(file: Path, secret: str, folder: Path) -> None:
    """Puts sealed files into an empty folder, readable by their owner alone; nothing of them before the last byte is proven.

    Raises NoKey, and Invalid for another key, a damaged or torn file, and anything in it but files.
    """
    import pyrage  # noqa: PLC0415 -- see new_keys

    public_of(secret)
    identity = pyrage.x25519.Identity.from_str(secret.strip().upper())
    with tempfile.TemporaryFile(dir=folder.parent) as bundle:
        try:
            with file.open("rb") as sealed:
                pyrage.decrypt_io(sealed, bundle, [identity])
            bundle.seek(0)
            with tarfile.open(fileobj=bundle) as files:
                for info in files:
                    _put(info, files.extractfile(info) if info.isreg() else None, folder)
        except (pyrage.DecryptError, tarfile.TarError, OSError) as fault:
            if isinstance(fault, OSError) and fault.errno is not None:  # the disk; what is damaged has no number
                raise
            raise Invalid(f"{file.name} is damaged, or was sealed for another key.") from fault


def _put(info: tarfile.TarInfo, content: IO[bytes] | None, folder: Path) -> None:
    parts = PurePosixPath(info.name).parts
    if content is None or not parts or info.name.startswith("/") or ".." in parts or "\\" in info.name:
        raise Invalid(f"{info.name[:100]!r} is no file of a copy.")
    path = folder.joinpath(*parts)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    with path.open("wb") as file:
        shutil.copyfileobj(content, file)
