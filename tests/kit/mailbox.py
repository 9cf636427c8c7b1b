"""A real IMAP server on the loopback, with one folder, that says what the test wants; over TLS with a certificate of its own.

Spec: RFC 3501 §6.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from node.domain.letters import Mailbox

_HOST = "127.0.0.1"


@dataclass
class Imap:
    """`letters` lie in the folder, by number; `log` are the commands that came; `silent`: commands answered by hanging up;
    `endless`: those answered by the same bytes again and again, every `pause` seconds; `slipped` is said after the consent to
    speak in secret."""

    letters: dict[int, bytes] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    silent: frozenset[str] = frozenset()
    endless: dict[str, bytes] = field(default_factory=dict)
    pause: float = 0.0
    slipped: bytes = b""
    box: Mailbox = field(default_factory=lambda: Mailbox(host=""))
    deleted: set[int] = field(default_factory=set)
    flagged: set[int] = field(default_factory=set)
    late: ssl.SSLContext | None = None
    lines: list[asyncio.StreamWriter] = field(default_factory=list)

    def put(self, letter: bytes) -> None:
        """Somebody sends a letter."""
        self.letters[max(self.letters, default=0) + 1] = letter.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation."""
        self.lines.append(writer)
        writer.write(b"* OK here\r\n")
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while line := await reader.readline():
                tag, _, said = line.decode().strip().partition(" ")
                words = said.upper().removeprefix("UID ")
                self.log.append(words)
                name = words.partition(" ")[0]
                if name in self.silent:
                    break
                while name in self.endless:
                    writer.write(self.endless[name])
                    await writer.drain()
                    await asyncio.sleep(self.pause)
                for each in self._answer(name, said):
                    writer.write(each + b"\r\n")
                is_known = name != "LOGIN" or f'{self.box.user} "{self.box.password}"' in said
                more = self.slipped if name == "STARTTLS" else b""
                writer.write(f"{tag} {'OK' if is_known else 'NO'} {name}\r\n".encode() + more)
                await writer.drain()
                if name == "STARTTLS" and self.late is not None:
                    await writer.start_tls(self.late)
                if name == "LOGOUT":
                    break
        writer.close()

    def _answer(self, name: str, said: str) -> list[bytes]:
        number = next((int(word) for word in said.split() if word.isdigit()), 0)
        letter = self.letters.get(number, b"")
        there = b" ".join(b"%d" % each for each in self.letters if each not in self.deleted | self.flagged)
        if name == "STORE":
            (self.deleted if "DELETED" in said.upper() else self.flagged).add(number)
        if name == "EXPUNGE":
            self.letters = {each: kept for each, kept in self.letters.items() if each not in self.deleted}
            self.deleted.clear()
        sized = b"* 1 FETCH (UID %d RFC822.SIZE %d)" % (number, len(letter))
        whole = b"* 1 FETCH (UID %d BODY[] {%d}\r\n%s)" % (number, len(letter), letter)
        answers = {
            "CAPABILITY": b"* CAPABILITY IMAP4rev1 STARTTLS",
            "SELECT": b"* %d EXISTS" % len(self.letters),
            "EXAMINE": b"* %d EXISTS" % len(self.letters),
            "SEARCH": b"* SEARCH " + there,
            "FETCH": sized if "SIZE" in said else whole,
        }
        return [answers[name]] if name in answers else []


@contextlib.asynccontextmanager
async def imap(certificate: Path | None = None, *, security: str = "tls") -> AsyncIterator[Imap]:
    """A server with an empty folder; with the folder of a `certificate` it speaks TLS, at once or when it is asked to."""
    held = Imap()
    secure: ssl.SSLContext | None = None
    if certificate is not None:
        secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secure.load_cert_chain(_certified(certificate))
    if security == "starttls":
        held.late = secure
    at_once = None if held.late else secure
    server = await asyncio.start_server(held.converse, _HOST, 0, ssl=at_once, limit=2**16)
    port = server.sockets[0].getsockname()[1]
    held.box = Mailbox(host=_HOST, port=port, security=security if secure else "none", user="partage", password="deux mots")
    try:
        yield held
    finally:
        server.close()
        for line in held.lines:
            line.transport.abort()
        await asyncio.sleep(0)


def _certified(folder: Path) -> Path:
    """A certificate for the loopback and its key, in one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _HOST)])
    now = datetime.now(UTC)  # noqa: TID251 -- the libraries that look at it have no other clock
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(_HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )  # fmt: skip
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file
