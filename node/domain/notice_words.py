"""What is said of each kind of notice, with the name of whoever did it, and where nobody is named."""

from __future__ import annotations

from collections.abc import Mapping

from node.domain.sentences import said
from vocab.values import Text

KINDS: Mapping[str, tuple[Text, Text]] = {
    "reply": (said("{who} a répondu", "{who} replied"), said("Quelqu’un a répondu", "Someone replied")),
    "discussed": (
        said("{who} en ouvre la discussion", "{who} opens a conversation about it"),
        said("On en discute", "It is being discussed"),
    ),
    "mention": (said("{who} vous nomme", "{who} mentions you"), said("Quelqu’un vous nomme", "Someone mentions you")),
    "join": (
        said("{who} s’est joint·e à la communauté", "{who} joined the community"),
        said("Une personne s’est jointe à la communauté", "Someone joined the community"),
    ),
    "request": (
        said("{who} attend votre réponse", "{who} is waiting for your answer"),
        said("Une demande attend votre réponse", "A request is waiting for your answer"),
    ),
    "decision": (
        said("{who} a pris une décision qui vous concerne", "{who} made a decision that concerns you"),
        said("Une décision vous concerne", "A decision concerns you"),
    ),
    "link-accepted": (
        said("{who} a dit oui : ce qui y paraît arrive maintenant ici", "{who} said yes: what it publishes now arrives here"),
        said("On a dit oui à votre demande de suivre", "Your request to follow was accepted"),
    ),
    "link-refused": (
        said("{who} a décliné la demande de suivre", "{who} declined the request to follow"),
        said("Votre demande de suivre a été déclinée", "Your request to follow was declined"),
    ),
    "invitation": (said("{who} vous invite", "{who} invites you"), said("Vous avez une invitation", "You have an invitation")),
    "change": (said("{who} a apporté un changement", "{who} made a change"), said("Ceci a changé", "This has changed")),
    "translated": (
        said("{who} a traduit ce que vous aviez écrit", "{who} translated something you wrote"),
        said("Ce que vous aviez écrit est traduit", "Something you wrote has been translated"),
    ),
    "found": (
        said("De {who}, pour une recherche que vous suivez", "By {who}, for a search you follow"),
        said("Trouvé par une recherche que vous suivez", "Found by a search you follow"),
    ),
    "rules": (
        said("{who} a changé les règles ; relisez-les", "{who} changed the rules; please reread them"),
        said("Les règles ont changé ; relisez-les", "The rules have changed; please reread them"),
    ),
    "report": (
        said("{who} signale quelque chose", "{who} reported something"),
        said("Quelque chose vous est signalé", "Something was reported to you"),
    ),
    "proposal": (
        said("{who} attend un regard", "{who} is waiting to be looked at"),
        said("Quelque chose d’ailleurs attend votre regard", "Something from elsewhere is waiting for you to look at it"),
    ),
    "orphan": (
        said(
            "{who} laisse une communauté que plus personne n’anime", "{who} leaves a community that no one facilitates any more"
        ),
        said("Plus personne n’anime cette communauté", "No one facilitates this community any more"),
    ),
    "answered": (
        said("{who} a répondu à votre signalement", "{who} answered your report"),
        said("Votre signalement a reçu une réponse", "Your report was answered"),
    ),
    "appeal": (
        said("{who} demande de revoir une décision", "{who} is asking for a decision to be reviewed"),
        said("On demande de revoir une décision", "Someone is asking for a decision to be reviewed"),
    ),
    "refused": (
        said("{who} n’a pas pris ce que vous avez envoyé", "{who} did not accept what you sent"),
        said("Ce que vous avez envoyé n’a pas été pris", "What you sent was not accepted"),
    ),
    "waiting": (
        said("{who} regardera ce que vous avez envoyé avant de le montrer", "{who} will look at what you sent before showing it"),
        said("Ce que vous avez envoyé attend un regard", "What you sent is waiting to be looked at"),
    ),
    "understood": (
        said("{who} : « Oui, c’est bien ça »", "{who}: “Yes, that’s it”"),
        said("Votre reformulation est confirmée", "Your summary is confirmed"),
    ),
}
_OTHER = (
    said("{who} a fait quelque chose qui vous concerne", "{who} did something that concerns you"),
    said("Du nouveau vous concerne", "There is news for you"),
)


def told(kind: str, who: str, language: str) -> str:
    """A notice in words; `who` is the name of whoever did it, "" for nobody."""
    named, nameless = KINDS.get(kind, _OTHER)
    return named.in_language(language).format(who=who) if who else nameless.in_language(language)
