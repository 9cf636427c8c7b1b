"""What a community may begin with, so that nobody has to begin with nothing: its kind, its rhythm, its rules, its words.

All of it is a proposal, which the community changes as it likes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from node.domain.sentences import said
from node.domain.starter_rules import COURSE, STARTER
from vocab.things.community_of_practice import CommunityOfPractice
from vocab.things.concertation import Concertation
from vocab.things.group import Group
from vocab.things.informal_group import InformalGroup
from vocab.values import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A way for a community to begin.

    `time` is what taking part takes, `invitation` what stands where the next date would, `topic` a first one to meet about,
    `rules` those that it starts with, in Markdown, `course` how its meetings go.
    """

    name: str
    title: Text
    meaning: Text
    time: Text
    invitation: Text
    topic: Text
    rules: Text = STARTER
    course: tuple[Text, ...] = COURSE
    kind: type[Group] = CommunityOfPractice


def _with(fr: str, en: str) -> Text:
    """The rules that every community starts with, and these before them."""
    return said(f"{fr}\n{STARTER.in_language('fr')}", f"{en}\n{STARTER.in_language('en')}")


_FREE = Pattern(
    name="libre",
    title=said("Libre", "Free"),
    meaning=said(
        "Des personnes qui font un même métier, ou tiennent à une même question, et apprennent ensemble.",
        "People of one trade, or with one question at heart, who learn together.",
    ),
    time=said("Quatre rencontres d’une heure par an", "Four meetings of an hour a year"),
    invitation=said(
        "Aucune date n’est fixée. Rien ne presse ; quelqu’un peut en proposer une quand le sujet est là.",
        "No date is set. There is no hurry; anyone may propose one when there is a topic.",
    ),
    topic=said("Ce que chacun·e aimerait apprendre des autres", "What each of us would like to learn from the others"),
)
_PROJECT = Pattern(
    name="projet",
    title=said("Liée à un projet", "Tied to a project"),
    meaning=said(
        "Elle accompagne un projet qui a un début et une fin, et garde ce qu’on y apprend.",
        "It goes along with a project that has a beginning and an end, and keeps what is learned in it.",
    ),
    time=said("Une rencontre d’une heure par mois, le temps du projet", "A meeting of an hour a month, while the project lasts"),
    invitation=said(
        "Aucune date n’est fixée. Une heure par mois suffit, le temps du projet : proposez la première.",
        "No date is set. An hour a month is enough, while the project lasts: propose the first one.",
    ),
    topic=said("Ce que ce projet doit changer, et pour qui", "What this project is to change, and for whom"),
    rules=_with(
        """## Le projet
On dit ce que le projet cherche, jusqu’où il va et quand il finit. Ce qu’on y apprend se note au fur et à mesure, et reste.
""",
        """## The project
We say what the project is after, how far it goes and when it ends. What is learned is noted as we go, and stays afterwards.
""",
    ),
    course=(
        said("Où en est le projet, en trois phrases", "Where the project stands, in three sentences"),
        said("Ce qui coince, et qui peut aider", "What is stuck, and who can help"),
        said("Ce qu’on a appris et qu’il faut noter", "What was learned and has to be noted"),
        said("Qui fait quoi d’ici la prochaine fois", "Who does what until the next time"),
    ),
)
_TABLE = Pattern(
    name="table",
    title=said("Table", "Table"),
    meaning=said(
        "Des organisations d’un territoire ou d’un secteur se concertent ; chaque personne y parle au nom de quelqu’un.",
        "Organisations of a territory or a sector act in concert; everyone speaks for someone there.",
    ),
    time=said("Six rencontres de deux heures par an", "Six meetings of two hours a year"),
    invitation=said(
        "Aucune date n’est fixée. Une table se réunit d’habitude tous les deux mois : proposez la prochaine.",
        "No date is set. A table usually meets every other month: propose the next one.",
    ),
    topic=said("Ce que chaque organisation apporte, et ce qu’elle attend", "What each organisation brings, and what it expects"),
    rules=_with(
        """## Au nom de qui
Chaque personne dit au nom de qui elle parle, et quand elle parle pour elle-même. Elle rapporte aux siens ce qui est décidé.

## Décider
On cherche l’accord de tout le monde. Ce qui reste ouvert se note comme tel, avec les raisons.
""",
        """## For whom
Everyone says for whom they speak, and when they speak for themselves. They take home what is decided.

## Deciding
We look for what everybody can agree to. What stays open is noted as such, with the reasons.
""",
    ),
    course=(
        said("Qui est là, et au nom de qui", "Who is here, and for whom"),
        said("Le suivi de la dernière fois", "What became of the last time"),
        said("Les points à discuter, les points à décider", "What is to be discussed, what is to be decided"),
        said("Ce qui est décidé, ce qui reste ouvert, qui s’en charge", "What is decided, what stays open, who sees to it"),
        said("Cinq minutes pour évaluer", "Five minutes to evaluate"),
    ),
    kind=Concertation,
)
_COHORT = Pattern(
    name="cohorte",
    title=said("Cohorte", "Cohort"),
    meaning=said(
        "Un groupe qui commence et finit ensemble, avec un programme connu d’avance et un engagement de chaque personne.",
        "A group that begins and ends together, with a programme known beforehand and a commitment of everyone.",
    ),
    time=said("Huit rencontres de deux heures, sur quatre mois", "Eight meetings of two hours, over four months"),
    invitation=said(
        "Aucune date n’est fixée. Une cohorte annonce toutes ses dates d’avance : commencez par la première.",
        "No date is set. A cohort announces all its dates beforehand: begin with the first one.",
    ),
    topic=said(
        "Faire connaissance, et lire le programme ensemble", "Getting to know one another, and reading the programme together"
    ),
    rules=_with(
        """## Engagement
On commence et on finit ensemble. On prévient quand on ne peut pas venir, et on se remet à jour avec quelqu’un du groupe.

## Programme
Les dates et les thèmes sont connus d’avance. Le groupe peut les changer, tout le monde ensemble.
""",
        """## Commitment
We begin and end together. We say so when we cannot come, and catch up with somebody of the group.

## Programme
Dates and themes are known beforehand. The group may change them, everybody together.
""",
    ),
    course=(
        said("Un tour pour arriver", "A round to arrive"),
        said("Ce qu’on a essayé depuis la dernière fois", "What was tried since the last time"),
        said("Le thème du jour", "The theme of the day"),
        said("Ce que chacun·e essaiera d’ici la prochaine fois", "What everyone is going to try until the next time"),
        said("Cinq minutes pour évaluer", "Five minutes to evaluate"),
    ),
)
_INFORMAL = Pattern(
    name="informel",
    title=said("Groupe informel", "Informal group"),
    meaning=said(
        "Des personnes qui agissent ensemble, sur une rue ou pour une cause, sans rien de plus.",
        "People who act together, on a street or for a cause, without anything more.",
    ),
    time=said("Quand il y a lieu", "When there is need"),
    invitation=said(
        "Aucune date n’est fixée, et il n’en faut pas. Quand vous voulez vous voir, dites simplement quand et où.",
        "No date is set, and none is needed. When you want to meet, just say when and where.",
    ),
    topic=said("Ce qu’on pourrait faire ensemble ce mois-ci", "What we could do together this month"),
    rules=said(
        """## Entre nous
On se respecte, on s’écoute, et ce qui se dit ici reste ici. Chaque personne fait ce qu’elle peut, quand elle le peut.
""",
        """## Among us
We respect one another, we listen, and what is said here stays here. Everyone does what they can, when they can.
""",
    ),
    course=(
        said("Des nouvelles de chaque personne", "News of everyone"),
        said("Ce qu’on veut faire", "What we want to do"),
        said("Qui s’en occupe", "Who sees to it"),
    ),
    kind=InformalGroup,
)
PATTERNS: Mapping[str, Pattern] = {each.name: each for each in (_FREE, _PROJECT, _TABLE, _COHORT, _INFORMAL)}
#: What a community begins with of which nobody said otherwise.
USUAL = _FREE
