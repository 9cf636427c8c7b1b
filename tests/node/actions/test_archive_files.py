"""Files go along in an archive as files, and come back byte for byte; what nothing shows, or what is hidden, stays out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.guests import Stage
from kit.multipart import drawing
from node.actions.export_archive import export_archive
from node.actions.keep_media import keep_media, prepared
from node.actions.publish import publish
from node.actions.share import Wish, share
from node.cli.archive_folder import opened, write
from node.domain.entries import Audience
from node.domain.sharing import Attached, Shared
from node.domain.uploads import Given
from node.errors import Invalid
from node.storage.archiving import CARRIED, Portion, clear, put
from node.storage.engine import Database
from node.storage.shelves.media import MediaRow


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def given(stage: Stage, name: str, content: bytes, audience: Audience | None) -> MediaRow:
    """A file that somebody keeps, shown by a thing for this audience; by nothing for None."""
    file = prepared(Given(name=name, content=content), "fr")
    row = stage.database.write_now(lambda uow: keep_media(uow, stage.house(), stage.author, file, "Un dessin"))
    if audience is not None:
        shown = Attached(name=name, address=f"{stage.house().url}{row.path}", media_type=row.media_type, width=row.width)
        wish = Wish(author=stage.author, community=stage.community, audience=audience)
        stage.database.write_now(lambda uow: share(uow, stage.house(), Shared(text="Voir", files=(shown,)), wish, publish))
    return row


def written(stage: Stage, folder: Path) -> Path:
    portion = Portion()
    stage.database.read_now(lambda uow: write(folder, export_archive(uow, stage.house(), portion), stage.house(), portion))
    return folder


async def test_files_go_along_and_come_back(stage: Stage, tmp_path: Path) -> None:
    picture = given(stage, "dessin.png", drawing(), Audience.PUBLIC)
    plan = given(stage, "plan.pdf", b"%PDF-1.4 \xff\x00", Audience.COMMUNITY)
    hidden, unused = given(stage, "moi.txt", b"moi", Audience.SELF), given(stage, "rien.txt", b"rien", None)
    folder = written(stage, tmp_path / "archive")
    names = {path.name for path in (folder / "fichiers").iterdir()}
    assert names == {f"{picture.digest}.png", f"{plan.digest}.pdf"}
    pages = [path for path in (folder / "ressources").glob("*.html") if f"../fichiers/{picture.digest}.png" in path.read_text()]
    assert len(pages) == 1
    archive = opened(folder)
    rows = {table: list(archive.rows(table)) for table in CARRIED}
    everything = b"".join(line for lines in rows.values() for line in lines)
    assert hidden.digest.encode() not in everything
    assert unused.digest.encode() not in everything
    stage.database.write_now(clear)
    stage.database.write_now(lambda uow: [put(uow, table, iter(rows[table])) for table in CARRIED])
    assert stage.database.read_now(lambda uow: uow.media.content(plan.digest)) == b"%PDF-1.4 \xff\x00"
    kept = stage.database.read_now(lambda uow: uow.media.kept(picture.digest, stage.author))
    assert kept is not None
    assert (kept.name, kept.description) == ("dessin.png", "Un dessin")


async def test_a_file_that_was_changed_is_refused(stage: Stage, tmp_path: Path) -> None:
    row = given(stage, "plan.pdf", b"%PDF-1.4", Audience.PUBLIC)
    folder = written(stage, tmp_path / "archive")
    (folder / "fichiers" / f"{row.digest}.pdf").write_bytes(b"autre")
    with pytest.raises(Invalid, match="not as it was written"):
        list(opened(folder).rows("media"))
