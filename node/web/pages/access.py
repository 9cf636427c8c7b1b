"""How a member comes in, to be changed: address, password, passkeys, code, organisations; and where they are signed in."""

from __future__ import annotations

from typing import Any

from node.actions.change_account import account
from node.actions.come_in import FRESH
from node.actions.keep_passkey import may_have_passkeys
from node.contracts import Page, View, Visit
from node.domain.guessing import Way
from node.domain.passwords import LONGEST, SHORTEST
from node.domain.returning import within
from node.storage import first_proof
from node.storage.shelves.accounts import Accounts
from node.storage.shelves.sessions import SessionRow
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.doors import ACCESS, BACK, form_token
from node.web.translations import phrase

_SAID = {
    "courriel": phrase(
        "Un message vient de partir à cette adresse. Ouvrez le lien qu’il contient\u00a0: elle remplacera l’autre."
    ),
    "mot-de-passe": phrase("Votre mot de passe est changé. Vos autres appareils devront entrer de nouveau."),
    "cle": phrase("Votre clé d’accès est enregistrée. La prochaine fois, elle suffira pour entrer."),
    "cle-retiree": phrase("Cette clé d’accès n’ouvre plus rien ici."),
    "code": phrase("C’est fait\u00a0: un code vous sera demandé quand vous entrez."),
    "code-retire": phrase("Aucun code ne vous sera plus demandé."),
    "delie": phrase("Ce compte n’ouvre plus le vôtre."),
    "demande": phrase("C’est demandé. Les personnes qui prennent soin du site viennent d’en être averties, vous aussi."),
    "ferme": phrase("Cet appareil devra entrer de nouveau."),
}
_WAYS = {
    Way.PASSWORD.value: phrase("avec un mot de passe"),
    Way.LETTER.value: phrase("par un lien reçu par courriel"),
    Way.PASSKEY.value: phrase("avec une clé d’accès"),
    Way.PROVIDER.value: phrase("par votre organisation"),
    Way.KEY.value: phrase("avec la clé du premier jour"),
    Way.MACHINE.value: phrase("par un lien donné en main propre"),
    "invitation": phrase("par une invitation"),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What the reader comes in with, and their sessions."""
    desk, row, outcome = Desk(uow, visit), account(uow, visit.reader.actor), visit.query.get("fait", "")
    accounts, rows = Accounts(uow.ground), uow.sessions.of(row.iri, visit.house.now)
    here = next((each for each in rows if form_token(each.digest) == visit.form_token), None)
    is_held_back = here is not None and first_proof.is_held_back(uow, visit.house, here)
    return View(
        title=desk.tongue.say("Comment j’entre"),
        values={
            "row": row,
            "is_fresh": here is not None and visit.house.now - here.opened_at <= FRESH and not is_held_back,
            "is_held_back": is_held_back,
            "opens_at": first_proof.opening(uow, visit.house, row.iri),
            "sessions": [_session(desk, each, is_here=each == here) for each in rows],
            "passkeys": accounts.passkeys.of(row.iri),
            "has_passkeys": may_have_passkeys(visit.house),
            "second": accounts.second.get(row.iri),
            "codes_left": accounts.second.codes_left(row.iri),
            "linked": _linked(accounts, row.iri),
            "back": within(visit.query.get(BACK, visit.sent.get(BACK, ""))),
            "shortest": SHORTEST,
            "longest": LONGEST,
            "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
        },
        is_secret=True,
    )


def _session(desk: Desk, row: SessionRow, *, is_here: bool) -> dict[str, Any]:
    return {
        "mark": row.mark,
        "device": row.device or desk.tongue.say("Un appareil"),
        "way": desk.tongue.say(_WAYS[row.way]) if row.way in _WAYS else "",
        "opened_at": row.opened_at,
        "seen_at": row.seen_at,
        "is_here": is_here,
    }


def _linked(accounts: Accounts, person: str) -> list[tuple[str, str]]:
    """The organisations that vouch for a person: their address, and what they are called."""
    names = {row.issuer: row.name for row in accounts.providers.all()}
    return [(issuer, names.get(issuer, issuer)) for issuer in accounts.providers.issuers_of(person)]


PAGE = Page(path=ACCESS, right="member", show=show)
