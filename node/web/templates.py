"""Pages as HTML: the Jinja environment of each language, and the two functions that everything else calls."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from node.contracts import Page, View, Visit
from node.web import pages as pages_room
from node.web import wording
from node.web.addresses import Addresses
from node.web.compiled import Compiled
from node.web.emblem import emblem
from node.web.takeaway import Ways
from node.web.translations import LANGUAGES, TAGS, Tongue, Words, catalogue, language_of, spoken

WEB = Path(__file__).parent
STATIC = WEB / "static"


def render(page_name: str, view: View, visit: Visit, pages: Mapping[str, Page], ways: Ways | None = None) -> str:
    """The HTML of a page; `page_name` is its module's name, `pages` what the menu is made from, `ways` those to take it away."""
    return _filled(f"pages/{page_name}.html", view, visit, pages, ways)


def render_error(status: int, visit: Visit, pages: Mapping[str, Page], *, written: str | None = None) -> str:
    """The page that says in plain words what went wrong. It shows nothing of what was asked for.

    `written` is what somebody wrote in a form that was refused, "" when nothing, None when no form was sent.
    """
    tongue = Tongue(language_of(visit.language))
    title, words = (_form_words(status, tongue) if written is not None else None) or _error_words(status, tongue)
    values = {"words": words, "written": written or "", "status": status}
    return _filled("layout/error.html", View(values=values, title=title, status=status), visit, pages)


@functools.cache
def asset(name: str) -> str:
    """The address of a static file, which changes when its content does."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]
    return f"/static/{name}?v={mark}"


class _Beside(BaseLoader):
    """Finds a page's template beside its module, wherever the pages' package reaches."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, filename, is_current = FileSystemLoader(list(pages_room.__path__)).get_source(environment, template)
        return source, filename, is_current


@functools.cache
def environment(language: str) -> Environment:
    """The Jinja environment of one language: everything escaped, nothing undefined."""
    made = Environment(
        loader=ChoiceLoader([PrefixLoader({"pages": _Beside(), "layout": FileSystemLoader(WEB / "layout")})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        bytecode_cache=Compiled(),
    )
    made.policies["ext.i18n.trimmed"] = True
    words = catalogue(language)
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(_filters(language))
    constant = _constant(words)
    made.globals.update(gettext=constant, _=constant)
    made.globals.update(asset=asset, emblem=emblem, language=language, languages=LANGUAGES)
    return made


def _constant(words: Words) -> Callable[..., Markup]:
    """What templates ask most: a phrase, mostly with nothing to fill in. Kept as it is said to whoever is answered now."""
    kept: dict[tuple[str, str], Markup] = {}
    said: Mapping[str, tuple[str, ...]] | None = None

    def constant(message: str, /, **values: object) -> Markup:
        nonlocal said
        if values:
            return Markup(words.gettext(message)) % values  # noqa: S704 -- a phrase of ours, or of the organisation, without markup
        if said is not words.own:  # the organisation's own, adopted at each page
            if said != words.own:
                kept.clear()
            said = words.own
        key = message, spoken()
        found = kept.get(key)
        if found is None:
            found = kept[key] = Markup(words.gettext(message)) % {}  # noqa: S704 -- as above
        return found

    return constant


def _filters(language: str) -> dict[str, Callable[..., Any]]:
    tongue = Tongue(language)
    return {
        "day": functools.partial(wording.day, language=language),
        "hour": lambda moment: wording.hour(moment, language),
        "ago": functools.partial(wording.ago, language=language),
        "rfc3339": _rfc3339,
        "leading": wording.leading,
        "strength_words": functools.partial(wording.strength_words, tongue=tongue),
        "number": functools.partial(wording.number, tongue=tongue),
        "percent": functools.partial(wording.percent, tongue=tongue),
        "language_name": functools.partial(wording.language_name, tongue=tongue),
    }


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _filled(template: str, view: View, visit: Visit, pages: Mapping[str, Page], ways: Ways | None = None) -> str:
    language = language_of(visit.language)
    addresses = Addresses(visit)
    made = environment(language)
    menu = sorted((page for page in pages.values() if page.menu), key=lambda page: page.menu)
    text: str = made.get_template(template).render(
        {
            "title": view.title,
            "visit": visit,
            "house": visit.house,
            "now": visit.house.now,
            "menu": [(_bare(page.path), Tongue(language).say(page.label)) for page in menu],
            "places": {_bare(page.path) for page in pages.values()},
            "addresses": addresses,
            "href": addresses.page,
            "here": addresses.here,
            "ways": ways,
            "language_tag": TAGS[language],
            **view.values,
        }
    )
    return text


@functools.cache
def _bare(path: str) -> str:
    """The address of a page without what may stand in its place holders."""
    return re.sub(r"\{[^}]*\}", "", path)


def _form_words(status: int, tongue: Tongue) -> tuple[str, str] | None:
    """What is said of a form that was refused, where it is not what is said of a page."""
    known: dict[int, tuple[str, str]] = {
        HTTPStatus.BAD_REQUEST: (
            tongue.say("Rien n’a été enregistré"),
            tongue.say("Le formulaire était vide, ou trop long. Revenez à la page précédente pour le remplir de nouveau."),
        ),
        HTTPStatus.FORBIDDEN: (
            tongue.say("Ceci n’est pas permis"),
            tongue.say(
                "Vous n’êtes plus entré·e, le lien pour entrer a déjà servi, ou ceci ne vous est pas ouvert."
                " Entrez de nouveau\u00a0; au besoin, demandez un nouveau lien à l’animation."
            ),
        ),
        HTTPStatus.NOT_FOUND: (
            tongue.say("Rien n’a été enregistré"),
            tongue.say("Ce que vous vouliez changer n’est plus là\u00a0: c’est peut-être déjà fait."),
        ),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
            tongue.say("Rien n’a été enregistré"),
            tongue.say("Le formulaire est trop long. Revenez à la page précédente pour le raccourcir."),
        ),
    }
    return known.get(status)


def _error_words(status: int, tongue: Tongue) -> tuple[str, str]:
    known: dict[int, tuple[str, str]] = {
        HTTPStatus.NOT_FOUND: (
            tongue.say("Cette page n’existe pas"),
            tongue.say("Elle n’existe pas, ou elle est réservée à des personnes dont vous ne faites pas partie."),
        ),
        HTTPStatus.GONE: (
            tongue.say("Cette page a été retirée"),
            tongue.say("La personne ou la communauté qui l’avait publiée l’a retirée."),
        ),
        HTTPStatus.FORBIDDEN: (
            tongue.say("Ceci n’est pas permis"),
            tongue.say("Ceci n’est ouvert qu’à certaines personnes. Pour entrer, demandez un lien à l’animation."),
        ),
        HTTPStatus.TOO_MANY_REQUESTS: (
            tongue.say("Un instant"),
            tongue.say("Beaucoup de demandes viennent du même endroit. Réessayez dans quelques minutes."),
        ),
        HTTPStatus.SERVICE_UNAVAILABLE: (
            tongue.say("Un instant"),
            tongue.say("Le site est très occupé. Réessayez dans une minute."),
        ),
    }
    unexpected = (
        tongue.say("Cette demande n’a pas pu être comprise"),
        tongue.say("Vérifiez l’adresse, ou revenez à l’accueil."),
    )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        unexpected = (
            tongue.say("Quelque chose s’est brisé de notre côté"),
            tongue.say("Ce n’est pas votre faute. L’incident est noté\u00a0; réessayez dans un moment."),
        )
    return known.get(status, unexpected)
