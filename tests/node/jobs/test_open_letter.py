"""A letter becomes a thing where its sender chose, and one letter answers it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage

import pytest

from federation.messages import Answer
from kit.guests import Stage
from kit.multipart import photograph, recorded
from kit.outsite import PAGE
from node.actions.share import undo_by_letter
from node.actions.withdraw import withdraw
from node.domain.entries import Audience
from node.errors import NotFound
from node.jobs import open_letter
from node.storage.engine import Database
from node.storage.personal import written_here
from node.storage.shelves.letters import LetterRow
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    memory.write_now(lambda uow: uow.letterbox.make(made.author, made.community, made.now))
    return made


def letter(text: str = "", subject: str = "Le plan") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "quelqu’un@exemple.org", subject
    message.set_content(text)
    return message


async def opened(stage: Stage, message: EmailMessage, mark: str = "1") -> tuple[StoredThing | None, LetterRow]:
    """Opens one letter; the thing that it became, and the answer."""
    stage.database.write_now(lambda uow: uow.letterbox.put(stage.author, mark, message.as_bytes(), stage.now))
    [row] = stage.database.write_now(lambda uow: open_letter.JOB.claim(uow, stage.house(), 5))
    known = set(stage.database.read_now(written(stage)))
    await open_letter.JOB.work(stage.tools, row)
    new = [iri for iri in stage.database.read_now(written(stage)) if iri not in known]
    answer = stage.database.read_now(lambda uow: uow.letters.listed("due"))[0]
    assert stage.database.write_now(lambda uow: open_letter.JOB.claim(uow, stage.house(), 5)) == []
    return (stage.database.read_now(lambda uow: uow.things.get_any(new[0])) if new else None), answer


def written(stage: Stage) -> Callable[[UnitOfWork], list[str]]:
    return lambda uow: written_here(uow, stage.author)


async def test_a_link_with_a_word_becomes_a_card_for_the_community(stage: Stage) -> None:
    stage.outside.answers.append(
        Answer(status=200, url="https://quotidien.example/article", headers=(("Content-Type", "text/html"),), body=PAGE.encode())
    )
    found, answer = await opened(
        stage, letter("À lire : https://quotidien.example/article?utm_source=x\n-- \nMireille", "Fwd: Re: ")
    )
    assert found is not None
    assert (found.entry.name, found.entry.audience) == ("Prévenir l’éviction", Audience.COMMUNITY)
    assert stage.database.read_now(lambda uow: uow.unfinished.among([found.entry.iri])) == {found.entry.iri}
    words = str(json.loads(found.document)["content"])
    assert "Trois villes racontent" in words
    assert "Mireille" not in words
    assert answer.recipient == "mireille@exemple.org"  # who says to have written it gets nothing
    assert answer.subject == "C’est partagé\xa0: Prévenir l’éviction"
    for each in (found.entry.iri, "Habitation", "Jusqu’à 05\xa0h\xa010"):
        assert each in answer.text
    stage.later(minutes=9)
    [token] = re.findall(r"/partager/lettre\?jeton=(\S+)", answer.text)
    number = stage.database.write_now(lambda uow: undo_by_letter(uow, stage.house(), token, withdraw))
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: undo_by_letter(uow, stage.house(), token, withdraw))
    draft = stage.database.read_now(lambda uow: uow.drafts.get(number, stage.author))
    assert draft is not None
    assert draft.fields["lien"] == "https://quotidien.example/article"


async def test_photos_and_files_come_along_and_what_cannot_is_said(stage: Stage) -> None:
    message = letter("Deux choses de la sortie.", "Sortie")
    message.add_attachment(photograph(), maintype="image", subtype="jpeg", filename="Sortie.jpg")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="Plan.pdf")
    message.add_attachment(b"<script>", maintype="image", subtype="png", filename="faux.png")
    message.add_attachment(recorded("m4a"), maintype="audio", subtype="mp4", filename="Mémo.m4a")
    message.add_attachment(recorded("m4a")[:90], maintype="audio", subtype="mp4", filename="faux.m4a")
    found, answer = await opened(stage, message)
    assert found is not None
    said = found.document.decode()
    assert "Deux choses de la sortie." in said
    assert said.count("/media/") >= 4
    assert "Appareil" not in said
    assert "faux.png" not in said
    assert "«\xa0faux.png\xa0» ne se lit pas comme une image." in answer.text
    assert f"{found.entry.iri}/modifier" in answer.text
    used = stage.database.read_now(lambda uow: uow.media.used_by(found.entry.iri))
    assert sorted(row.extension for row in used) == ["jpg", "m4a", "pdf"]
    kept = stage.database.read_now(lambda uow: b"".join(uow.media.content(row.digest) for row in used))
    assert b"secrete" in recorded("m4a")
    assert b"secrete" not in kept
    assert "«\xa0faux.m4a\xa0» peut garder un lieu ou un nom" in answer.text


async def test_who_chose_nobody_or_may_not_any_more_shares_with_themselves(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.letterbox.choose(stage.author, ""))
    found, answer = await opened(stage, letter("À moi"))
    assert found is not None
    assert (found.entry.audience, found.entry.community) == (Audience.SELF, "")
    assert f"{found.entry.iri}/visibilite" in answer.text
    stage.database.write_now(lambda uow: uow.letterbox.choose(stage.author, f"{stage.house().url}/communautes/autre"))
    found, answer = await opened(stage, letter("Pour d’autres"), mark="2")
    assert found is not None
    assert found.entry.audience is Audience.SELF
    assert "vous ne pouvez plus publier dans" in answer.text


async def test_what_brings_nothing_or_cannot_be_read_is_answered_with_a_way(stage: Stage) -> None:
    found, answer = await opened(stage, letter("-- \nMireille", ""))
    assert found is None
    assert "ni texte, ni lien" in answer.text
    broken = letter("x")
    broken["Content-Description"] = "x" * 5_000
    found, answer = await opened(stage, broken, mark="2")
    assert found is None
    assert "ne se lit pas" in answer.text
    assert "/partager" in answer.text


@pytest.mark.parametrize("name", ["x.json", "../../etc/x.svg", "x.png\x00.html"])
async def test_what_a_letter_brings_is_as_harmless_as_what_a_form_does(stage: Stage, name: str) -> None:
    message = letter(
        "[ici](javascript:alert(1)) <script>alert(1)</script> <img src=x onerror=alert(1)>", "<script>alert(1)</script>"
    )
    message.add_attachment(b'{"type": "Note"}', maintype="application", subtype="activity+json", filename="x")
    next(message.iter_attachments()).replace_header("Content-Disposition", f'attachment; filename="{name}"')
    found, answer = await opened(stage, message)
    assert found is not None
    content = str(json.loads(found.document)["content"])
    assert "<script" not in content
    assert "onerror=alert(1)>" not in content.replace("&gt;", "")
    assert 'href="javascript' not in content
    assert "\n" not in answer.subject
    [row] = stage.database.read_now(lambda uow: uow.media.used_by(found.entry.iri))
    assert (row.media_type, row.extension) == ("application/octet-stream", "bin")
    kept = stage.database.read_now(lambda uow: uow.media.kept(row.digest, stage.author))
    assert kept is not None
    assert "/" not in kept.name


async def test_an_address_taken_back_opens_nothing(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.letterbox.put(stage.author, "1", letter("x").as_bytes(), stage.now))
    [row] = stage.database.write_now(lambda uow: open_letter.JOB.claim(uow, stage.house(), 5))
    stage.database.write_now(lambda uow: uow.letterbox.revoke(stage.author))
    await open_letter.JOB.work(stage.tools, row)
    assert stage.database.read_now(written(stage)) == []


async def test_what_kills_the_process_again_and_again_is_let_go(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.letterbox.put(stage.author, "1", letter("x").as_bytes(), stage.now))
    [row] = stage.database.write_now(lambda uow: open_letter.JOB.claim(uow, stage.house(), 5))
    await open_letter.JOB.work(stage.tools, replace(row, attempts=open_letter.MOST_TRIES + 1))
    assert stage.database.read_now(written(stage)) == []
    assert open_letter.JOB.mishap is not None


def test_a_mishap_is_told(stage: Stage) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.letterbox.put(stage.author, "1", b"x", stage.now)
        [row] = open_letter.JOB.claim(uow, stage.house(), 5)
        assert open_letter.JOB.mishap is not None
        open_letter.JOB.mishap(uow, stage.house(), row, "unforeseen")
        assert len(uow.letters.listed("due")) == 1

    stage.database.write_now(work)
