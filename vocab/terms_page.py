"""The page that shows the vocabulary to people: every word of ours and every concept, in French and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from vocab import concepts
from vocab.ontology import LICENCE, VERSION, classes_above, minted_slots, minted_types, owners
from vocab.terms import LANGUAGES, Term, TypeTerm
from vocab.types import key_of

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff}"
    "dl>div{display:grid;grid-template-columns:minmax(10rem,1fr) 2fr 2fr;gap:.25rem 1.5rem;padding:.75rem 0;"
    "border-top:1px solid #ccc}dd{margin:0}code{overflow-wrap:anywhere}small{color:#555}"
    "@media(max-width:45rem){dl>div{grid-template-columns:1fr}}"
)
_INTRODUCTION = (
    '<p lang="fr">Les mots que les nœuds de Maillage échangent, en complément d’ActivityStreams. Domaine public (CC0).</p>'
    '<p lang="en">The words that Maillage nodes exchange, complementing ActivityStreams. Public domain (CC0).</p>'
)


def terms_page() -> str:
    """The whole page as HTML; the part of an IRI after # is the id of its entry."""
    classes = [
        _entry(key_of(cls), cls.ABOUT.iri, cls.ABOUT.label, _told(cls.ABOUT), ", ".join(map(_short, classes_above(cls))))
        for cls in minted_types()
    ]
    properties = [
        _entry(
            slot.term.iri.rpartition("#")[2],
            slot.term.iri,
            slot.term.label,
            _told(slot.term),
            ", ".join(key_of(cls) for cls in owners(slot.term.iri)),
        )
        for slot in minted_slots()
    ]
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Vocabulaire CDP {VERSION} · CDP vocabulary</title>\n<style>{_STYLE}</style>\n"
        f'<link rel="license" href="{LICENCE}">\n</head>\n<body>\n<main>\n<h1>CDP {VERSION}</h1>\n{_INTRODUCTION}\n'
        + _section("classes", "Classes", "Classes", classes)
        + _section("proprietes", "Propriétés", "Properties", properties)
        + "".join(_scheme(found) for found in concepts.names())
        + "</main>\n</body>\n</html>\n"
    )


def _told(word: Term | TypeTerm) -> dict[str, str]:
    """What it means and when to use it, by language."""
    return {language: f"{word.definition[language]} {word.note.get(language, '')}".strip() for language in LANGUAGES}


def _scheme(scheme: str) -> str:
    iri = f"{concepts.BASE}{scheme}/"
    entries = [
        _entry(
            f"{scheme}/{concept.slug}",
            concept.iri,
            dict(concept.labels.entries),
            dict(concept.definitions.entries),
            ", ".join(text for _, text in concept.other_labels),
        )
        for concept in concepts.scheme(scheme)
    ]
    return _section(scheme, concepts.label(iri, "fr") or scheme, concepts.label(iri, "en") or scheme, entries)


def _section(anchor: str, french: str, english: str, entries: list[str]) -> str:
    heading = f'<h2 id="{escape(anchor)}">{escape(french)} · <span lang="en">{escape(english)}</span></h2>'
    return f"<section>\n{heading}\n<dl>\n{''.join(entries)}</dl>\n</section>\n"


def _entry(anchor: str, iri: str, label: Mapping[str, str], definition: Mapping[str, str], besides: str) -> str:
    told = "".join(
        f'<dd lang="{language}"><strong>{escape(label[language])}</strong><br>{escape(definition[language], quote=False)}</dd>'
        for language in LANGUAGES
    )
    more = f"<br><small>{escape(besides, quote=False)}</small>" if besides else ""
    return f'<div id="{escape(anchor)}"><dt><code>{escape(iri)}</code>{more}</dt>{told}</div>\n'


def _short(iri: str) -> str:
    return iri.rstrip("/").replace("#", "/").rpartition("/")[2]
