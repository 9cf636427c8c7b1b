"""Files as they come, whatever they are: what lies in a ZIP, which format reads each, and what each reads in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePath

from node import formats
from node.collect import collect
from node.contracts import Draft, File, Format, Unread
from node.domain.discovery import kind_of
from node.domain.packed import unpacked
from node.errors import Invalid

#: Other endings of files than the format's own.
_ENDINGS = {"htm": "html", "xhtml": "html", "tsv": "csv", "ical": "icalendar", "txt": "text"}
#: Several formats are JSON; this one is told by a field that each of its entries has.
_WIKI, _WIKI_FIELD = "yeswiki", b'"bf_titre"'


@cache
def readable() -> Mapping[str, Format]:
    """The formats that can be read, by their name."""
    return {name: form for name, form in collect(formats, "FORMAT", Format).items() if form.read}


def opened(file: File) -> Iterator[File | Unread]:
    """The files in a ZIP, each called by it and its path there; any other file as it is. Raises Invalid for what is no ZIP."""
    if not file.name.lower().endswith(".zip"):
        yield file
        return
    for each in unpacked(file.name, file.content):
        name = f"{file.name}/{each.name}"
        yield Unread(source=name, reason=each.problem) if each.problem else File(name=name, content=each.content)


def format_of(known: Mapping[str, Format], file: File) -> Format | None:
    """The format that the ending of a file says, else its beginning; None when none that can be read has it, or several have."""
    ending = PurePath(file.name).suffix.lower().removeprefix(".")
    named = known.get(_ENDINGS.get(ending, ending))
    if named is not None:
        return named
    found = [form for form in known.values() if form.extension == ending]
    if len(found) == 1:
        return found[0]
    return known.get(_WIKI if _WIKI_FIELD in file.content else kind_of(file.content))


def parts_of(form: Format, file: File) -> Iterator[Draft | Unread]:
    """What a format reads in a file; a file that it cannot read at all is one part that cannot be read."""
    read = form.read or form.drafts
    try:
        yield from read(file)
    except Invalid as fault:
        yield Unread(source=file.name, reason=str(fault).removeprefix(f"{file.name}: ").removeprefix(f"{file.name}, "))
