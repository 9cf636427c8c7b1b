"""Letters as programs write them, and as nobody does."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from node.domain.post import MOST_BYTES, Unreadable, envelope, private_address, read

HERE, SECRET = "partage@savoirs.example", "a2b3c4d5" * 4
TO = private_address(HERE, SECRET)


def letter(text: str = "Bonjour", subject: str = "Plan", **head: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ali <ali@example.org>", TO, subject
    message["Message-ID"] = "<1@example.org>"
    for name, value in head.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


@pytest.mark.parametrize(
    "head",
    [
        {"To": f"Partage <{TO.upper()}>"},
        {"To": "ali@example.org", "Cc": f"z@example.org, {TO}"},
        {"To": "liste@example.org", "Delivered-To": TO},
        {"To": "liste@example.org", "X-Original-To": TO},
    ],
)
def test_the_secret_is_found_wherever_the_address_stands(head: dict[str, str]) -> None:
    message = letter()
    del message["To"]
    for name, value in head.items():
        message[name] = value
    assert envelope(message.as_bytes(), HERE).secrets == (SECRET,)


def test_an_address_of_somebody_else_holds_no_secret_of_ours() -> None:
    for other in (f"{TO}.evil.example", f"x{TO}", f"partage+@savoirs.example, {HERE}", f"partage+{SECRET}@autre.example"):
        message = letter()
        message.replace_header("To", other)
        assert envelope(message.as_bytes(), HERE).secrets == (), other
    assert envelope(letter().as_bytes(), HERE, told="partage+autre@savoirs.example").secrets == ()
    assert envelope(b"", HERE).secrets == ()


@pytest.mark.parametrize(
    "head",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=y"},
        {"Return_Path": "<>"},
        {"Precedence": "bulk"},
        {"List_Id": "Liste <liste.example.org>"},
        {"X_Autoreply": "yes"},
    ],
)
def test_what_no_person_wrote_is_known(head: dict[str, str]) -> None:
    assert envelope(letter(**head).as_bytes(), HERE).is_automatic


def test_failures_and_absences_are_known_and_a_person_is_not_taken_for_one() -> None:
    failed = letter()
    failed.replace_header("From", "Mail Delivery <MAILER-DAEMON@example.org>")
    assert envelope(failed.as_bytes(), HERE).is_automatic
    assert envelope(letter(subject="Réponse automatique : absente").as_bytes(), HERE).is_automatic
    report = letter().as_bytes().replace(b"text/plain", b"multipart/report; boundary=x")
    assert envelope(report, HERE).is_automatic
    assert not envelope(letter(Auto_Submitted="no", Return_Path="<ali@example.org>").as_bytes(), HERE).is_automatic


def test_a_letter_has_one_mark_by_whichever_way_it_comes() -> None:
    one, other = letter(), letter()
    other["Delivered-To"] = TO
    assert envelope(one.as_bytes(), HERE).mark == envelope(other.as_bytes(), HERE).mark
    del one["Message-ID"]
    assert envelope(one.as_bytes(), HERE).mark != envelope(other.as_bytes(), HERE).mark


def test_text_files_and_subject_come_out() -> None:
    message = letter("Voilà le plan.\n-- \nAli", "TR: Re: Été à l’école")
    message.add_alternative("<p>Voilà <b>le plan</b>.</p><img src='cid:logo'>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Plan d’été.pdf")
    message.add_attachment(b"x" * 99, maintype="image", subtype="png", cid="<logo>", disposition="inline", filename="logo.png")
    message.add_attachment(b"x" * 20_000, maintype="image", subtype="jpeg", disposition="inline", cid="<photo>")
    message.add_attachment(b"sign", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    found = read(message.as_bytes())
    assert (found.subject, found.text) == ("Été à l’école", "Voilà le plan.")
    assert [(file.name, len(file.content)) for file in found.files] == [("Plan d’été.pdf", 4), ("image.jpg", 20_000)]


def test_a_letter_in_html_alone_becomes_markdown() -> None:
    message = letter()
    message.set_content("<html><style>p{}</style><p>Un <b>plan</b> :<ul><li>un<li>deux</ul><script>x()</script>", subtype="html")
    assert read(message.as_bytes()).text == "Un **plan** :\n\n- un\n\n- deux"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "idna", "zip", "no-such", "utf-7", "'"])
def test_whatever_encoding_is_named_something_is_read(charset: str) -> None:
    raw = f"Subject: =?{charset}?Q?=E9t=E9?= et\nContent-Type: text/plain; charset={charset}\n\n\xe9t\xe9 ici\n".encode("latin-1")
    assert "ici" in read(raw).text or charset == "utf-7"
    assert "et" in read(raw).subject


@pytest.mark.parametrize("written", ['="Été.pdf"', "*=UTF-8''%C3%89t%C3%A9.pdf", '="=?utf-8?Q?=C3=89t=C3=A9=2Epdf?="'])
def test_a_file_is_called_what_it_was_called(written: str) -> None:
    raw = f"Content-Type: application/pdf\nContent-Disposition: attachment; filename{written}\n\nx".encode()
    assert [file.name for file in read(raw).files] == ["Été.pdf"]


def test_more_files_than_go_along_are_counted() -> None:
    message = letter()
    for number in range(23):
        message.add_attachment(b"x", maintype="application", subtype="pdf", filename=f"{number}.pdf")
    found = read(message.as_bytes())
    assert (len(found.files), found.left_out) == (20, 3)


HOSTILE = {
    "long": b"a" * (MOST_BYTES + 1),
    "deep": b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)),
    "letters in letters": b"Content-Type: message/rfc822\n\n" * 2_000,
    "parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 9_000,
    "fields": b"a:b\n" * 60_000 + b"\n\nx",
    "fields of a part": b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + b"a:b\n" * 60_000,
    "lines": b"Subject: x\n\n" + b"\n" * 600_000,
    "quotes": b"Content-Type: text/plain; " + b'";' * 100_000 + b"\n\nx",
    "names": b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment; "
    + b'x*1*="\n ' * 9_000
    + b"\n\nx\n--b--",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_what_would_keep_the_reader_busy_is_not_read(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read(raw)
    envelope(raw, HERE)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"\x00\xff\xfe",
        b"Subject: =?x?B?=?=\n\nx",
        b"Subject: =?utf-8?B?abc?=\n\nx",
        b"Content-Type: multipart/mixed\n\nx",
        b"Content-Transfer-Encoding: base64\n\n!!!!",
        b"Content-Type: text/plain; charset*=x''%\nContent-Disposition: attachment; filename*0*=x'y; filename*1=z\n\nq",
    ],
)
def test_nonsense_is_read_as_far_as_it_goes(raw: bytes) -> None:
    found = read(raw)
    assert found.left_out == 0
    assert envelope(raw, HERE).secrets == ()
