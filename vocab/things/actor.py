"""Actor: who has an inbox. Spec: ActivityPub §4.1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, CDP, FEP8A8E, LDP, ORG, SECURITY, SKOS, TOOT, WEBFINGER, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Object):
    """Somebody or something that acts; an actor of a type that we do not know is read as one."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Actor",
        {"fr": "acteur", "en": "actor"},
        {
            "fr": "Qui agit et reçoit : personne, groupe, organisation, logiciel.",
            "en": "Who acts and receives: person, group, organisation, software.",
        },
        status="reused",
        is_abstract=True,
    )
    preferred_username: Annotated[
        str | None,
        Term(
            AS + "preferredUsername",
            {"fr": "nom d’usage", "en": "username"},
            {"fr": "Nom dans une adresse comme @nom@hôte.", "en": "Name in an address such as @name@host."},
            status="reused",
            is_searchable=True,
        ),
    ] = None
    webfinger: Annotated[
        str | None,
        Term(
            WEBFINGER + "webfinger",
            {"fr": "compte", "en": "account"},
            {"fr": "Adresse comme nom@hôte, sans @ devant.", "en": "Address such as name@host, without @ in front."},
            status="reused",
            # As the context of FEP-2c59 says it: servers that process JSON-LD look for a typed value.
            datatype=XSD + "string",
        ),
    ] = None
    inbox: Annotated[
        Ref | None,
        Term(
            LDP + "inbox",
            {"fr": "boîte de réception", "en": "inbox"},
            {"fr": "Où livrer.", "en": "Where to deliver."},
            status="reused",
        ),
    ] = None
    outbox: Annotated[
        Ref | None,
        Term(
            AS + "outbox",
            {"fr": "boîte d’envoi", "en": "outbox"},
            {"fr": "Collection de ce qui a été envoyé.", "en": "Collection of what was sent."},
            status="reused",
        ),
    ] = None
    followers: Annotated[
        Ref | None,
        Term(
            AS + "followers",
            {"fr": "abonné·es", "en": "followers"},
            {"fr": "Collection de qui suit.", "en": "Collection of who follows."},
            status="reused",
        ),
    ] = None
    following: Annotated[
        Ref | None,
        Term(
            AS + "following",
            {"fr": "abonnements", "en": "following"},
            {"fr": "Collection de qui est suivi.", "en": "Collection of who is followed."},
            status="reused",
        ),
    ] = None
    liked: Annotated[
        Ref | None,
        Term(
            AS + "liked",
            {"fr": "appréciations", "en": "liked"},
            {"fr": "Collection de ce qui a été aimé.", "en": "Collection of what was liked."},
            status="reused",
        ),
    ] = None
    streams: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "streams",
            {"fr": "flux", "en": "streams"},
            {"fr": "Autres collections.", "en": "Further collections."},
            status="reused",
        ),
    ] = ()
    featured: Annotated[
        Ref | None,
        Term(
            TOOT + "featured",
            {"fr": "en vedette", "en": "featured"},
            {"fr": "Collection de ce qui est mis en avant.", "en": "Collection of what is put forward."},
            status="reused",
        ),
    ] = None
    upcoming_events: Annotated[
        Ref | None,
        Term(
            FEP8A8E + "upcomingEvents",
            {"fr": "calendrier", "en": "upcoming events"},
            {"fr": "Collection des événements à venir.", "en": "Collection of events to come."},
            status="reused",
        ),
    ] = None
    endpoints: Annotated[
        Ref | None,
        Term(
            AS + "endpoints",
            {"fr": "points d’accès", "en": "endpoints"},
            {"fr": "Adresses communes du serveur.", "en": "Common addresses of the server."},
            status="reused",
            of="Endpoints",
        ),
    ] = None
    public_key: Annotated[
        tuple[Ref, ...],
        Term(
            SECURITY + "publicKey",
            {"fr": "clé publique", "en": "public key"},
            {"fr": "Clé qui prouve les signatures.", "en": "Key that proves signatures."},
            status="reused",
            of="CryptographicKey",
        ),
    ] = ()
    assertion_method: Annotated[
        tuple[Ref, ...],
        Term(
            SECURITY + "assertionMethod",
            {"fr": "clé d’attestation", "en": "assertion method"},
            {"fr": "Clé qui prouve les attestations.", "en": "Key that proves assertions."},
            status="reused",
            of="Multikey",
            is_listed=True,
        ),
    ] = ()
    also_known_as: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "alsoKnownAs",
            {"fr": "aussi connu comme", "en": "also known as"},
            {"fr": "Autre compte de la même personne.", "en": "Another account of the same person."},
            status="reused",
            is_listed=True,
        ),
    ] = ()
    moved_to: Annotated[
        Ref | None,
        Term(
            AS + "movedTo",
            {"fr": "déménagé à", "en": "moved to"},
            {"fr": "Compte où l’on est allé.", "en": "Account that was moved to."},
            status="reused",
        ),
    ] = None
    manually_approves_followers: Annotated[
        bool | None,
        Term(
            AS + "manuallyApprovesFollowers",
            {"fr": "approuve les abonnements", "en": "approves followers"},
            {"fr": "Chaque abonnement attend une réponse.", "en": "Each follow waits for an answer."},
            status="reused",
        ),
    ] = None
    is_discoverable: Annotated[
        bool | None,
        Term(
            TOOT + "discoverable",
            {"fr": "trouvable", "en": "discoverable"},
            {"fr": "Veut figurer dans les annuaires.", "en": "Wants to be in directories."},
            status="reused",
            key="discoverable",
        ),
    ] = None
    is_indexable: Annotated[
        bool | None,
        Term(
            TOOT + "indexable",
            {"fr": "indexable", "en": "indexable"},
            {"fr": "Ses écrits publics peuvent être indexés.", "en": "Its public writing may be indexed."},
            status="reused",
            key="indexable",
        ),
    ] = None
    glossary: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "glossary",
            {"fr": "glossaire", "en": "glossary"},
            {
                "fr": "Vocabulaire propre à une communauté ou une organisation.",
                "en": "Vocabulary specific to a community or organisation.",
            },
            ranges=(SKOS + "ConceptScheme",),
            note={
                "fr": "Chaque communauté garde ses mots ; des correspondances les relient. Exemple : le glossaire de l’aide "
                "alimentaire.",
                "en": "Each community keeps its words; mappings connect them. Example: the glossary of food aid.",
            },
            related_to=("http://rdfs.org/ns/void#vocabulary",),
        ),
    ] = ()
    purpose: Annotated[
        tuple[Ref, ...],
        Term(
            ORG + "purpose",
            {"fr": "vocation", "en": "purpose"},
            {"fr": "Code de la vocation.", "en": "Code of the purpose."},
            status="reused",
            key="organizationPurpose",
        ),
    ] = ()
    has_member: Annotated[
        tuple[Ref, ...],
        Term(
            ORG + "hasMember",
            {"fr": "a pour membre", "en": "has member"},
            {"fr": "Membre, personne ou organisation.", "en": "Member, person or organisation."},
            status="reused",
        ),
    ] = ()
