"""Somebody gives a file: it is looked at, what it hides is taken out or it is refused, and it is kept as theirs.

What it shows is seen by whoever may see a thing that names its address; until then by nobody but who gave it.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

from node import domain
from node.contracts import House
from node.domain.papers import PAPERS, Unreadable, without_author
from node.domain.pictures import LONGEST_SIDE, MOST_POINTS, NoPicture, TooLarge, made_anew, made_of
from node.domain.recordings.cleaning import NotCleaned, cleaned, kind_of
from node.domain.sentences import said
from node.domain.uploads import (
    CLOSED,
    LONGEST_DESCRIPTION,
    MOST_BYTES,
    Given,
    Prepared,
    begins_as_picture,
    ending,
    fits,
    is_of_telephone,
    is_picture,
    offered,
)
from node.errors import Invalid, NotAllowed
from node.storage.shelves.media import KeptRow, MediaRow
from node.storage.unit_of_work import UnitOfWork
from vocab.values import Text

#: A picture of forty million points takes 160 MB while it is unpacked.
_ONE_AT_A_TIME = threading.Lock()
_EMPTY = said("« {name} » est vide.", "“{name}” is empty.")
_LONG = said(
    "« {name} » dépasse 10 Mo : réduisez-le, ou partagez un lien.",
    "“{name}” has more than 10 MB: make it smaller, or share a link.",
)
_NO_PICTURE = said("« {name} » ne se lit pas comme une image.", "“{name}” can’t be read as a picture.")
_MANY_POINTS = said(
    "« {name} » a plus de 40 millions de points : réduisez l’image.", "“{name}” has more than 40 million pixels: make it smaller."
)
_CLOSED = said(
    "« {name} » garde le lieu et l’appareil, et nous ne savons pas les effacer : enregistrez l’image en JPEG ou en PNG.",
    "“{name}” keeps where and with what it was taken, and we can’t take that out: save the picture as JPEG or PNG.",
)
_NOT_CLEANED = said(
    "« {name} » peut garder un lieu ou un nom que nous ne savons pas effacer : enregistrez-le en MP3, M4A, OGG, MP4 ou WebM.",
    "“{name}” may keep a place or a name that we can’t take out: save it as MP3, M4A, OGG, MP4 or WebM.",
)
_NO_PAPER = said(
    "« {name} » ne se lit pas comme un document : enregistrez-le de nouveau, ou joignez-le en PDF.",
    "“{name}” can’t be read as a document: save it again, or attach it as PDF.",
)
_FULL = said(
    "Vous gardez déjà 2 Go ou 5 000 fichiers ici : supprimez ce qui ne sert plus.",
    "You keep 2 GB or 5,000 files here already: delete what isn’t needed any more.",
)


#: The program that decodes what telephones make, in a process of its own; so many seconds it has.
_DECODER, _PATIENCE = Path(domain.__file__).with_name("decode_photograph.py"), 30.0
_TOO_LARGE = 3


def prepared(given: Given, language: str) -> Prepared:
    """A file as it will be kept; raises Invalid with a sentence for whoever gave it. It takes a while: call it in a thread.

    What a camera, a recorder or an office program wrote beside what one sees, hears or reads is not kept; PDF, ZIP and
    whatever is not known here are kept as they are, which the page says.
    """
    if not given.content:
        raise _refused(_EMPTY, given, language)
    if len(given.content) > MOST_BYTES:
        raise _refused(_LONG, given, language)
    try:
        return _cleaned(given)
    except NoPicture as problem:
        raise _refused(_NO_PICTURE, given, language) from problem
    except TooLarge as problem:
        raise _refused(_MANY_POINTS, given, language) from problem
    except NotCleaned as problem:
        raise _refused(_CLOSED if ending(given.name) in CLOSED else _NOT_CLEANED, given, language) from problem
    except Unreadable as problem:
        raise _refused(_NO_PAPER, given, language) from problem


def _cleaned(given: Given) -> Prepared:
    end = ending(given.name)
    if is_of_telephone(given.content):
        with _ONE_AT_A_TIME:
            return _decoded(given)
    if is_picture(given.name) or begins_as_picture(given.content):
        with _ONE_AT_A_TIME:
            return made_anew(given)
    if end in CLOSED:
        raise NotCleaned
    kind = kind_of(end, given.content)
    if kind:
        return offered(replace(given, content=cleaned(kind, given.content)))
    return offered(replace(given, content=without_author(given.content)) if end in PAPERS else given)


def _decoded(given: Given) -> Prepared:
    """A photograph of a telephone, decoded where a fault of its decoder harms nobody; raises NoPicture or TooLarge."""
    try:
        done = subprocess.run(  # noqa: S603 (our own program, and nothing that anybody said)
            [sys.executable, "-I", str(_DECODER), str(MOST_POINTS), str(LONGEST_SIDE)],
            input=given.content, capture_output=True, timeout=_PATIENCE, check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired as problem:
        raise NoPicture from problem
    if done.returncode == _TOO_LARGE:
        raise TooLarge
    head, _, points = done.stdout.partition(b"\n")
    if done.returncode or head.count(b" ") != 2:  # noqa: PLR2004 (what they are, how many across, how many down)
        raise NoPicture
    mode, width, height = head.decode().split()
    return made_of(given.name, mode, (int(width), int(height)), points)


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


def _refused(words: Text, given: Given, language: str) -> Invalid:
    name = " ".join(given.name.split())[:80]
    sentence = words.in_language(language).replace("{name}", name)
    return Invalid(sentence, problems={"fichier": sentence})
