"""Who hears of a report first, what can be decided about it, and what follows."""

from __future__ import annotations

import pytest

from kit.guests import Stage, V, act
from kit.guests import note as far_note
from node.actions.add_member import appoint
from node.actions.appeal import answer_appeal, appeal
from node.actions.complain import MOST_OF_NOBODY, complain
from node.actions.decide import Verdict, decide, lift
from node.actions.open_exchange import Opening, open_exchange
from node.domain.moderating import Measure
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.engine import Database
from vocab.namespaces import PUBLIC


class Court:
    """A community with somebody who animates it, two members, and somebody who looks after the node."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.ali, self.zoe, self.keeper = (
            stage.person("ali", role="membre"),
            stage.person("zoe", role="membre"),
            stage.person("denis"),
        )
        stage.database.write_now(lambda uow: appoint(uow, stage.house(), self.keeper))

    def scope(self, person: str) -> Scope:
        house = self.stage.house()
        return Scope(
            actor=person, communities=self.stage.database.read_now(lambda uow: uow.members.communities_of(person, house.now))
        )

    def report(self, iri: str, by: str) -> int:
        scope = self.scope(by)
        self.stage.database.write_now(lambda uow: complain(uow, self.stage.house(), scope, iri, "respect", "Trop fort."))
        return self.stage.database.read_now(lambda uow: uow.reports.listed("waiting")[0].id)

    def decide(self, number: int, measure: Measure, by: str = "", reason: str = "Parlons-nous.") -> int:
        verdict = Verdict(report=number, measure=measure, reason=reason, by=by or self.stage.author)
        return self.stage.database.write_now(lambda uow: decide(uow, self.stage.house(), verdict))

    def speak(self, person: str) -> str:
        opening = Opening(title="Un titre", words="Bonjour.")
        write = self.stage.database.write_now
        return write(lambda uow: open_exchange(uow, self.stage.house(), self.stage.community, person, opening)).iri

    def told(self, person: str) -> list[str]:
        scope = self.scope(person)
        return [row.kind for row in self.stage.database.read_now(lambda uow: uow.notices.of(person, scope))]


@pytest.fixture
def court(memory: Database) -> Court:
    return Court(Stage(memory))


def test_those_who_animate_hear_first_and_about_them_those_of_the_node(court: Court) -> None:
    court.report(court.speak(court.ali), court.zoe)
    assert (court.told(court.stage.author), court.told(court.keeper)) == (["report"], [])
    court.report(court.speak(court.stage.author), court.zoe)
    assert court.told(court.keeper) == ["report"]
    hidden = court.speak(court.ali)
    with pytest.raises(NotFound):
        court.stage.database.write_now(lambda uow: complain(uow, court.stage.house(), PUBLIC_SCOPE, hidden, "respect", ""))


def test_a_pause_is_a_while_without_writing_and_ends(court: Court) -> None:
    number = court.report(court.speak(court.ali), court.zoe)
    court.decide(number, Measure.PAUSE)
    assert (court.told(court.ali), court.told(court.zoe)) == (["decision"], ["answered"])
    with pytest.raises(NotAllowed):
        court.speak(court.ali)
    with pytest.raises(NotFound):
        court.decide(number, Measure.DISMISS)
    court.stage.later(days=7, minutes=1)
    court.speak(court.ali)


def test_slowly_means_one_an_hour_until_it_is_lifted(court: Court) -> None:
    court.decide(court.report(court.speak(court.ali), court.zoe), Measure.SLOW)
    with pytest.raises(NotAllowed):
        court.speak(court.ali)
    court.stage.later(minutes=61)
    court.speak(court.ali)
    with pytest.raises(NotFound):
        court.stage.database.write_now(lambda uow: lift(uow, court.stage.house(), court.zoe, court.stage.community, court.ali))
    court.stage.database.write_now(
        lambda uow: lift(uow, court.stage.house(), court.stage.author, court.stage.community, court.ali)
    )
    court.speak(court.ali)


def test_what_is_taken_out_is_gone_and_whoever_is_put_out_reads_no_more(court: Court) -> None:
    iri = court.speak(court.ali)
    court.decide(court.report(iri, court.zoe), Measure.TAKE_OUT)
    found = court.stage.database.read_now(lambda uow: uow.things.get_any(iri))
    assert found is not None
    assert found.entry.deleted_at is not None
    court.decide(court.report(court.speak(court.ali), court.zoe), Measure.END)
    assert court.scope(court.ali).communities == frozenset()


def test_a_talk_leaves_the_report_open_and_nobody_else_decides(court: Court) -> None:
    number = court.report(court.speak(court.ali), court.zoe)
    with pytest.raises(NotFound):
        court.decide(number, Measure.DISMISS, by=court.zoe)
    with pytest.raises(Invalid):
        court.decide(number, Measure.DISMISS, reason=" ")
    court.decide(number, Measure.TALK)
    court.decide(number, Measure.DISMISS)
    assert court.told(court.ali) == ["decision"]


async def test_what_came_from_elsewhere_is_shown_no_more_here(court: Court) -> None:
    stage = court.stage
    stage.approve()
    said = far_note(V, "Une note", 3, to=[PUBLIC])
    await stage.receive(act("Create", V, said))
    stage.database.write_now(lambda uow: uow.holdings.add(stage.community, said["id"], "reference", stage.now))
    if stage.database.read_now(lambda uow: uow.things.get_any(said["id"])) is None:
        pytest.fail("the note did not arrive")
    number = court.report(said["id"], court.zoe)
    court.decide(number, Measure.TAKE_OUT, by=court.keeper)
    assert stage.database.read_now(lambda uow: uow.things.listed(scope=PUBLIC_SCOPE)) == []
    with pytest.raises(Invalid):
        court.decide(court.report(court.ali, court.zoe), Measure.PAUSE, by=court.keeper)


def test_others_look_at_it_again_and_may_give_it_back(court: Court) -> None:
    number = court.decide(court.report(court.speak(court.ali), court.zoe), Measure.PAUSE)
    write, house = court.stage.database.write_now, court.stage.house
    with pytest.raises(NotFound):
        write(lambda uow: appeal(uow, house(), number, court.zoe, "Moi aussi."))
    write(lambda uow: appeal(uow, house(), number, court.ali, "Je plaisantais."))
    with pytest.raises(Conflict):
        write(lambda uow: appeal(uow, house(), number, court.ali, "Encore."))
    assert court.told(court.keeper) == ["appeal"]
    (waiting,) = court.stage.database.read_now(lambda uow: uow.restraints.appeals(is_waiting=True))
    with pytest.raises(NotFound):
        write(lambda uow: answer_appeal(uow, house(), waiting.id, court.stage.author, "Non.", is_reversed=False))
    write(lambda uow: answer_appeal(uow, house(), waiting.id, court.keeper, "En effet.", is_reversed=True))
    court.speak(court.ali)
    deeds = [row.deed for row in court.stage.database.read_now(lambda uow: uow.decisions.of_community(court.stage.community))]
    assert deeds == ["appeal granted", "pause"]


def test_visitors_may_report_what_they_see_but_not_without_end(court: Court) -> None:
    note, house = court.stage.note("Une note"), court.stage.house()
    for _ in range(MOST_OF_NOBODY):
        court.stage.database.write_now(lambda uow: complain(uow, house, PUBLIC_SCOPE, note.iri, "autre", ""))
    with pytest.raises(Conflict):
        court.stage.database.write_now(lambda uow: complain(uow, house, PUBLIC_SCOPE, note.iri, "autre", ""))
    court.report(note.iri, court.zoe)
