"""maillage letter: what a mail server hands over is kept; when it cannot be, the mail server keeps it."""

from __future__ import annotations

from pathlib import Path

from kit.shell import HABITATION, URL, Shell
from node.actions.keep_letter_address import make
from node.cli.commands.letter import LATER
from node.config import load
from node.contracts import House
from node.storage.unit_of_work import UnitOfWork
from node.wiring import open_node

HERE = "partage@savoirs.example"


def test_a_letter_is_handed_over_by_a_pipe(maillage: Shell, tmp_path: Path) -> None:
    settings = maillage.folder / "maillage.toml"
    settings.write_text(f'{settings.read_text("utf-8")}\n[mail.inbound]\naddress = "{HERE}"\n', "utf-8")
    node = open_node(load(maillage.folder, {}))
    house: House = node.house()
    node.close()
    assert house.letterbox == HERE
    person = f"{URL}/personnes/mireille-cote"

    def address(uow: UnitOfWork) -> str:
        return make(uow, house, person, HABITATION, f"{URL}/moi/partage")

    secret = maillage.write(address)
    raw = f"From x@y.example Sun Nov 22 12:00:00 2026\nTo: partage+{secret}@savoirs.example\nMessage-ID: <1@x>\n\nBonjour\n"
    assert maillage("letter", stdin=raw).line == "kept"
    assert maillage("letter", stdin=raw).line == "it came before"
    assert maillage("letter", "--to", "autre@savoirs.example", stdin=raw).line == "to nobody here"
    assert maillage("letter", stdin="").line == "to nobody here"
    refused = maillage.run("letter", data=tmp_path / "nothing", stdin=raw)
    assert (refused.code, refused.out) == (LATER, "")
    assert "no node" in refused.err
