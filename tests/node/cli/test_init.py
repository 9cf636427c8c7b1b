"""maillage init: a node in a folder, once, with a link for its first person."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kit.nodes import now
from kit.shell import Shell
from node.config import load

GIVEN = ("init", "--url", "https://toit.example", "--name", "Toit commun")


def token_of(out: str) -> str:
    found = re.search(r"https://toit\.example/premiers-pas\?cle=(\S+)$", out.strip())
    assert found, out
    return found.group(1)


def test_it_makes_settings_rows_and_a_link_that_signs_in(maillage: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    said = maillage(*GIVEN, "--lang", "en", "--email", "nadia@toit.example", data=folder)
    settings = load(folder, {})
    assert (settings.node.url, settings.node.name, settings.node.language) == ("https://toit.example", "Toit commun", "en")
    known = maillage("inspect", "--json", data=folder).json
    assert {"https://toit.example/organisation", "https://toit.example/noeud"} <= set(known["actors"])
    people = maillage("member", "list", "--json", data=folder).json
    assert [row["email"] for row in people] == ["nadia@toit.example"]
    elsewhere = Shell(folder, maillage.capsys, maillage.monkeypatch)
    assert elsewhere.write(lambda uow: uow.sessions.use_token("first-run", token_of(said.out), now())) == people[0]["iri"]


def test_keys_and_settings_are_for_their_owner_alone(maillage: Shell, tmp_path: Path) -> None:
    before = os.umask(0o022)  # what most machines begin with: everybody may read
    try:
        maillage(*GIVEN, data=tmp_path / "new")
    finally:
        os.umask(before)
    modes = {file.name: file.stat().st_mode & 0o777 for file in (tmp_path / "new").iterdir()}
    assert modes == {"maillage.sqlite": 0o600, "maillage.toml": 0o600}


def test_nobody_else_may_read_a_folder_that_holds_keys(maillage: Shell, tmp_path: Path) -> None:
    maillage(*GIVEN, data=tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_without_an_address_nobody_has_an_account_before_the_first_day(maillage: Shell, tmp_path: Path) -> None:
    said = maillage(*GIVEN, data=tmp_path / "new")
    elsewhere = Shell(tmp_path / "new", maillage.capsys, maillage.monkeypatch)
    assert elsewhere.write(lambda uow: uow.sessions.use_token("first-run", token_of(said.out), now())) == ""
    assert "Nobody yet" in maillage("member", "list", data=tmp_path / "new").out
    assert load(tmp_path / "new", {}).node.contact == ""


def test_a_node_for_this_machine_needs_nothing_said(maillage: Shell, tmp_path: Path) -> None:
    said = maillage("init", "--trial", data=tmp_path / "new")
    settings = load(tmp_path / "new", {})
    assert (settings.node.url, settings.node.name, settings.server.bind) == ("http://127.0.0.1:8000", "Essai", "127.0.0.1:8000")
    assert "http://127.0.0.1:8000/premiers-pas?cle=" in said.out


def test_a_node_is_called_after_its_address_until_somebody_says(maillage: Shell, tmp_path: Path) -> None:
    maillage("init", "--url", "https://savoirs-partages.example", data=tmp_path / "new")
    assert load(tmp_path / "new", {}).node.name == "Savoirs-partages"


def test_a_folder_holds_one_node(maillage: Shell) -> None:
    assert "already holds the node https://savoirs.example" in maillage.fails(*GIVEN)


def test_an_address_from_the_environment_is_no_node_yet(maillage: Shell, tmp_path: Path) -> None:
    maillage.monkeypatch.setenv("MAILLAGE_NODE__URL", "https://toit.example")
    assert token_of(maillage(*GIVEN, data=tmp_path / "new").out)


def test_an_interrupted_init_can_be_repeated(maillage: Shell, tmp_path: Path) -> None:
    maillage(*GIVEN, data=tmp_path / "new")
    (tmp_path / "new" / "maillage.toml").unlink()
    assert token_of(maillage(*GIVEN, data=tmp_path / "new").out)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        *(
            (("--url", url), "cannot be the address of a node")
            for url in (
                "toit.example",
                "https://",
                "https://toit.example/a",
                "https://toit.example?a",
                "https://toit.example#a",
                "https://nadia:x@toit.example",
                "https://[toit",
                "https://toit.example:99999",
                "https://toit.example:0",
                "https://toit..example",
                "https://-toit.example",
                "https://to it.example",
                "https://toit\\x.example",
                'https://"toit"',
                f"https://{'a' * 64}.example",
                "ftp://toit.example",
                "https://.",
                "https://toit\a.example",
            )
        ),
        (("--url", "HTTPS://Toit.example"), "as https://toit.example: it is part"),
        (("--url", "https://toit.example:443"), "as https://toit.example: it is part"),
        (("--url", "https://toit.example.:8443"), "as https://toit.example:8443: it is part"),
        (("--url", "https://forêt.example"), "as https://xn--fort-ipa.example: it is part"),
        (("--url", "http://toit.example"), "must begin with https://"),
        (("--name", " "), "needs the name"),
        (("--email", "nadia"), "is not an e-mail address"),
    ],
)
def test_what_cannot_be_is_refused(maillage: Shell, tmp_path: Path, changed: tuple[str, str], told: str) -> None:
    assert told in maillage.fails(*GIVEN, *changed, data=tmp_path / "new")
    assert not (tmp_path / "new" / "maillage.toml").exists()


def test_what_surrounds_the_address_is_left_away(maillage: Shell, tmp_path: Path) -> None:
    maillage("init", "--url", " https://toit.example/\n", data=tmp_path / "new")
    assert load(tmp_path / "new", {}).node.url == "https://toit.example"


def test_an_interrupted_init_is_not_repeated_with_another_address(maillage: Shell, tmp_path: Path) -> None:
    maillage(*GIVEN, data=tmp_path / "new")
    (tmp_path / "new" / "maillage.toml").unlink()
    assert "https://toit.example" in maillage.fails("init", "--url", "https://autre.example", data=tmp_path / "new")
    assert not (tmp_path / "new" / "maillage.toml").exists()


def test_misuse(maillage: Shell) -> None:
    assert "--url https://" in maillage.fails("init", "--name", "Toit", data=maillage.folder.parent / "new")
    assert "--lang" in maillage.is_misused(*GIVEN, "--lang", "de")
