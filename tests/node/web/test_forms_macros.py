"""What forms are made of: what was typed comes back, what is wrong is tied to its field, and a password never comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

from node.contracts import House, Visit
from node.domain.visibility import ANYONE
from node.web import templates

HOUSE = House(
    url="https://carrefour.example", name="Carrefour", mode="open", language="fr", now=datetime(2026, 11, 20, tzinfo=UTC)
)
FORM = """{% import "layout/forms.html" as forms with context %}{{ forms.summary() }}{{ forms.token() }}
{{ forms.text('titre', 'Titre', value='<1>', hint='Court.', maxlength=9) }}{{ forms.area('texte', 'Texte', value='\\nb') }}
{{ forms.choice('langue', 'Langue', [('fr', 'français'), ('en', 'anglais')], value='fr') }}
{{ forms.radios('qui', 'Qui', [('tous', 'Tout le monde'), ('nous', 'Nous', 'six personnes')], value='nous') }}
{{ forms.tick('oui', 'Oui', value=true) }}{{ forms.text('secret', 'Mot de passe', kind='password') }}
{{ forms.confirm('Effacer', 'Tout part.', name='geste', value='effacer') }}"""


class Fields(HTMLParser):
    """The elements of a form by their id, and the words in each element that has one."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.named: dict[str, dict[str, str | None]] = {}
        self.hidden: list[str | None] = []
        self.chosen: list[str | None] = []
        self.links: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (name := given.get("id")) is not None:
            assert name not in self.named
            self.named[name] = given
        if given.get("type") == "hidden":
            self.hidden.append(given.get("value"))
        if tag == "option" and "selected" in given:
            self.chosen.append(given["value"])
        if tag == "a":
            self.links.append(given.get("href"))


def shown(sent: dict[str, str], problems: dict[str, str]) -> tuple[str, Fields]:
    visit = Visit(
        house=HOUSE, reader=ANYONE, language="fr", path={}, query={}, url="/", form_token="j", sent=sent, problems=problems
    )
    html = templates.environment("fr").from_string(FORM).render(visit=visit)
    return html, Fields(html)


def test_a_form_that_was_not_sent_shows_what_there_is() -> None:
    html, fields = shown({}, {})
    assert fields.hidden == ["j"]
    assert fields.named["champ-titre"]["value"] == "<1>"
    assert fields.named["champ-titre"]["aria-describedby"] == "aide-titre"
    assert "aria-invalid" not in fields.named["champ-titre"]
    assert fields.chosen == ["fr"]
    assert "checked" in fields.named["champ-qui-2"]
    assert "checked" in fields.named["champ-oui"]
    assert "a-corriger" not in fields.named
    assert "Tout part." in html


def test_what_was_typed_comes_back_and_a_password_does_not() -> None:
    html, fields = shown(
        {"titre": '"2"', "texte": "<c>", "langue": "en", "qui": "tous", "secret": "chut"}, {"titre": "Trop long."}
    )
    assert fields.named["champ-titre"]["value"] == '"2"'
    assert "&lt;c&gt;</textarea>" in html
    assert fields.chosen == ["en"]
    assert "checked" in fields.named["champ-qui-1"]
    assert "checked" not in fields.named["champ-qui-2"]
    assert "checked" not in fields.named["champ-oui"], "what was not ticked stays so"
    assert "chut" not in html


def test_what_is_wrong_is_said_on_top_and_at_the_field() -> None:
    html, fields = shown({"titre": "x"}, {"titre": "Trop long.", "qui": "À choisir.", "": "Rien ne va."})
    assert "autofocus" in fields.named["a-corriger"]
    assert fields.links == ["#champ-titre", "#champ-qui"]
    assert set(fields.links) <= {f"#{name}" for name in fields.named}
    assert fields.named["champ-titre"]["aria-invalid"] == "true"
    assert fields.named["champ-titre"]["aria-describedby"] == "aide-titre erreur-titre"
    assert fields.named["champ-qui"]["aria-describedby"] == "erreur-qui"
    assert html.count("Rien ne va.") == 1


def test_a_line_break_at_the_head_of_a_text_is_kept() -> None:
    html, _ = shown({"texte": "\n\nx"}, {})
    assert ">\n\n\nx</textarea>" in html
