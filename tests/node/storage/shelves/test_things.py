from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kit.rows import HERE, NOW, THERE, document, entry, later, put, term
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.errors import Invalid
from node.storage.engine import Database
from node.storage.shelves.mappings import MappingRow
from node.storage.shelves.things import Facet
from node.storage.unit_of_work import UnitOfWork
from vocab import concepts, jsonld
from vocab.things.notebook import Notebook
from vocab.things.ordered_collection import OrderedCollection
from vocab.values import Ref

ONE = f"{HERE}/ressources/1"
MEMBER = f"{HERE}/personnes/m"
OTHER = f"{THERE}/personnes/o"
COMMUNITY = f"{HERE}/communautes/a"


def test_bytes_come_out_as_they_went_in(database: Database) -> None:
    odd = '{ "id":"https://a.example/1" ,\r\n "type" : "Note", "content":"é \\u0000 😀\\ud83d\\ude00", "n":1.0 }'.encode()
    database.write_now(lambda uow: uow.things.put(entry(ONE), odd))
    stored = database.read_now(lambda uow: uow.things.get(ONE, PUBLIC_SCOPE))
    assert stored is not None
    assert stored.document == odd


def test_an_entry_comes_out_as_it_went_in(database: Database) -> None:
    known = entry(
        ONE,
        audience=Audience.CHOSEN,
        author=MEMBER,
        community=COMMUNITY,
        readers=frozenset({OTHER, COMMUNITY}),
        is_local=True,
        name="Œuvre",
        summary="s",
        license="https://creativecommons.org/licenses/by/4.0/",
        published_at=datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=UTC),
        updated_at=NOW,
    )
    database.write_now(lambda uow: uow.things.put(known, document(ONE, name="Œuvre")))
    stored = database.read_now(lambda uow: uow.things.get_any(ONE))
    assert stored is not None
    assert stored.entry == known
    assert str(getattr(stored.thing, "name", "")) == "Œuvre"
    assert stored.thing is stored.thing


@pytest.mark.parametrize("broken", [b"\xff{}", b'{"a":"\x00"}'])
def test_what_is_not_text_is_refused(memory: Database, broken: bytes) -> None:
    with pytest.raises(Invalid):
        memory.write_now(lambda uow: uow.things.put(entry(ONE), broken))


def test_what_cannot_be_read_is_kept_all_the_same(database: Database) -> None:
    database.write_now(lambda uow: uow.things.put(entry(ONE, name="Étrange"), b"[1, 2"))
    assert database.read_now(lambda uow: uow.search.count("etranges", scope=PUBLIC_SCOPE)) == 1


def test_putting_again_replaces_all_of_it(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        first = entry(ONE, audience=Audience.CHOSEN, readers=frozenset({OTHER}))
        uow.things.put(first, document(ONE, name="Ancien"), [Facet(property="genre", text="g"), Facet(property="n", number=1)])
        uow.things.put(entry(ONE), document(ONE, name="Nouveau"), [Facet(property="seen", moment=NOW)])

    database.write_now(deed)

    def look(uow: UnitOfWork) -> None:
        stored = uow.things.get(ONE, PUBLIC_SCOPE)
        assert stored is not None
        assert stored.entry.readers == frozenset()
        assert uow.things.facets(ONE) == [Facet(property="seen", moment=NOW)]
        assert uow.search.count("ancien", scope=PUBLIC_SCOPE) == 0
        assert uow.search.count("nouveau", scope=PUBLIC_SCOPE) == 1

    database.read_now(look)


def test_what_stands_in_a_notebook_finds_it(database: Database) -> None:
    outline = OrderedCollection(id=f"{ONE}#sommaire", items=(Ref("https://a.example/1"), Ref("https://a.example/2")))
    notebook = jsonld.dump(Notebook(id=ONE, entries=outline.ref))
    database.write_now(lambda uow: uow.things.put(entry(ONE, kind="Notebook"), notebook))
    for again in (False, True):
        found = database.read_now(lambda uow: uow.things.with_facet("entry", "https://a.example/2", scope=PUBLIC_SCOPE))
        assert [each.entry.iri for each in found] == [ONE], again
        database.write_now(lambda uow: uow.things.reindex())


def test_searched_properties_become_facets_unless_given(database: Database) -> None:
    said = document(ONE, topic=[f"{HERE}/termes/1", f"{HERE}/termes/2"], published="2026-01-02T03:04:05Z")

    def deed(uow: UnitOfWork) -> None:
        uow.things.put(entry(ONE), said)
        uow.things.put(entry(f"{ONE}0"), said, [Facet(property="topic", text="given")])

    database.write_now(deed)
    topics = database.read_now(lambda uow: [facet.text for facet in uow.things.facets(ONE) if facet.property == "topic"])
    assert topics == [f"{HERE}/termes/1", f"{HERE}/termes/2"]
    given = database.read_now(lambda uow: [f.text for f in uow.things.facets(f"{ONE}0") if f.property == "topic"])
    assert given == ["given"]
    found = database.read_now(lambda uow: uow.things.with_facet("topic", "given", scope=PUBLIC_SCOPE))
    assert [each.entry.iri for each in found] == [f"{ONE}0"]


def test_what_is_listed_is_the_newest_first_page_by_page(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for number in range(7):
            put(uow, f"{HERE}/ressources/{number}", known={"community": COMMUNITY if number % 2 else "", "author": MEMBER})
        uow.things.bury(f"{HERE}/ressources/6", b'{"type":"Tombstone"}', NOW)

    database.write_now(deed)

    def look(uow: UnitOfWork) -> None:
        first = uow.things.listed(scope=PUBLIC_SCOPE, limit=4)
        rest = uow.things.listed(scope=PUBLIC_SCOPE, limit=4, before=first[-1].seq)
        assert [each.entry.iri[-1] for each in first + rest] == list("543210")
        assert [each.entry.iri[-1] for each in uow.things.listed(scope=PUBLIC_SCOPE, community=COMMUNITY)] == list("531")
        assert uow.things.count(scope=PUBLIC_SCOPE, community=COMMUNITY) == 3
        assert uow.things.count(scope=PUBLIC_SCOPE, kind="Notebook") == 0
        assert uow.things.count(scope=PUBLIC_SCOPE, kind="PracticeNote") == 6
        assert len(uow.things.listed(scope=PUBLIC_SCOPE, author=MEMBER)) == 6
        assert uow.things.listed(scope=PUBLIC_SCOPE, author=OTHER) == []

    database.read_now(look)


def bury(uow: UnitOfWork) -> None:
    uow.things.bury(ONE, document(ONE, type="Tombstone"), later(1))


def test_what_is_buried_leaves_nothing_but_its_tombstone(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        known = {"community": COMMUNITY, "author": MEMBER, "readers": frozenset({OTHER}), "summary": "secret"}
        put(uow, ONE, "secret", known=known, topic=[f"{HERE}/termes/1"])
        uow.holdings.add(COMMUNITY, ONE, "own", NOW)
        uow.mappings.put(MappingRow(thing=ONE, subject="a", relation="exactMatch", object="b", state="accepted"))
        bury(uow)

    database.write_now(deed)

    def look(uow: UnitOfWork) -> None:
        stored = uow.things.get(ONE, PUBLIC_SCOPE)
        assert stored is not None
        assert stored.entry.deleted_at == later(1)
        assert (stored.entry.audience, stored.entry.community, stored.entry.author) == (Audience.PUBLIC, COMMUNITY, MEMBER)
        assert b"secret" not in stored.document
        assert (stored.entry.name, stored.entry.summary, stored.entry.readers) == ("", "", frozenset())
        assert uow.things.facets(ONE) == []
        assert uow.search.count("secret", scope=PUBLIC_SCOPE) == 0
        assert uow.search.count("", scope=PUBLIC_SCOPE) == 0
        assert uow.holdings.holders(ONE) == []
        assert uow.mappings.all() == []

    database.read_now(look)


def test_a_tombstone_stays_a_tombstone(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        put(uow, ONE, "avant")
        bury(uow)
        put(uow, ONE, "apres", topic=[f"{HERE}/termes/1"])
        assert uow.holdings.add(COMMUNITY, ONE, "reference", NOW) is False

    database.write_now(deed)
    stored = database.read_now(lambda uow: uow.things.get_any(ONE))
    assert stored is not None
    assert b"apres" not in stored.document
    assert database.read_now(lambda uow: uow.search.count("apres", scope=PUBLIC_SCOPE)) == 0
    assert database.read_now(lambda uow: uow.things.facets(ONE)) == []


def test_what_was_never_seen_can_be_buried_for_nobody_to_see(database: Database) -> None:
    database.write_now(bury)
    database.write_now(lambda uow: put(uow, ONE, "trop tard"))
    everybody = Scope(actor=MEMBER, communities=frozenset({COMMUNITY}))
    assert database.read_now(lambda uow: uow.things.get(ONE, everybody)) is None
    stored = database.read_now(lambda uow: uow.things.get_any(ONE))
    assert stored is not None
    assert stored.entry.deleted_at == later(1)


def test_where_a_thing_went_is_remembered_once_each(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for inbox in ("https://b.example/inbox", "https://a.example/inbox", "https://b.example/inbox"):
            uow.things.record_recipient(ONE, inbox)

    database.write_now(deed)
    assert database.read_now(lambda uow: uow.things.recipients(ONE)) == ["https://a.example/inbox", "https://b.example/inbox"]


def test_changes_wake_the_intersections(database: Database) -> None:
    database.write_now(lambda uow: put(uow, ONE))
    assert [(task.kind, task.subject) for task in database.read_now(lambda uow: uow.tasks.all())] == [("intersections", "all")]


def test_what_is_put_is_found_in_the_same_deed_and_what_is_buried_is_not(database: Database) -> None:
    def deed(uow: UnitOfWork) -> tuple[int, int]:
        for number in range(3):
            assert uow.things.get_any(f"{ONE}{number}") is None
            put(uow, f"{ONE}{number}", f"Atelier {number}")
        before = uow.search.count("ateliers", scope=PUBLIC_SCOPE)
        put(uow, f"{ONE}3", "Atelier 3")
        uow.things.bury(f"{ONE}3", b"{}", NOW)
        return before, uow.search.count("ateliers", scope=PUBLIC_SCOPE)

    assert database.write_now(deed) == (3, 3)
    assert database.read_now(lambda uow: uow.search.count("ateliers", scope=PUBLIC_SCOPE)) == 3


def test_what_a_part_put_that_failed_is_not_found_and_what_was_put_before_it_is(database: Database) -> None:
    def breaks(uow: UnitOfWork) -> None:
        put(uow, f"{ONE}2", "Atelier 2")
        uow.search.count("ateliers", scope=PUBLIC_SCOPE)
        raise ZeroDivisionError

    def deed(uow: UnitOfWork) -> None:
        put(uow, f"{ONE}1", "Atelier 1")
        assert isinstance(uow.attempt(breaks).failure, ZeroDivisionError)
        put(uow, f"{ONE}3", "Colloque 3")

    database.write_now(deed)
    assert database.read_now(lambda uow: uow.search.count("ateliers", scope=PUBLIC_SCOPE)) == 1
    assert database.read_now(lambda uow: uow.search.count("colloques", scope=PUBLIC_SCOPE)) == 1


def test_a_term_that_comes_with_the_vocabulary_may_come_from_elsewhere_too(database: Database) -> None:
    """Its labels are known before it is stored itself."""
    topic = concepts.scheme(concepts.names()[0])[0].iri

    def deed(uow: UnitOfWork) -> None:
        uow.things.put(entry(ONE), document(ONE, name="a"), [Facet(property="topic", text=topic)])
        assert uow.things.get_any(topic) is None
        term(uow, topic, fr="Un autre mot")

    database.write_now(deed)
    assert database.read_now(lambda uow: uow.search.count("un autre mot", scope=PUBLIC_SCOPE)) == 2


def test_the_index_can_be_made_anew(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for number in range(5):
            put(uow, f"{ONE}{number}", f"Atelier {number}")
        uow.things.bury(f"{ONE}0", b"{}", NOW)

    database.write_now(deed)
    database.write_now(lambda uow: uow.connection.exec_driver_sql("DROP TABLE search_index"))
    after = 0
    while after := database.write_now(lambda uow: uow.things.reindex(after, 2)):
        pass
    assert database.read_now(lambda uow: uow.search.count("ateliers", scope=PUBLIC_SCOPE)) == 4
