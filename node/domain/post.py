"""A letter that somebody sent here: to which secret addresses, whether a person wrote it, and what it brings.

Whoever sends one writes all of it: nothing in it proves who they are, but the secret in the address to which it came. It is
read by the parser of Python, which takes minutes or gigabytes for what nobody sends; such letters are not read at all.
Spec: RFC 5322 §3.6. Spec: RFC 3834 §2. Spec: RFC 2045 §5.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32

from node.domain.pasting import pasted
from node.domain.quoting import own_words, unflowed
from node.domain.uploads import Given

#: A longer letter is not taken: one file of ten megabytes travels as fourteen.
MOST_BYTES = 20_971_520
#: What of a letter is read at most: head, lines, parts, characters of the text, files.
MOST_HEAD, MOST_LINES, MOST_PARTS, LONGEST_TEXT, MOST_FILES = 262_144, 500_000, 1_000, 100_000, 20
_DEEPEST, _LONGEST_FIELD, _LONGEST_SUBJECT = 40, 4_000, 2_000
#: A smaller picture that a page shows within itself is the emblem below a signature, or counts who reads.
_SMALLEST_PICTURE = 15_000
_HEADS = re.compile(rb"(?:\A|\n--)[^\n]*\n((?:[^\r\n][^\n]*\n)*)")
_FIELD = re.compile(rb"(?im)^content-[a-z-]+:[^\n]*(?:\n[ \t][^\n]*)*")
_TO = (
    "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to", "cc", "bcc", "resent-to",
    "x-forwarded-to",
)  # fmt: skip
_ANSWERING = frozenset({"x-autoreply", "x-autorespond", "x-autoresponder", "list-id", "x-loop"})
_MACHINES = re.compile(r"(?i)(?:^|[<\s\"])(?:mailer-daemon|postmaster)(?:@|>|$)")
_AWAY = re.compile(
    r"(?i)\s*(?:automatic reply|réponse automatique|out of office|absence du bureau|undeliver\w+|delivery status)\b"
)
_PREFIX = re.compile(r"(?i)\s*(?:re|ré|rép|fwd?|tr|trans|transf|wg|aw)\s*(?:\[\d+\])?\s*:\s*")
_PASSED_ON = re.compile(r"(?i)\s*(?:(?:re|ré|rép)\s*:\s*)*(?:fwd?|tr|trans|transf|wg)\s*(?:\[\d+\])?\s*:")
_RAW_NAME = re.compile(r'(?i)name="([^"]{1,300})"')
#: What programs add for themselves.
_NO_FILES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/ms-tnef"}
)
#: Encodings of a kind that takes quadratic time, or is none of a text.
_NOT_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})


#: What that parser raises for nonsense.
NONSENSE = (MessageError, RecursionError, ValueError, TypeError, AttributeError, LookupError)


class Unreadable(ValueError):
    """This letter is too large, or made in a way in which no program writes letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the head of a letter says. `mark` tells it from all others; `is_automatic`: no person wrote it, nobody answers it."""

    secrets: tuple[str, ...]
    is_automatic: bool
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a letter brings: its subject without « Re: », its writer's own words as Markdown, files. `left_out`: so many more."""

    subject: str
    text: str
    files: tuple[Given, ...]
    left_out: int = 0


def private_address(address: str, secret: str) -> str:
    """The address of somebody: that of the node with their secret added."""
    name, _, host = address.partition("@")
    return f"{name}+{secret}@{host}"


def envelope(raw: bytes, address: str, told: str = "") -> Envelope:
    """The head of a letter to an address of this node; `told`: to whom the mail server says that it goes. Raises Unreadable."""
    try:
        return _envelope(raw, address, told)
    except NONSENSE as fault:
        raise Unreadable("The head of this letter cannot be read.") from fault


def _envelope(raw: bytes, address: str, told: str) -> Envelope:
    found = re.search(rb"\r?\n\r?\n", raw[:MOST_HEAD])
    head = BytesHeaderParser(policy=compat32).parsebytes(raw[: found.start() if found else MOST_HEAD] + b"\n\n")
    fields = _fields(head)
    name, _, host = address.partition("@")
    wanted = re.compile(rf"(?<![\w.+-]){re.escape(name)}\+([a-z2-7]{{20,60}})@{re.escape(host)}(?![\w-]|\.\w)", re.IGNORECASE)
    told_to = [told] if told else [value for each in _TO for value in fields.get(each, ())]
    secrets = dict.fromkeys(secret.lower() for value in told_to for secret in wanted.findall(value[:20_000]))
    number = next(iter(fields.get("message-id", ())), "").strip()
    mark = hashlib.sha256(number.encode("utf-8", "replace") if number else raw).hexdigest()
    return Envelope(secrets=tuple(secrets)[:3], is_automatic=_is_automatic(fields), mark=mark)


def read(raw: bytes) -> Post:
    """What a letter brings; raises Unreadable. It takes a while: call it in a thread."""
    _must_be_usual(raw)
    try:
        message = BytesParser(policy=compat32).parsebytes(raw)
        subject = _subject(message)
        plain, marked, files = _parts(message)
    except NONSENSE as fault:
        raise Unreadable("This letter cannot be read.") from fault
    is_passed_on = bool(_PASSED_ON.match(subject))
    text = "\n\n".join(part for part in plain if part.strip()) or "\n\n".join(pasted(part) for part in marked)
    words = own_words(text[:LONGEST_TEXT], is_forwarded=is_passed_on)
    while prefix := _PREFIX.match(subject):
        subject = subject[prefix.end() :]
    return Post(
        subject=" ".join(subject.split())[:200], text=words, files=tuple(files[:MOST_FILES]), left_out=len(files[MOST_FILES:])
    )


def _must_be_usual(raw: bytes) -> None:
    """Raises Unreadable for what would keep the parser busy: parts in parts, endless heads, millions of lines."""
    if len(raw) > MOST_BYTES or raw.count(b"\n") > MOST_LINES:
        raise Unreadable("This letter is too large.")
    low = raw.lower()
    heads = [raw.count(b"\n", *found.span(1)) for found in _HEADS.finditer(raw)]
    if (
        low.count(b"multipart/") + low.count(b"message/") > _DEEPEST
        or raw.count(b"\n--") > MOST_PARTS
        or sum(heads) > MOST_LINES // 10
        or any(len(found[0]) > _LONGEST_FIELD for found in _FIELD.finditer(raw))
    ):
        raise Unreadable("This letter is made in an unusual way.")


def _fields(message: Message) -> Mapping[str, list[str]]:
    """The fields of a head by name in small letters."""
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(str(value).encode("ascii", "surrogateescape").decode("utf-8", "replace"))
    return found


def _is_automatic(fields: Mapping[str, list[str]]) -> bool:
    """Whether a program answered, a list passed it on, or a mail server tells of a failure. Spec: RFC 3834 §5."""

    def said(name: str) -> str:
        return " ".join(fields.get(name, ())).strip().lower()

    return (
        said("auto-submitted").partition(";")[0].strip() not in {"", "no"}
        or any(value.strip() in {"<>", ""} for value in fields.get("return-path", ()))
        or said("precedence") in {"bulk", "junk", "list", "auto_reply"}
        or not _ANSWERING.isdisjoint(fields)
        or said("content-type").startswith(("multipart/report", "message/delivery-status"))
        or any(_MACHINES.search(value[:_LONGEST_FIELD]) for value in fields.get("from", ()))
        or any(_AWAY.match(_decoded(value)) for value in fields.get("subject", ()))
    )


def _subject(message: Message) -> str:
    return _decoded(next(iter(_fields(message).get("subject", ())), ""))


def _decoded(value: str) -> str:
    """A field with the words in it that were encoded for travelling. Spec: RFC 2047 §2."""
    words = " ".join(value[:_LONGEST_SUBJECT].split())
    try:
        parts = decode_header(words)
    except (MessageError, ValueError):
        return words
    return "".join(part if isinstance(part, str) else _said(part, charset or "ascii") for part, charset in parts)


def _parts(message: Message) -> tuple[list[str], list[str], list[Given]]:
    """The texts, the texts in HTML, and the files of a letter."""
    plain, marked, files = list[str](), list[str](), list[Given]()
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart() or kind in _NO_FILES:
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        name = _file_name(part)
        if not name and part.get_content_disposition() != "attachment" and kind in {"text/plain", "text/html"}:
            text = _said(content, part.get_content_charset("utf-8"))
            if kind == "text/plain" and str(part.get_param("format")).lower() == "flowed":
                text = unflowed(text, deletes_space=str(part.get_param("delsp")).lower() == "yes")
            (plain if kind == "text/plain" else marked).append(text)
        elif content and not _is_emblem(part, content):
            files.append(Given(name=name or _named(kind), content=content))
    return plain, marked, files


def _file_name(part: Message) -> str:
    """What a file is called; some programs write its accents as they are, which the parser takes for nothing."""
    name = part.get_filename("") or ""
    if "\ufffd" in name:
        said = " ".join(_fields(part).get("content-disposition", _fields(part).get("content-type", [])))
        found = _RAW_NAME.search(said)
        name = found[1] if found else name
    return _decoded(name)


def _is_emblem(part: Message, content: bytes) -> bool:
    is_within = part["content-id"] is not None and part.get_content_disposition() != "attachment"
    return is_within and part.get_content_maintype() == "image" and len(content) < _SMALLEST_PICTURE


def _named(kind: str) -> str:
    """What to call a file that has no name."""
    main, _, sub = kind.partition("/")
    ends = {"calendar": "ics", "jpeg": "jpg", "mpeg": "mp3", "plain": "txt"}
    return f"{main}.{ends.get(sub, sub)}"


def _said(content: bytes, charset: str) -> str:
    """The text of some bytes in an encoding that they are said to be in."""
    try:
        known = codecs.lookup(charset).name
        return content.decode("utf-8" if known in _NOT_TEXT or known == "ascii" else known, "replace")
    except (LookupError, ValueError, AssertionError):
        return content.decode("utf-8", "replace")
