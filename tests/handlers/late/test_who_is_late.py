"""Who has not reported is seen as one number first, then each unit, measure and indicator."""

from dataclasses import replace
from datetime import date

import pytest

from itadomain.measures import Standing
from itadomain.people import Role
from itadomain.progress import Approval, Report
from tests.fakes import POINTS, a_measure, a_result, a_table
from tests.handlers.plans import UNITS, an_agency_at_work, enrol, talking


def offered(talk, reply):
    return set(talk.offered(reply))


# ── the overview


def test_the_script_the_secretary_sees_one_number_first_then_each_unit(secretary):
    reply = secretary.says("ใครยังไม่รายงาน")
    assert reply.facts == {"sent": 3, "expected": 7}
    assert "3 จาก 7" in secretary.words
    card = reply.bubbles[0]
    assert [(bar.label.facts["unit"], bar.points, bar.passed) for bar in card.bars] == [
        ("กองช่าง", 0, False), ("สำนักปลัด", 50, False), ("กองคลัง", 66, False),
    ]  # fmt: skip
    assert {"กองช่าง", "สำนักปลัด", "กองคลัง", "ดูรายมาตรการ", "ดูตามตัวชี้วัด", "เรื่องที่ควรตั้งค่า"} <= offered(secretary, reply)


def test_a_unit_is_opened_with_the_most_urgent_first_and_how_long_it_waits(secretary):
    overview = secretary.says("ใครยังไม่รายงาน")
    reply = secretary.taps(overview.taps[secretary.offered(overview).index("กองคลัง")])
    assert reply.facts == {"unit": "กองคลัง", "sent": 2, "expected": 3}
    late, *others = reply.bubbles[0].rows
    assert (late.value.key, late.value.facts) == ("late.row_late", {"due": date(2026, 11, 2), "days": 74})
    assert [row.value.key for row in others] == ["late.row_sent"] * 2
    assert secretary.taps(reply.taps[0]).key == "measures.one"


@pytest.mark.parametrize("typed", ["กองคลัง", "กอง คลัง", "3", "๓"])
def test_a_unit_of_the_overview_is_typed_where_no_button_is_seen(secretary, typed):
    secretary.says("ใครยังไม่รายงาน")
    assert secretary.says(typed).facts["unit"] == "กองคลัง"


@pytest.mark.parametrize("typed", ["กองที่ไม่มี", "4", "0"])
def test_what_is_no_unit_of_the_overview_is_asked_again(secretary, typed):
    secretary.says("ใครยังไม่รายงาน")
    assert secretary.says(typed).key == "late.which_unit"
    assert secretary.says("กองช่าง").facts["unit"] == "กองช่าง"


@pytest.mark.parametrize(("name", "tap"), [
    ("กองคลัง", "กองคลัง"),
    ("กองการศึกษา ศาสนา และวัฒนธรรม", "กองการศึกษา ศาสนาฯ"),
    ("กองสาธารณสุขและสิ่งแวดล้อมเมือง", "กองสาธารณสุขและสิ่งแวด…"),
    ("Office of the Municipal Clerk", "Office of the…"),
])  # fmt: skip
def test_a_units_name_is_shortened_as_papers_do(name, tap):
    from handlers.common.labels import shortened

    assert shortened(name) == tap


def test_units_that_are_alike_when_shortened_are_told_apart_by_their_numbers():
    from itadomain.organisation import Unit
    from itadomain.plans import keep_plan
    from tests.fakes import an_agency

    store = an_agency(a_result(2569))
    for no in range(3):
        store.units.save(Unit(f"x{no}", f"กองการศึกษา ศาสนา และวัฒนธรรมแห่งที่ {no}"))
    plan = [a_measure(1, plan_year=2570, owners=("ทุกสำนัก/กอง",), follow_up="ทุกเดือน")]
    keep_plan(store, plan, store.units.all(), date(2026, 10, 1))
    talk = talking(store, Role.EXECUTIVE)
    labels = talk.offered(talk.says("ใครยังไม่รายงาน"))
    assert labels[:3] == [f"{no}. กองการศึกษา ศาสนาฯ" for no in (1, 2, 3)]
    assert talk.says(labels[1]).facts["unit"] == "กองการศึกษา ศาสนา และวัฒนธรรมแห่งที่ 1"


def test_what_waits_for_approval_is_told_as_reported(agency, secretary):
    report = Report("r1", "m2.u2", "m2", "u2", 2570, date(2027, 1, 4), "p", Standing.WORKING, "ได้ดำเนินการแล้ว")
    agency.reports.save(report)
    assert any(
        row.label.key == "late.waiting" and row.value == 1 for row in secretary.says("ใครยังไม่รายงาน").bubbles[0].rows
    )
    unit = secretary.taps("late.unit", unit="u2")
    assert "late.row_waits" in [row.value.key for row in unit.bubbles[0].rows]
    agency.reports.save(replace(report, approval=Approval.APPROVED))
    assert not any(row.label.key == "late.waiting" for row in secretary.says("ใครยังไม่รายงาน").bubbles[0].rows)


def test_before_the_first_day_nothing_is_expected(agency):
    secretary = talking(agency, Role.STAFF, unit="u1", today=date(2026, 10, 15))
    for duty in list(agency.obligations.kept.values()):
        agency.obligations.save(replace(duty, reported_for=None, due=date(2026, 10, 31)))
    reply = secretary.says("ใครยังไม่รายงาน")
    assert (reply.key, reply.facts) == ("late.none_expected", {"ahead": 7})
    assert "เตือน" not in secretary.words


def test_an_agency_without_a_plan_is_told_so():
    from tests.fakes import an_agency

    store = an_agency()
    for unit in UNITS:
        store.units.save(unit)
    assert talking(store, Role.EXECUTIVE).means("overdue_list").key == "late.nothing_yet"


def test_a_unit_that_is_named_is_shown_at_once(secretary):
    assert secretary.means("overdue_list", owner="กองช่าง").facts["unit"] == "กองช่าง"


def test_measures_are_listed_that_most_units_owe_first(secretary):
    secretary.says("ใครยังไม่รายงาน")
    reply = secretary.taps("late.measures")
    rows = [(row.label.facts["no"], row.value.facts) for row in reply.bubbles[0].rows]
    assert rows == [(4, {"sent": 1, "expected": 3}), (3, {"sent": 0, "expected": 1}), (5, {"sent": 0, "expected": 1})]
    assert secretary.taps(reply.taps[0]).key == "measures.one"


def test_indicators_are_listed_the_lowest_first_and_which_should_have_a_measure(secretary):
    reply = secretary.taps("late.indicators")
    rows = reply.bubbles[0].rows
    points = [row.value.facts["points"] for row in rows]
    assert points == sorted(points)
    assert len(points) == len(POINTS)
    assert (rows[0].label.facts["no"], rows[0].value.key) == (4, "late.answered")
    assert rows[0].value.facts["expected"] == 3
    assert [row.value.key for row in rows if row.label.facts["no"] == 7] == ["late.unanswered"]  # the third lowest
    assert [row.value.key for row in rows if row.label.facts["no"] == 10] == ["late.no_measure"]


def test_without_points_of_indicators_that_is_said():
    store = an_agency_at_work(a_result(2569, "92.40", "A", a_table(points=())))
    assert talking(store, Role.EXECUTIVE).taps("late.indicators").key == "late.no_result"


def test_what_should_be_settled_is_told_with_ways_to_settle_it(agency):
    agency.measures.add(a_measure(6, plan_year=2570, owners=("กองที่ไม่มี",)))
    enrol(agency, "p1", unit="u1")
    enrol(agency, "p2", unit="u2")
    secretary = talking(agency, Role.STAFF, unit="u1")
    reply = secretary.taps("late.gaps")
    told = {row.label.key: row.value for row in reply.bubbles[0].rows}
    assert told["late.gap_deserted"] == ["กองช่าง"]
    assert told["late.gap_owner"].facts == told["late.gap_indicators"].facts == {"count": 1}
    assert [name.facts["no"] for name in told["late.gap_left_out"]] == [7]
    assert "late.gap_dates" not in told
    assert secretary.taps(reply.taps[0]).key == "changes.without_unit"


def test_where_nothing_is_to_be_settled_that_is_said():
    points = ("99",) * 10
    store = an_agency_at_work(a_result(2569, "99", "AA", a_table(points)))
    everything = a_measure(6, plan_year=2570, indicators=tuple(range(1, 11)))
    kept = store.measures.add(everything)
    reported_by = replace(store.obligations.get("m1.u1"), id=f"{kept.id}.u1", measure=kept.id)
    store.obligations.save(reported_by)
    for unit in UNITS:
        enrol(store, unit.id, unit=unit.id)
    assert talking(store, Role.EXECUTIVE).taps("late.gaps").key == "late.no_gaps"


# ── reminding


@pytest.mark.parametrize("count", [1, 11, 40])
def test_many_units_and_long_names_fit(count):
    from itadomain.organisation import Unit
    from itadomain.plans import keep_plan
    from tests.fakes import an_agency

    store = an_agency(a_result(2569))
    for no in range(count):
        store.units.save(Unit(f"x{no:02}", f"กองการศึกษา ศาสนา วัฒนธรรม และนันทนาการ ที่ {no}"))
    plan = [a_measure(1, plan_year=2570, owners=("ทุกสำนัก/กอง",), follow_up="ทุกเดือน", title="ก" * 400)]
    keep_plan(store, plan, store.units.all(), date(2026, 10, 1))
    talk = talking(store, Role.EXECUTIVE)
    for reply in (talk.says("ใครยังไม่รายงาน"), talk.taps("late.measures"), talk.taps("late.gaps")):
        assert talk.messages
        assert reply.bubbles


def test_measures_of_a_year_answer_the_result_of_the_year_before(agency, secretary):
    """Once the result of the running year is out, it is the next plan that has to answer it."""
    assert {row.value.key for row in secretary.taps("late.indicators").bubbles[0].rows} >= {"late.answered"}
    agency.scores.save(a_result(2570))
    assert {row.value.key for row in secretary.taps("late.indicators").bubbles[0].rows} == {
        "late.unanswered",
        "late.no_measure",
    }


def test_an_agency_of_one_unit_has_its_overview_too():
    from tests.fakes import an_agency

    store = an_agency(a_result(2569))
    store.units.save(UNITS[0])
    from itadomain.plans import keep_plan

    keep_plan(store, [a_measure(1, plan_year=2570, follow_up="ทุกเดือน")], UNITS[:1], date(2026, 10, 1))
    assert talking(store, Role.STAFF, unit="u1").means("overdue_list").facts == {"sent": 0, "expected": 1}
