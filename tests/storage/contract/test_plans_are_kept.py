"""One contract for three stores, the part about plans: measures, what units answer for, reports, obstacles, history."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.storage.people import Changed
from itadomain.history import Deed, Entry
from itadomain.measures import Closing, Obligation, Standing, Tally, Target
from itadomain.obstacles import Said, Side, gone_for, told
from itadomain.organisation import Unit
from itadomain.plans import keep_plan
from itadomain.progress import Approval, Report
from tests.fakes import a_measure, a_result
from tests.storage.conftest import ENGINES

TODAY = date(2026, 11, 20)
UNITS = [Unit("u1", "สำนักปลัด", secretariat=True), Unit("u2", "กองคลัง"), Unit("u3", "กองช่าง")]


def duty(number=1, unit="u1", **changes):
    return replace(Obligation(f"m{number}.{unit}", f"m{number}", unit, 2570, number), **changes)


def report(number=1, **changes):
    made = Report(f"r{number}", "m1.u1", "m1", "u1", 2570, TODAY, "p1", Standing.WORKING, "ได้ดำเนินการประชุมแล้ว")
    return replace(made, **changes)


def keep(step, plan, today=TODAY):
    return step(lambda s: keep_plan(s, plan, UNITS, today))


# ── measures


def test_all_of_a_measure_comes_back(step):
    full = a_measure(
        1, method="ประชุม", indicators=(7, 10), target=Target(Decimal("2.50"), "กระบวนงาน"), settled_period="ไตรมาส 2",
        settled_follow_up="ทุกเดือน", cancelled_on=TODAY, finding="ข", result="ผ", suggestion="ส", lead="กองคลัง", questions=("I4",),
    )  # fmt: skip
    step(lambda s: s.measures.save_plan([full]))
    assert step(lambda s: s.measures.get("m1")) == full


def test_a_plan_is_read_by_year_page_and_place(step):
    plan = [replace(a_measure(number), number=str(number + 10)) for number in (1, 2, 3)]
    step(lambda s: s.measures.save_plan(plan))
    step(lambda s: s.measures.save_plan([a_measure(9, plan_year=2567)]))
    assert step(lambda s: list(s.measures.years())) == [2567, 2566]
    assert [one.id for one in step(lambda s: s.measures.of_year(2566, 2, 1))] == ["m2", "m3"]
    assert [one.place for one in step(lambda s: s.measures.of_year(2566))] == [1, 2, 3]
    assert step(lambda s: (s.measures.count(2566), s.measures.count(2560))) == (3, 0)
    assert step(lambda s: s.measures.numbered(2566, 2)).id == "m2"
    assert step(lambda s: s.measures.numbered(2566, 13)).id == "m3"
    assert step(lambda s: s.measures.numbered(2566, 4)) is None


def test_some_measures_are_read_by_their_ids_whatever_their_plan(step):
    step(lambda s: s.measures.save_plan([a_measure(number) for number in (1, 2, 3)]))
    step(lambda s: s.measures.save_plan([a_measure(9, plan_year=2567)]))
    found = step(lambda s: s.measures.some({"m3", "m9", "never"}))
    assert {one.id: one for one in found} == {own: step(lambda s, own=own: s.measures.get(own)) for own in ("m3", "m9")}
    assert step(lambda s: list(s.measures.some(set()))) == []


def test_what_a_person_changed_stays_where_it_stood(step):
    step(lambda s: s.measures.save_plan([a_measure(1), a_measure(2)]))
    step(lambda s: s.measures.save(replace(s.measures.get("m1"), title="ชื่อใหม่")))
    assert [one.title for one in step(lambda s: s.measures.of_newest_plan())] == ["ชื่อใหม่", a_measure(2).title]


def test_a_measure_known_by_its_id_stays_itself_under_another_title(step):
    step(lambda s: s.measures.save_plan([a_measure(1)]))
    (kept,) = step(lambda s: s.measures.save_plan([a_measure(1, title="ชื่อที่พิมพ์ใหม่")]))
    assert kept.id == "m1"
    assert [one.title for one in step(lambda s: s.measures.of_newest_plan())] == ["ชื่อที่พิมพ์ใหม่"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_plan_that_is_kept_again_writes_nothing(step, store):
    for _ in range(2):
        kept = keep(step, [a_measure(1, id=""), a_measure(2, id="")])
    assert len(store.house.rows("SELECT * FROM measure")) == 2
    assert {row[0] for row in store.house.rows("SELECT version FROM obligation")} == {1}
    assert [one.id for one in kept.measures] == [one.id for one in step(lambda s: s.measures.of_newest_plan())]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("slower", "meanwhile"), [
    (lambda s: s.measures.save_plan(s.measures.of_year(2566)), lambda s: retitled(s, "m1", "ชื่อที่สาม")),
    (lambda s: retitled(s, "m1", "ชื่อที่สาม"), lambda s: s.measures.move([s.measures.get("m1")], 2567)),
    (lambda s: s.obligations.save(duty(9)), lambda s: s.obligations.save(duty(9, percent=10))),
    (lambda s: s.scores.save(a_result(2565)), lambda s: s.scores.save(a_result(2565, "91.20"))),
])  # fmt: skip
def test_what_somebody_else_has_written_meanwhile_is_not_written_over(step, slower, meanwhile):
    keep(step, [a_measure(1), a_measure(2)])
    step(lambda s: retitled(s, "m1", "ชื่อใหม่"))  # by which it is recognised once its plan is kept again

    def late(store):
        slower(store)
        step(meanwhile)

    with pytest.raises(Changed):
        step(late)


def retitled(store, measure, title):
    store.measures.save(replace(store.measures.get(measure), title=title))


# ── obligations


def test_a_plan_becomes_the_units_own(step):
    kept = keep(step, [a_measure(1), a_measure(2, owners=("ทุกสำนัก/กอง",)), a_measure(3, owners=("กองที่ไม่มี",))])
    assert [one.id for one in step(lambda s: s.obligations.of_year(2566))] == ["m1.u1", "m2.u1", "m2.u2", "m2.u3"]
    assert [(one.measure.id, one.owner) for one in kept.unowned] == [("m3", "กองที่ไม่มี")]
    assert [one.deed for one in step(lambda s: s.history.of_measure("m1", 9))] == [Deed.PLANNED]


def test_all_of_an_obligation_comes_back(step):
    full = duty(
        lead=True, standing=Standing.DONE, percent=100, amount=Decimal("2.5"), reported_on=TODAY, reported_for=TODAY,
        slot=TODAY, due=TODAY + timedelta(1), closed_on=TODAY, closed_as=Closing.MOVED,
    ).taken_over(3)  # fmt: skip
    for one in (full, duty(2)):
        step(lambda s, one=one: s.obligations.save(one))
        assert step(lambda s, one=one: s.obligations.get(one.id)) == one
    assert step(lambda s: s.obligations.get("none")) is None


def test_the_most_urgent_come_first_page_by_page(step):
    days = [date(2027, 3, 31), None, date(2026, 10, 31), date(2026, 12, 31)]
    for number, due in enumerate(days, 1):
        step(lambda s, n=number, due=due: s.obligations.save(duty(n, slot=due, due=due)))
    step(lambda s: s.obligations.save(duty(5, "u2", due=date(2026, 11, 30))))
    step(lambda s: s.obligations.save(duty(6, "u3", due=date(2026, 1, 1))))
    step(lambda s: s.obligations.save(duty(7, due=date(2026, 1, 1), closed_on=TODAY)))
    step(lambda s: s.obligations.save(duty(8, due=date(2026, 1, 1), plan_year=2560)))
    urgent = lambda *page: [one.place for one in step(lambda s: s.obligations.of_units(["u1", "u2"], [2570], *page))]  # noqa: E731
    assert urgent(9) == [3, 5, 4, 1, 2]
    assert (urgent(2), urgent(2, 2), urgent(2, 4), urgent(2, 6)) == ([3, 5], [4, 1], [2], [])


def test_obligations_are_counted_by_unit(step):
    kept = (
        duty(1, due=TODAY), duty(2, due=TODAY - timedelta(1)), duty(3, closed_on=TODAY, closed_as=Closing.DONE),
        duty(4, "u2", closed_on=TODAY, closed_as=Closing.CANCELLED), duty(5, "u2", plan_year=2569),
    )  # fmt: skip
    for one in kept:
        step(lambda s, one=one: s.obligations.save(one))
    tally = lambda *asked: dict(step(lambda s: s.obligations.tallies(*asked)))  # noqa: E731
    assert tally([2570], TODAY) == {"u1": Tally(3, 2, 1, 1), "u2": Tally(1, 0, 0, 0)}
    assert tally([2570, 2569], TODAY, ["u2"]) == {"u2": Tally(2, 1, 0, 0)}
    assert tally([2570], TODAY, []) == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_two_who_change_one_obligation_at_once_do_not_overwrite_each_other(step):
    step(lambda s: s.obligations.save(duty()))

    def both(store):
        step(lambda s: s.obligations.save(duty(percent=10)))
        store.obligations.save(duty(percent=20))

    def slower(store):
        store.obligations.get("m1.u1")
        both(store)

    with pytest.raises(Changed):
        step(slower)
    assert step(lambda s: s.obligations.get("m1.u1")).percent == 10


# ── reports


def test_all_of_a_report_comes_back(step):
    full = report(
        slot=TODAY, due=TODAY, percent=40, amount=Decimal("1.5"), steps=(1, 3), next_step="ต่อไป", why_back="เพราะ",
        approval=Approval.RETURNED, decided_by="p2", decided_on=TODAY, reason="ขาดรายละเอียด", corrects="r0", replaced_by="r2",
    )  # fmt: skip
    step(lambda s: s.reports.save(full))
    assert step(lambda s: s.reports.get("r1")) == full
    assert step(lambda s: s.reports.get("r9")) is None


def test_who_reported_last_is_known_for_several_at_once(step):
    made = [report(1), report(2, by="p2"), report(3), report(4, by="p3", obligation="m2.u2")]
    for one in made:
        step(lambda s, one=one: s.reports.save(one))
    step(lambda s: s.reports.save(report(2, by="p2", replaced_by="r3")))
    assert step(lambda s: s.reports.newest_by(["m1.u1", "m2.u2", "m9.u9"])) == {"m1.u1": "p1", "m2.u2": "p3"}
    assert step(lambda s: s.reports.newest_by([])) == {}


def test_reports_come_newest_first_and_wait_oldest_first(step):
    for number in (1, 2, 3):
        step(lambda s, number=number: s.reports.save(report(number)))
    step(lambda s: s.reports.save(replace(report(2), approval=Approval.APPROVED)))
    step(lambda s: s.reports.save(replace(report(4), obligation="m1.u2", unit="u2", plan_year=2571)))
    assert [one.id for one in step(lambda s: s.reports.of_obligation("m1.u1"))] == ["r3", "r2", "r1"]
    assert [one.id for one in step(lambda s: s.reports.waiting(["u1"]))] == ["r1", "r3"]
    assert [one.id for one in step(lambda s: s.reports.of_year(2570))] == ["r1", "r2", "r3"]


# ── obstacles, history, settings


def test_an_obstacle_comes_back_with_all_that_was_said(step):
    first = told("o1", "m1", "u1", Said(Side.TOLD, "p1", TODAY, "ไม่มีงบ"))
    step(lambda s: s.obstacles.save(first))
    assert step(lambda s: s.obstacles.get("o1")) == first
    closed = gone_for(replace(first, talk=(*first.talk, Said(Side.HELPS, "p2", TODAY, "โอนให้แล้ว"))), Side, TODAY)
    step(lambda s: s.obstacles.save(told("o2", "m2", "u2", Said(Side.TOLD, "p1", TODAY, "ไม่มีคน"))))
    assert [one.id for one in step(lambda s: s.obstacles.open())] == ["o1", "o2"]
    step(lambda s: s.obstacles.save(closed))
    assert step(lambda s: s.obstacles.get("o1")) == closed
    assert [one.id for one in step(lambda s: s.obstacles.open())] == ["o2"]
    assert step(lambda s: list(s.obstacles.open(["u1"]))) == []
    assert [one.id for one in step(lambda s: s.obstacles.of_measure("m1"))] == ["o1"]


def test_history_comes_newest_first_page_by_page(step):
    lines = [Entry("m1", deed, TODAY, "p1", "u1", {"percent": "1"}, {"percent": "2"}, "เพราะ") for deed in Deed]
    for one in (*lines, Entry("m2", Deed.PLANNED, TODAY)):
        step(lambda s, one=one: s.history.add(one))
    assert step(lambda s: list(s.history.of_measure("m1", 99))) == lines[::-1]
    assert step(lambda s: list(s.history.of_measure("m1", 2, 1))) == lines[::-1][1:3]
    assert step(lambda s: list(s.history.of_measure("m2", 9))) == [Entry("m2", Deed.PLANNED, TODAY)]


def test_two_lines_of_one_turn_are_both_kept(step):
    def both(store):
        store.history.add(Entry("m1", Deed.REPORTED, TODAY))
        store.history.add(Entry("m1", Deed.BLOCKED, TODAY))

    step(both)
    assert [one.deed for one in step(lambda s: s.history.of_measure("m1", 9))] == [Deed.BLOCKED, Deed.REPORTED]


def test_a_choice_is_kept_until_another_is_made(step):
    assert step(lambda s: s.settings.get("approval")) == ""
    for value in ("off", "on"):
        step(lambda s, value=value: s.settings.put("approval", value))
        assert step(lambda s: s.settings.get("approval")) == value
