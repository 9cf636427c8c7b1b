"""Who is named in a text is mentioned: by username, or by a link that begins with an @; a link names nobody else."""

from __future__ import annotations

import pytest

from kit.guests import B, Stage
from node.storage.engine import Database
from node.storage.mentioning import naming_people
from vocab.things.mention import Mention
from vocab.things.note import Note
from vocab.values import Text


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def mentioned(stage: Stage, content: str) -> set[str]:
    named = stage.database.read_now(lambda uow: naming_people(uow, stage.house(), Note(content=Text.of(content))))
    tags = [ref.thing for ref in named.tag]
    return {tag.href.iri for tag in tags if isinstance(tag, Mention) and tag.href is not None}


def test_those_who_are_named(stage: Stage) -> None:
    ali, zoe = stage.person("ali"), stage.person("zoe")
    assert mentioned(stage, "<p>Et toi, @ali\u00a0? écris à info@zoe.example</p>") == {ali}
    assert mentioned(stage, "<p>@Ali et @zoe@ici.example, @inconnue, @zoe@ailleurs.example</p>") == {ali, zoe}
    assert mentioned(stage, f'<p><a href="{zoe}" rel="x">@Ali Côté</a></p>') == {zoe}
    assert mentioned(stage, f'<p><a href="{zoe}">son profil</a> <a href="{B}">@logement</a></p>') == set()
    assert mentioned(stage, "<p>Personne.</p>") == set()
