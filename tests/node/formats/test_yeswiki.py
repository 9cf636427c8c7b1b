"""Entries of a bazar as YesWiki gives them: the fields of custom find their place, the others keep their name."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from kit.guests import Stage
from node.actions.publish import publish
from node.contracts import Draft, File, Unread
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.errors import Invalid
from node.formats.yeswiki import FORMAT, read
from node.storage.engine import Database
from vocab.things.event import Event
from vocab.things.link import Link
from vocab.things.object import Object
from vocab.things.place import Place
from vocab.things.postal_address import PostalAddress
from vocab.things.property_value import PropertyValue
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref

#: As `?api/forms/2/entries` answers it, shortened; the names are invented.
ENTRY: dict[str, Any] = {
    "id_fiche": "LeJardinCollectif", "id_typeannonce": "2", "bf_titre": "Le jardin collectif",
    "bf_description": "<p onclick='x()'>Un jardin <b>partagé</b> par trois organismes du quartier, ouvert de mai à octobre.</p>"
    "<script>alert(1)</script>",
    "bf_tags": "jardin, entraide", "checkboxListeThemebf_theme": "alimentation,quartier", "listeListeTypebf_type": "3",
    "bf_adresse": "12, rue du Verger", "bf_code_postal": "J1H 1A1", "bf_ville": "Sherbrooke",
    "geolocation": {"bf_latitude": "45.40", "bf_longitude": "-71.89"}, "bf_latitude": "45.40", "bf_longitude": "-71.89",
    "bf_mail": "camille@jardin.example", "bf_telephone": "819 555-0199", "contact": "camille@jardin.example",
    "bf_site_internet": "https://jardin.example/", "imagebf_image": "jardin_photo.jpg", "bf_horaires": "Le <b>samedi</b> matin",
    "mot_de_passe_wikini": "secret", "createur": "CamilleRoy", "bf_licence": "CC BY-SA 4.0",
    "date_creation_fiche": "2021-05-04 10:11:12", "date_maj_fiche": "2023-11-20 09:00:00", "statut_fiche": "1",
    "url": "https://wiki.example/?LeJardinCollectif", "html_data": 'data-bf_titre="Le jardin collectif"',
}  # fmt: skip
EVENT: dict[str, Any] = {
    "id_fiche": "GrandeCorvee", "bf_titre": "Grande corvée",
    "bf_description": "======Programme======\n**Matin** : //bêcher//\n"
    " - semer\n"
    "[[https://jardin.example/plan le plan]]\n----\nPuis on mange <vite>.",
    "bf_date_debut_evenement": "2024-05-11", "bf_date_debut_evenement_allday": "1",
    "bf_date_fin_evenement": "2024-05-12", "bf_date_fin_evenement_allday": "1", "date_creation_fiche": "0000-00-00 00:00:00",
}  # fmt: skip


def _read(document: object, **columns: str) -> list[Draft | Unread]:
    return list(read(File(name="bazar.json", content=json.dumps(document).encode(), columns=columns)))


def _one(document: object, **columns: str) -> Draft:
    (draft,) = _read(document, **columns)
    assert isinstance(draft, Draft)
    return draft


def _thing(ref: Ref) -> Any:
    assert ref.thing is not None
    return ref.thing


def _item(**changes: Any) -> RepertoireItem:
    thing = _one([ENTRY | changes]).thing
    assert isinstance(thing, RepertoireItem)
    return thing


def test_the_fields_of_custom_find_their_place() -> None:
    draft, thing = _one({"LeJardinCollectif": ENTRY}), _item()
    assert (draft.options, draft.topics) == ({"key": "https://wiki.example/?LeJardinCollectif"}, ("jardin", "entraide"))
    assert draft.source == "bazar.json, LeJardinCollectif"
    assert (str(thing.name), thing.in_language) == ("Le jardin collectif", "fr")
    assert str(thing.content) == "<p>Un jardin <b>partagé</b> par trois organismes du quartier, ouvert de mai à octobre.</p>"
    assert str(thing.summary) == "<p>Un jardin partagé par trois organismes du quartier, ouvert de mai à octobre.</p>"
    assert thing.published == datetime(2021, 5, 4, 14, 11, 12, tzinfo=UTC)
    assert thing.updated == datetime(2023, 11, 20, 14, 0, tzinfo=UTC)
    assert [str(name) for name in thing.creator] == ["CamilleRoy"]
    assert thing.origin == Ref("https://wiki.example/?LeJardinCollectif")
    assert thing.url == (Ref("https://jardin.example/"),)
    assert thing.license == Ref("https://creativecommons.org/licenses/by-sa/4.0/")
    assert thing.platform_category == ("alimentation", "quartier")
    place = _thing(thing.location[0])
    assert isinstance(place, Place)
    assert (str(place.name), place.latitude, place.longitude) == ("12, rue du Verger, Sherbrooke", 45.40, -71.89)
    postal = _thing(place.address[0])
    assert isinstance(postal, PostalAddress)
    assert (postal.street_address, postal.postal_code, postal.address_locality) == ("12, rue du Verger", "J1H 1A1", "Sherbrooke")


def test_fields_of_a_form_of_ones_own_keep_their_name_and_personal_ones_stay_there() -> None:
    kept = [_thing(ref) for ref in _item().attachment]
    fields = {str(each.name): each.value for each in kept if isinstance(each, PropertyValue)}
    assert fields == {"type": "3", "horaires": "Le samedi matin"}
    assert [each.href for each in kept if isinstance(each, Link)] == [Ref("https://wiki.example/files/jardin_photo.jpg")]
    said = str(_item())
    for secret in ("camille@", "555-0199", "secret", "onclick", "alert", "data-bf"):
        assert secret not in said


def test_an_entry_with_a_date_is_an_event_and_its_last_day_counts() -> None:
    thing = _one([EVENT]).thing
    assert isinstance(thing, Event)
    assert (thing.start_time, thing.end_time) == (datetime(2024, 5, 11, 4, tzinfo=UTC), datetime(2024, 5, 13, 4, tzinfo=UTC))
    assert (thing.is_all_day, thing.published) == (True, None)
    later = _one([EVENT | {"bf_date_debut_evenement": "2024-05-11 14:00:00", "bf_date_debut_evenement_allday": "0"}]).thing
    assert isinstance(later, Event)
    assert (later.start_time, later.is_all_day) == (datetime(2024, 5, 11, 18, tzinfo=UTC), None)


def test_the_marks_of_the_wiki_become_html() -> None:
    thing = _one([EVENT]).thing
    assert isinstance(thing, Object)
    body = str(thing.content)
    assert "<h2>Programme</h2><p><strong>Matin</strong> : <em>bêcher</em></p><ul><li>semer</li></ul><p><a href=" in body
    assert ">le plan</a></p><hr><p>Puis on mange &lt;vite&gt;.</p>" in body


def test_a_form_of_ones_own_is_told_by_columns() -> None:
    draft = _one([{"bf_nom": "Une fiche", "bf_texte": "Un texte.", "bf_motscles": "a"}], bf_nom="title", bf_texte="content")
    assert isinstance(draft.thing, Object)
    assert (str(draft.thing.name), str(draft.thing.content), draft.topics) == ("Une fiche", "<p>Un texte.</p>", ("a",))
    called = _one(
        [{"bf_nom": "Une fiche", "bf_texte": "Un texte.", "bf_secret": "zut"}], bf_nom="titre", bf_texte="texte", bf_secret=""
    )
    assert isinstance(called.thing, Object)
    assert (str(called.thing.name), str(called.thing.content)) == ("Une fiche", "<p>Un texte.</p>")
    assert called.thing.attachment == ()


@pytest.mark.parametrize("document", [[ENTRY], {"LeJardinCollectif": ENTRY}, ENTRY, {"entries": [ENTRY]}])
def test_every_form_of_answer_is_read(document: object) -> None:
    assert str(getattr(_one(document).thing, "name", "")) == "Le jardin collectif"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (ENTRY | {"bf_titre": ""}, "no title"),
        (ENTRY | {"statut_fiche": "0"}, "not published"),
        (ENTRY | {"date_creation_fiche": "hier"}, "hier"),
        (ENTRY | {"bf_description": "x" * 300_000}, "longer than"),
        ("rien", "no title"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_goes_on(entry: object, reason: str) -> None:
    bad, good = _read([entry, ENTRY])
    assert isinstance(bad, Unread)
    assert reason in bad.reason
    assert isinstance(good, Draft)


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 5_000, b"3", b"{}", b'{"a": 1}', b"\xff"])
def test_what_is_no_bazar_is_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(Invalid, match=r"^f: "):
        list(read(File(name="f", content=content)))


@pytest.mark.parametrize(
    "text", ["[[http://" * 20_000, "**" * 90_000, "//a" * 60_000, "=" * 190_000, "<" * 190_000, "- " * 90_000]
)
def test_hostile_texts_are_read_in_no_time(text: str) -> None:
    assert len(_read([EVENT | {"bf_description": text, "bf_chapeau": "x"}])) == 1


@pytest.mark.parametrize(
    "point", [{"bf_latitude": "nan", "bf_longitude": "1"}, {"bf_latitude": "95", "bf_longitude": "0"}, "1|2|3", None, [1]]
)
def test_a_point_that_is_nowhere_is_left_out(point: object) -> None:
    place = _thing(_item(geolocation=point, bf_latitude="", bf_longitude="").location[0])
    assert place.latitude is None


@pytest.mark.parametrize("entry", [ENTRY, EVENT])
def test_it_can_be_published(memory: Database, entry: dict[str, Any]) -> None:
    stage, draft = Stage(memory), _one([entry])
    placed = Placement(author=stage.author, community=stage.community, audience=Audience.COMMUNITY)
    put = memory.write_now(lambda uow: publish(uow, stage.house(), draft, placed))
    assert put.name == entry["bf_titre"]
    assert FORMAT.write is None
