"""The SQL of a scope says what the domain says, whoever asks and whatever there is, tombstones included."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.rows import NOW, document, entry
from node.domain.entries import Audience, Entry
from node.domain.visibility import Scope, is_within
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

PEOPLE = ["", "https://a.example/p/1", "https://a.example/p/2"]
COMMUNITIES = ["", "https://a.example/c/1", "https://b.example/c/2"]

some_readers = st.frozensets(st.sampled_from(PEOPLE + COMMUNITIES), max_size=3)
scopes = st.builds(Scope, actor=st.sampled_from(PEOPLE), communities=st.frozensets(st.sampled_from(COMMUNITIES)))
parts = st.tuples(
    st.sampled_from(list(Audience)), st.sampled_from(PEOPLE), st.sampled_from(COMMUNITIES), some_readers, st.booleans()
)


class Undo(Exception):
    """Nothing of an example stays."""


def stored(number: int, made: tuple[Audience, str, str, frozenset[str], bool]) -> tuple[Entry, bool]:
    audience, author, community, readers, is_buried = made
    iri = f"https://a.example/r/{number}"
    return entry(iri, audience=audience, author=author, community=community, readers=readers), is_buried


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(parts, max_size=6), scope=scopes)
def test_sql_and_domain_agree(
    database: Database, made: list[tuple[Audience, str, str, frozenset[str], bool]], scope: Scope
) -> None:
    known = [stored(number, each) for number, each in enumerate(made)]

    def deed(uow: UnitOfWork) -> None:
        for each, is_buried in known:
            uow.things.put(each, document(each.iri))
            if is_buried:
                uow.things.bury(each.iri, document(each.iri, type="Tombstone"), NOW)
        # what a tombstone leaves of an entry has no readers any more
        left = [replace(each, readers=frozenset()) if is_buried else each for each, is_buried in known]
        seen = {each.iri for each in left if uow.things.get(each.iri, scope) is not None}
        assert seen == {each.iri for each in left if is_within(scope, each)}
        living = {each.iri for each, is_buried in known if not is_buried and is_within(scope, each)}
        assert {each.entry.iri for each in uow.things.listed(scope=scope)} == living
        assert uow.things.count(scope=scope) == len(living)
        assert {hit.thing.entry.iri for hit in uow.search.find("", scope=scope)} == living
        assert uow.search.count("", scope=scope) == len(living)
        raise Undo

    with pytest.raises(Undo):
        database.write_now(deed)
