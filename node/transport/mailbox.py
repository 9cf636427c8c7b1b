"""The way to the box in which letters for us lie: one conversation with its server, which those who look after us name.

Spec: RFC 3501 §6.
"""

from __future__ import annotations

import contextlib
import imaplib
import ssl
from collections.abc import Callable, Iterator, Sequence

from node.domain.letters import Mailbox
from node.transport.imap import ANSWER, Plain, opened

#: How long an answer is waited for, in seconds; briefly, when somebody waits for ours.
SECONDS, BRIEFLY = 30.0, 12.0
#: How long a conversation may take in all: less than the box is ours alone.
IN_ALL = 600.0
#: So many letters are fetched in one conversation.
MOST = 20
_TAKEN, _LEFT = r"(\Seen \Deleted)", r"(\Flagged)"


class NotFetched(Exception):
    """The box could not be opened or emptied; the text says why, in one line, `kind` what it is: password, silent, tls or ""."""

    def __init__(self, reason: str, *, kind: str = "") -> None:
        super().__init__(reason)
        self.kind = kind


class _Refused(Exception):
    """The server does not take this name and password."""


def empty(box: Mailbox, most_bytes: int, take: Callable[[bytes], bool]) -> None:
    """Gives each letter in the box to `take` and then deletes it there. Raises NotFetched. It blocks: use a thread.

    A letter is deleted once `take` has returned True: whatever dies in between, it comes again. What is too long, or not wanted
    (False), stays with a flag on it, for whoever looks into the box, and is not fetched again.
    """
    with _conversation(box, seconds=IN_ALL) as server:
        _empty(server, box.folder, most_bytes, take)


def look(box: Mailbox) -> int:
    """How many letters lie in the box; nothing is changed there. Raises NotFetched. It blocks: use a thread."""
    with _conversation(box, seconds=BRIEFLY) as server:
        (found,) = _said(server.select(f'"{box.folder}"', readonly=True))
        return int(found)


@contextlib.contextmanager
def _conversation(box: Mailbox, *, seconds: float) -> Iterator[Plain]:
    try:
        server = _opened(box, seconds)
        try:
            yield server
        finally:
            with contextlib.suppress(imaplib.IMAP4.error, OSError):
                server.logout()
            _let_go(server)
    except ssl.SSLError as problem:
        raise NotFetched(_line(problem), kind="tls") from problem
    except _Refused as problem:
        raise NotFetched(_line(problem), kind="password") from problem
    except OSError as problem:
        raise NotFetched(_line(problem), kind="silent") from problem
    except (imaplib.IMAP4.error, ValueError, IndexError) as problem:
        raise NotFetched(_line(problem)) from problem


def _line(problem: Exception) -> str:
    said = "".join(sign if sign.isprintable() else " " for sign in str(problem))
    return " ".join(said.split())[:200] or "the mail server does not answer"


def _opened(box: Mailbox, seconds: float) -> Plain:
    secure = ssl.create_default_context()
    at_once = secure if box.security == "tls" else None
    server = opened(box.host, box.port, at_once, seconds=seconds, still=min(SECONDS, seconds))
    try:
        if box.security == "starttls":
            server.starttls(secure)
        _enter(server, box)
    except (imaplib.IMAP4.error, OSError, _Refused):
        _let_go(server)
        raise
    return server


def _enter(server: imaplib.IMAP4, box: Mailbox) -> None:
    try:
        server.login(box.user, box.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as problem:
        raise _Refused(str(problem)) from problem


def _let_go(server: imaplib.IMAP4) -> None:
    with contextlib.suppress(OSError):  # it is closed already where both said goodbye, or where no secure line was had
        server.shutdown()


def _empty(server: Plain, folder: str, most_bytes: int, take: Callable[[bytes], bool]) -> None:
    _said(server.select(f'"{folder}"'))
    (found,) = _said(server.uid("SEARCH", "UNDELETED", "UNFLAGGED"))
    numbers = [each.decode() for each in found.split()[:MOST]]
    for number in numbers:
        server.room = ANSWER
        size = _size(server, number)
        is_taken = size <= most_bytes and take(_letter(server, number, size))
        _said(server.uid("STORE", number, "+FLAGS.SILENT", _TAKEN if is_taken else _LEFT))
    if numbers:
        _said(server.expunge())


def _size(server: Plain, number: str) -> int:
    (line, *_) = _said(server.uid("FETCH", number, "(RFC822.SIZE)"))
    return int(line.rpartition(b"RFC822.SIZE ")[2].split(b")")[0].split()[0])


def _letter(server: Plain, number: str, size: int) -> bytes:
    server.room = size + ANSWER
    found = _said(server.uid("FETCH", number, "(BODY.PEEK[])"), is_parted=True)
    server.room = ANSWER
    return max(found, key=len)


def _said(answer: tuple[str, Sequence[object]], *, is_parted: bool = False) -> list[bytes]:
    """The lines of an answer; of one that is parted, what came apart from them. Raises ValueError for a no."""
    kind, parts = answer
    if kind != "OK":
        raise ValueError(f"the mail server said {kind}: {parts}")
    if is_parted:
        return [part[1] for part in parts if isinstance(part, tuple)]
    return [part for part in parts if isinstance(part, bytes)] or [b""]
