"""The box where letters for us lie, as its page shows it: what is known of it, and what kept it from being opened, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from node.domain.errands import ALL, COLLECT
from node.domain.letterboxes import COMPANIES, company_of
from node.domain.post import private_address
from node.storage.postbox import kept_mailbox
from node.web import first_day
from node.web.desk import Desk
from node.web.translations import phrase

PATH = "/noeud/lettres"
#: What is wrong with a field, by a short word.
WRONG: Mapping[str, str] = {
    **first_day.WRONG,
    "port": phrase("Un port est un nombre, d’habitude 993."),
    "receiving": phrase("Une adresse courte, sans «\u00a0+\u00a0», par exemple partage@exemple.org."),
    "name": phrase("Un nom d’utilisateur n’a ni espace ni guillemet."),
    "folder": phrase("Le nom d’un dossier, sans accents ni guillemets\u00a0; vide pour la boîte elle-même."),
    "alone": phrase("Cochez cette case\u00a0: ce qui est dans cette boîte sera lu par le site, puis effacé de la boîte."),
}
#: What kept the box from being opened, by kind.
TROUBLES: Mapping[str, str] = {
    "password": phrase(
        "Le serveur refuse ce nom et ce mot de passe. Certains hébergeurs demandent un mot de passe d’application,"
        " ou qu’on permette d’abord l’accès IMAP."
    ),
    "tls": first_day.TROUBLES["tls"],
    "silent": phrase("Le serveur ne répond pas. Vérifiez son nom et le port."),
    "": phrase("Cette boîte ne s’ouvre pas\u00a0: vérifiez le nom du dossier."),
}
DONE: Mapping[str, str] = {
    "boite": phrase("La boîte s’ouvre. Chaque membre peut maintenant obtenir une adresse à soi, et y envoyer ce qu’il partage."),
    "oublie": phrase("Le site ne lit plus cette boîte. Ce qui y arrive y reste."),
}


def receiving(desk: Desk) -> dict[str, Any]:
    """What the page shows."""
    box, address = kept_mailbox(desk.uow), desk.visit.house.letterbox
    task, code = desk.uow.tasks.get(COLLECT, ALL), desk.visit.query.get("fait", "")
    return {
        "box": box,
        "company": company_of(box) if box else "",
        "companies": [("", desk.tongue.say("Un autre")), *((name, name) for name in COMPANIES)],
        "is_in_settings": bool(address) and (box is None or box.address != address),
        "example": private_address(address or "partage@exemple.org", "abc"),
        "trouble": task.last_error if task and box else "",
        "said": desk.tongue.say(DONE[code]) if code in DONE else "",
    }
