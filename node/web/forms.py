"""What a posted form holds, and the way back from it."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qs, urlencode

from federation.messages import Received
from node.contracts import Reply, Visit
from node.domain.uploads import Given
from node.errors import Invalid
from node.web.multipart import MULTIPART, Part, parts

FORM = "application/x-www-form-urlencoded"

#: More fields than any form of ours has.
MOST_FIELDS = 100

#: No row has a number with more digits.
MOST_DIGITS = 18


#: The fields in which people write sentences.
_WRITTEN = (
    "titre", "resume", "texte", "decision", "raison", "lettre", "phrase", "mesures", "risque", "aide", "adresses", "liens",
)  # fmt: skip


def back(visit: Visit, path: str, done: str) -> Reply:
    """Leads from a posted form to a page that tells what was done (`fait`, "" for nothing to tell), in the visit's language."""
    path, _, place = path.partition("#")
    said = {"langue": "" if "langue=" in path else visit.language, "fait": done}
    query = urlencode({name: value for name, value in said.items() if value})
    there = f"{visit.house.url}{path}{('&' if '?' in path else '?') if query else ''}{query}{f'#{place}' if place else ''}"
    return Reply(body=b"", media_type="text/plain", status=HTTPStatus.SEE_OTHER, headers=(("Location", there),))


def field_of(received: Received, name: str) -> str:
    """The last value of a field, "" when there is none or the body is no form; raises Invalid for more fields than a form has."""
    return fields_of(received).get(name, [""])[-1]


def fields_of(received: Received) -> dict[str, list[str]]:
    """All fields that say something, each with its values; empty for what is no form. Raises Invalid for too many fields.

    Of a form with files they are what is no file (`files_of` gives those).
    """
    types = [value.partition(";")[0].strip().lower() for value in received.values("Content-Type")]
    if types == [MULTIPART]:
        found: dict[str, list[str]] = {}
        for part in _parts(received, has_files=False):
            if part.filename is None and part.content:
                found.setdefault(part.name, []).append(part.content.decode("utf-8", "replace"))
        return found
    if types != [FORM]:
        return {}
    try:
        return parse_qs(received.body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
    except ValueError as problem:
        raise Invalid("This form has too many fields.") from problem


def files_of(received: Received, name: str) -> list[Given]:
    """The files that were chosen in a field of a form; raises Invalid for a form that came in pieces."""
    return [Given(name=part.filename, content=part.content) for part in _parts(received) if part.name == name and part.filename]


def _parts(received: Received, *, has_files: bool = True) -> list[Part]:
    try:
        return parts(next(iter(received.values("Content-Type")), ""), received.body, has_files=has_files)
    except ValueError as problem:
        raise Invalid("This form did not arrive whole.") from problem


def number_of(received: Received, name: str) -> int:
    """The number in a field; raises Invalid for what no row can be numbered."""
    text = field_of(received, name)
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise Invalid("This is no number of anything here.")
    return int(text)


def written_in(received: Received) -> str:
    """What somebody wrote in a form in their own words, so that none of it is lost when the form is refused."""
    return "\n\n".join(words for name in _WRITTEN if (words := field_of(received, name).strip()))
