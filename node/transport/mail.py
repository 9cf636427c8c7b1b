"""The way out for letters: one conversation with the mail server for each.

Spec: RFC 5321 §4.2.
"""

from __future__ import annotations

import ssl

from node.domain.letters import Postbox

SECONDS = 30.0
#: From here on an answer says "never", below it "not now".
FINAL = 500


class NotSent(Exception):
    """The letter was not taken. `is_final`: it never will be, however often it is tried; the text says why, in one line."""

    def __init__(self, reason: str, *, is_final: bool = False, kind: str = "") -> None:
        super().__init__(reason)
        self.is_final = is_final
        #: What kind of trouble it is, so that people are told the remedy: address, silent, refused, password, tls or "".
        self.kind = kind


async def send(postbox: Postbox, recipient: str, message: bytes) -> None:
    """Gives a letter to the mail server; raises NotSent."""
    # imported here: a node that sends nothing need not carry it
    import aiosmtplib  # noqa: PLC0415

    _must_have_password(postbox)
    client = aiosmtplib.SMTP(
        hostname=postbox.host,
        port=postbox.port,
        use_tls=postbox.security == "tls",
        start_tls=postbox.security == "starttls",
        timeout=SECONDS,
    )
    try:
        async with client:
            if postbox.user:
                await client.login(postbox.user, postbox.password)
            await client.sendmail(postbox.sender, [recipient], message)
    except aiosmtplib.SMTPAuthenticationError as problem:
        raise NotSent(f"the mail server does not take this name and password ({problem.code})", kind="password") from problem
    except aiosmtplib.SMTPRecipientsRefused as problem:
        code, said = problem.recipients[0].code, problem.recipients[0].message
        raise NotSent(f"{code} {_line(said)}", is_final=code >= FINAL, kind="refused") from problem
    except aiosmtplib.SMTPTimeoutError as problem:
        raise NotSent("the mail server does not answer", kind="silent") from problem
    except aiosmtplib.SMTPDataError as problem:
        raise NotSent(f"{problem.code} {_line(problem.message)}", is_final=problem.code >= FINAL, kind="refused") from problem
    except aiosmtplib.SMTPResponseException as problem:
        raise NotSent(f"{problem.code} {_line(problem.message)}", kind="refused") from problem
    except (aiosmtplib.SMTPException, OSError) as problem:
        raise _unreached(problem) from problem


def _must_have_password(postbox: Postbox) -> None:
    if postbox.user and not postbox.password:
        raise NotSent("the password of the mail server is not on this machine: tell it again", kind="password")


def _unreached(problem: Exception) -> NotSent:
    """What kept us from being heard at all."""
    if isinstance(problem, ssl.SSLError) or "SSL" in str(problem) or "TLS" in str(problem):
        return NotSent(f"no secure connection to the mail server could be made: {_line(str(problem))}", kind="tls")
    return NotSent(_line(str(problem)) or "the mail server cannot be reached", kind="silent")


def _line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:200]
