"""What the node answers to whoever shared something by letter: where it is, who sees it, how to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from node.domain.fields import ZONE
from node.domain.sentences import said

_SUBJECT = said("C’est partagé : {title}", "Shared: {title}")
_TEXT = said(
    "Bonjour,\n\nVotre courriel est devenu une fiche : « {title} ».\n{link}\n\n{seen}\n",
    "Hello,\n\nYour letter has become a card: “{title}”.\n{link}\n\n{seen}\n",
)
_SEEN = said(
    "Les membres de la communauté « {community} » la voient. Elle est marquée « à compléter ».",
    "The members of the community “{community}” see it. It is marked “to be completed”.",
)
_ALONE = said("Vous seul·e la voyez. Pour choisir qui la verra :\n{change}", "You alone see it. To choose who sees it:\n{change}")
_REFUSED = said(
    "Vous seul·e la voyez : vous ne pouvez plus publier dans la communauté choisie ({community}).",
    "You alone see it: you can no longer publish in the community that you chose ({community}).",
)
_UNDO = said(
    "Ce n’est pas ce que vous vouliez ? Jusqu’à {hour}, vous pouvez annuler ici :\n{undo}",
    "Not what you meant? Until {hour} you can undo it here:\n{undo}",
)
_DESCRIBED = said(
    "Dites en une phrase ce que montrent les photos, et écrivez ce qui est dit dans les sons, pour les personnes qui ne les "
    "voient ou ne les entendent pas :\n{edit}",
    "Say in a sentence what the photos show, and write down what the sounds say, for those who don’t see or hear them:\n{edit}",
)
_LEFT = said("N’ont pas été gardés :\n{left}", "Not kept:\n{left}")
_MORE = said("{count} autres fichiers : 20 au plus par courriel", "{count} other files: 20 in one letter at most")
_FAILED = (
    said("Votre courriel n’a pas pu être partagé", "Your letter couldn’t be shared"),
    said(
        "Bonjour,\n\n{what}\n\nVous pouvez le partager sur cette page :\n{page}\n",
        "Hello,\n\n{what}\n\nYou can share it on this page:\n{page}\n",
    ),
)
_EMPTY = said(
    "Le courriel que vous avez envoyé ne contenait ni texte, ni lien, ni fichier qui se garde.",
    "The letter that you sent held no text, no link and no file that can be kept.",
)
_UNREAD = said(
    "Le courriel que vous avez envoyé est trop lourd, ou fait d’une manière qui ne se lit pas.",
    "The letter that you sent is too large, or made in a way that can’t be read.",
)
_ADDRESS = (
    said("Votre adresse pour partager par courriel", "Your address for sharing by mail"),
    said(
        "Bonjour,\n\nCe que vous envoyez à cette adresse devient une fiche chez {name} :\n\n{address}\n\n"
        "Un lien, quelques mots, des photos, des fichiers : l’objet du courriel en sera le titre. Répondre à ce courriel "
        "suffit ; gardez l’adresse dans vos contacts. Elle est à vous : quiconque la connaît publie en votre nom.\n\n"
        "Pour la changer ou la retirer :\n{page}\n",
        "Hello,\n\nWhat you send to this address becomes a card at {name}:\n\n{address}\n\n"
        "A link, a few words, photos, files: the subject of the letter will be its title. Answering this letter is enough; "
        "keep the address among your contacts. It is yours: whoever knows it publishes in your name.\n\n"
        "To change it or take it away:\n{page}\n",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was shared. `community` by name, "" for oneself; `refused`: the community in which they may not, by name.

    `undo`, `change` and `edit` lead to pages; `left` are the files that were not kept, each with the reason.
    """

    title: str
    link: str
    undo: str
    change: str
    until: datetime
    community: str = ""
    refused: str = ""
    edit: str = ""
    left: Sequence[str] = ()


def receipt(shared: Receipt, language: str) -> tuple[str, str]:
    """Subject and text of the answer."""
    seen = _REFUSED if shared.refused else _SEEN if shared.community else _ALONE
    hour = shared.until.astimezone(ZoneInfo(ZONE)).strftime("%H:%M" if language.startswith("en") else "%H h %M")
    left = "\n".join(f"- {each}" for each in shared.left)
    parts = [
        _TEXT.in_language(language).format(
            title=shared.title,
            link=shared.link,
            seen=seen.in_language(language).format(community=shared.refused or shared.community, change=shared.change),
        ),
        _UNDO.in_language(language).format(hour=hour.replace(" ", "\u00a0"), undo=shared.undo),
        _DESCRIBED.in_language(language).format(edit=shared.edit) if shared.edit else "",
        _LEFT.in_language(language).format(left=left) if left else "",
    ]
    return _SUBJECT.in_language(language).format(title=shared.title), "\n\n".join(part.strip() for part in parts if part) + "\n"


def more_files(count: int, language: str) -> str:
    """How many files did not go along because there were too many."""
    return _MORE.in_language(language).format(count=count)


def refusal(language: str, page: str, *, is_empty: bool) -> tuple[str, str]:
    """Subject and text where nothing could be made of a letter."""
    subject, text = _FAILED
    what = (_EMPTY if is_empty else _UNREAD).in_language(language)
    return subject.in_language(language), text.in_language(language).format(what=what, page=page)


def told_address(language: str, *, name: str, address: str, page: str) -> tuple[str, str]:
    """Subject and text of the letter that brings somebody their address."""
    subject, text = _ADDRESS
    return subject.in_language(language), text.in_language(language).format(name=name, address=address, page=page)
