"""Letters: who may be written to, what a mail server is called, and a letter as the text that goes to it.

Spec: RFC 5322 §3.6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

#: How long a letter waits after its first, second, … failed try; then it is given up.
SCHEDULE = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
LONGEST_ADDRESS = 254
#: What stands in no address, and so separates those that somebody pastes. An apostrophe is of a name (o'neil), never around it.
_APART = r"\s@<>,;:()\"\[\]\\«»“”"
_ADDRESS = re.compile(
    rf"(?!')[^{_APART}]{{1,64}}(?<!')@(?:[^{_APART}'.]{{1,63}}\.)+[^{_APART}'.]{{2,63}}",
)
_SEPARATOR = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Postbox:
    """A mail server that takes our letters. `security` is `tls`, `starttls` or `none`; `sender` where they come from."""

    host: str
    port: int = 465
    security: str = "tls"
    user: str = ""
    password: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A box on an IMAP server to which letters for us come; `security` as above. `folder` is emptied.

    `address` is the one whose letters lie there; members write to it with a secret of theirs added.
    """

    host: str
    port: int = 993
    security: str = "tls"
    user: str = ""
    password: str = ""
    folder: str = "INBOX"
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to one person, in plain text.

    `kind` tells what it is about, for those who look after the node ("invitation", "connexion"…). `calendar` is a date to go
    along as iCalendar, `reply_to` who gets the answer, `stop` the address of the page where one asks for no more such letters.
    `until`: after that moment it is no use to anybody, and not sent. A letter is never kept longer than it takes to send it.
    """

    to: str
    subject: str
    text: str
    language: str = "fr"
    kind: str = ""
    calendar: str = ""
    reply_to: str = ""
    stop: str = ""
    until: datetime | None = None


def is_address(text: str) -> bool:
    """Whether this is an address that a letter can go to, and nothing besides."""
    return len(text) <= LONGEST_ADDRESS and text.isascii() and _ADDRESS.fullmatch(text) is not None


def addresses(pasted: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses in a text as people paste it (lines, commas, `Name <address>`), each once; and what was meant to be one."""
    meant = _ADDRESS.findall(pasted)
    found = {part.lower(): None for part in meant if is_address(part)}
    unknown = [part for part in meant if not is_address(part)]
    odd = [part.strip("<>") for part in _SEPARATOR.split(pasted) if "@" in part and not _ADDRESS.search(part)]
    return tuple(found), tuple(dict.fromkeys(unknown + odd))


def wait(attempts: int) -> timedelta | None:
    """How long to wait after so many tries; None when it is to be given up."""
    return SCHEDULE[attempts - 1] if attempts <= len(SCHEDULE) else None


def composed(letter: Letter, *, name: str, sender: str, number: str, at: datetime) -> bytes:
    """The letter as a mail server takes it; `name` is the organisation's, `number` what tells this letter from all others."""
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((_line(name), sender))
    message["To"] = letter.to
    message["Subject"] = _line(letter.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{number}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    if letter.stop:
        message["List-Unsubscribe"] = f"<{_line(letter.stop)}>"
    message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    if letter.calendar:
        calendar = letter.calendar.encode()
        message.add_attachment(calendar, maintype="text", subtype="calendar", filename="rencontre.ics", cte="base64")
    return message.as_bytes()


def _line(text: str) -> str:
    """On one line: a line break in a name must not begin a header of its own."""
    return " ".join(text.split())
