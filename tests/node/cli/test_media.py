"""maillage media: files given before they were cleaned."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kit.multipart import photograph, recorded
from kit.rows import NOW
from kit.shell import URL, Shell
from node.storage.shelves.media import KeptRow, MediaRow
from node.storage.unit_of_work import UnitOfWork


def test_what_was_given_long_ago_is_cleaned_under_its_address(maillage: Shell, tmp_path: Path) -> None:
    given = {"a.jpg": ("image/jpeg", 60, photograph()), "b.weba": ("audio/webm", 0, recorded("weba"))}
    given |= {"c.heic": ("application/octet-stream", 0, recorded("heic")), "d.dng": ("application/octet-stream", 0, b"II*\0x")}
    digests = {name: hashlib.sha256(content).hexdigest() for name, (_, _, content) in given.items()}

    def put(uow: UnitOfWork) -> None:
        for name, (kind, width, content) in given.items():
            end = "bin" if width == 0 and kind.endswith("stream") else name[2:]
            row = MediaRow(
                digest=digests[name], media_type=kind, extension=end, size=len(content), width=width, height=width, stored_at=NOW
            )
            uow.media.put(row, content)
            uow.media.keep(KeptRow(digest=row.digest, person=f"{URL}/personnes/mireille", name=name, description="", at=NOW))
        uow.media.use(f"{URL}/organisation", digests.values())

    maillage.write(put)
    dry = maillage("media", "clean", "--json").json
    wished = dict.fromkeys(("a.jpg", "b.weba", "c.heic"), "would be cleaned") | {"d.dng": "cannot be"}
    assert {row["name"]: row["cleaned"].split(":")[0] for row in dry} == wished
    assert maillage("media", "clean", "--json").json == dry
    maillage("media", "clean", "--write")
    assert [row["name"] for row in maillage("media", "clean", "--json").json] == ["d.dng"]

    def look(uow: UnitOfWork) -> None:
        for name in ("a.jpg", "b.weba", "c.heic"):
            row, content = uow.media.get(digests[name]), uow.media.content(digests[name])
            assert row is not None
            assert row.sum == hashlib.sha256(content).hexdigest()
            assert (row.size, row.tag) == (len(content), f'"{row.sum[:32]}"')
            assert b"secrete" not in content
            assert row.media_type == {"b": "audio/webm"}.get(name[0], "image/jpeg")

    maillage.write(look)
    maillage("export", "archive", "--out", str(tmp_path / "archive"))
    maillage("import", "archive", str(tmp_path / "archive"), "--dry-run")
