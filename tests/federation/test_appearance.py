"""What several servers do alike with a document, looked at once, without any of them."""

from __future__ import annotations

import pytest

from federation.appearance import (
    Appearance,
    Visibility,
    acted_on,
    asked_for,
    hashtags_of,
    labels_of,
    notified,
    passed_on,
    profile,
    shared,
    updated,
)
from federation.loose import Loose, Refusal
from kit.looked import AUTHOR, ORIGIN, activity, article, group

THING = f"{ORIGIN}/ressources/1"


def whole(said: Loose) -> Appearance:
    return Appearance(becomes=f"whole {said.type}", visibility=Visibility.PUBLIC)


def test_hashtags_lose_one_sign_and_names_of_tags_none() -> None:
    said = Loose(
        article(tag=[{"type": "Hashtag", "name": "#Accueil"}, {"type": "Hashtag", "name": "##Deux"}, {"type": "Mention"}])
    )
    assert hashtags_of(said) == ("Accueil", "#Deux")
    assert labels_of(said, "Hashtag") == ("#Accueil", "##Deux")


def test_an_actor_without_a_name_has_its_handle() -> None:
    assert profile(Loose(group()), text="").title == "Habitation"
    assert profile(Loose(group(name=None)), text="").title == "habitation"


def test_an_activity_is_acted_on_and_not_shown() -> None:
    for found in (acted_on(Loose(activity("Like", THING))), notified(Loose(activity("Like", THING)))):
        assert (found.becomes, found.author, found.visibility) == ("like", AUTHOR, Visibility.NOT_SHOWN)
    assert acted_on(Loose(activity("Like", THING))).notes != notified(Loose(activity("Like", THING))).notes
    assert asked_for(Loose({"type": "Collection"})).becomes == "collection"


@pytest.mark.parametrize("view", [acted_on, notified, lambda said: shared(said, Visibility.PUBLIC)])
def test_what_has_no_object_is_refused(view: object) -> None:
    assert callable(view)
    with pytest.raises(Refusal, match="nothing"):
        view(Loose(activity("Announce", None)))


def test_an_update_reads_actors_anew_and_looks_at_the_rest() -> None:
    assert updated(Loose(activity("Update", group())), whole).becomes == "refresh"
    assert updated(Loose(activity("Update", article())), whole).becomes == "whole Article"
    with pytest.raises(Refusal, match="sent along"):
        updated(Loose(activity("Update", THING)), whole)


def test_an_announcement_shares_a_thing_and_unwraps_an_activity() -> None:
    def announced(thing: object) -> Appearance:
        return passed_on(Loose(activity("Announce", thing)), Visibility.PUBLIC, posts=("Article",), view=whole)

    assert (announced(THING).becomes, announced(THING).link) == ("share", THING)
    assert announced(article()).becomes == "share"
    found = announced(activity("Create", article()))
    assert (found.becomes, found.notes) == ("whole Create", ("It is fetched at its origin before it is shown.",))
    with pytest.raises(Refusal, match="announces nothing"):
        announced({"type": "Create"})
