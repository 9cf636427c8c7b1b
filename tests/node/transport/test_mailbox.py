"""A box on a real server is emptied, letter by letter, and nothing is deleted that was not taken."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from kit.mailbox import Imap, imap
from node.transport.mailbox import NotFetched, empty


async def emptied(server: Imap, most: int = 1_000_000) -> list[bytes]:
    taken: list[bytes] = []

    def take(letter: bytes) -> bool:
        taken.append(letter)
        return b"Achetez" not in letter

    await asyncio.to_thread(empty, server.box, most, take)
    return taken


async def test_what_lies_in_the_box_is_taken_and_deleted() -> None:
    async with imap() as server:
        assert await emptied(server) == []
        server.put(b"Subject: un\n\nBonjour (UID 3) {5}\n)")
        server.put(b"Subject: deux\n\n" + b"x" * 20_000)
        assert [letter[:13] for letter in await emptied(server)] == [b"Subject: un\r\n", b"Subject: deux"]
        assert server.letters == {}


async def test_what_is_too_long_or_not_wanted_stays_and_is_not_asked_for_again() -> None:
    async with imap() as server:
        server.put(b"x" * 5_000)
        server.put(b"Subject: Achetez\n\n")
        assert await emptied(server, most=4_000) == [b"Subject: Achetez\r\n\r\n"]
        assert (set(server.letters), server.flagged) == ({1, 2}, {1, 2})
        assert await emptied(server) == []


async def test_what_was_not_taken_stays() -> None:
    def break_down(letter: bytes) -> bool:
        raise OSError("the disk is full")

    async with imap() as server:
        server.put(b"Subject: un\n\nBonjour")
        with pytest.raises(NotFetched, match="disk is full"):
            await asyncio.to_thread(empty, server.box, 1_000, break_down)
        assert (len(server.letters), server.deleted) == (1, set())


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "SEARCH", "FETCH"])
async def test_a_server_that_hangs_up_is_an_error_in_one_line(command: str) -> None:
    async with imap() as server:
        server.put(b"Subject: un\n\nBonjour")
        server.silent = frozenset({command})
        with pytest.raises(NotFetched):
            await emptied(server)


async def test_a_wrong_password_is_said() -> None:
    async with imap() as server:
        known, server.box = server.box, replace(server.box, password="autre")
        taken = asyncio.to_thread(empty, server.box, 1_000, bool)
        server.box = known
        with pytest.raises(NotFetched):
            await taken


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_nobody_in_between_is_believed(security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with imap(certificate=tmp_path, security=security) as server:
        server.put(b"Subject: un\n\nBonjour")
        with pytest.raises(NotFetched, match="certificate"):
            await emptied(server)
        assert not any("LOGIN" in line for line in server.log)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        assert await emptied(server) == [b"Subject: un\r\n\r\nBonjour"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("LOGIN", b"* OK still here\r\n" * 1_000),
        ("LOGIN", b"and on " * 10_000),
        ("SEARCH", b"* SEARCH" + b" 1" * 1_000_000 + b"\r\n"),
        ("FETCH", b"* 1 FETCH (UID 1 BODY[] {2000000000}\r\n" + b"x" * 60_000),
        ("FETCH", b"* 1 FETCH (UID 1 BODY[] {60000}\r\n" + b"x" * 60_000 + b")\r\n"),
    ],
)
async def test_a_server_that_does_not_end_fills_no_memory(command: str, said: bytes) -> None:
    async with imap() as server:
        server.put(b"Subject: un\n\nBonjour")
        server.endless[command] = said
        with pytest.raises(NotFetched, match="says more than"):
            await emptied(server)


async def test_a_server_that_goes_on_for_ever_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("node.transport.mailbox.IN_ALL", 1.0)
    async with imap() as server:
        server.put(b"Subject: un\n\nBonjour")
        server.endless, server.pause = {"FETCH": b"x"}, 0.05
        with pytest.raises(NotFetched, match=r"too long|timed out"):
            await emptied(server)


async def test_what_is_slipped_in_before_the_secret_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with imap(tmp_path, security="starttls") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        assert await emptied(server) == []
        server.slipped = b"* CAPABILITY IMAP4rev1\r\n"
        with pytest.raises(NotFetched, match="in the open"):
            await emptied(server)
