"""What pages show of a conversation, an event, a question: in words, in order, and to whom they may be shown."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from kit.guests import B, Stage, V, act, note
from kit.planning import meeting
from kit.recorded import recorded
from node.actions.reply import reply
from node.collect import collect
from node.contracts import Page, Visit
from node.domain.entries import Audience
from node.domain.errands import Errand
from node.domain.visibility import ANYONE, Reader
from node.storage.engine import Database
from node.storage.taking import take
from node.web import pages as pages_room
from node.web import templates
from node.web.routing import Routes
from vocab import jsonld
from vocab.namespaces import PUBLIC
from vocab.values import Ref

PAGES = collect(pages_room, "PAGE", Page)


@pytest.fixture
def stage(memory: Database) -> Stage:
    stage = Stage(memory)
    stage.approve()
    return stage


def shown(stage: Stage, iri: str, reader: Reader = ANYONE, language: str = "fr") -> str:
    """The words of the page of a thing, without its marks."""
    is_ours = stage.house().is_local(iri)
    url = urlsplit(iri).path if is_ours else f"/ailleurs/ressource?iri={quote(iri, safe='')}"
    parts = urlsplit(url)
    found = Routes(PAGES, {}).find(parts.path)
    assert found is not None
    assert found.page is not None
    match, query = found.page, dict(parse_qsl(parts.query))
    visit = Visit(house=stage.house(), reader=reader, language=language, path=match.values, query=query, url=url)
    view = stage.database.read_now(lambda uow: match.target.show(uow, visit))
    html = templates.render(match.name, view, visit, PAGES)
    return " ".join(re.sub(r"<[^>]*>", " ", html[html.index("<main") :]).replace("&nbsp;", "\u00a0").split(" ")).replace(
        "\n", " "
    )


def answered(stage: Stage, what: str, words: str, author: str = "") -> str:
    return stage.database.write_now(lambda uow: reply(uow, stage.house(), what, author or stage.author, words)).iri


async def test_a_conversation_is_read_below_what_it_is_about(stage: Stage) -> None:
    top = stage.note("Accueillir").iri
    first = answered(stage, top, "Première réponse.")
    stage.later(minutes=1)
    answered(stage, top, "Deuxième réponse.")
    said = note(V, "", 9, type="Note", inReplyTo=first, content="<p>D’ailleurs<script>x</script></p>")
    await stage.receive(act("Create", V, said))
    words = shown(stage, top)
    places = [words.index(part) for part in ("Première réponse.", "D’ailleurs", "Deuxième réponse.")]
    assert places == sorted(places)
    assert "script" not in words[places[0] :]
    assert "répond à" not in words
    assert "Première réponse." in (below := shown(stage, said["id"]))
    assert "répond à" in below


async def test_deep_answers_say_what_they_answer(stage: Stage) -> None:
    last = stage.note("Accueillir").iri
    top = last
    for number in range(7):
        last = answered(stage, last, f"Réponse numéro {number}.")
    assert shown(stage, top).count("répond à") == 3


@pytest.mark.parametrize("blocked", ["ailleurs.example", ""])
async def test_nobody_sees_what_they_may_not_see(stage: Stage, blocked: str) -> None:
    hidden = stage.note("Entre nous", Audience.COMMUNITY).iri
    answered(stage, hidden, "Réservé à nous.")
    outside = note(V, "", 9, type="Note", inReplyTo=hidden, context=f"{hidden}/x", content="<p>Je sais tout.</p>")
    await stage.receive(act("Create", V, outside))
    member = Reader(actor=stage.author, communities=frozenset({stage.community}))
    inside = shown(stage, hidden, member)
    assert "Réservé à nous." in inside
    # Somebody who cannot have read it answers it in public: that is none of the conversation.
    assert "Je sais tout." not in inside
    assert "Entre nous" not in shown(stage, outside["id"])
    assert hidden in shown(stage, outside["id"])

    top = stage.note("Accueillir").iri
    await stage.receive(act("Create", V, note(V, "", 10, type="Note", inReplyTo=top, content="<p>Bonjour</p>"), 10))
    if blocked:
        stage.database.write_now(lambda uow: uow.peers.put_state(blocked, "blocked", stage.now))
    assert ("Bonjour" in shown(stage, top)) is not bool(blocked)


def test_an_event_in_a_place_and_online_shows_both(stage: Stage) -> None:
    start = datetime(2026, 12, 2, 0, 30, tzinfo=UTC)
    words = shown(
        stage,
        meeting(
            stage,
            options={"location": "Maison Gauvreau, Rimouski"},
            start_time=start,
            end_time=start + timedelta(hours=2),
            location=(Ref("https://rencontre.example/salle"),),
        ),
    )
    assert "Maison Gauvreau, Rimouski" in words
    assert words.count("En ligne") == 1


def test_an_event_of_ours_says_when_where_and_how_in_words(stage: Stage) -> None:
    start = datetime(2026, 12, 2, 0, 30, tzinfo=UTC)
    event = meeting(
        stage, options={"location": "Maison Gauvreau, Rimouski"}, start_time=start, end_time=start + timedelta(hours=2)
    )
    words = shown(stage, event)
    for part in (
        "mardi 1er décembre 2026, de 19\u00a0h\u00a030 à 21\u00a0h\u00a030",
        "Maison Gauvreau, Rimouski",
        "Organisé par",
        "L’inscription est libre.",
        "0 personne",
    ):
        assert part in words
    assert "Quand\u00a0:" not in words
    assert "Tuesday, December 1, 2026, 7:30" in shown(stage, event, language="en")
    for language, when in (("fr", "Mardi 1er décembre 2026, de 19\u00a0h\u00a030"), ("en", "Tuesday, December 1, 2026, 7:30")):
        card = shown(stage, f"{stage.community}/repertoire", language=language)
        assert when in card, "a card tells the same on the same clocks"
        assert not re.search("America|Quand|When", card)
    meeting(stage, replaces=event, options={"eventStatus": "annulé"}, start_time=start, end_time=start + timedelta(days=1))
    words = shown(stage, event)
    assert "Annulé" in words
    assert "du mardi 1er décembre 2026 à 19\u00a0h\u00a030 au mercredi 2 décembre 2026 à 19\u00a0h\u00a030" in words


def test_an_event_of_mobilizon_is_told_on_the_clocks_of_its_place(stage: Stage) -> None:
    document = recorded("mobilizon/objects/event.json")
    event = jsonld.read(document)
    reason = stage.database.write_now(lambda uow: take(uow, stage.house(), Errand(iri=event.id), event, document))
    assert reason == ""
    words = shown(stage, event.id)
    for part in (
        "dimanche 11 décembre 2022, de 19\u00a0h\u00a000 à 21\u00a0h\u00a000 (Europe/London)",
        "(c’est passé)",
        "The Kenn Centre, Devon Expressway, Teignbridge, EX6 7TW, England, United Kingdom",
        "L’inscription est libre.",
    ):
        assert part in words


@pytest.mark.parametrize(
    ("closed", "expected"), [({}, "Un seul choix"), ({"closed": "2026-11-01T00:00:00Z"}, "Le vote est clos.")]
)
async def test_a_question_is_shown_and_answered_where_it_was_asked(stage: Stage, closed: dict[str, str], expected: str) -> None:
    choices = [
        {"type": "Note", "name": name, "replies": {"type": "Collection", "totalItems": n}} for name, n in (("Oui", 3), ("Non", 1))
    ]
    asked = note(V, "", 4, type="Question", content="<p>On y va ?</p>", oneOf=choices, to=[PUBLIC, B], **closed)
    row = await stage.receive(act("Create", V, asked))
    assert row.state == "done"
    words = shown(stage, asked["id"])
    assert re.search(r"Oui\s+\(\s*3 voix", words)
    assert re.search(r"Non\s+\(\s*1 voix", words)
    assert expected in words
