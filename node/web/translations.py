"""The words of the interface in each language: catalogues compiled in memory, phrases extracted from Python and templates.

`python -m node.web.translations` brings node.pot and the .po files up to date (`make translations`). French phrases are the keys.
"""

from __future__ import annotations

import functools
import gettext
import io
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from node.domain.sentences import FRANCE, of_france

WEB = Path(__file__).parent
LOCALES = WEB.parent / "locales"
TEMPLATE = LOCALES / "node.pot"
#: Languages of the interface; the first is the one of the keys.
LANGUAGES = ("fr", "en")
#: A language as it is spoken elsewhere, where some of its words are others.
_spoken: ContextVar[str] = ContextVar("spoken", default="")


class _Tags(Mapping[str, str]):
    """What `lang` says and how Babel formats, by language: as it is spoken to whoever is answered now."""

    _HERE: Mapping[str, str] = {"fr": "fr-CA", "en": "en-CA"}

    def __getitem__(self, language: str) -> str:
        said = _spoken.get()
        return said if said.partition("-")[0] == language else self._HERE[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._HERE)

    def __len__(self) -> int:
        return len(self._HERE)


TAGS: Mapping[str, str] = _Tags()

_METHODS = [("**.py", "python"), ("**.html", "jinja2")]
_OPTIONS = {"**.html": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}}
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None, "count": (1, 2), "phrase": None}


def phrase(text: str) -> str:
    """The same text, marked for translation later, where the language is known."""
    return text


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language of the interface, for sentences that are composed in Python.

    `country`: whose words are spoken, "" for those of here; None for those of whoever is answered now.
    """

    language: str
    country: str | None = None

    def say(self, text: str, **values: object) -> str:
        """`text` in this language, with %(name)s filled in."""
        translated = self._asked(lambda words: words.gettext(text))
        return translated % values if values else translated

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """The singular or plural that `number` asks for; %(num)s is the number."""
        translated = self._asked(lambda words: words.ngettext(one, many, number))
        return translated % {"num": number, **values}

    def _asked(self, ask: Callable[[Words], str]) -> str:
        if self.country is None:
            return ask(catalogue(self.language))
        before = _spoken.set(self.country)
        try:
            return ask(catalogue(self.language))
        finally:
            _spoken.reset(before)


def tongue_of(tag: str) -> Tongue:
    """The words for a letter to somebody who reads a language such as `fr-FR`, whoever makes it be written."""
    return Tongue(language_of(tag), FRANCE if tag == FRANCE else "")


def language_of(asked: str) -> str:
    """The language of the interface nearest to a tag such as `en-GB`; French when there is none."""
    primary = asked.strip().lower().split("-", maxsplit=1)[0]
    return primary if primary in LANGUAGES else LANGUAGES[0]


_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def speak(tag: str) -> None:
    """From now on, in what answers the same request: in the words of that country, "" for those of here."""
    _spoken.set(tag)


def spoken() -> str:
    """The country whose words are spoken in what answers this request, "" for those of here."""
    return _spoken.get()


class Words(gettext.GNUTranslations):
    """The words of one language, of which an organisation may say some otherwise: `own`, by the French phrase."""

    own: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    elsewhere: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({})

    def gettext(self, message: str) -> str:
        """What is said for a phrase here."""
        mine = self._other(message)
        return mine[0] if mine else super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The same where something is counted."""
        mine = self._other(msgid1)
        if not mine:
            return super().ngettext(msgid1, msgid2, n)
        form: int = self.plural(n)  # type: ignore[attr-defined]
        return mine[min(form, len(mine) - 1)]

    def _other(self, message: str) -> tuple[str, ...] | None:
        """What the organisation says, or what is said elsewhere, in the place of what the catalogue says."""
        return self.own.get(message) or self.elsewhere.get(_spoken.get(), _NOTHING).get(message)


def adopt(words: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
    """From now on says what this organisation says: by language and French phrase."""
    for language in LANGUAGES:
        catalogue(language).own = words.get(language, {})


@functools.cache
def catalogue(language: str) -> Words:
    """The compiled catalogue of one language; a missing translation shows the French."""
    messages = read(language_of(language))
    for message in messages:
        if message.id and (not message.string or not all(_parts(message.string))):
            message.string = message.id
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    words = Words(compiled)
    if language_of(language) == "fr":
        words.elsewhere = {FRANCE: dict(_of_france(messages))}
    return words


def _of_france(messages: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What France says otherwise, by the phrase of here."""
    for here in (_parts(message.id) for message in messages if message.id):
        there = tuple(map(of_france, here))
        if there != here:
            yield here[0], there


def read(language: str) -> Catalog:
    """The .po file of a language as it stands."""
    with _place(language).open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"))


@functools.cache
def sayings(language: str) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """What pages say before anybody changes it: French phrase → its French forms, and those of the language."""
    found = {}
    for message in read(language_of(language)):
        if message.id:
            french, own = _parts(message.id), _parts(message.string)
            found[french[0]] = (french, own if all(own) else french)
    return found


def gaps(language: str) -> list[str]:
    """The phrases that a language does not translate."""
    return [_parts(message.id)[0] for message in read(language) if message.id and not all(_parts(message.string))]


def extracted() -> Catalog:
    """The phrases that Python and templates use now, in a stable order."""
    found = Catalog(project="maillage", charset="utf-8", fuzzy=False, header_comment="")
    messages = extract_from_dir(WEB, _METHODS, _OPTIONS, keywords=_KEYWORDS)
    for filename, _, words, comments, context in sorted(messages, key=lambda entry: (str(entry[2]), entry[0])):
        found.add(words, None, [(filename, 0)], auto_comments=comments, context=context)
    return found


def written(catalog: Catalog) -> bytes:
    """A catalogue as the bytes of a .po file, without dates or line numbers, so that only a change of words changes it."""
    file = io.BytesIO()
    write_po(file, catalog, width=120, omit_header=True, sort_output=True, include_lineno=False)
    return file.getvalue()


def update() -> None:
    """Writes node.pot and adds to each .po file what is new; what is no longer used goes."""
    template = extracted()
    TEMPLATE.write_bytes(written(template))
    for language in LANGUAGES:
        place = _place(language)
        known = read(language) if place.exists() else Catalog(locale=language, fuzzy=False)
        known.update(template, no_fuzzy_matching=True)
        known.obsolete.clear()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(written(known))


def _place(language: str) -> Path:
    return LOCALES / language.replace("-", "_") / "LC_MESSAGES" / "node.po"


def _parts(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (words or "",) if isinstance(words, str | None) else tuple(words)


if __name__ == "__main__":
    update()
