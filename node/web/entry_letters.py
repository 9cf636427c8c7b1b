"""The letters about coming in: short, plain, in the language of who gets them, with the address that the settings say."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from node.contracts import House
from node.domain.letters import Letter
from node.storage.shelves.members import MemberRow
from node.web.translations import phrase, tongue_of
from node.web.wording import hour

#: What the owner of an account is told of when it changes: nobody changes it behind their back.
CHANGES = {
    "mot-de-passe": phrase("Votre mot de passe vient de changer."),
    "courriel": phrase("L’adresse de courriel de votre compte vient de changer."),
    "cle": phrase("Une clé d’accès vient d’être ajoutée à votre compte."),
    "code": phrase("Un code vous sera maintenant demandé quand vous entrez."),
    "sans-code": phrase("Aucun code ne vous sera plus demandé quand vous entrez."),
}


def link_letter(house: House, row: MemberRow, token: str, back: str) -> Letter:
    """The letter with a link that opens the door once."""
    tongue = tongue_of(row.language)
    query = urlencode({"jeton": token, **({"vers": back} if back else {}), "langue": tongue.language})
    parts = (
        tongue.say("Voici votre lien pour entrer. Il sert une seule fois, et seulement pendant quinze minutes :"),
        f"{house.url}/entrer?{query}",
        tongue.say("Vous n’avez rien demandé ? Laissez ce message de côté : sans ce lien, personne n’entre à votre place."),
    )
    return _letter(house, row, tongue.say("Votre lien pour entrer : %(name)s", name=house.name), parts)


def address_letter(house: House, row: MemberRow, email: str, token: str) -> Letter:
    """The letter to a new address, which shows that it is read there."""
    tongue = tongue_of(row.language)
    query = urlencode({"jeton": token, "langue": tongue.language})
    parts = (
        tongue.say("Vous avez choisi cette adresse pour votre compte. Pour confirmer qu’elle est la vôtre, ouvrez ce lien :"),
        f"{house.url}/moi/courriel?{query}",
        tongue.say("Il sert pendant une heure. Vous n’avez rien demandé ? Laissez ce message de côté."),
    )
    return _letter(house, row, tongue.say("Confirmez votre adresse : %(name)s", name=house.name), parts, to=email)


def change_letter(house: House, row: MemberRow, change: str) -> Letter:
    """The letter that tells of a change (see CHANGES) to the address that the account had until then."""
    tongue = tongue_of(row.language)
    parts = (
        tongue.say(CHANGES[change]),
        tongue.say("Ce n’était pas vous ? Entrez par un lien, changez votre mot de passe et fermez les autres appareils :"),
        f"{house.url}/moi/acces",
    )
    return _letter(house, row, tongue.say("Votre compte a changé : %(name)s", name=house.name), parts)


def proof_letter(house: House, row: MemberRow, whose: MemberRow, opens_at: datetime) -> Letter:
    """The letter that tells whoever looks after the node that one of them, in by a letter, will set up a second proof."""
    tongue = tongue_of(row.language)
    day = hour(opens_at, tongue.language)
    if row.iri == whose.iri:
        parts = (
            tongue.say(
                "Quelqu’un est entré dans votre compte par un lien reçu par courriel, et demande à le protéger par une deuxième "
                "preuve. Ce sera possible à partir du %(day)s.",
                day=day,
            ),
            tongue.say(
                "Ce n’était pas vous\u00a0? Quelqu’un lit vos courriels\u00a0: changez d’abord le mot de passe de votre boîte, "
                "puis arrêtez cette demande ici\u00a0:"
            ),
            f"{house.url}/moi/acces",
        )
    else:
        parts = (
            tongue.say(
                "%(name)s est entré·e par un lien reçu par courriel, et demande à protéger son compte par une deuxième preuve. "
                "Ce compte ouvrira tout le site à partir du %(day)s.",
                name=whose.name,
                day=day,
            ),
            tongue.say("Appelez cette personne. Si ce n’était pas elle, retirez-lui d’ici là le soin du site\u00a0:"),
            f"{house.url}/tableau-de-bord#responsables",
        )
    return _letter(house, row, tongue.say("Une deuxième preuve est demandée\u00a0: %(name)s", name=house.name), parts)


def _letter(house: House, row: MemberRow, subject: str, parts: tuple[str, ...], *, to: str = "") -> Letter:
    tongue = tongue_of(row.language)
    greeting = tongue.say("Bonjour %(name)s,", name=row.name)
    text = "\n\n".join((greeting, *parts, f"{house.name}\n{house.url}"))
    return Letter(to=to or row.email, subject=subject, text=text, language=tongue.language, kind="connexion")
