"""What pages show to whom: nothing reserved to strangers, origin and licence everywhere, reasons beside numbers."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import pytest

from kit.village import HERE, HOUSING, MUNICIPAL
from node.domain.visibility import Reader
from node.errors import NotFound


def test_what_is_reserved_shows_to_members_alone(village: Any, addresses: tuple[str, ...], member: Reader) -> None:
    for address in filter(village.is_open, (*addresses, "/recherche", "/recherche?q=comité")):
        html = village.html(address)
        assert "Compte rendu du comité" not in html, address
        assert "/ressources/secret" not in html, address
    html = village.html("/communautes/habitation", member, "Mireille Gagnon")
    assert "Compte rendu du comité" in html
    assert "Ma communauté" in html
    assert "4 ressources" in html
    assert "3 ressources" in village.html("/communautes/habitation")


@pytest.mark.parametrize(
    "url",
    [
        "/ressources/secret",
        "/ressources/absente",
        "/ailleurs/ressource?iri=https://carrefour.example/ressources/secret",
        "/ailleurs/ressource?iri=https://nulle-part.example/1",
        "/ailleurs/ressource",
        "/ailleurs/communaute?iri=https://savoirs.example/personnes/ali-benali",
        "/communautes/absente",
        "/communautes/absente/repertoire",
        "/intersections/absente",
        "/personnes/absente",
    ],
)
def test_what_may_not_be_seen_is_as_what_does_not_exist(village: Any, url: str) -> None:
    with pytest.raises(NotFound) as refusal:
        village.html(url)
    assert str(refusal.value) == NotFound.__doc__


def test_a_member_reads_under_their_name_and_can_leave(village: Any, member: Reader) -> None:
    html = village.html("/", member, "Mireille Gagnon")
    assert "Vous lisez comme Mireille Gagnon" in html
    assert '<form method="post" action="/sortir">' in html
    assert "Vous lisez comme" not in village.html("/")


def test_what_was_withdrawn_says_so_and_nothing_else(village: Any) -> None:
    view, html = village.view("/ressources/retiree")
    assert view.status == HTTPStatus.GONE
    assert "retirée" in html
    assert "Une note retirée" not in html


def test_a_resource_shows_where_it_comes_from(village: Any) -> None:
    html = village.html("/ailleurs/ressource?iri=https://rive.example/ressources/porte-a-porte")
    for expected in (
        "Table de la Rive",
        "rive.example",
        "Chantal Roy",
        "CC BY 4.0",
        "19 novembre 2026",
        "Développement des communautés",
    ):
        assert expected in html, expected
    assert 'href="https://rive.example/ressources/porte-a-porte"' in html
    assert '<meta name="robots" content="noindex">' in html


def test_a_resource_has_its_four_zones_and_is_cleaned(village: Any) -> None:
    html = village.html("/ressources/accueil")
    for zone in ("contenu-titre", "contexte", "conversations", "traces"):
        assert f'id="{zone}"' in html
    assert "Ce que nous faisons" in html
    assert "alert(1)" not in html
    assert re.search(
        r"Gagnon, M. \(2026, \d+ \w+\). <i>La visite d’accueil en trois temps</i>. Habitation communautaire. h", html
    )
    assert "Nous avons essayé à Magog" in html[html.index('id="conversations"') :]
    assert '"datePublished": "2026-11-17"' in html


def test_text_in_another_language_says_so(village: Any) -> None:
    html = village.html("/communautes/habitation")
    assert '<a href="/ailleurs/ressource?iri=https%3A%2F%2Fsavoirs.example%2Fressources%2Fretention" lang="en">' in html


def test_a_term_tells_its_meaning_and_what_it_corresponds_to(village: Any) -> None:
    html = village.html("/termes/prevenir-eviction")
    assert "Ce que les gens entendent par là ici." in html
    assert "Proche de" in html
    assert "rétention locative" in html
    assert "correspondance acceptée" in html


def test_a_search_follows_mappings_and_says_so(village: Any) -> None:
    html = village.html("/recherche?q=prevention+de+l%27eviction")
    assert "Keeping tenants" in html
    assert "Trouvé grâce à la correspondance" in html
    assert "<mark>visite" in village.html("/recherche?q=visites")


def test_a_search_narrows_and_widens(village: Any) -> None:
    assert "5 résultats" in village.html("/recherche?q=eviction&origine=carrefour.example") or "résultat" in village.html(
        "/recherche?q=eviction"
    )
    html = village.html("/recherche?q=visite&type=PracticeNote")
    assert "Retirer ce critère" in html
    assert 'href="/recherche?q=visite"' in html
    nothing = village.html("/recherche?q=introuvable")
    assert "Rien ne répond" in nothing
    assert 'href="/recherche?q=introuvable"' in nothing
    assert "Keeping tenants" not in village.html("/recherche?portee=noeud")
    assert "Keeping tenants" in village.html("/recherche?portee=ailleurs")


@pytest.mark.parametrize(
    "query", ["page=0", "page=99999", "page=x", "portee=partout", "type=Rien", "sujet=%00", "q=%22", "communaute=x"]
)
def test_a_strange_search_is_no_error(village: Any, query: str) -> None:
    assert "<h1>" in village.html(f"/recherche?{query}")


def test_the_page_of_a_community_says_how_far_back_what_came_over_reaches(village: Any) -> None:
    village.database.write_now(lambda uow: uow.followings.mark_history(HOUSING, MUNICIPAL, "complete"))
    for address in ("/communautes/habitation", f"/ailleurs/communaute?iri={MUNICIPAL}"):
        assert "L’historique est ici en entier\u00a0; il remonte au 31 octobre 2026." in village.html(address)


def test_a_link_elsewhere_has_its_state_in_words_and_a_date(village: Any, member: Reader) -> None:
    html = village.html("/communautes/habitation")
    assert "Habitation communautaire suit Économie sociale municipale." in html
    assert "Depuis le" in html
    assert "21 octobre 2026" in html
    asking = "a demandé à suivre Développement des communautés"
    concerned = Reader(actor=member.actor, communities=frozenset({f"{HERE}/communautes/animation"}))
    assert asking in village.html("/communautes/animation", concerned)
    assert asking not in village.html("/communautes/animation")
    assert "a demandé à suivre" not in village.html(
        "/ailleurs/communaute?iri=https://rive.example/communautes/developpement-des-communautes", member
    )


def test_a_notebook_lists_its_notes_once_in_order_and_they_name_it(village: Any) -> None:
    view, html = village.view("/ressources/carnet")
    assert [(stop.number, stop.link.text) for stop in view.values["outline"]] == [
        ("1", "Le porte-à-porte qui écoute"),
        ("2", "La visite d’accueil en trois temps"),
        ("3", "une note qui ne se lit pas ici (Table de la Rive)"),
    ]
    assert 'href="/ailleurs/ressource?iri=https%3A%2F%2Frive.example%2Fressources%2Fporte-a-porte&amp;carnet=carnet"' in html
    assert 'href="https://rive.example/ressources/porte-a-porte"' not in html, "the list for other software is not shown too"
    assert html.count("Deux façons d’arriver chez les gens.") == 1 + 1, "once to read, once as the description"
    for address in ("/ressources/accueil", "/ailleurs/ressource?iri=https://rive.example/ressources/porte-a-porte"):
        assert 'href="/ressources/carnet"' in village.html(address), address


def test_a_term_and_a_place_show_what_speaks_of_them(village: Any) -> None:
    html = village.html("/termes/prevenir-eviction")
    assert "Ce qui en parle" in html
    assert "L’entente de paiement négociée" in html
    assert "Conversations" not in html
    place = village.html("/lieux/estrie")
    assert "Ce qui touche ce territoire" in place
    assert "licence non précisée" not in place


def test_a_term_is_called_as_the_reader_says(village: Any) -> None:
    assert "<h1>eviction prevention</h1>" in village.html("/termes/prevenir-eviction?langue=en")
    html = village.html("/ressources/accueil?langue=en")
    assert ">eviction prevention</a>" in html


def test_what_is_reserved_is_marked_for_those_who_see_it(village: Any, member: Reader) -> None:
    html = village.html("/ressources/secret", member, "Mireille Gagnon")
    assert "Ma communauté" in html
    assert "Réservé aux membres de Habitation communautaire" in html
    assert "Ma communauté" not in village.html("/ressources/accueil", member, "Mireille Gagnon")


def test_links_are_gathered_by_community(village: Any) -> None:
    view, _ = village.view("/communautes/habitation")
    bonds = {bond.community.text: [standing.words for standing in bond.standings] for bond in view.values["bonds"]}
    assert [len(words) for words in bonds.values()] == [1, 2]
    assert [bond.origin.name for bond in view.values["bonds"]] == ["Coop Savoirs municipaux", "Table de la Rive"]


def test_a_chosen_facet_keeps_the_other_choices(village: Any) -> None:
    def kinds(url: str) -> list[tuple[str, int, bool]]:
        view, _ = village.view(url)
        return [(each.text, each.count, each.is_chosen) for each in dict(view.values["facets"])["Type"]]

    free, chosen = kinds("/recherche"), kinds("/recherche?type=Concept")
    assert [pair[:2] for pair in chosen] == [pair[:2] for pair in free]
    assert [text for text, _, is_chosen in chosen if is_chosen] == ["Terme"]
    html = village.html("/recherche?origine=rive.example")
    assert "Table de la Rive" in html
    assert 'aria-current="true"' in html


def test_a_search_that_finds_nothing_shows_ways_on(village: Any) -> None:
    html = village.html("/recherche?q=visites&type=Concept")
    assert "partout, sans autre critère" in html
    assert 'href="/recherche?sujet=https%3A%2F%2Fcarrefour.example%2Ftermes%2Fprevenir-eviction"' in html


def test_a_result_shows_the_place_where_the_words_stand(village: Any) -> None:
    html = village.html("/recherche?q=interprete")
    assert "<mark>interprète</mark>" in html


def test_an_intersection_gives_its_reasons_and_the_way_to_its_number(village: Any, touch: str) -> None:
    strength = village.database.read_now(lambda uow: uow.intersections.get(f"https://carrefour.example{touch}")).strength
    html = village.html(touch)
    for expected in ("Sujets communs", "rétention locative", "≈", "compte pour", "Méthode des intersections, version 1"):
        assert expected in html, expected
    assert f'<td class="n">{strength:.3f}</td>'.replace(".", ",") in html
    assert 'par la correspondance <a href="/correspondances/c1"' in html
    assert "Un seul de ces changements suffirait" in html
    assert "Retirer la correspondance" in html
    assert f'<td class="n">{strength:.3f}</td>' in village.html(f"{touch}?langue=en")


def test_the_way_to_the_number_adds_up(village: Any, touch: str) -> None:
    view, _ = village.view(touch)
    left = 1.0
    for ground in view.values["grounds"]:
        left *= 1 - ground.weight * ground.strength
        assert ground.left_over == pytest.approx(left)
    assert 1 - left == pytest.approx(view.values["crossing"].strength, abs=1e-3)


def test_the_map_says_in_a_table_what_it_draws(village: Any) -> None:
    html = village.html("/carte")
    assert html.count('class="tie"') == len(village.database.read_now(lambda uow: uow.intersections.all()))
    assert html.count("<circle") == 4
    assert "<caption>" in html


def test_the_first_page_tells_how_to_follow(village: Any) -> None:
    assert "@habitation@carrefour.example" in village.html("/")


def test_a_community_leads_to_its_glossary(village: Any) -> None:
    html = village.html("/communautes/habitation")
    assert 'href="/communautes/habitation/glossaire"' in html
    assert "1 terme<" in html
    assert "prévention de l’éviction" in village.html("/communautes/habitation/glossaire")
    assert "/glossaire" not in village.html("/communautes/animation")
