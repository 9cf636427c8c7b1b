"""Templates: nothing undefined, nothing unescaped but what was cleaned, plain words when something goes wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from jinja2 import UndefinedError

from node.collect import collect
from node.contracts import House, Page, Visit
from node.domain.html import clean
from node.domain.visibility import ANYONE
from node.web import pages, templates

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
PAGES = collect(pages, "PAGE", Page)


def visit(url: str, language: str = "fr") -> Visit:
    house = House(url="https://carrefour.example", name="<Carrefour>", mode="open", language="fr", now=NOW)
    return Visit(house=house, reader=ANYONE, language=language, path={}, query={}, url=url)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("status", [400, 403, 404, 405, 406, 410, 429, 499, 500, 503])
def test_an_error_is_told_in_plain_words(status: int, language: str) -> None:
    html = templates.render_error(status, visit("/ressources/secrete?q=<script>", language), PAGES)
    assert "<h1>" in html
    assert str(status) not in html.replace("2026", "")
    assert "<script>" not in html
    assert "&lt;Carrefour&gt;" in html


def test_errors_of_one_status_are_all_alike() -> None:
    one, other = (templates.render_error(404, visit("/x"), PAGES) for _ in range(2))
    assert one == other


def test_a_name_that_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        templates.environment("fr").from_string("{{ nobody }}").render()


def test_only_cleaned_html_is_shown_as_html() -> None:
    template = templates.environment("fr").from_string("{{ text }}")
    assert template.render(text="<b>a</b>") == "&lt;b&gt;a&lt;/b&gt;"
    assert template.render(text=clean("<b>a</b><script>b</script>")) == "<b>a</b>"


def test_the_address_of_a_static_file_changes_with_its_content() -> None:
    assert templates.asset("maillage.css").startswith("/static/maillage.css?v=")


@pytest.mark.parametrize("name", ["maillage.css", "maison.css", "impression.css"])
def test_a_sheet_of_style_is_light(name: str) -> None:
    assert (templates.STATIC / name).stat().st_size <= 20_000
