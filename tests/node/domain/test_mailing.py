from __future__ import annotations

import pytest

from node.domain.letters import Postbox
from node.domain.mailing import PRESETS, preset_of, told


@pytest.mark.parametrize("name", PRESETS)
def test_a_company_that_is_known_needs_no_server(name: str) -> None:
    found = told({"hebergeur": name, "nom": "nadia@exemple.org", "secret": "s"}, None)
    assert found.wrong == {}
    assert preset_of(found.postbox) == name
    assert found.postbox.sender == "nadia@exemple.org"


def test_a_password_is_kept_for_the_same_server_alone() -> None:
    known = Postbox(host="mail.exemple.org", password="secret", sender="a@exemple.org")
    fields = {"serveur": "mail.exemple.org", "expediteur": "a@exemple.org"}
    assert told(fields, known).postbox.password == "secret"
    assert told({**fields, "serveur": "mail.evil.example"}, known).postbox.password == ""
    assert told({**fields, "secret": "autre"}, known).postbox.password == "autre"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"serveur": "empty", "expediteur": "address"}),
        ({"serveur": "a b", "expediteur": "a@b.example"}, {"serveur": "empty"}),
        ({"serveur": "a.example", "port": "70000", "expediteur": "a@b.example"}, {"port": "port"}),
        ({"serveur": "a.example", "port": "x", "expediteur": "a@b.example"}, {"port": "port"}),
        ({"serveur": "a.example", "securite": "peut-etre", "expediteur": "a@b.example"}, {"securite": "security"}),
        ({"serveur": "a.example", "expediteur": "a@b.example", "essai": "moi"}, {"essai": "address"}),
        ({"serveur": "a" * 300, "expediteur": "a@b.example"}, {"serveur": "long"}),
    ],
)
def test_what_is_wrong_with_a_server(fields: dict[str, str], wrong: dict[str, str]) -> None:
    assert told(fields, None).wrong == wrong


def test_an_address_may_tell_the_company() -> None:
    assert preset_of(told({"nom": "Nadia@gmail.com", "secret": "s"}, None).postbox) == "Google"
    assert told({"nom": "nadia@gmail.com", "serveur": "mail.exemple.org"}, None).postbox.host == "mail.exemple.org"


def test_where_nobody_says_how_both_usual_ways_are_tried() -> None:
    said = {"serveur": "a.example", "expediteur": "a@b.example", "securite": "auto"}
    found = told(said, None)
    assert [(each.port, each.security) for each in (found.postbox, *found.others)] == [(465, "tls"), (587, "starttls")]
    known = told({**said, "port": "2525"}, None)
    assert ((known.postbox.port, known.postbox.security), known.others) == ((2525, "starttls"), ())


def test_the_usual_port() -> None:
    said = {"serveur": "a.example", "expediteur": "a@b.example"}
    assert (told(said, None).postbox.port, told({**said, "securite": "starttls"}, None).postbox.port) == (465, 587)
