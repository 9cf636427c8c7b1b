"""The direct reader: a JSON document to expanded JSON-LD, for all that needs no full processor.

It gives what a full processor gives, or raises NeedsProcessor. Spec: JSON-LD 1.1.
"""

from __future__ import annotations

from typing import Any

from vocab.errors import Malformed, RedefinesTerm, WrongValue
from vocab.jsonld_active import Active, Meaning, NeedsProcessor, core_iris, within
from vocab.jsonld_limits import Json

Expanded = dict[str, Any]

_VALUE_PARTS = frozenset({"@value", "@type", "@language"})


def expand_node(node: dict[str, Any], active: Active) -> Expanded:
    """The expanded form of one node under these meanings."""
    if "@context" in node:
        active = within(active, node["@context"])
    if active.needs_processor:
        raise NeedsProcessor
    found: Expanded = {}
    terms = active.terms
    for key, value in node.items():
        if value is None or key == "@context":
            continue
        meaning = terms.get(key) or meaning_of(key, active)
        iri = meaning.iri
        if iri[0] == "@":
            _expand_keyword(found, iri, value, active)
        elif iri in found:
            found[iri] = _merged(found[iri], _expand_values(value, meaning, active), meaning, iri)
        else:
            found[iri] = _expand_values(value, meaning, active)
    return found


def meaning_of(key: str, active: Active) -> Meaning:
    """The meaning of a key that is no term: a keyword, an address, or a word that nobody explained."""
    if key in {"@id", "@type"}:
        return Meaning(key)
    if key[:1] == "@" or not key or any(character.isspace() for character in key):
        raise NeedsProcessor
    return Meaning(active.iri(key, is_word=True))


def _merged(before: list[Any], values: list[Any], meaning: Meaning, iri: str) -> list[Any]:
    """Two keys for one property: a text and its map by language, the plain one first; anything else is doubtful."""
    if meaning.container == "@language":
        return before + values
    if before and all("@language" in value for value in before):
        return values + before
    if iri in core_iris():
        raise RedefinesTerm(f"Two keys say {iri}.")
    raise NeedsProcessor


def _expand_keyword(found: Expanded, keyword: str, value: Json, active: Active) -> None:
    if keyword in found:
        raise RedefinesTerm(f"Two keys say {keyword}.")
    if keyword == "@id":
        if not isinstance(value, str):
            raise WrongValue("An id is not a text.")
        found["@id"] = active.iri(value)
    elif keyword == "@type":
        names = value if isinstance(value, list) else [value]
        if not all(isinstance(name, str) for name in names):
            raise WrongValue("A type is not a text.")
        if names:
            found["@type"] = [active.iri(name, is_word=True) for name in names]
    else:
        raise NeedsProcessor


def _expand_values(value: Json, meaning: Meaning, active: Active) -> list[Any]:
    container = meaning.container
    if type(value) is dict and container == "@language":
        return _expand_by_language(value)
    if container == "@list":
        if type(value) is dict and "@list" in value:
            return [_expand_object(value, meaning, active)]
        return [{"@list": _expand_members(value, meaning, active)}]
    return _expand_members(value, meaning, active)


def _expand_members(value: Json, meaning: Meaning, active: Active) -> list[Any]:
    """The values of a property, each expanded, lists in lists laid flat."""
    if type(value) is not list:
        expanded = _expand_one(value, meaning, active)
        return [] if expanded is None else [expanded]
    found: list[Any] = []
    for member in value:
        if meaning.container == "@list" and _is_list(member):
            raise NeedsProcessor
        if type(member) is list:
            found += _expand_members(member, meaning, active)
            continue
        expanded = _expand_one(member, meaning, active)
        if expanded is not None:
            found.append(expanded)
    return found


def _is_list(value: Json) -> bool:
    return type(value) is list or (type(value) is dict and "@list" in value)


def _expand_one(value: Json, meaning: Meaning, active: Active) -> Json:
    if type(value) is str:
        return _expand_text(value, meaning, active)
    if value is None:
        return None
    if type(value) is dict:
        return _expand_object(value, meaning, active)
    coercion = meaning.coercion
    return {"@type": coercion, "@value": value} if coercion and coercion[0] != "@" else {"@value": value}


def _expand_text(value: str, meaning: Meaning, active: Active) -> Expanded:
    coercion = meaning.coercion
    if coercion == "@id":
        return {"@id": active.iri(value)}
    if coercion == "@vocab":
        return {"@id": active.iri(value, is_word=True)}
    if coercion:
        return {"@type": coercion, "@value": value}
    return {"@language": active.language, "@value": value} if active.language else {"@value": value}


def _expand_object(value: dict[str, Any], meaning: Meaning, active: Active) -> Json:
    if "@value" in value:
        return _expand_value_object(value, active)
    if "@list" in value:
        members = value["@list"]
        if len(value) > 1 or members is None or (type(members) is list and any(_is_list(member) for member in members)):
            raise NeedsProcessor
        return {"@list": _expand_members(members, meaning, active)}
    if "@set" in value or "@language" in value or "@index" in value:
        raise NeedsProcessor
    return expand_node(value, active)


def _expand_value_object(value: dict[str, Json], active: Active) -> Json:
    if not value.keys() <= _VALUE_PARTS or ("@type" in value and "@language" in value):
        raise NeedsProcessor
    content, language, datatype = value["@value"], value.get("@language"), value.get("@type")
    if content is None:
        return None
    if isinstance(content, dict | list):
        raise Malformed("A value is neither a text, nor a number, nor a truth.")
    if language is not None:
        if not isinstance(language, str) or not isinstance(content, str):
            raise Malformed("Only a text has a language.")
        return {"@language": language.lower(), "@value": content}
    return {"@value": content} if datatype is None else {"@type": _datatype(datatype, active), "@value": content}


def _datatype(name: Json, active: Active) -> str:
    iri = active.iri(name, is_word=True) if isinstance(name, str) else ""
    if not iri or iri.startswith(("_:", "@")):
        raise NeedsProcessor
    return iri


def _expand_by_language(value: dict[str, Any]) -> list[Any]:
    found: list[Any] = []
    for language in sorted(value):
        texts = value[language]
        for text in texts if type(texts) is list else [texts]:
            if text is None:
                continue
            if type(text) is not str:
                raise WrongValue("A text by language is not a text.")
            found.append({"@value": text} if language == "@none" else {"@language": language.lower(), "@value": text})
    return found
