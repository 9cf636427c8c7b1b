"""What the places and the fields are called in which a node keeps what it knows of a person, when that person reads them."""

from __future__ import annotations

from collections.abc import Mapping

from node.domain.sentences import said
from vocab.values import Text

#: By the name of the table.
PLACES: Mapping[str, Text] = {
    "members": said("Le compte", "The account"),
    "actors": said("La page publique", "The public page"),
    "identities": said("Organisations qui ouvrent la porte", "Organisations that open the door"),
    "passkeys": said("Clés d’accès", "Passkeys"),
    "second_factors": said("Deuxième preuve", "Second proof"),
    "sessions": said("Appareils où l’on est entré", "Devices that are signed in"),
    "private_addresses": said("Adresses privées", "Private addresses"),
    "letter_addresses": said("Adresse pour partager par courriel", "Address for sharing by email"),
    "memberships": said("Communautés et rôles", "Communities and roles"),
    "welcomes": said("Accueils", "Welcomes"),
    "things": said("Ce qui est publié", "What is published"),
    "versions": said("Versions", "Versions"),
    "version_visits": said("Dernières visites", "Last visits"),
    "mappings": said("Correspondances entre termes", "Mappings between terms"),
    "submissions": said("Propositions", "Proposals"),
    "drafts": said("Brouillons", "Drafts"),
    "bringings": said("Ce qui a été apporté", "What was brought in"),
    "media_keepers": said("Fichiers", "Files"),
    "participations": said("Réponses aux rencontres", "Answers to meetings"),
    "reactions": said("Réactions", "Reactions"),
    "notices": said("Avis", "Notices"),
    "mutes": said("Mis en sourdine", "Muted"),
    "hidden_people": said("Personnes masquées", "Hidden people"),
    "notice_habits": said("Rythme des avis", "Rhythm of notices"),
    "saved_searches": said("Recherches gardées", "Saved searches"),
    "consents": said("Accords", "Agreements"),
    "restraints": said("Mesures", "Measures"),
    "appeals": said("Demandes de revoir une décision", "Requests to review a decision"),
    "decisions": said("Décisions", "Decisions"),
    "reports": said("Signalements", "Reports"),
    "invitations": said("Invitations", "Invitations"),
    "letters": said("Courriels à envoyer", "Emails to be sent"),
    "letters_in": said("Courriels reçus pour partager", "Emails received for sharing"),
    "outbox": said("Ce qui a été envoyé à d’autres sites", "What was sent to other sites"),
    "followings": said("Liens suivis", "Links followed"),
}
#: By the name of the column; what has no name here is for programs.
FIELDS: Mapping[str, Text] = {
    "iri": said("Adresse", "Address"),
    "email": said("Courriel", "Email"),
    "name": said("Nom", "Name"),
    "language": said("Langue", "Language"),
    "languages": said("Langues parlées", "Languages spoken"),
    "helps": said("En quoi aider", "How to help"),
    "town": said("Ville", "Town"),
    "created_at": said("Depuis", "Since"),
    "received_at": said("Reçu le", "Received on"),
    "updated_at": said("Modifié le", "Changed on"),
    "published_at": said("Publié le", "Published on"),
    "seen_at": said("Vu le", "Seen on"),
    "told_at": said("Dit le", "Told on"),
    "at": said("Le", "On"),
    "since": said("Depuis", "Since"),
    "until": said("Jusqu’au", "Until"),
    "expires_at": said("Jusqu’au", "Until"),
    "community": said("Communauté", "Community"),
    "role": said("Rôle", "Role"),
    "kind": said("Sorte", "Kind"),
    "state": said("État", "State"),
    "by": said("Par", "By"),
    "content": said("Texte", "Text"),
    "reason": said("Raison", "Reason"),
    "comment": said("Commentaire", "Comment"),
    "event": said("Rencontre", "Meeting"),
    "category": said("Motif", "Reason"),
    "username": said("Nom d’usage", "User name"),
    "audience": said("Qui peut voir", "Who can see"),
    "summary": said("Résumé", "Summary"),
    "text": said("Texte", "Text"),
    "title": said("Titre", "Title"),
    "note": said("Mot", "Note"),
    "author": said("Auteur·trice", "Author"),
    "license": said("Licence", "Licence"),
    "object": said("À quel propos", "About"),
    "subject": said("Objet", "Subject"),
    "recipient": said("À qui", "To"),
    "opened_at": said("Entré·e le", "Signed in on"),
    "asked_at": said("Demandé le", "Asked on"),
    "answered_at": said("Répondu le", "Answered on"),
    "consent": said("Accepte d’être compté·e", "Agrees to be counted"),
}
#: What a document says of itself to people.
SAID: tuple[str, ...] = ("name", "summary", "content")
RAW: Text = said("Le reste, tel que les logiciels le lisent", "The rest, as programs read it")
YES, NO = said("oui", "yes"), said("non", "no")
