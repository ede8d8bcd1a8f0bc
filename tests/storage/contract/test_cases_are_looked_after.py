"""The jobs of cases in every store: a step up is told once, days are counted again, what nobody disputes is closed."""

from dataclasses import replace
from datetime import date, timedelta

from itadomain.cases.case import Case, Kind, State
from itadomain.cases.ladder import climb
from itadomain.cases.lists import Which, by_number, listed
from itadomain.cases.upkeep import expire, recount
from itadomain.people import Person, Post, Role

FILED = date(2026, 11, 2)
CASE = Case("c1", Kind.PROBLEM, "ไฟถนนดับ", FILED, reporter="villager", due=date(2026, 11, 5))
DESK = Person("desk", "ปรีชา").with_posts([Post(Role.OFFICER)], FILED)


def test_a_case_is_taken_up_closed_and_found(step):
    kept = step(lambda s: s.cases.add(CASE))
    assert step(recount) == 0
    step(lambda s: s.holidays.save(date(2026, 11, 4), "วันหยุดพิเศษ"))
    assert step(recount) == 1
    assert step(lambda s: s.cases.get("c1")).due == date(2026, 11, 6)
    assert step(lambda s: listed(s, Which.OVERDUE, DESK, date(2026, 11, 7)))[0].id == "c1"
    assert step(lambda s: by_number(s, "1", DESK, FILED)).ticket == kept.ticket
    now = step(lambda s: s.cases.get("c1"))
    step(lambda s: s.cases.save(replace(now, state=State.RESOLVED, over_on=FILED, due=None)))
    assert step(lambda s: expire(s, FILED + timedelta(days=8))) == 1
    assert step(lambda s: s.cases.get("c1")).state is State.CLOSED


def test_what_was_told_is_remembered(step):
    step(lambda s: s.cases.add(CASE))
    officer = step(lambda s: s.people.meet("U" + "1" * 32))
    step(lambda s: s.people.save(replace(officer, name="ปรีชา").with_posts([Post(Role.OFFICER)], FILED)))
    calls = step(lambda s: climb(s, date(2026, 11, 6)))
    assert [(call.to.id, sum(call.cases.values())) for call in calls] == [(officer.id, 1)]
    assert step(lambda s: climb(s, date(2026, 11, 9))) == []
    assert len(step(lambda s: climb(s, date(2026, 11, 13)))) == 1
