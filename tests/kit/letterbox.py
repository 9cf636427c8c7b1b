"""A real mail server on the loopback, that keeps what it is given and refuses what it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import email
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from node.domain.letters import Postbox


@dataclass
class Letterbox:
    """`letters` came in; `refusals` says what is answered to whom (an address, or "" for the letter itself)."""

    letters: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    postbox: Postbox = field(default_factory=lambda: Postbox(host=""))

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802, ARG002
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        if "" in self.refusals:
            return self.refusals[""]
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.letters.append(message)
        return "250 OK"

    def to(self, address: str) -> list[str]:
        """The texts of what came for an address."""
        return [text_of(each) for each in self.letters if each["To"] == address]


def text_of(message: EmailMessage) -> str:
    """The words of a letter."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@contextlib.asynccontextmanager
async def letterbox(user: str = "", password: str = "") -> AsyncIterator[Letterbox]:
    """A mail server that takes letters, from anybody or from who knows the password."""
    box = Letterbox()

    def known(server: Any, session: Any, envelope: Any, mechanism: str, said: object) -> AuthResult:
        is_known = isinstance(said, LoginPassword) and (said.login, said.password) == (user.encode(), password.encode())
        return AuthResult(success=is_known, handled=is_known)

    def conversation() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it minds a password without encryption, which never leaves this machine
            return SMTP(
                box, hostname="localhost", authenticator=known, auth_required=bool(user), auth_require_tls=False, loop=loop
            )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(conversation, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    box.postbox = Postbox(
        host="127.0.0.1", port=port, security="none", user=user, password=password, sender="maillage@ici.example"
    )
    try:
        yield box
    finally:
        server.close()
