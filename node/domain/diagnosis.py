"""What may be wrong with a node, said to whoever looks after it: what was seen, and the one thing to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from node.domain.findings import Finding
from node.domain.sentences import said
from vocab.values import Text

#: Less free space than this, in bytes, is a warning.
ROOM = 500_000_000
#: Peers refuse signatures of a clock that is this far off, in seconds.
SKEW = 60
#: A backup older than this is none.
STALE = timedelta(days=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing looked at. `what` names it, `code` what was seen (a key of the words below), `values` what goes into them."""

    what: str
    is_well: bool
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


#: What each thing is called on a page, in the order in which they are shown.
NAMES: Mapping[str, Text] = {
    "settings": said("Réglages", "Settings"),
    "name": said("Adresse", "Address"),
    "TLS": said("Connexion sûre (https)", "Secure connection (https)"),
    "reachability": said("Joignable de partout", "Within reach"),
    "actor": said("Lisible par d’autres sites", "Readable for other sites"),
    "clock": said("Heure", "Clock"),
    "mail": said("Courriel", "Email"),
    "letters": said("File d’envoi", "Letters to send"),
    "letterbox": said("Partage par courriel", "Sharing by mail"),
    "backup": said("Sauvegarde", "Backup"),
    "disk": said("Disque", "Disk"),
    "keys": said("Signature", "Signature"),
    "queue": said("Envois vers d’autres sites", "Deliveries to other sites"),
}
_PEER = said("Lien avec {host}", "Link with {host}")
_SAID: Mapping[str, Text] = {
    "settings": said("rien d’inhabituel", "nothing unusual"),
    "settings trial": said(
        "réglages d’essai, pour cette machine seulement",
        "as for a trial on this machine alone",
    ),
    "name": said("{host} est connu de l’annuaire du web", "{host} is known"),
    "name unknown": said("{host} n’est pas dans l’annuaire du web ({why})", "{host}: {why}"),
    "TLS": said("le certificat est accepté", "the certificate is accepted"),
    "TLS none": said("ce site se lit sans https", "this site is read without https"),
    "TLS refused": said("le certificat est refusé ({why})", "{why}"),
    "reachability": said("{url} répond", "{url} answers {status}"),
    "reachability odd": said("{url} répond, mais autre chose que ce site ({status})", "{url} answers {status}"),
    "reachability none": said("{url} ne répond pas ({why})", "{why}"),
    "actor": said("les autres sites nous trouvent à {address}", "other sites find us at {address}"),
    "actor none": said("les autres sites ne nous trouvent pas ({why})", "other sites don’t find us ({why})"),
    "clock": said("à l’heure, à {seconds} s près", "{seconds} s apart"),
    "clock wrong": said("décalée de {seconds} s", "{seconds} s apart"),
    "clock odd": said("la réponse porte une date illisible", "the answer has the date {date!r}"),
    "mail": said("un serveur d’envoi est réglé ({host})", "a mail server is set up ({host})"),
    "mail none": said("aucun serveur d’envoi n’est réglé", "no mail server is set up"),
    "letters": said("rien n’attend", "nothing waits"),
    "letters few": said("{n} en route", "{n} on their way"),
    "letters stuck": said("{n} en attente ; dernier essai : {why}", "{n} waiting; last try: {why}"),
    "letters lost": said("{n} n’ont pas pu partir", "{n} couldn’t be sent"),
    "letterbox": said("les courriels envoyés à {address} deviennent des fiches", "what is sent to {address} becomes a card"),
    "letterbox shut": said("la boîte de {address} ne s’ouvre pas ({why})", "the box of {address} can’t be opened ({why})"),
    "backup": said("faite le {day}", "made on {day}"),
    "backup old": said("la dernière date du {day}", "the last one is of {day}"),
    "backup none": said("aucune n’a encore été faite", "none was made yet"),
    "disk": said("{free} Go libres", "{free} GB free"),
    "keys": said("le site peut signer ce qu’il envoie", "the node can sign"),
    "keys none": said("le site n’a pas de clé", "the node has no key"),
    "queue": said("{due} en route, {parked} abandonnés", "{due} to deliver, {parked} given up"),
    "peer": said("les derniers envois ont échoué", "{why}"),
}
_REMEDIES: Mapping[str, Text] = {
    "settings trial": said(
        "Pour un essai, c’est très bien. Avant de rencontrer d’autres organisations, faites refaire le site à sa vraie adresse.",
        "For a trial, that is fine. Before meeting others: remove allow_http and allow_addresses from maillage.toml.",
    ),
    "name unknown": said(
        "Demandez à qui gère votre nom de domaine d’ajouter {host}, vers l’adresse de cette machine.",
        "add a record for it in the DNS",
    ),
    "TLS none": said(
        "Demandez à votre hébergeur d’ouvrir ce site en https. Pour un essai sur une seule machine, ce n’est pas nécessaire.",
        "Ask your host to serve this site by https. For a trial on one machine, that isn’t needed.",
    ),
    "TLS refused": said(
        "Demandez à votre hébergeur d’obtenir un certificat pour ce nom exact.",
        "have the proxy get a certificate for this very name",
    ),
    "reachability odd": said(
        "Demandez à votre hébergeur si son mandataire transmet tout à ce site, avec l’en-tête Host tel quel.",
        "look whether the proxy passes requests on, with the Host header as it came",
    ),
    "reachability none": said(
        "Demandez à votre hébergeur si le site est ouvert au monde : le pare-feu, puis le mandataire.",
        "start the node, and let the proxy pass requests to it",
    ),
    "actor none": said(
        "Demandez à votre hébergeur de laisser passer les adresses qui commencent par /.well-known/.",
        "let the proxy pass on what begins with /.well-known/, too",
    ),
    "clock wrong": said("Demandez à votre hébergeur d’activer la mise à l’heure automatique.", "turn on time synchronisation"),
    "clock odd": said("Demandez à votre hébergeur de regarder le mandataire.", "look at the proxy"),
    "mail none": said(
        "Réglez-le dans « Le courriel ». D’ici là les lettres attendent, rien n’est perdu.",
        "Set it up under “Email” (/premiers-pas/courriel). Until then letters wait, nothing is lost.",
    ),
    "letters stuck": said(
        "Vérifiez le mot de passe dans « Le courriel », et que votre domaine permet à ce serveur d’envoyer (SPF).",
        "Check the password under “Email”, and that your domain allows this server to send (SPF).",
    ),
    "letters lost": said(
        "Ces adresses n’ont pas voulu de nos lettres : vérifiez-les avec les personnes.", "ask these people for another address"
    ),
    "letterbox shut": said(
        "Vérifiez le serveur, le nom et le mot de passe dans « Recevoir des courriels ».",
        "look at host, port, user and password: under “Receiving email” (/noeud/lettres), or under [mail.inbound]",
    ),
    "backup old": said("Faites-en une maintenant, plus bas.", "Make one now, on the dashboard or with: maillage backup PATH"),
    "backup none": said(
        "Faites la première maintenant, plus bas.", "Make one now, on the dashboard or with: maillage backup PATH"
    ),
    "disk": said("Libérez de la place, ou demandez un plus grand disque.", "make room, or move the data folder to a larger disk"),
    "keys none": said(
        "Remettez une sauvegarde : une nouvelle clé serait une nouvelle identité.",
        "restore a backup; a new key would be a new identity",
    ),
    "queue": said(
        "Ouvrez « Liens » et relancez ce qui attend.",
        "See the page of links, or `maillage links`, then `maillage links retry HOST`.",
    ),
    "peer": said("Ouvrez « Liens » : la suite y est dite.", "The page of links says more; or: maillage links retry {host}"),
}


def worded(sign: Sign, language: str) -> Finding:
    """A sign in words."""
    known = {**sign.values}
    remedy = "" if sign.is_well or sign.code not in _REMEDIES else _REMEDIES[sign.code].in_language(language).format(**known)
    return Finding(
        what=sign.what, is_well=sign.is_well, says=_SAID[sign.code].in_language(language).format(**known), remedy=remedy
    )


def called(what: str, language: str) -> str:
    """What a thing looked at is called on a page."""
    if what in NAMES:
        return NAMES[what].in_language(language)
    return _PEER.in_language(language).format(host=what.removeprefix("peer "))


def payload(signs: Iterable[Sign], at: datetime) -> str:
    """What was seen at a moment, as text."""
    return json.dumps({"at": at.isoformat(), "signs": [asdict(sign) for sign in signs]}, ensure_ascii=False)


def kept(text: str) -> tuple[datetime, list[Sign]] | None:
    """What was seen when; None where nobody looked yet."""
    said_before = json.loads(text or "{}")
    if not said_before:
        return None
    return datetime.fromisoformat(said_before["at"]), [Sign(**each) for each in said_before["signs"]]
