"""An intersection as a thing that people read: name, summary and reasons in French and English, with the evidence beside them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

from node.domain.bases import Basis, BasisKind, Share
from node.domain.intersections import METHOD, Phase, Touch
from node.domain.sentences import counted, in_words, listed, quoted, spaced
from vocab.namespaces import PUBLIC
from vocab.things.intersection import Intersection
from vocab.things.intersection_basis import IntersectionBasis
from vocab.values import Ref, Text

#: How many topics a summary names.
_NAMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds an intersection: its IRI, who computed it, its phase, when it was first and last found as it is."""

    iri: str
    author: str
    phase: Phase
    published: datetime
    generated: datetime


def intersection_iri(node: str, left: str, right: str) -> str:
    """The IRI of what lies between two communities, on the node with that URL: the same for (a, b) and (b, a), for ever."""
    pair = "\n".join(sorted((left, right))).encode()
    digest = base64.b32encode(hashlib.sha256(pair).digest()[:16]).decode().rstrip("=").lower()
    return f"{node}/intersections/{digest}"


def composed(touch: Touch, frame: Frame, labels: Mapping[str, Text]) -> Intersection:
    """The intersection as it is kept and served; `labels` name communities, topics, resources and places by IRI."""
    voice = _Voice(touch, labels)
    return Intersection(
        id=frame.iri,
        name=_both(voice.name),
        summary=_both(lambda language: f"<p>{voice.summary(language)}</p>"),
        content=_both(voice.content),
        url=(Ref(iri=frame.iri),),
        attributed_to=(Ref(iri=frame.author),),
        to=(Ref(iri=PUBLIC),),
        published=frame.published,
        updated=frame.generated if frame.generated > frame.published else None,
        between=(Ref(iri=touch.left), Ref(iri=touch.right)),
        phase=Ref(iri=frame.phase.iri),
        strength=round(touch.strength, 4),
        conforms_to=Ref(iri=METHOD),
        generated_at=frame.generated,
        basis=tuple(_evidence(frame.iri, basis).ref for basis in touch.bases),
    )


def _evidence(iri: str, basis: Basis) -> IntersectionBasis:
    return IntersectionBasis(
        id=f"{iri}#{basis.kind}",
        basis_kind=Ref(iri=basis.kind.iri),
        strength=round(basis.strength, 4),
        shared_count=basis.count,
        shared_item=tuple(Ref(iri=item) for item in basis.shared),
        derived_from=tuple(Ref(iri=mapping) for mapping in basis.derived_from),
    )


def label(labels: Mapping[str, Text], iri: str, language: str) -> str:
    """What something is called; the end of its IRI, dashes as spaces, when nobody knows."""
    known = labels.get(iri)
    return known.in_language(language) if known else iri.rstrip("/#").rpartition("/")[2].replace("-", " ")


def _both(say: Callable[[str], str]) -> Text:
    return Text.by_language({"fr": spaced(say("fr")), "en": say("en")}, primary="fr")


class _Voice:
    """Says a touch in either language. All that comes from labels is escaped."""

    def __init__(self, touch: Touch, labels: Mapping[str, Text]) -> None:
        self._touch = touch
        self._labels = labels

    def name(self, language: str) -> str:
        """The title, as plain text."""
        left, right = (label(self._labels, iri, language) for iri in (self._touch.left, self._touch.right))
        return f"Ce qui relie {left} et {right}" if language == "fr" else f"What connects {left} and {right}"

    def summary(self, language: str) -> str:
        """One sentence."""
        parts = listed([self._part(basis, language) for basis in self._touch.bases], language)
        return f"Ces deux communautés ont en commun {parts}." if language == "fr" else f"These two communities share {parts}."

    def content(self, language: str) -> str:
        """All the reasons, as HTML."""
        return "".join(self._reason(basis, language) for basis in self._touch.bases)

    def _part(self, basis: Basis, language: str) -> str:
        match basis.kind:
            case BasisKind.TOPICS:
                named = listed([self._quoted(share.left.item, language) for share in basis.shares[:_NAMED]], language)
                more = ("notamment " if language == "fr" else "among them ") if basis.count > _NAMED else ""
                return f"{counted(basis.count, 'sujet' if language == 'fr' else 'topic', language)} ({more}{named})"
            case BasisKind.RESOURCES:
                return _resources(basis.count, language)
            case BasisKind.PEOPLE:
                return self._people(basis, language)
            case _:
                place = self._said(basis.shared[0], language)
                if basis.strength < 1:
                    return f"un territoire plus large ({place})" if language == "fr" else f"a wider territory ({place})"
                return f"le même territoire ({place})" if language == "fr" else f"the same territory ({place})"

    def _reason(self, basis: Basis, language: str) -> str:
        is_french = language == "fr"
        match basis.kind:
            case BasisKind.TOPICS:
                heading = "Des deux côtés, on parle de :" if is_french else "Both sides speak of:"
                items = "".join(f"<li>{self._topic(share, language)}</li>" for share in basis.shares)
                return f"<p>{heading}</p><ul>{items}</ul>"
            case BasisKind.RESOURCES:
                heading = "Des deux côtés, on tient à :" if is_french else "Both sides hold:"
                items = "".join(f"<li>{self._link(share.left.item, language)}</li>" for share in basis.shares)
                return f"<p>{heading}</p><ul>{items}</ul>"
            case BasisKind.PEOPLE:
                people = self._people(basis, language)
                if is_french:
                    return f"<p>Il y a {people} qui font partie des deux et acceptent d’être comptées.</p>"
                return f"<p>There are {people} who belong to both and agree to be counted.</p>"
            case _:
                heading = "Territoire commun :" if is_french else "Territory in common:"
                return f"<p>{heading} {self._link(basis.shared[0], language)}.</p>"

    def _topic(self, share: Share, language: str) -> str:
        is_french = language == "fr"
        sides = ((self._touch.left, share.left), (self._touch.right, share.right))
        counts = " ; " if is_french else "; "
        spread = counts.join(
            f"{self._said(community, language)}{' : ' if is_french else ': '}{_resources(weight.count, language)}"
            for community, weight in sides
        )
        words = list(dict.fromkeys(self._quoted(weight.item, language) for _, weight in sides))
        joined = listed(words, language)
        if share.derived_from:
            doors = listed([self._door(mapping, language) for mapping in share.derived_from], language)
            joined += f", {'d’après' if is_french else 'by'} {doors}"
        return f"{joined} ({spread})"

    def _door(self, mapping: str, language: str) -> str:
        return f'<a href="{escape(mapping)}">{"une correspondance" if language == "fr" else "a mapping"}</a>'

    def _people(self, basis: Basis, language: str) -> str:
        amount = in_words(basis.count, language)
        return f"au moins {amount} personnes" if language == "fr" else f"at least {amount} people"

    def _said(self, iri: str, language: str) -> str:
        return escape(label(self._labels, iri, language))

    def _quoted(self, iri: str, language: str) -> str:
        return quoted(self._said(iri, language), language)

    def _link(self, iri: str, language: str) -> str:
        said = self._said(iri, language)
        return f'<a href="{escape(iri)}">{said}</a>' if iri.startswith(("https://", "http://")) else said


def _resources(count: int, language: str) -> str:
    return counted(count, "ressource" if language == "fr" else "resource", language, is_feminine=True)
