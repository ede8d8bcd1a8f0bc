"""A unit that takes a measure over goes on where it stood, whatever becomes of its own reports: in every store."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from itadomain.changes import Act, move
from itadomain.measures import Obligation, Standing
from itadomain.new_year import carry_over
from itadomain.people import Person, Post, Role
from itadomain.progress import Report
from itadomain.reporting import approve, hand_in, send_back
from tests.fakes import a_measure
from tests.storage.contract.test_plans_are_kept import UNITS
from tests.storage.contract.test_plans_are_kept import keep as keep_plan

TODAY = date(2027, 1, 15)
ACT = Act(TODAY, "p1", "เพราะ")
OFFICE, TREASURY, WORKS = UNITS
CLERK = {
    unit.id: Person(f"c{unit.id}", "ส", frozenset({Role.STAFF}), posts=(Post(Role.STAFF, unit.id),)) for unit in UNITS
}
HEAD = {
    unit.id: Person(f"h{unit.id}", "ห", frozenset({Role.HEAD}), posts=(Post(Role.HEAD, unit.id),)) for unit in UNITS
}
MOVED, CARRIED = "m2.u3", "carried"


@pytest.fixture
def step(store):
    step = store.step
    step(lambda s: [s.units.save(unit) for unit in UNITS])
    step(lambda s: [s.people.meet(f"U{one.id}", one) for one in (*CLERK.values(), *HEAD.values())])
    keep_plan(step, [a_measure(2, plan_year=2570, owners=("กองคลัง",), follow_up="ทุกเดือน")], date(2026, 10, 1))
    begun = {"standing": Standing.WORKING, "percent": 60, "amount": Decimal("1.5"), "reported_on": date(2026, 11, 2)}
    step(lambda s: s.obligations.save(replace(duty(s, "m2.u2"), **begun, reported_for=date(2026, 11, 30))))
    return step


def duty(store, known) -> Obligation:
    return store.obligations.get(known)


def moves(step, old, new):
    step(lambda s: move(s, s.measures.get("m2"), old, new, ACT))


def reports(step, known, number, percent, **changes):
    """The unit of an obligation reports; gives how it stands then."""

    def work(store):
        one = duty(store, known)
        made = Report(f"r{number}", one.id, one.measure, one.unit, one.plan_year, TODAY, CLERK[one.unit].id,
                      Standing.WORKING, "ได้ดำเนินการแล้ว", percent=percent, why_back="เหตุ")  # fmt: skip
        return hand_in(store, replace(made, **changes), CLERK[one.unit], TODAY)

    return step(work).obligation


def sent_back(step, known, number):
    unit = step(lambda s: duty(s, known)).unit
    step(lambda s: send_back(s, f"r{number}", HEAD[unit], "ขอรายละเอียด", TODAY))
    return step(lambda s: duty(s, known))


def same(one, other):
    facts = ("standing", "percent", "amount", "reported_on", "reported_for", "slot", "due")
    return [getattr(one, name) for name in facts] == [getattr(other, name) for name in facts]


def test_a_report_that_is_sent_back_leaves_what_came_from_another_unit(step):
    moves(step, TREASURY, WORKS)
    before = step(lambda s: duty(s, MOVED))
    assert (before.percent, before.amount) == (60, Decimal("1.5"))
    assert reports(step, MOVED, 1, 80).percent == 80
    assert same(sent_back(step, MOVED, 1), before)
    assert reports(step, MOVED, 2, 70, corrects="r1").percent == 70
    assert same(sent_back(step, MOVED, 2), before)


def test_a_report_that_is_sent_back_leaves_what_came_from_the_year_before(step):
    carried = step(lambda s: carry_over(s, s.measures.get("m2"), ACT)).measure
    known = f"{carried.id}.u2"
    before = step(lambda s: duty(s, known))
    assert (before.percent, before.reported_for) == (60, None)
    reports(step, known, 1, 80)
    assert same(sent_back(step, known, 1), before)


def test_a_figure_that_is_not_told_anew_stays_as_it_came(step):
    moves(step, TREASURY, WORKS)
    after = reports(step, MOVED, 1, None)
    assert (after.percent, after.amount) == (60, Decimal("1.5"))


def test_less_than_what_came_needs_a_reason(step):
    from itadomain.refusals import Refusal

    moves(step, TREASURY, WORKS)
    with pytest.raises(Refusal, match=r"progress\.why_less"):
        reports(step, MOVED, 1, 50, why_back="")


def test_what_comes_back_begins_where_the_other_unit_left_it_not_where_its_own_old_reports_did(step):
    reports(step, "m2.u2", 1, 65)
    step(lambda s: approve(s, "r1", HEAD["u2"], TODAY))
    moves(step, TREASURY, WORKS)
    reports(step, MOVED, 2, 90)
    step(lambda s: approve(s, "r2", HEAD["u3"], TODAY))
    moves(step, WORKS, TREASURY)
    before = step(lambda s: duty(s, "m2.u2"))
    assert before.percent == 90
    assert reports(step, "m2.u2", 3, 95).percent == 95
    assert same(sent_back(step, "m2.u2", 3), before)
