"""A conversation with a mail server that says no more, and takes no longer, than it is given, whatever it announces.

The library keeps all that a server says until it says that it has done: one that never does would fill the memory.
Spec: RFC 3501 §2.2.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
import time
from typing import Any

#: What a line may have, and what an answer without a letter, in bytes.
LINE, ANSWER = 1_000_000, 4_000_000
_PART = 65_536


class Plain(imaplib.IMAP4):
    """One without TLS, or that asks for it. `room`: how many bytes may still come; after `seconds` in all, none is waited for."""

    def __init__(self, host: str, port: int, *, seconds: float, still: float, **more: Any) -> None:  # noqa: ANN401 -- the library's
        self._until, self._still = time.monotonic() + seconds, still
        self._come = bytearray()
        self._line: socket.socket | None = None
        self.room = ANSWER
        super().__init__(host, port, timeout=still, **more)

    def read(self, size: int) -> bytes:
        """So many bytes; raises IMAP4.abort for more than there is room for."""
        self._must_be_secret()
        if not 0 <= size <= self.room:
            raise self.abort("the mail server says more than was asked for")
        while len(self._come) < size:
            if not self._receive():
                raise self.abort("the mail server hung up")
        return self._taken(size)

    def readline(self) -> bytes:
        """A line with its end, or what came of one when the server hung up."""
        self._must_be_secret()
        while (end := self._come.find(b"\n")) < 0:
            if len(self._come) > LINE:
                raise self.error(f"the mail server says more than {LINE} bytes in a line")
            if not self._receive():
                return self._taken(len(self._come))
        return self._taken(end + 1)

    def _must_be_secret(self) -> None:
        """Where TLS has begun, nothing is left of what was said before: anybody could have put it there."""
        if self._line is not self.sock:
            self._line = self.sock
            if self._come:
                raise self.abort("the mail server goes on in the open")

    def _receive(self) -> bool:
        """Takes what comes next; whether anything did. Raises OSError."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the mail server takes too long")
        self.sock.settimeout(min(self._still, left))
        part = self.sock.recv(_PART)
        self._come += part
        return bool(part)

    def _taken(self, size: int) -> bytes:
        if size > self.room:
            raise self.abort("the mail server says more than was asked for")
        self.room -= size
        part = bytes(self._come[:size])
        del self._come[:size]
        return part


class Secret(Plain, imaplib.IMAP4_SSL):
    """One over TLS."""


def opened(host: str, port: int, secure: ssl.SSLContext | None, *, seconds: float, still: float) -> Plain:
    """A conversation of `seconds` at most, without `still` seconds of silence, over TLS at once where it is `secure`."""
    if secure is not None:
        return Secret(host, port, ssl_context=secure, seconds=seconds, still=still)
    return Plain(host, port, seconds=seconds, still=still)
