"""A list of things as formats get it: names that only its reader may see, words that break what is not written with care."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from node.contracts import Listing
from vocab.things.document import Document
from vocab.things.practice_note import PracticeNote
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text

URL = "https://ici.example"
ANA = f"{URL}/personnes/ana"
TOPIC = f"{URL}/termes/logement"
#: No reader takes these for text: each closes, opens or breaks something in one of the formats.
NASTY = "]]> & <b>gras</b> \x0b\uffff\u2028 ligne\r\nATTENDEE:x \"'"

NOTE = PracticeNote(
    id=f"{URL}/notes/1",
    name=Text.of("Loger les gens < 30 ans & plus", "fr"),
    summary=Text.of("<p>En bref : <em>oui</em>.</p>", "fr"),
    content=Text.of(f"<p>Un texte, avec <a href='https://ailleurs.example/'>un lien</a>. {NASTY}</p>", "fr"),
    in_language="fr",
    url=(Ref(f"{URL}/notes/1"),),
    attributed_to=(Ref(ANA), Ref(f"{URL}/personnes/cachee")),
    creator=(Text.of("Table de quartier"),),
    topic=(Ref(TOPIC), Ref(f"{URL}/termes/cache")),
    published=datetime(2026, 3, 1, 15, 4, 5, tzinfo=UTC),
    updated=datetime(2026, 4, 1, tzinfo=UTC),
    license=Ref("https://creativecommons.org/licenses/by/4.0/"),
    origin=Ref("https://ailleurs.example/texte"),
    bto=(Ref("https://secret.example/personne"),),
    attachment=(Document(name=Text.of("Guide"), media_type="application/pdf", url=(Ref(f"{URL}/guide.pdf"),)).ref,),
)
BARE = RepertoireItem(id=f"{URL}/ressources/2", name=Text.of("Only a title", "en"))
LISTING = Listing(
    things=[NOTE, BARE, replace(BARE, id="", name=Text.of("Sans adresse"))],
    title="Recherche : logement",
    summary="Ce que tout le monde peut lire",
    iri=f"{URL}/recherche?q=logement",
    here=f"{URL}/recherche?q=logement&format=x",
    following=f"{URL}/recherche?q=logement&format=x&avant=1",
    publisher="Organisme d’ici",
    names={ANA: "Ana Côté", TOPIC: "Logement"},
)
EMPTY = Listing(things=[])
