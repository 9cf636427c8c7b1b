"""Somebody gives a file: it is looked at, made anew when it is a picture, and kept as theirs.

What it shows is seen by whoever may see a thing that names its address; until then by nobody but who gave it.
"""

from __future__ import annotations

import threading

from node.contracts import House
from node.domain.pictures import NoPicture, TooLarge, made_anew
from node.domain.sentences import said
from node.domain.uploads import LONGEST_DESCRIPTION, MOST_BYTES, Given, Prepared, fits, is_picture, offered
from node.errors import Invalid, NotAllowed
from node.storage.shelves.media import KeptRow, MediaRow
from node.storage.unit_of_work import UnitOfWork

#: A picture of forty million points takes 160 MB while it is unpacked.
_ONE_AT_A_TIME = threading.Lock()
_EMPTY = said("« {name} » est vide.", "“{name}” is empty.")
_LONG = said(
    "« {name} » dépasse 10 Mo : réduisez-le, ou partagez un lien.",
    "“{name}” has more than 10 MB: make it smaller, or share a link.",
)
_NO_PICTURE = said("« {name} » ne se lit pas comme une image.", "“{name}” cannot be read as a picture.")
_MANY_POINTS = said(
    "« {name} » a plus de 40 millions de points : réduisez l’image.", "“{name}” has more than 40 million pixels: make it smaller."
)
_FULL = said(
    "Vous gardez déjà 2 Go ou 5 000 fichiers ici : supprimez ce qui ne sert plus.",
    "You keep 2 GB or 5,000 files here already: delete what is not needed any more.",
)


def prepared(given: Given, language: str) -> Prepared:
    """A file as it will be kept; raises Invalid with a sentence for whoever gave it. It takes a while: call it in a thread."""
    if not given.content:
        raise _refused(_EMPTY.in_language(language), given)
    if len(given.content) > MOST_BYTES:
        raise _refused(_LONG.in_language(language), given)
    if not is_picture(given.name):
        return offered(given)
    try:
        with _ONE_AT_A_TIME:
            return made_anew(given)
    except NoPicture as problem:
        raise _refused(_NO_PICTURE.in_language(language), given) from problem
    except TooLarge as problem:
        raise _refused(_MANY_POINTS.in_language(language), given) from problem


def keep_media(uow: UnitOfWork, house: House, person: str, file: Prepared, description: str = "", language: str = "") -> MediaRow:
    """Keeps a file as somebody's; the same bytes again change what they call it. Raises NotAllowed or Invalid (full)."""
    if uow.members.get(person) is None:
        raise NotAllowed("Only people who have their account here keep files.")
    known, mine = uow.media.get(file.digest), uow.media.kept(file.digest, person)
    is_new = mine is None or mine.person != person
    if is_new and not fits(*uow.media.total(person), len(file.content)):
        words = _FULL.in_language(language or house.language)
        raise Invalid(words, problems={"": words})
    row = known or MediaRow(
        digest=file.digest,
        media_type=file.media_type,
        extension=file.extension,
        size=len(file.content),
        width=file.width,
        height=file.height,
        stored_at=house.now,
    )
    if known is None:
        uow.media.put(row, file.content)
    words = " ".join(description.split())[:LONGEST_DESCRIPTION]
    uow.media.keep(KeptRow(digest=file.digest, person=person, name=file.name, description=words, at=house.now))
    return row


def _refused(words: str, given: Given) -> Invalid:
    name = " ".join(given.name.split())[:80]
    sentence = words.replace("{name}", name)
    return Invalid(sentence, problems={"fichier": sentence})
