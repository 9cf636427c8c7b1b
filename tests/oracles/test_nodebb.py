"""NodeBB: a topic from name and source; lists where lists belong, one author, and https."""

from __future__ import annotations

from typing import Any

import pytest

from federation.appearance import Visibility
from federation.oracles.nodebb import ORACLE
from kit.looked import AUTHOR, GROUP, ORIGIN, activity, article, event, group, look, note, why_not
from vocab.namespaces import PUBLIC


@pytest.mark.shows("FEP-1b12", "A member's post is announced whole, and read as a topic.", peer="NodeBB", how="oracle")
def test_an_article_is_a_topic() -> None:
    found = look(ORACLE, activity("Announce", activity("Create", article()), actor=GROUP))
    assert (found.becomes, found.title, found.text) == ("topic", "L’accueil", "<h2>Un</h2><p>En <b>long</b>.</p>")


def test_the_markdown_source_wins() -> None:
    source = {"content": "En **long**.", "mediaType": "text/markdown"}
    assert look(ORACLE, article(source=source)).text == "En **long**."
    assert look(ORACLE, article(source=source | {"mediaType": "text/plain"})).text.startswith("<h2>")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"attributedTo": [AUTHOR]}, "`attributedTo` is a list"),
        ({"to": PUBLIC}, "`to` is no list"),
        ({"type": ["Article"] * 2}, "only one type"),
        ({"id": "http://ici.example/1"}, "https"),
    ],
)
def test_what_it_does_not_take(changed: dict[str, Any], reason: str) -> None:
    assert reason in why_not(ORACLE, article(**changed))


def test_events_are_nothing() -> None:
    assert "Event" in why_not(ORACLE, event())


def test_what_is_not_public_is_a_private_message() -> None:
    found = look(ORACLE, note(to=[GROUP], cc=[]))
    assert (found.becomes, found.visibility) == ("private message", Visibility.DIRECT)


def test_answers_embed_what_they_answer() -> None:
    follow = activity("Follow", GROUP)
    assert look(ORACLE, activity("Accept", follow, actor=GROUP)).becomes == "accept"
    assert "sent along" in why_not(ORACLE, activity("Accept", f"{ORIGIN}/activites/2"))
    assert "Somebody else" in why_not(ORACLE, activity("Undo", follow, actor=GROUP))


def test_a_tombstone_hides_and_an_address_purges() -> None:
    gone = {"type": "Tombstone", "id": f"{ORIGIN}/ressources/1"}
    assert look(ORACLE, activity("Delete", gone)).notes == ("The post is shown as deleted.",)
    assert look(ORACLE, activity("Delete", gone["id"])).notes == ("The post is purged.",)


def test_a_group_is_a_category_and_tags_lose_their_sign() -> None:
    assert any("category" in line for line in look(ORACLE, group()).notes)
    tag = {"type": "Hashtag", "name": "#Accueil", "href": f"{ORIGIN}/termes/1"}
    assert look(ORACLE, article(tag=[tag])).hashtags == ("Accueil",)
