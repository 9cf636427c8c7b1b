"""Who said it, when, to whom, and what hangs on it. Every object may carry these. Spec: ActivityPub §5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from vocab.namespaces import AS, CDP, DCTERMS, PROV, SKOS, XSD
from vocab.terms import Term
from vocab.traced import Traced
from vocab.values import Moment, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed(Traced):
    """A thing with its author, its moment, its recipients and its answers."""

    attributed_to: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "attributedTo",
            {"fr": "attribué à", "en": "attributed to"},
            {"fr": "Auteur·trice ; pour un groupe, son animation.", "en": "Author; for a group, its moderators."},
            status="reused",
            is_searchable=True,
        ),
    ] = ()
    to: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "to",
            {"fr": "à", "en": "to"},
            {"fr": "Destinataires.", "en": "Recipients."},
            status="reused",
            is_listed=True,
        ),
    ] = ()
    cc: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "cc",
            {"fr": "copie à", "en": "cc"},
            {"fr": "Destinataires en copie.", "en": "Recipients of a copy."},
            status="reused",
            is_listed=True,
        ),
    ] = ()
    bto: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "bto",
            {"fr": "à, en secret", "en": "bto"},
            {"fr": "Destinataires cachés ; retirés avant l’envoi.", "en": "Hidden recipients; removed before sending."},
            status="reused",
            is_listed=True,
        ),
    ] = ()
    bcc: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "bcc",
            {"fr": "copie cachée", "en": "bcc"},
            {"fr": "Copies cachées ; retirées avant l’envoi.", "en": "Hidden copies; removed before sending."},
            status="reused",
            is_listed=True,
        ),
    ] = ()
    audience: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "audience",
            {"fr": "public visé", "en": "audience"},
            {"fr": "Groupe ou public auquel cela s’adresse.", "en": "Group or audience that this is meant for."},
            status="reused",
        ),
    ] = ()
    published: Annotated[
        Moment | None,
        Term(
            AS + "published",
            {"fr": "publié le", "en": "published"},
            {"fr": "Moment de la publication.", "en": "Moment of publication."},
            status="reused",
            datatype=XSD + "dateTime",
            is_searchable=True,
        ),
    ] = None
    updated: Annotated[
        Moment | None,
        Term(
            AS + "updated",
            {"fr": "modifié le", "en": "updated"},
            {"fr": "Moment de la dernière modification.", "en": "Moment of the last change."},
            status="reused",
            datatype=XSD + "dateTime",
        ),
    ] = None
    in_reply_to: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "inReplyTo",
            {"fr": "en réponse à", "en": "in reply to"},
            {"fr": "Ce à quoi cela répond.", "en": "What this answers."},
            status="reused",
            is_searchable=True,
        ),
    ] = ()
    context_: Annotated[
        Ref | None,
        Term(
            AS + "context",
            {"fr": "fil", "en": "context"},
            {"fr": "Conversation ou dossier auquel cela appartient.", "en": "Conversation or purpose this belongs to."},
            status="reused",
            is_searchable=True,
        ),
    ] = None
    replies: Annotated[
        Ref | None,
        Term(
            AS + "replies",
            {"fr": "réponses", "en": "replies"},
            {"fr": "Collection des réponses.", "en": "Collection of the answers."},
            status="reused",
            ranges=(AS + "Collection",),
        ),
    ] = None
    likes: Annotated[
        Ref | None,
        Term(
            AS + "likes",
            {"fr": "mentions j’aime", "en": "likes"},
            {"fr": "Collection des appréciations.", "en": "Collection of likes."},
            status="reused",
            ranges=(AS + "Collection",),
        ),
    ] = None
    shares: Annotated[
        Ref | None,
        Term(
            AS + "shares",
            {"fr": "partages", "en": "shares"},
            {"fr": "Collection des partages.", "en": "Collection of shares."},
            status="reused",
            ranges=(AS + "Collection",),
        ),
    ] = None
    tag: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "tag",
            {"fr": "étiquette", "en": "tag"},
            {"fr": "Mention, mot-clic ou émoji.", "en": "Mention, hashtag or emoji."},
            status="reused",
            is_listed=True,
        ),
    ] = ()
    attachment: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "attachment",
            {"fr": "pièce jointe", "en": "attachment"},
            {"fr": "Ce qui est joint.", "en": "What is attached."},
            status="reused",
            is_listed=True,
        ),
    ] = ()
    posture: Annotated[
        Ref | None,
        Term(
            CDP + "posture",
            {"fr": "posture", "en": "capacity"},
            {
                "fr": "À quel titre une personne parle : délégation, à titre individuel, accompagnement, citoyenne.",
                "en": "In what capacity a person speaks or takes part: delegate, personal, accompanying, citizen.",
            },
            ranges=(SKOS + "Concept",),
            schemes=("postures",),
            close_to=(PROV + "hadRole",),
            note={
                "fr": "Dit par la personne elle-même, pour un message ou pour son appartenance. Exemple : « je parle ici à titre "
                "individuel ».",
                "en": "Said by the person, of one message or of a membership. Example: “here I speak in a personal capacity”.",
            },
        ),
    ] = None
    confidentiality: Annotated[
        Ref | None,
        Term(
            CDP + "confidentiality",
            {"fr": "confidentialité", "en": "confidentiality"},
            {
                "fr": "Ce que l’on peut redire ailleurs : rien, les idées sans les noms, ou tout en nommant.",
                "en": "What may be repeated elsewhere: nothing, the ideas without the names, or all of it with names.",
            },
            ranges=(SKOS + "Concept",),
            schemes=("confidentialite",),
            narrows=(DCTERMS + "rights",),
            note={
                "fr": "Une promesse entre personnes, qui voyage avec l’objet ; qui peut voir dépend de l’adressage seul. "
                "Exemple : un fil sous la règle de Chatham House.",
                "en": "A promise among people that travels with the object; who may see depends on addressing alone. "
                "Example: a thread under the Chatham House Rule.",
            },
            is_searchable=True,
        ),
    ] = None
    credit: Annotated[
        tuple[Ref, ...],
        Term(
            PROV + "qualifiedAttribution",
            {"fr": "crédits", "en": "credit"},
            {"fr": "Qui a fait quoi : rédaction, révision, graphisme…", "en": "Who did what: writing, reviewing, graphics…"},
            status="reused",
            of="Attribution",
        ),
    ] = ()
