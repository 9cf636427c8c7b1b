from __future__ import annotations

from dataclasses import replace

from node.domain.glimpses import Glimpse
from node.domain.sharing import Attached, Shared, thing_of, title_of, topics_in, written
from vocab.namespaces import CONCEPTS
from vocab.things.document import Document
from vocab.things.help_request import HelpRequest
from vocab.things.repertoire_item import RepertoireItem
from vocab.things.source import Source

PAGE = Glimpse(
    address="https://quotidien.example/a_b",
    title="Prévenir l’éviction",
    summary="Trois villes *racontent*.",
    site="Le Quotidien",
    author="Zoé Roy",
    published="2026-03-01",
    language="fr",
    license="https://creativecommons.org/licenses/by/4.0/",
    is_read=True,
)
PHOTO = Attached(
    name="Sortie.jpg",
    address="https://ici.example/media/a.jpg",
    media_type="image/jpeg",
    description="Six personnes",
    width=40,
    height=30,
)
PLAN = Attached(name="Plan.pdf", address="https://ici.example/media/b.pdf", media_type="application/pdf")


def test_a_link_becomes_a_tidy_resource() -> None:
    thing = thing_of(Shared(text="À lire.", page=PAGE, files=(PHOTO,)), "fr")
    assert isinstance(thing, RepertoireItem)
    assert thing.name is not None
    assert (thing.name.primary, thing.in_language, [ref.iri for ref in thing.url]) == (
        "Prévenir l’éviction",
        "fr",
        [PAGE.address],
    )
    assert (thing.license and thing.license.iri, thing.creator[0].primary) == (PAGE.license, "Zoé Roy")
    assert thing.genre is not None
    assert thing.genre.iri == f"{CONCEPTS}genres/lien"
    source = thing.source.thing if thing.source else None
    assert isinstance(source, Source)
    assert source.content is not None
    assert source.content.primary == (
        "![Six personnes](https://ici.example/media/a.jpg)\n\nÀ lire.\n\n> Trois villes \\*racontent\\*.\n\n"
        "[Lire sur Le Quotidien](<https://quotidien.example/a_b>) · Zoé Roy, 1er mars 2026"
    )
    assert thing.content is not None
    assert '<img src="https://ici.example/media' not in thing.content.primary  # no address of a file of ours
    assert thing.attachment[0].thing is not None


def test_a_text_is_called_by_its_heading_or_its_first_sentence() -> None:
    assert title_of(Shared(text="# Un *titre*\n\nDes mots.")) == "Un titre"
    assert written(Shared(text="# Un titre\n\nDes mots."), "fr") == "Des mots."
    assert written(Shared(text="# Un titre\n\nDes mots.", title="Autre"), "fr") == "# Un titre\n\nDes mots."
    assert title_of(Shared(text="Une phrase assez longue pour un début. " + "Et une suite qui continue. " * 9)).startswith(
        "Une phrase"
    )
    assert title_of(Shared(files=(PHOTO,))) == "Six personnes"
    assert title_of(Shared(files=(PLAN,))) == "Plan"
    assert title_of(Shared()) == ""


def test_a_question_is_a_request_for_help_and_files_are_offered() -> None:
    thing = thing_of(Shared(text="Qui a une grille ?", is_question=True, files=(PLAN,)), "fr")
    assert isinstance(thing, HelpRequest)
    assert thing.request_state is not None
    assert thing.request_state.iri == f"{CONCEPTS}etats-de-demande/ouverte"
    assert thing.content is not None
    assert '<a href="https://ici.example/media/b.pdf"' in thing.content.primary
    assert len(thing.attachment) == 1


def test_what_is_said_in_the_form_goes_before_what_is_guessed() -> None:
    shared = Shared(title=" Mon  titre ", summary="Mon résumé.", language="en", license="CC0", page=PAGE)
    thing = thing_of(shared, "fr")
    assert isinstance(thing, RepertoireItem)
    assert (str(thing.name), str(thing.summary), thing.in_language) == ("Mon titre", "<p>Mon résumé.</p>", "en")
    assert thing.license is not None
    assert thing.license.iri.endswith("/zero/1.0/")


def test_words_of_others_are_words_alone() -> None:
    page = Glimpse(
        address="https://a.example/", title="<script>x</script>", summary="# [x](javascript:a) <b>", site="](http://e)"
    )
    thing = thing_of(Shared(page=page), "en")
    assert thing.content is not None
    assert "<script" not in thing.content.primary
    assert "javascript" not in thing.content.primary.replace("(javascript:a)", "")
    assert "<h1" not in thing.content.primary


def test_topics_are_parted_by_commas() -> None:
    assert topics_in("#logement, prévention de l’éviction ;\nlogement,,") == ("logement", "prévention de l’éviction")


def test_what_is_said_in_a_recording_is_text_below_it() -> None:
    sound = Attached(
        name="Message.m4a",
        address="https://ici.example/media/c.m4a",
        media_type="audio/mp4",
        description="On se voit *mardi*.\n\nÀ 10 h.",
    )
    shared = Shared(files=(sound,))
    assert title_of(shared) == "On se voit *mardi*. À 10 h."
    assert written(shared, "fr") == "[Message.m4a](https://ici.example/media/c.m4a)\n\n> On se voit \\*mardi\\*.\n>\n> À 10 h."
    (ref,) = thing_of(shared, "fr").attachment
    assert isinstance(ref.thing, Document)
    assert (str(ref.thing.name), ref.thing.media_type) == ("Message.m4a", "audio/mp4")
    assert written(Shared(files=(replace(sound, description=""),)), "fr") == "[Message.m4a](https://ici.example/media/c.m4a)"


def test_a_file_beside_a_link_is_offered_below_the_card() -> None:
    page = Glimpse(address="https://a.example/x", title="X", site="A")
    text = written(Shared(page=page, files=(PHOTO, PLAN)), "fr")
    assert text.startswith("![")
    assert text.endswith("[Plan.pdf](https://ici.example/media/b.pdf)")
    assert text.count("![") == 1
