"""What is said of each kind of notice, with the name of whoever did it, and where nobody is named."""

from __future__ import annotations

from collections.abc import Mapping

from node.domain.sentences import said
from vocab.values import Text

KINDS: Mapping[str, tuple[Text, Text]] = {
    "reply": (said("{who} a répondu", "{who} answered"), said("Quelqu’un a répondu", "Somebody answered")),
    "discussed": (
        said("{who} en ouvre la discussion", "{who} opens a conversation about it"),
        said("On en discute", "It is being discussed"),
    ),
    "mention": (said("{who} vous nomme", "{who} mentions you"), said("Quelqu’un vous nomme", "Somebody mentions you")),
    "join": (
        said("{who} s’est joint·e à la communauté", "{who} joined the community"),
        said("Une personne s’est jointe à la communauté", "Somebody joined the community"),
    ),
    "request": (
        said("{who} attend votre réponse", "{who} is waiting for your answer"),
        said("Une demande attend votre réponse", "A request is waiting for your answer"),
    ),
    "decision": (
        said("{who} a pris une décision qui vous concerne", "{who} took a decision that concerns you"),
        said("Une décision vous concerne", "A decision concerns you"),
    ),
    "invitation": (said("{who} vous invite", "{who} invites you"), said("Vous avez une invitation", "You have an invitation")),
    "change": (said("{who} a apporté un changement", "{who} made a change"), said("Ceci a changé", "This has changed")),
    "translated": (
        said("{who} a traduit ce que vous aviez écrit", "{who} translated what you wrote"),
        said("Ce que vous aviez écrit est traduit", "What you wrote was translated"),
    ),
    "found": (
        said("De {who}, pour une recherche que vous suivez", "By {who}, for a search that you follow"),
        said("Trouvé par une recherche que vous suivez", "Found by a search that you follow"),
    ),
    "rules": (
        said("{who} a changé les règles ; relisez-les", "{who} changed the rules; please read them again"),
        said("Les règles ont changé ; relisez-les", "The rules have changed; please read them again"),
    ),
    "report": (
        said("{who} signale quelque chose", "{who} reports something"),
        said("Quelque chose vous est signalé", "Something is reported to you"),
    ),
    "proposal": (
        said("{who} attend un regard", "{who} waits for a look"),
        said("Quelque chose d’ailleurs attend votre regard", "Something from elsewhere waits for your look"),
    ),
    "orphan": (
        said("{who} laisse une communauté que plus personne n’anime", "{who} leaves a community that nobody animates any more"),
        said("Plus personne n’anime cette communauté", "Nobody animates this community any more"),
    ),
    "answered": (
        said("{who} a répondu à votre signalement", "{who} answered your report"),
        said("Votre signalement a reçu une réponse", "Your report was answered"),
    ),
    "appeal": (
        said("{who} demande de revoir une décision", "{who} asks for a decision to be looked at again"),
        said("On demande de revoir une décision", "A decision is asked to be looked at again"),
    ),
    "refused": (
        said("{who} n’a pas pris ce que vous avez envoyé", "{who} did not take what you sent"),
        said("Ce que vous avez envoyé n’a pas été pris", "What you sent was not taken"),
    ),
    "waiting": (
        said("{who} regardera ce que vous avez envoyé avant de le montrer", "{who} will look at what you sent before showing it"),
        said("Ce que vous avez envoyé attend un regard", "What you sent waits for a look"),
    ),
    "understood": (
        said("{who} : « Oui, c’est bien ça »", "{who}: “Yes, that’s it”"),
        said("Votre reformulation est confirmée", "Your summary is confirmed"),
    ),
}
_OTHER = (
    said("{who} a fait quelque chose qui vous concerne", "{who} did something that concerns you"),
    said("Du nouveau vous concerne", "There is news that concerns you"),
)


def told(kind: str, who: str, language: str) -> str:
    """A notice in words; `who` is the name of whoever did it, "" for nobody."""
    named, nameless = KINDS.get(kind, _OTHER)
    return named.in_language(language).format(who=who) if who else nameless.in_language(language)
