"""The scripts of meetings, holidays, acknowledge, circulars and administration, and who may not."""

from datetime import date, timedelta

import pytest

from handlers.kit import Link
from itadomain.allowance import Allowance
from itadomain.fiscal import FiscalYear
from itadomain.organisation import Unit
from itadomain.people import Post, Role
from itadomain.periods import MeetingKind
from itadomain.plans import keep_plan
from tests.fakes import TODAY, MemoryStore, a_measure, a_person, an_agency
from tests.talk import Talk

STAFF_MEETING = "ประชุมพนักงานเดือน ก.พ. วันที่ 15"
KEEPERS_ONLY = (
    "meetings.set_day",
    "holidays.add",
    "holidays.remove",
    "circulars.all",
    "circulars.add",
    "circulars.remind",
)


@pytest.fixture
def store() -> MemoryStore:
    """An agency of this year with one measure that is reported on at the staff meeting of February."""
    store = an_agency()
    store.units.save(Unit("สำนักปลัด", "สำนักปลัด", secretariat=True))
    plan = [
        a_measure(
            1, plan_year=FiscalYear(2570), follow_up="รายงานในการประชุมพนักงานเดือนกุมภาพันธ์ 2570", owners=("สำนักปลัด",)
        )
    ]
    keep_plan(store, plan, store.units.all(), TODAY)
    return store


@pytest.fixture
def secretary(store) -> Talk:
    return Talk(store, a_person(Role.STAFF, name="สมหญิง", unit="สำนักปลัด", key="p1"))


@pytest.fixture
def officer(store, secretary) -> Talk:
    return Talk(store, a_person(Role.STAFF, name="สมชาย", unit="กองคลัง", key="p2"), user="U2")


def due(store):
    (obligation,) = store.obligations.of_units(["สำนักปลัด"], [2570], limit=5)
    return obligation.slot, obligation.due


# ── meetings


def test_the_script_a_meeting_is_set_in_one_sentence_and_what_is_due_at_it_moves(secretary, store):
    assert due(store) == (date(2027, 2, 28), date(2027, 3, 1)), "month end, a Sunday, until the day is known"
    secretary.says("กำหนดวันประชุม")
    right = secretary.says(STAFF_MEETING)
    assert (right.key, right.facts["on"]) == ("meetings.is_it_right", date(2027, 2, 15))
    saved = secretary.answers("yes")
    assert (saved.key, saved.facts["count"]) == ("meetings.saved", 1)
    assert due(store) == (date(2027, 2, 28), date(2027, 2, 15))
    listed = secretary.says("วันประชุม")
    assert listed.facts == {"year": 2570, "count": 1}
    assert "15 ก.พ. 2570" in secretary.words


def test_a_meeting_is_set_by_taps_and_set_again(secretary, store):
    for day in ("2027-02-15", "2027-02-22"):
        secretary.taps("meetings.set_day")
        assert secretary.answers("staff").key == "meetings.which_day"
        assert secretary.picks(day).key == "meetings.is_it_right"
        secretary.answers("yes")
    (meeting,) = store.meetings.of(2570)
    assert (meeting.kind, meeting.on) == (MeetingKind.STAFF, date(2027, 2, 22))
    assert due(store)[1] == date(2027, 2, 22)


@pytest.mark.parametrize(("said", "key"), [
    ("พรุ่งนี้มีอะไร", "meetings.which_kind"), ("ประชุมพนักงาน", "meetings.which_day"), ("ประชุมสภาเร็ว ๆ นี้", "meetings.which_day"),
    ("ประชุมสภา 3 มี.ค. 70", "meetings.is_it_right"), ("ประชุมคณะผู้บริหาร วันที่ ๙ เดือนธันวาคม", "meetings.is_it_right"),
    ("ประชุมพนักงานเดือน ก.พ. วันที่ 31", "meetings.which_day"),
])  # fmt: skip
def test_what_is_missing_in_the_sentence_is_asked(secretary, said, key):
    secretary.says("กำหนดวันประชุม")
    assert secretary.says(said).key == key


# ── days off


def test_the_script_a_day_off_is_added_and_what_falls_on_it_moves(secretary, store):
    secretary.says("เพิ่มวันหยุด")
    assert secretary.says("1 มี.ค. 70").key == "holidays.which_name"
    added = secretary.says("วันหยุดพิเศษ")
    assert (added.key, added.facts["count"]) == ("holidays.added", 1)
    assert due(store)[1] == date(2027, 3, 2)
    assert store.holidays.between(date(2027, 3, 1), date(2027, 3, 1)) == {date(2027, 3, 1): "วันหยุดพิเศษ"}


def test_a_day_off_is_taken_out_the_countrys_own_too(secretary, store):
    new_year = date(2027, 1, 1)
    assert store.holidays.between(new_year, new_year)
    secretary.taps("holidays.remove")
    removed = secretary.picks("2027-01-01")
    assert removed.key == "holidays.removed"
    assert not store.holidays.between(new_year, new_year)
    secretary.taps("holidays.remove")
    assert secretary.says("1 ม.ค. 70").key == "holidays.not_off"


def test_days_off_are_everyones_to_see_and_the_keepers_to_change(store, secretary):
    shown = Talk(store, a_person(), user="U9").says("วันหยุด")
    assert (shown.key, [tap.to for tap in shown.taps]) == ("holidays.coming", ["help.menu"])
    assert "holidays.add" in [tap.to for tap in secretary.says("วันหยุด").taps]


# ── acknowledgement


def ask_everyone(secretary, title="นโยบายไม่รับของขวัญ", audience="everyone"):
    secretary.says("ขอให้รับทราบ")
    secretary.says(title)
    secretary.says("ทุกคนไม่รับของขวัญในโอกาสใด ๆ")
    secretary.answers(audience)
    return secretary.answers("yes")


def test_the_script_everyone_is_asked_and_the_register_shows_who_has(secretary, officer, store):
    asked = ask_everyone(secretary)
    assert asked.facts == {"count": 2}
    assert [notice.to.id for notice in asked.notices] == ["p2"]
    assert "ของขวัญ" not in str(asked.notices[0].reply), "a lock screen may show it"
    read = officer.taps(asked.notices[0].reply.taps[0])
    assert read.key == "acknowledge.read"
    assert "ทุกคนไม่รับของขวัญ" in officer.words
    done = officer.says("รับทราบ")
    assert done.key == "acknowledge.done"
    assert done.facts["at"].utcoffset() is not None
    secretary.says("ทะเบียนรับทราบ")
    assert "รับทราบแล้ว 1 จาก 2 คน" in secretary.words
    one = secretary.taps("circulars.one", id=store.circulars.all()[0].id)
    assert one.key == "circulars.one"
    assert "สมหญิง" in secretary.words
    assert "ยังไม่รับทราบ" in secretary.words
    assert "20 พ.ย. 2569" in secretary.words, "when it was acknowledged"


def test_what_asking_costs_is_told_first_and_nobody_is_asked_where_it_is_too_much(secretary, officer, store):
    store.known_allowance = Allowance(300, 230)
    secretary.says("ขอให้รับทราบ")
    secretary.says("นโยบายไม่รับของขวัญ")
    secretary.says("ทุกคนไม่รับของขวัญ")
    asked = secretary.answers("everyone")
    assert (asked.key, asked.facts["cost"]) == ("circulars.is_it_right", 1), "who asks is not told by a message"
    assert "ใช้ 1 ข้อความ · เดือนนี้ใช้แจ้งเจ้าหน้าที่ได้อีก 10 ข้อความ" in secretary.words
    store.known_allowance = Allowance(300, 300)
    refused = secretary.answers("yes")
    assert (refused.key, refused.notices, store.circulars.all()) == ("late.too_few_messages", (), [])


def test_what_is_acknowledged_once_stays_as_it_was(secretary, officer, store):
    ask_everyone(secretary)
    circular = store.circulars.all()[0].id
    for _ in range(2):
        officer.taps("acknowledge.read", id=circular)
        officer.answers("yes")
        officer.now += 60_000
    (read,) = store.circulars.acknowledged(circular)
    assert officer.taps("acknowledge.read", id=circular).facts["at"] == read.at
    assert officer.says("เรื่องรอรับทราบ").key == "acknowledge.nothing"


def test_nothing_is_acknowledged_by_another_word(secretary, officer, store):
    ask_everyone(secretary)
    officer.taps("acknowledge.read", id=store.circulars.all()[0].id)
    assert officer.says("แล้วไง").key == "acknowledge.yes_or_cancel"
    officer.says("ยกเลิก")
    assert store.circulars.read == []
    assert officer.says("เรื่องรอรับทราบ").facts == {"count": 1}


def test_only_those_who_have_not_are_reminded(secretary, officer, store):
    ask_everyone(secretary)
    circular = store.circulars.all()[0].id
    secretary.taps("acknowledge.read", id=circular)
    secretary.answers("yes")
    reminded = secretary.taps("circulars.remind", id=circular)
    assert [notice.to.id for notice in reminded.notices] == ["p2"]


def test_newcomers_alone_are_asked_where_it_is_for_them(secretary, officer, store):
    assert ask_everyone(secretary, audience="newcomers").facts == {"count": 0}
    assert officer.says("เรื่องรอรับทราบ").key == "acknowledge.nothing"
    new = a_person(key="p5", name="มาใหม่").with_posts((Post(Role.STAFF, "กองคลัง", TODAY),), TODAY)
    assert Talk(store, new, user="U5").says("เรื่องรอรับทราบ").facts == {"count": 1}
    before = a_person(key="p6").with_posts((Post(Role.STAFF, "กองคลัง", TODAY - timedelta(days=1)),), TODAY)
    assert Talk(store, before, user="U6").says("เรื่องรอรับทราบ").key == "acknowledge.nothing"


def test_a_measure_is_acknowledged_in_the_words_of_its_plan(secretary, officer, store):
    secretary.says("ขอให้รับทราบ")
    measure = store.measures.of_newest_plan()[0]
    assert secretary.answers(f"measure:{measure.id}").key == "circulars.whom"
    secretary.answers("everyone")
    secretary.answers("yes")
    officer.taps("acknowledge.read", id=store.circulars.all()[0].id)
    assert measure.title in officer.words


def test_a_paper_is_sent_round_under_its_own_name_with_a_tap_to_it(secretary, officer, store):
    asked = secretary.says("ขอให้รับทราบ")
    assert {"แผนมาตรการ 2570", "รายงานผล 2570", "ข้อ 1"} <= set(secretary.offered(asked))
    assert secretary.answers("paper:plan:2570").key == "circulars.whom"
    secretary.answers("everyone")
    secretary.answers("yes")
    [kept] = store.circulars.all()
    assert (kept.title, kept.paper) == (
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. 2570", "plan:2570",
    )  # fmt: skip
    read = officer.taps("acknowledge.read", id=kept.id)
    assert kept.title in officer.words
    assert [tap.uri for tap in read.taps if isinstance(tap, Link)] == ["paper:plan:2570:docx"]
    assert officer.answers("yes").key == "acknowledge.done"


@pytest.mark.parametrize("forged", ["paper:plan:2565", "paper:memo:2570", "paper:", "paper:analysis:2570"])
def test_no_paper_is_sent_round_that_is_not_at_hand(secretary, store, forged):
    secretary.says("ขอให้รับทราบ")
    assert secretary.answers(forged).key == "acknowledge.unknown"
    assert store.circulars.all() == []


def test_a_closed_circular_asks_nobody_and_its_register_stays(secretary, officer, store):
    ask_everyone(secretary)
    circular = store.circulars.all()[0].id
    officer.taps("acknowledge.read", id=circular)
    officer.answers("yes")
    assert secretary.taps("circulars.close", id=circular).key == "circulars.closed"
    assert secretary.says("เรื่องรอรับทราบ").key == "acknowledge.nothing"
    secretary.taps("circulars.one", id=circular)
    assert "สมชาย" in secretary.words


@pytest.mark.parametrize("title", ["", "x", "ก" * 121])
def test_a_title_that_is_none_is_asked_again(secretary, title):
    secretary.says("ขอให้รับทราบ")
    assert secretary.says(title).key == "acknowledge.no_title"


# ── who may


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
@pytest.mark.parametrize("step", KEEPERS_ONLY)
def test_only_administrators_and_the_secretariat_keep_the_calendar_and_the_register(store, secretary, step, role):
    other = Talk(store, a_person(role, unit="กองคลัง", key="p9"), user="U9")
    assert other.taps(step).key == "administration.secretariat_only"


@pytest.mark.parametrize(
    "step", [*KEEPERS_ONLY, "meetings.all", "acknowledge.mine", "acknowledge.read", "administration.desk"]
)
def test_citizens_have_no_part_in_it(store, step):
    assert Talk(store, a_person(), user="U9").taps(step).key == "help.not_allowed"


def desk(store, person):
    return [tap.to for tap in Talk(store, person, user="U9").says("งานสำนักงาน").taps]


def test_the_script_the_desk_offers_what_one_may_do(store, secretary):
    seeing = ["administration.citizens", "administration.assessment", "acknowledge.mine", "people.leave"]
    keeper = ["committees.all", "meetings.all", "holidays.all", "circulars.all", "broadcast.start"]
    admin = ["invite.start", "people.all", "units.all", "allowance.now"]
    assert desk(store, a_person(Role.STAFF, unit="กองคลัง")) == seeing
    assert desk(store, a_person(Role.HEAD, unit="กองคลัง")) == ["broadcast.start", *seeing]
    assert desk(store, a_person(Role.HEAD, unit="สำนักปลัด")) == [*keeper, *seeing]
    assert desk(store, a_person(Role.ADMIN)) == [*admin, *keeper, *seeing]


def test_the_work_of_the_assessment_is_offered_to_whom_may_do_it(store, secretary):
    def offered(*roles, unit=""):
        return [tap.to for tap in Talk(store, a_person(*roles, unit=unit), user="U9").says("งาน ITA ประจำปี").taps]

    papers = ["paperwork.all", "oit.missing"]
    assert offered(Role.STAFF) == ["assessment.calendar", *papers]
    whole = ["meeting_sheet.coming", "oit_pack.offer"]
    assert offered(Role.HEAD, unit="กองคลัง") == ["assessment.calendar", "surveys.desk", *papers]
    assert offered(Role.EXECUTIVE) == ["assessment.calendar", "surveys.desk", *papers, *whole]
    assert offered(Role.ADMIN) == ["assessment.calendar", "surveys.desk", "sample_meter.now", *papers, *whole]
    assert offered(Role.STAFF, unit="สำนักปลัด") == offered(Role.ADMIN)


def test_what_is_done_for_citizens_is_offered_to_whom_may_do_it(store):
    def offered(*roles):
        return [tap.to for tap in Talk(store, a_person(*roles), user="U9").says("งานประชาชน").taps]

    assert offered(Role.STAFF) == ["casework.all", "figures.of_year"]
    assert offered(Role.HEAD) == ["casework.all", "complaint.enter", "figures.of_year"]
    assert offered(Role.OFFICER) == [
        "casework.all",
        "complaint.enter",
        "topics.all",
        "retention.due",
        "figures.of_year",
    ]
    assert offered(Role.INTEGRITY) == ["casework.all", "integrity.all", "receivers.all", "figures.of_year"]
    assert offered(Role.ADMIN) == [
        "casework.all", "topics.all", "categories.all", "receivers.all", "retention.due", "figures.of_year",
    ]  # fmt: skip
