"""Questions about documents, and what their answers move, stand the same in every store."""

from dataclasses import replace
from datetime import date

import pytest

from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.changes import Act
from itadomain.evidence import Evidence, Kind
from itadomain.measures import Standing
from itadomain.people import Person, Post, Role
from itadomain.progress import Report
from itadomain.questions import About, Question
from itadomain.reporting import hand_in
from itadomain.settling import settle
from tests.fakes import a_measure, a_result
from tests.storage.conftest import ENGINES
from tests.storage.contract.test_plans_are_kept import UNITS
from tests.storage.contract.test_plans_are_kept import keep as keep_plan

TODAY = date(2027, 1, 15)
ACT = Act(TODAY, "p1")
OF_PLAN = Question("q1", About.PLAN_YEAR, "document.ask_plan_year", {"years": [2570, 2571]}, measures=("m1", "m2"))
OF_SCORES = Question("q2", About.SCORE_YEAR, "document.ask_score_year", {"years": "-", "year": 2569}, "ผล.docx")
OF_TOTAL = Question("q3", About.TOTAL, "document.ask_total", {"year": 2569}, "ผล.docx")


@pytest.fixture
def step(store):
    step = store.step
    step(lambda s: [s.units.save(unit) for unit in UNITS])
    keep_plan(step, [a_measure(no, plan_year=2570) for no in (1, 2)], date(2026, 10, 1))
    step(lambda s: [s.questions.ask(replace(one, asked_on=TODAY)) for one in (OF_PLAN, OF_SCORES, OF_TOTAL)])
    return step


def answer(step, question, said):
    step(lambda s: settle(s, s.questions.get(question), said, ACT))


def test_all_of_a_kind_come_back_answered_ones_too(step):
    answer(step, "q1", "2570")
    assert [one.id for one in step(lambda s: s.questions.open())] == ["q2", "q3"]
    assert [(one.id, one.answer) for one in step(lambda s: s.questions.about(About.PLAN_YEAR))] == [("q1", "2570")]
    assert step(lambda s: list(s.questions.about(About.OWNER))) == []


def test_a_plan_goes_to_another_year_as_itself(step):
    report = Report("r1", "m1.u1", "m1", "u1", 2570, TODAY, "p1", Standing.WORKING, "ทำแล้ว")
    step(lambda s: s.reports.save(report))
    answer(step, "q1", "2571")
    assert step(lambda s: list(s.measures.years())) == [2571]
    assert [(one.id, one.place) for one in step(lambda s: s.measures.of_year(2571))] == [("m1", 1), ("m2", 2)]
    assert [one.slot for one in step(lambda s: s.obligations.of_year(2571))] == [date(2027, 12, 31)] * 2
    assert [one.id for one in step(lambda s: s.reports.of_year(2571))] == ["r1"]
    assert step(lambda s: (list(s.obligations.of_year(2570)), list(s.reports.of_year(2570)))) == ([], [])
    again = [a_measure(no, plan_year=2571, id="") for no in (1, 2)]
    assert [one.id for one in step(lambda s: s.measures.save_plan(again))] == ["m1", "m2"]


def test_what_was_reported_under_a_later_year_hides_no_day_of_the_right_one(step):
    """Under 2571 a report of January 2027 was for the first day of that year, after all days of 2570."""
    answer(step, "q1", "2571")
    step(lambda s: s.questions.ask(replace(OF_PLAN, id="q9", facts={"years": [2571, 2570]})))
    made = Report("r1", "m1.u1", "m1", "u1", 2571, TODAY, "p1", Standing.WORKING, "ทำแล้ว")
    clerk = Person("p1", "ส", frozenset({Role.STAFF}), posts=(Post(Role.STAFF, "u1"),))
    step(lambda s: hand_in(s, made, clerk, TODAY))
    photo = Evidence("e1", "p1", Kind.PHOTO, TODAY, obligation="m1.u1", slot=date(2027, 12, 31))
    step(lambda s: [s.evidence.save(one) for one in (photo, replace(photo, id="e2", slot=date(2028, 3, 31)))])
    answer(step, "q9", "2570")
    duty = step(lambda s: s.obligations.get("m1.u1"))
    assert (duty.reported_for, duty.slot) == (date(2026, 12, 31), date(2027, 3, 31))
    assert [one.slot for one in step(lambda s: s.reports.of_year(2570))] == [date(2026, 12, 31)]
    assert {one.id: one.slot for one in step(lambda s: s.evidence.of_obligation("m1.u1"))} == {
        "e1": date(2026, 12, 31), "e2": date(2027, 3, 31),
    }  # fmt: skip


def test_a_result_goes_to_another_year_with_what_is_asked_about_it(step):
    step(lambda s: s.scores.save(a_result(2569)))
    answer(step, "q2", "2568")
    assert step(lambda s: [one.fiscal_year for one in s.scores.all()]) == [2568]
    assert step(lambda s: s.questions.get("q3")).facts == {"year": 2568}
    step(lambda s: s.questions.ask(replace(OF_TOTAL, id="q4", facts={"year": 2568}, asked_on=TODAY)))
    assert [one.id for one in step(lambda s: s.questions.open())] == ["q1", "q3"]


def test_a_measure_remembers_where_it_comes_from(step):
    step(lambda s: s.measures.add(a_measure(7, plan_year=2571, carried_from="m1")))
    assert step(lambda s: s.measures.get("m7")).carried_from == "m1"


@pytest.mark.parametrize("engine", ENGINES)
def test_of_two_who_answer_one_question_at_once_the_slower_begins_again(step, store):
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        first, second = (AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2))
        for one, said, by in ((first, "88.87", "p1"), (second, "95", "p2")):
            one.questions.save(one.questions.get("q3").answered(said, by, TODAY))
    core.database.write(first.apply, of=agency)
    with pytest.raises(Changed):
        core.database.write(second.apply, of=agency)
    kept = step(lambda s: s.questions.get("q3"))
    assert (kept.answer, kept.answered_by) == ("88.87", "p1")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("meanwhile", [
    lambda s: s.measures.save(replace(s.measures.get("m2"), method="ประชุม")),
    lambda s: s.measures.add(a_measure(9, plan_year=2571)),
])  # fmt: skip
def test_a_plan_that_is_changed_while_it_goes_to_another_year_is_moved_anew(step, store, meanwhile):
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        moving = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        settle(moving, moving.questions.get("q1"), "2571", ACT)
    step(meanwhile)
    with pytest.raises(Changed):
        core.database.write(moving.apply, of=agency)
    assert step(lambda s: s.measures.count(2570)) == 2


@pytest.mark.parametrize("engine", ENGINES)
def test_a_total_that_is_settled_while_its_result_goes_to_another_year_is_settled_there(step, store):
    core, agency = store.house.core, store.agency
    step(lambda s: s.scores.save(a_result(2569)))
    with core.database.reading(of=agency) as connection:
        slower = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        settle(slower, slower.questions.get("q3"), "92.40", ACT)
    answer(step, "q2", "2568")
    with pytest.raises(Changed):
        core.database.write(slower.apply, of=agency)
    assert step(lambda s: [one.fiscal_year for one in s.scores.all()]) == [2568]
