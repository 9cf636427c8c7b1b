"""Everything that we send or serve goes through every oracle: accepted, or an exception with its reason; the table is printed."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from federation import oracles
from federation.appearance import Appearance, Oracle, Seen, Visibility
from node.collect import collect

ORACLES = collect(oracles, "ORACLE", Oracle)

ARTICLES = (
    "practice note", "case", "tool", "link", "notebook", "note with picture, in two languages", "recording", "translation",
    "intersection",
)  # fmt: skip
EVENTS = ("event", "meeting", "meeting that comes back")
TEXTS = (*ARTICLES, *EVENTS, "concept", "mapping", "reply", "request for help", "summing up")
PASSED_ON = ("Announce(Create)", "Announce(Update)", "Announce(Delete)")

#: Where something is refused, and why we live with it: (servers, what, reason). One that no longer holds fails.
EXCEPTIONS: list[tuple[tuple[str, ...], tuple[str, ...], str]] = [
    (("gotosocial", "wordpress"), ("Add(address)",), "they have no lists that a community shows first"),
    (("wordpress",), ("Flag(address)",), "it takes no reports"),
    (("lemmy",), ("Move(address)",), "its people do not move"),
    (
        ("friendica", "gotosocial", "lemmy", "mastodon", "nodebb", "wordpress"),
        ("Join(address)",),
        "it goes to who holds the event, and they hold none",
    ),
    (("mobilizon",), (*ARTICLES, "Create(Article)", "Update(Article)"), "it reads an Article only as the post of its own groups"),
    (("mobilizon",), ("concept", "glossary"), "it knows no Page"),
    (("mobilizon",), ("Like(address)",), "it has no appreciations"),
    (("nodebb",), (*EVENTS, "Create(Event)"), "it knows no Event"),
    (
        ("friendica", "lemmy", "mastodon", "mobilizon", "nodebb", "wordpress"),
        ("place",),
        "a place is nothing to show alone; it comes along with what names it",
    ),
    (("lemmy",), ("intersection", "glossary"), "they belong to no community, are sent to nobody and only served"),
    (("lemmy",), ("Announce(address)",), "it takes the whole activity, which is announced too"),
    (("lemmy",), ("Update(Person)",), "it reads actors anew once a day"),
    (
        ("gotosocial", "mastodon", "mobilizon"),
        PASSED_ON,
        "they take the address of what is new, which is announced too, and ends and changes from the author",
    ),
]


def excused(server: str, name: str) -> str:
    return next((reason for servers, names, reason in EXCEPTIONS if server in servers and name in names), "")


@pytest.mark.parametrize("server", ORACLES)
def test_everything_is_accepted_or_excused(server: str, seen: dict[str, Seen]) -> None:
    verdicts = {name: ORACLES[server].look(each) for name, each in seen.items()}
    refused = {name: verdict.reasons for name, verdict in verdicts.items() if not verdict.is_accepted}
    assert {name: why for name, why in refused.items() if not excused(server, name)} == {}
    assert [name for name in verdicts if excused(server, name) and name not in refused] == [], (
        "an exception that is none any more"
    )


def test_the_table_is_printed(seen: dict[str, Seen], record_property: Callable[[str, object], None]) -> None:
    widest = max(map(len, seen))
    record_property("how others see us", " " * widest + "".join(f"  {name:<18}" for name in ORACLES))
    for name, each in seen.items():
        cells = [_cell(oracle.look(each)) for oracle in ORACLES.values()]
        record_property("how others see us", f"{name:<{widest}}" + "".join(f"  {cell:<18}" for cell in cells))
    assert len(seen) > 30


def _cell(found: Appearance) -> str:
    if not found.is_accepted:
        return "–"
    hidden = " (hidden)" if found.warning else ""
    return f"{found.becomes}{hidden}" if found.visibility is not Visibility.NOT_SHOWN else "(read)"


@pytest.mark.parametrize("server", ORACLES)
def test_what_is_shown_says_what_it_is(server: str, seen: dict[str, Seen]) -> None:
    shown = []
    for name in TEXTS:
        found = ORACLES[server].look(seen[name])
        if not found.is_accepted or found.visibility is Visibility.NOT_SHOWN:
            continue
        said = json.loads(seen[name].document)
        told = f"{found.title} {found.warning} {found.text}"
        assert found.visibility in {Visibility.PUBLIC, Visibility.FOLLOWERS}, name
        assert said.get("name", "")[:8] in told or server == "gotosocial", name
        assert found.text, name
        assert found.author == said["attributedTo"], name
        assert found.published == said["published"], name
        shown.append(name)
    assert "reply" in shown


def test_an_answer_is_hidden_nowhere(seen: dict[str, Seen]) -> None:
    for server, oracle in ORACLES.items():
        found = oracle.look(seen["reply"])
        assert (found.warning, "Merci" in found.text) == ("", True), server


def test_a_date_is_read_even_where_events_are_no_events(seen: dict[str, Seen]) -> None:
    for server in ("mastodon", "gotosocial", "friendica"):
        found = ORACLES[server].look(seen["event"])
        assert "décembre 2026" in f"{found.warning}{found.text}", server


def test_a_meeting_that_comes_back_says_so_where_no_rule_is_read(seen: dict[str, Seen]) -> None:
    for server in ("mastodon", "gotosocial", "friendica", "mobilizon", "lemmy"):
        found = ORACLES[server].look(seen["meeting that comes back"])
        told = "Quand\u00a0: 1er décembre 2026, puis chaque mois, le premier mardi"
        assert told in f"{found.warning}{found.text}".replace("&nbsp;", "\u00a0"), server


def test_what_is_said_in_a_recording_is_its_description(seen: dict[str, Seen]) -> None:
    for name in ("recording", "request for help"):
        (file,) = json.loads(seen[name].document)["attachment"]
        assert (file["type"], file["mediaType"], file["summary"]) == ("Document", "audio/webm", "Nous y sommes allées."), name


def test_a_meeting_has_its_place_and_its_room_on_mobilizon(seen: dict[str, Seen]) -> None:
    found = ORACLES["mobilizon"].look(seen["meeting"])
    assert "It takes place in: La Fabrique." in found.notes
    assert [each.url for each in found.cards] == ["https://rencontre.example/1"]


def test_pictures_keep_their_words(seen: dict[str, Seen]) -> None:
    illustrated = seen["note with picture, in two languages"]
    for server in ("mastodon", "gotosocial", "friendica", "lemmy", "nodebb", "wordpress"):
        assert [each.alt for each in ORACLES[server].look(illustrated).pictures] == ["Un cercle de chaises"], server


def test_what_lies_elsewhere_is_the_link_of_the_post_on_lemmy(seen: dict[str, Seen]) -> None:
    assert ORACLES["lemmy"].look(seen["link"]).link == "https://www.quebec.ca/habitation"


def test_topics_are_hashtags(seen: dict[str, Seen]) -> None:
    for server in ("mastodon", "gotosocial", "friendica", "nodebb", "wordpress"):
        found = ORACLES[server].look(seen["practice note"]).hashtags
        assert [label.removeprefix("#") for label in found] == ["Accueil", "LogementAbordable"], server


def test_the_title_is_shown_once_where_the_source_is_shown(seen: dict[str, Seen]) -> None:
    for server in ("lemmy", "nodebb", "friendica"):
        found = ORACLES[server].look(seen["practice note"])
        assert (found.title, "L’accueil" in found.text) == ("L’accueil", False), server
        notebook = ORACLES[server].look(seen["notebook"])
        assert json.loads(seen["practice note"].document)["id"] in notebook.text, server


def test_the_first_language_leads(seen: dict[str, Seen]) -> None:
    said = json.loads(seen["note with picture, in two languages"].document)
    assert (next(iter(said["contentMap"])), said["contentMap"]["fr"]) == ("fr", said["content"])
    assert ORACLES["mastodon"].look(seen["note with picture, in two languages"]).languages == ("fr",)
    assert list(said["summaryMap"]) == ["fr", "en"]
