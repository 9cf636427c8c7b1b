from __future__ import annotations

from kit.rows import HERE, NOW, THERE
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

NOTE, OTHER = f"{HERE}/ressources/1", f"{HERE}/ressources/2"
ALI, BOB = f"{THERE}/personnes/ali", f"{THERE}/personnes/bob"


def test_each_actor_reacts_once_in_each_way_and_takes_back_only_what_is_theirs(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        shelf = uow.reactions
        assert shelf.add(NOTE, ALI, "Like", activity="a", at=NOW)
        assert not shelf.add(NOTE, ALI, "Like", activity="b", at=NOW)
        assert shelf.add(NOTE, ALI, "Announce", activity="c", at=NOW)
        assert shelf.add(NOTE, BOB, "Like", activity="d", at=NOW)
        assert shelf.counts(NOTE) == {"Like": 2, "Announce": 1}
        assert shelf.counts(OTHER) == {}
        assert shelf.remove(BOB, "Like", activity="a") == ""
        assert shelf.remove(BOB, "Dislike", activity="", thing=NOTE) == ""
        assert shelf.remove(ALI, "Like", activity="a") == NOTE
        assert shelf.remove(BOB, "Like", activity="unknown", thing=NOTE) == NOTE
        assert shelf.counts(NOTE) == {"Announce": 1}
        shelf.add(OTHER, BOB, "Like", activity="e", at=NOW)
        assert (shelf.forget_actor(BOB), shelf.forget_thing(NOTE), shelf.counts(OTHER)) == (1, 1, {})

    database.write_now(deed)
