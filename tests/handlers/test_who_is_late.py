"""Who has not reported is seen by those who look after it, as one number; and those are reminded, and only those."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from itadomain.allowance import Allowance
from itadomain.history import Deed
from itadomain.measures import Standing
from itadomain.people import Role
from itadomain.progress import Approval, Report
from tests.fakes import POINTS, a_measure, a_person, a_result, a_table
from tests.handlers.plans import TREASURY, UNITS, WHEN, WORKS, an_agency_at_work, enrol, reported, talking
from tests.talk import Talk


@pytest.fixture
def agency():
    store = an_agency_at_work()
    reported(store, "m2", "u2")
    reported(store, "m4", "u2")
    reported(store, "m1", "u1")
    return store


@pytest.fixture
def secretary(agency):
    return talking(agency, Role.STAFF, unit="u1")


def offered(talk, reply):
    return set(talk.offered(reply))


def nudged(reply):
    return {notice.to.id: notice.reply.bubbles[0].summary.facts["count"] for notice in reply.notices}


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
    from handlers.labels import shortened

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


# ── who sees what

SEES_ALL = [
    ((Role.EXECUTIVE,), ""),
    ((Role.ADMIN,), ""),
    ((Role.STAFF,), "u1"),
    ((Role.HEAD,), "u1"),
    ((Role.ADMIN,), "u2"),
]
SEES_OWN = [((Role.HEAD,), "u2"), ((Role.STAFF,), "u2"), ((Role.OFFICER,), "u2"), ((Role.INTEGRITY,), "u2")]
SEES_NOTHING = [((Role.STAFF,), ""), ((Role.HEAD,), ""), ((Role.OFFICER,), ""), ((Role.INTEGRITY,), "")]
OF_THE_WHOLE = ["late.indicators", "late.gaps"]


@pytest.mark.parametrize(("roles", "unit"), SEES_ALL)
def test_who_looks_after_the_whole_sees_all(agency, roles, unit):
    talk = talking(agency, *roles, unit=unit)
    assert talk.means("overdue_list").facts == {"sent": 3, "expected": 7}
    assert talk.taps("late.unit", unit="u3").facts["unit"] == "กองช่าง"
    assert {talk.taps(step).key for step in OF_THE_WHOLE} == {"late.by_indicator", "late.gaps"}


@pytest.mark.parametrize(("roles", "unit"), SEES_OWN)
def test_who_has_a_post_in_a_unit_sees_that_unit_only(agency, roles, unit):
    talk = talking(agency, *roles, unit=unit)
    assert talk.means("overdue_list").facts == {"unit": "กองคลัง", "sent": 2, "expected": 3}
    assert talk.taps("late.unit", unit="u3").key == "late.not_yours"
    assert talk.means("overdue_list", owner="กองช่าง").key == "late.not_yours"
    assert [row.label.facts["no"] for row in talk.taps("late.measures").bubbles[0].rows] == [3]
    assert {talk.taps(step).key for step in OF_THE_WHOLE} == {"late.for_the_whole"}


@pytest.mark.parametrize(("roles", "unit"), SEES_NOTHING)
@pytest.mark.parametrize("step", ["late.overview", "late.unit", "late.measures", "late.nudge", *OF_THE_WHOLE])
def test_who_has_no_unit_sees_nothing(agency, roles, unit, step):
    assert talking(agency, *roles, unit=unit).taps(step, unit="u2").key == "late.not_yours"


@pytest.mark.parametrize("step", ["late.overview", "late.unit", "late.measures", "late.nudge", *OF_THE_WHOLE])
def test_a_citizen_is_sent_away(agency, step):
    talk = Talk(agency, a_person(), today=WHEN)
    assert talk.taps(step, unit="u2").key == "help.not_allowed"
    assert talk.means("overdue_list").key == "help.not_allowed"
    assert "กองช่าง" not in talk.words


def test_who_has_left_sees_nothing(agency):
    from itadomain.people import Person, Post

    gone = Person("me", "สมหญิง", posts=(Post(Role.HEAD, "u2", until=WHEN - timedelta(1)),)).on(WHEN)
    assert Talk(agency, gone, today=WHEN).means("overdue_list").key == "help.not_allowed"


def test_who_stands_in_sees_as_the_head_does(agency):
    from itadomain.people import Person, Post

    acting = Person("me", "สมหญิง", posts=(Post(Role.HEAD, "u2", WHEN, WHEN, acting=True),)).on(WHEN)
    enrol(agency, "p2", unit="u2")
    talk = Talk(agency, acting, today=WHEN)
    assert nudged(talk.taps("late.nudge", count=1)) == {"p2": 1}


def test_nothing_of_it_is_told_in_a_group(agency):
    talk = Talk(agency, a_person(Role.HEAD, unit="u2"), group="C1", today=WHEN)
    assert talk.means("overdue_list").key == "help.come_private"


# ── reminding


@pytest.fixture
def enrolled(agency):
    for key, unit in (("p1", "u1"), ("p2", "u2"), ("p3", "u2"), ("p4", "u3")):
        enrol(agency, key, unit=unit)
    enrol(agency, "h2", Role.HEAD, unit="u2")
    return agency


def test_the_script_those_who_have_not_reported_are_reminded_with_one_tap(enrolled, secretary):
    enrolled.known_allowance = Allowance(300, 42)
    card = secretary.says("ใครยังไม่รายงาน").bubbles[0]
    (button,) = card.taps
    assert secretary.voice(button.label) == "เตือนผู้ที่ยังไม่รายงาน (4)"
    assert "ใช้ 4 ข้อความ · เดือนนี้เหลืออีก 258 ข้อความ" in secretary.words
    reply = secretary.taps(button)
    assert (reply.key, reply.facts) == ("late.reminded", {"count": 4})
    assert nudged(reply) == {"p1": 1, "p2": 1, "p3": 1, "p4": 2}


def test_a_unit_that_has_sent_all_is_not_reminded(enrolled, secretary):
    reported(enrolled, "m3", "u2")
    assert nudged(secretary.taps("late.nudge", count=2)) == {"p1": 1, "p4": 2}


def test_the_notice_names_nobody_and_nothing(enrolled, secretary):
    reply = secretary.taps("late.nudge", count=4)
    for notice in reply.notices:
        listener = Talk(enrolled, today=WHEN)
        told = " ".join(
            listener.voice(part) for part in (notice.reply.bubbles[0].summary, notice.reply.bubbles[0].title)
        )
        assert not any(word in told for word in ("มาตรการ", "กอง", "คุณ", "สมหญิง"))


def test_the_same_people_are_not_reminded_twice_a_day(enrolled, secretary):
    secretary.taps("late.nudge", count=4)
    again = secretary.taps("late.nudge", count=4)
    assert (again.key, again.notices) == ("late.nobody_to_remind", ())
    assert "4 คนได้รับคำเตือนของวันนี้แล้ว" in secretary.words
    assert not secretary.says("ใครยังไม่รายงาน").bubbles[0].taps
    tomorrow = talking(enrolled, Role.EXECUTIVE, today=WHEN + timedelta(1), key="mayor")
    assert len(nudged(tomorrow.taps("late.nudge", count=4))) == 4


def test_who_was_reminded_by_one_is_not_by_another(enrolled, secretary):
    secretary.taps("late.nudge", count=2, unit="u2")
    head = talking(enrolled, Role.HEAD, unit="u2", key="h2")
    assert head.taps("late.nudge", count=2).key == "late.nobody_to_remind"
    executive = talking(enrolled, Role.EXECUTIVE, key="mayor")
    assert set(nudged(executive.taps("late.nudge", count=2))) == {"p1", "p4"}


def test_where_there_is_no_staff_the_heads_are_told_and_where_nobody_is_that_is_said(agency, secretary):
    enrol(agency, "h2", Role.HEAD, unit="u2")
    reply = secretary.taps("late.nudge", count=1)
    assert nudged(reply) == {"h2": 1}
    assert "ยังไม่มีผู้รับข้อความใน กองช่าง" in secretary.words


def test_where_more_would_be_told_than_the_card_said_it_asks_first(enrolled, secretary):
    (button,) = secretary.says("ใครยังไม่รายงาน").bubbles[0].taps
    enrol(enrolled, "p9", unit="u3")
    asked = secretary.taps(button)
    assert (asked.key, asked.facts["count"], asked.notices) == ("late.cost", 5, ())
    assert secretary.says("เอาเลย").key == "late.not_confirmed"
    assert len(nudged(secretary.says("ส่งคำเตือน"))) == 5


def test_whoever_types_it_is_told_the_cost_first(enrolled, secretary):
    enrolled.known_allowance = Allowance(300, 290)
    assert secretary.says("เตือนผู้ที่ยังไม่รายงาน").key == "late.cost"
    assert "ใช้ 4 ข้อความ · เดือนนี้เหลืออีก 10 ข้อความ" in secretary.words
    assert len(nudged(secretary.says("ส่งคำเตือน"))) == 4


@pytest.mark.parametrize("allowance", [Allowance(300, 297), Allowance(300, 300), Allowance(3, 9)], ids=str)
def test_where_the_months_messages_do_not_suffice_nobody_is_reminded(enrolled, secretary, allowance):
    enrolled.known_allowance = allowance
    reply = secretary.taps("late.nudge", count=4)
    assert (reply.key, reply.notices) == ("late.too_few_messages", ())
    assert enrolled.nudges.kept == {}


@pytest.mark.parametrize(
    ("allowance", "key"), [(None, "late.left_unknown"), (Allowance(None, 5), "late.left_unlimited")]
)
def test_without_a_limit_that_is_known_it_is_sent(enrolled, secretary, allowance, key):
    enrolled.known_allowance = allowance
    assert secretary.taps("late.nudge").facts["left"].key == key
    assert len(nudged(secretary.answers("send"))) == 4


def test_it_is_noted_in_the_history_of_what_waits_and_of_nothing_else(enrolled, secretary):
    secretary.taps("late.nudge", count=4)
    noted = {
        (entry.measure, entry.unit, entry.by, entry.on) for entry in enrolled.history.kept if entry.deed is Deed.NUDGED
    }
    assert noted == {(m, u, "me", WHEN) for m, u in [("m3", "u2"), ("m4", "u1"), ("m4", "u3"), ("m5", "u3")]}


def test_a_head_reminds_the_own_unit_only(enrolled):
    head = talking(enrolled, Role.HEAD, unit="u2", key="h2")
    assert head.taps("late.nudge", count=1, unit="u3").key == "late.heads_remind"
    assert set(nudged(head.taps("late.nudge", count=2))) == {"p2", "p3"}


@pytest.mark.parametrize("role", [Role.STAFF, Role.OFFICER, Role.INTEGRITY])
def test_who_heads_nothing_reminds_nobody(enrolled, role):
    talk = talking(enrolled, role, unit=TREASURY.id)
    assert talk.taps("late.nudge", count=2).key == "late.heads_remind"
    assert not talk.means("overdue_list").bubbles[0].taps
    assert enrolled.nudges.kept == {}


def test_nobody_reminds_themselves(enrolled):
    staff_and_head = talking(enrolled, Role.STAFF, Role.HEAD, unit=WORKS.id, key="both")
    assert set(nudged(staff_and_head.taps("late.nudge", count=1))) == {"p4"}


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


def test_where_people_join_while_it_is_asked_the_new_cost_is_told_before_anything_is_sent(enrolled, secretary):
    secretary.says("เตือนผู้ที่ยังไม่รายงาน")
    enrol(enrolled, "p9", unit="u3")
    again = secretary.says("ส่งคำเตือน")
    assert (again.key, again.facts["count"], again.notices) == ("late.cost", 5, ())
    assert len(nudged(secretary.says("ส่งคำเตือน"))) == 5


def test_an_agency_of_one_unit_has_its_overview_too():
    from tests.fakes import an_agency

    store = an_agency(a_result(2569))
    store.units.save(UNITS[0])
    from itadomain.plans import keep_plan

    keep_plan(store, [a_measure(1, plan_year=2570, follow_up="ทุกเดือน")], UNITS[:1], date(2026, 10, 1))
    assert talking(store, Role.STAFF, unit="u1").means("overdue_list").facts == {"sent": 0, "expected": 1}
