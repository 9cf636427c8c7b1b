"""The rules that a community begins with, in Markdown: speaking, confidentiality, respect, listening, sharing, evaluation."""

from __future__ import annotations

from node.domain.sentences import said
from vocab.values import Text

_FR = """## Parole
Chaque personne a du temps pour parler, et peut passer son tour. On ne se coupe pas la parole.

## Confidentialité
Ce qui se dit ici reste ici, sauf si la personne accepte qu’on le redise. On n’enregistre pas sans l’accord de tout le monde.

## Respect
On peut ne pas être d’accord avec une idée ; on respecte toujours la personne. On ne partage pas tout, et c’est correct.

## Écoute
On écoute pour comprendre. Avant de répondre, on peut redire : « Est-ce bien ce qu’on a compris ? »

## Partage
On apporte ce qu’on essaie, les bons coups comme les erreurs utiles. On dit d’où vient ce qu’on reprend.

## Évaluation
À la fin, chaque personne dit en cinq minutes ce qui l’a aidée et ce qu’on ferait autrement.
"""
_EN = """## Speaking
Everyone has time to speak, and may pass. Nobody is interrupted.

## Confidentiality
What is said here stays here, unless the person agrees that it be repeated. Nothing is recorded unless everybody agrees.

## Respect
One may disagree with an idea; the person is always respected. Not everything has to be shared, and that is fine.

## Listening
We listen in order to understand. Before answering, one may say again: “Is this what we understood?”

## Sharing
We bring what we try, what worked as well as useful mistakes. We say where what we take over comes from.

## Evaluation
At the end, everyone takes five minutes to say what helped, and what should be done otherwise.
"""
STARTER: Text = said(_FR, _EN)
#: How a meeting goes when nobody has said otherwise.
COURSE: tuple[Text, ...] = (
    said("Un tour pour arriver", "A round to arrive"),
    said("Le sujet : ce qu’on a essayé, ce que cela a donné", "The topic: what was tried, what came of it"),
    said("Ce qu’on retient, dit en quelques phrases", "What we keep, in a few sentences"),
    said("Cinq minutes pour évaluer", "Five minutes to evaluate"),
)
