"""What an archive says of itself to whoever opens it: what lies in it, what does not, and how it is read back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from node.domain.sentences import spaced

_FRENCH = """{name}
Archive de {url}, faite le {at} avec Maillage.

POUR LIRE : ouvrez index.html dans un navigateur ; aucun logiciel ni réseau n'est nécessaire.
Chaque ressource est là trois fois : une page (.html), un texte (.md) et ses données (.jsonld).

CE QUE CE DOSSIER CONTIENT
- ce qui est public, et ce que les communautés partagent entre leurs membres : ne le publiez pas tel quel ;
- DES RENSEIGNEMENTS PERSONNELS : noms, adresses courriel, rôles et dates d'adhésion des membres, inscriptions aux rencontres ;
- les liens avec d'autres organisations et ce qui a été reçu d'elles, l'historique de ce qui a été publié ;
- les photos et les fichiers joints (dossier fichiers), et les versions anciennes des ressources.
{more}
CE QUI N'Y EST PAS
{less}- les sessions ouvertes, les liens de connexion et les adresses privées : chaque personne les obtient de nouveau ;
- ce qui attendait d'être envoyé, et les messages reçus tels quels ;
- les textes de ce qui a été supprimé (il en reste la trace) ;
- les brouillons, et les fichiers que rien ne montre.

POUR REPRENDRE : à la même adresse, dans un lieu neuf :
  maillage init --url {url} --name "…"   puis   maillage import archive CE_DOSSIER
Sur un autre site, en copies qui gardent leur origine :
  maillage import archive CE_DOSSIER --community NOM
N'importez à la même adresse que l'archive de quelqu'un en qui vous avez confiance : elle dit qui a quels droits.
Gardez ce dossier pour vous.
"""
_ENGLISH = """{name}
Archive of {url}, made on {at} with Maillage.

TO READ: open index.en.html in a browser; no software and no network is needed.
Each resource is there three times: a page (.html), a text (.md) and its data (.jsonld).

WHAT THIS FOLDER HOLDS
- what is public, and what communities share among their members: do not publish it as it is;
- PERSONAL DATA: names, e-mail addresses, roles and dates of membership, registrations for meetings;
- the links with other organisations and what was received from them, the history of what was published;
- photos and attached files (folder fichiers), and former versions of resources.
{more}
WHAT IS NOT IN IT
{less}- open sessions, sign-in links and private addresses: each person gets them anew;
- what waited to be sent, and messages as they were received;
- the words of what was deleted (a trace of it is left);
- drafts, and files that nothing shows.

TO TAKE IT UP: at the same address, in a new place:
  maillage init --url {url} --name "…"   then   maillage import archive THIS_FOLDER
On another site, as copies that keep their origin:
  maillage import archive THIS_FOLDER --community NAME
Import at the same address only the archive of somebody you trust: it says who has which rights.
Keep this folder to yourself.
"""
_PRIVATE = (
    "- ce qui n'est que pour une seule personne (brouillons, messages), les signalements et décisions, ce qui attend une réponse",
    "- what is for one person alone (drafts, messages), reports and decisions, what waits for an answer",
)
_SECRETS = (
    "- DES SECRETS : les clés privées du site et les empreintes des mots de passe",
    "- SECRETS: the private keys of the site and the hashes of passwords",
)


#: The words of its pages, in French and in English.
WORDS = {
    "contents": ("Sommaire", "Contents"),
    "facts": ("Fiche", "Facts"),
    "kind": ("Sorte", "Kind"),
    "author": ("Auteur·trice", "Author"),
    "community": ("Communauté", "Community"),
    "audience": ("Visible pour", "Visible to"),
    "published": ("Publié le", "Published"),
    "updated": ("Modifié le", "Changed"),
    "license": ("Licence", "Licence"),
    "address": ("Adresse d’origine", "Original address"),
    "also": ("La même chose pour les logiciels", "The same for programs"),
    "people": ("Personnes et rôles", "People and roles"),
    "communities": ("Communautés", "Communities"),
    "others": ("Hors des communautés", "In no community"),
    "nothing": ("Rien n’est publié ici.", "Nothing is published here."),
    "archived": ("Archive faite le", "Archive made on"),
    "read_me": ("Ce que ce dossier contient, et ce qui n’y est pas", "What this folder holds, and what it does not"),
    "other_language": ("English", "Français"),
}


def word(key: str, language: str) -> str:
    """One of the archive's own words."""
    return WORDS[key][language == "en"]


def read_me(name: str, url: str, at: datetime, language: str, *, has_private: bool, has_secrets: bool) -> bytes:
    """The text file that lies on top of an archive."""
    place = language == "en"
    asked: Sequence[tuple[str, bool]] = ((_PRIVATE[place], has_private), (_SECRETS[place], has_secrets))
    more = "".join(f"{line};\n" if place else f"{line} ;\n" for line, is_in in asked if is_in)
    less = "".join(f"{line};\n" if place else f"{line} ;\n" for line, is_in in asked if not is_in)
    text = (_ENGLISH if place else _FRENCH).format(name=name, url=url, at=f"{at:%Y-%m-%d}", more=more, less=less)
    straight = text.replace("'", "’")
    return (straight if place else spaced(straight)).encode()
