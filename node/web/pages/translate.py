"""The form in which a member translates a resource: what it says, and beside it the same in another language."""

from __future__ import annotations

from dataclasses import replace

from node.actions.translate import original, rooms
from node.contracts import Page, View, Visit
from node.domain.html import clean, plain
from node.domain.translating import LANGUAGES, LONGEST, language_of, text_of
from node.storage.unit_of_work import UnitOfWork
from node.web.begun import begun
from node.web.cards import audience_words, title_of
from node.web.desk import Desk
from node.web.tongues import TRANSLATE, translating
from node.web.wording import language_name, licence


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form, for whoever may translate it; raises NotFound, or NotAllowed where the licence lets nobody."""
    desk, iri = Desk(uow, visit), visit.sent.get("iri") or visit.query.get("iri", "")
    stored, thing = original(uow, visit.house, visit.reader.actor, iri)
    about = translating(visit.house.url, iri)
    draft, told = begun(desk, about)
    if draft is not None and not visit.sent:
        told["visit"] = replace(visit, sent=draft.fields)
    title, language = title_of(desk, stored)
    summary, _ = desk.worded(thing.summary)
    content, tag = desk.worded(thing.content)
    known, terms = language_of(thing, stored.entry.language), licence(stored.entry.license, desk.tongue)
    return View(
        title=desk.tongue.say("Traduire «\u00a0%(name)s\u00a0»", name=title),
        values={
            **told,
            "iri": iri,
            "about": about,
            "heading": title,
            "language_of_heading": language,
            "language_of_text": tag or known,
            "original": {"summary": plain(summary), "text": clean(content, pictures=visit.house.url), "markdown": text_of(thing)},
            "thing_href": desk.addresses.thing(iri),
            "languages": [(each, language_name(each, desk.tongue)) for each in LANGUAGES if each != known],
            "wanted": next(each for each in (visit.language, "en", "fr") if each != known),
            "rooms": [(each, desk.community(each).text) for each in rooms(uow, visit.house, visit.reader.actor, stored)],
            "reach": audience_words(desk, stored.entry.audience) or desk.tongue.say("tout le monde"),
            "licence": terms,
            "longest": LONGEST,
        },
        is_secret=True,
    )


PAGE = Page(path=TRANSLATE, right="member", show=show)
