"""What a meeting resolved becomes a task of a unit, and the next sheet tells of it; its days are reminded of."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.agency import meeting_sheet, resolution_tasks, resolutions
from handlers.kit import Go, Link, Tick, Turn
from handlers.schedule import reminders
from itadomain import meeting_notice
from itadomain.allowance import Allowance
from itadomain.meetings import Meeting
from itadomain.people import Role
from itadomain.periods import MeetingKind
from itadomain.refusals import Refusal
from itadomain.resolutions import Act, Resolution
from tests.fakes import TODAY, a_measure, a_person, at_work
from tests.talk import Talk

HELD, NEXT = date(2026, 11, 16), date(2026, 12, 14)  # both a Monday
BANGKOK = ZoneInfo("Asia/Bangkok")
PASTED = """มติที่ประชุม ครั้งที่ 11
๑. ให้กองช่างติดป้ายค่าธรรมเนียม ภายใน ๓๐ พ.ย. ๖๙
2) เผยแพร่แผนจัดซื้อ ตามมาตรการที่ 2
   บนเว็บไซต์"""


@pytest.fixture
def store():
    """An agency that met this week and meets again in December."""
    store = at_work(a_measure(1), a_measure(2))
    for on in (HELD, NEXT):
        store.meetings.save(Meeting(MeetingKind.STAFF, on.replace(day=1), on))
    return store


def someone(store, *roles, unit="", key):
    return Talk(store, a_person(*roles, name=key, unit=unit, key=key), user=f"U{key}")


@pytest.fixture
def secretary(store):
    return someone(store, Role.STAFF, unit="สำนักปลัด", key="p1")


@pytest.fixture
def builder(store):
    return someone(store, Role.STAFF, unit="กองช่าง", key="p2")


def a_resolution(no=1, **changes):
    one = Resolution(f"r{no}", HELD, no, "ติดป้ายค่าธรรมเนียม", "กองช่าง", date(2026, 11, 30), "p1")
    return replace(one, **changes)


def labels(reply):
    return [tap.to for tap in reply.taps if isinstance(tap, Go)]


# ── writing them down


def test_the_script_a_pasted_list_becomes_tasks_and_only_what_is_missing_is_asked(secretary, store):
    asked = secretary.says("มติที่ประชุม")
    assert (asked.key, asked.facts["day"]) == ("resolutions.write", HELD)
    unit = secretary.says(PASTED)
    assert (unit.key, unit.facts["wording"]) == ("resolutions.which_unit", "เผยแพร่แผนจัดซื้อ ตามมาตรการที่ 2 บนเว็บไซต์")
    assert secretary.answers("กองคลัง").key == "resolutions.which_due"
    shown = secretary.says("ประชุมครั้งหน้า")
    assert shown.key == "resolutions.all"
    assert "กองช่าง, ภายใน 30 พ.ย. 2569" in secretary.words
    assert "กองคลัง, ภายใน 14 ธ.ค. 2569, มาตรการข้อ 2" in secretary.words
    assert store.resolutions.kept == {}, "nothing is kept before it was shown"
    kept = secretary.says("บันทึก")
    assert (kept.key, kept.facts["count"]) == ("resolutions.kept", 2)
    first, second = store.resolutions.of_meeting(HELD)
    assert (first.no, first.unit, first.due, first.wording) == (
        1, "กองช่าง", date(2026, 11, 30), "ให้กองช่างติดป้ายค่าธรรมเนียม ภายใน ๓๐ พ.ย. ๖๙",
    )  # fmt: skip
    assert (second.no, second.unit, second.due) == (2, "กองคลัง", NEXT)
    assert second.measure == store.measures.numbered(2570, 2).id
    assert {one.by for one in (first, second)} == {"p1"}


def test_one_after_the_other_is_added_mended_and_dropped_before_it_is_kept(secretary, store):
    secretary.says("บันทึกมติ")
    secretary.says("กองช่าง ลอกท่อ ภายใน 30 วัน")
    assert secretary.says("เพิ่มมติ").key == "resolutions.more"
    secretary.says("กองคลัง ทำบัญชี ภายในสิ้นเดือนหน้า")
    assert secretary.says("แก้ข้อ 9").key == "resolutions.no_such"
    assert secretary.says("แก้ข้อ 1").facts["no"] == 1
    secretary.says("กองช่าง ลอกท่อทุกสาย ภายใน 30 วัน")
    secretary.says("ลบข้อ ๒")
    assert secretary.says("อะไรนะ").key == "resolutions.keep_or_mend"
    secretary.answers("yes")
    (only,) = store.resolutions.of_meeting(HELD)
    assert (only.wording, only.due) == ("กองช่าง ลอกท่อทุกสาย ภายใน 30 วัน", HELD + timedelta(days=30))
    secretary.says("เพิ่มมติ")
    secretary.says("กองคลัง ปิดงบ ภายใน 1 ธ.ค.")
    secretary.answers("yes")
    assert [one.no for one in store.resolutions.of_meeting(HELD)] == [1, 2], "numbers go on"


def test_bad_input_gets_a_sentence_and_loses_nothing(secretary, store):
    secretary.says("มติที่ประชุม")
    assert secretary.says("กข " * 251).key == "resolutions.too_long"
    assert secretary.says("\n".join(f"{no}. กองช่าง งาน {no}" for no in range(1, 22))).key == "resolutions.too_many"
    secretary.says("ทำความสะอาดสำนักงาน")
    assert secretary.says("กองไหนก็ได้").key == "picking.which_unit"
    secretary.answers("กองช่าง")
    assert secretary.says("เร็ว ๆ นี้").key == "day.which"
    assert secretary.picks("2026-11-01").key == "resolutions.due_before"
    assert secretary.picks("2030-01-01").key == "resolutions.due_too_far"
    assert secretary.picks("2026-12-01").key == "resolutions.all"
    secretary.says("ยกเลิก")
    assert store.resolutions.kept == {}


def test_without_a_meeting_of_late_its_day_is_asked(store, secretary):
    store.meetings.kept.clear()
    assert secretary.says("มติที่ประชุม").key == "resolutions.which_meeting"
    assert secretary.picks("2026-11-25").key == "resolutions.not_held"
    asked = secretary.says("18 พ.ย. 69")
    assert (asked.key, asked.facts["day"]) == ("resolutions.write", date(2026, 11, 18))
    assert secretary.answers("other").key == "resolutions.which_meeting"


# ── carrying them out


def test_one_is_opened_by_the_words_on_its_tap(store, builder):
    store.resolutions.save(a_resolution())
    store.resolutions.save(a_resolution(2))
    assert builder.says("มติข้อ 2").key == "resolution_tasks.one"
    assert builder.taps("resolution_tasks.one", id="r2").bubbles == builder.says("มติข้อ  2").bubbles
    assert builder.says("มติข้อ 9").key == "resolution_tasks.so_many"
    store.resolutions.save(replace(a_resolution(3), no=2, meeting=NEXT))
    assert builder.says("มติข้อ 2").key == "resolution_tasks.so_many", "two meetings have one of that number"


def test_the_unit_sees_its_task_and_reports_it_done_in_one_sentence(store, builder):
    store.resolutions.save(a_resolution())
    assert builder.says("งานตามมติ").key == "resolution_tasks.so_many"
    one = builder.taps("resolution_tasks.one", id="r1")
    assert labels(one)[:1] == ["resolution_tasks.report"]
    assert builder.taps(one.taps[0]).key == "resolution_tasks.what_was_done"
    assert builder.says(" ").key == "resolutions.say_what"
    assert builder.says("ติดป้ายหน้าสำนักงานแล้ว").key == "resolution_tasks.reported"
    kept = store.resolutions.get("r1")
    assert (kept.open, kept.closed_as, kept.closed_on, kept.notes[-1].words) == (
        False, Act.DONE, TODAY, "ติดป้ายหน้าสำนักงานแล้ว",
    )  # fmt: skip
    assert builder.says("งานตามมติ").key == "resolution_tasks.nothing"
    assert builder.taps("resolution_tasks.report", id="r1").key == "resolutions.is_over"


def test_the_secretariat_changes_and_takes_back_with_a_reason(store, secretary):
    store.resolutions.save(a_resolution())
    for part, said in (("due", "15 ธ.ค. 69"), ("unit", "กองคลัง"), ("wording", "ติดป้ายใหม่")):
        secretary.taps("resolution_tasks.change", id="r1")
        assert secretary.says("ไม่รู้").key == "resolution_tasks.one_of_three"
        secretary.answers(part)
        assert secretary.says(said).key == "resolution_tasks.why"
        assert secretary.says("ผู้รับจ้างขอเวลา").key == "resolution_tasks.is_changed"
    kept = store.resolutions.get("r1")
    assert (kept.due, kept.unit, kept.wording) == (date(2026, 12, 15), "กองคลัง", "ติดป้ายใหม่")
    assert [dict(note.was) for note in kept.notes] == [
        {"due": "2026-11-30"}, {"unit": "กองช่าง"}, {"wording": "ติดป้ายค่าธรรมเนียม"},
    ]  # fmt: skip
    secretary.taps("resolution_tasks.cancel", id="r1")
    assert secretary.says("รวมกับข้ออื่น").key == "resolution_tasks.taken_back"
    assert store.resolutions.get("r1").closed_as is Act.CANCELLED
    secretary.taps("resolution_tasks.one", id="r1")
    assert "ผู้รับจ้างขอเวลา" in secretary.words
    assert "รวมกับข้ออื่น" in secretary.words


def test_a_long_list_is_turned_page_by_page(store, secretary):
    store.resolutions.save(*(a_resolution(no) for no in range(1, 24)))
    first = secretary.says("งานตามมติ")
    assert first.facts["count"] == 23
    assert "1. ติดป้าย" in secretary.words
    secretary.taps("resolution_tasks.mine", page=2)
    assert "23. ติดป้าย" in secretary.words
    assert "20. ติดป้าย" not in secretary.words
    assert secretary.taps("resolution_tasks.mine", page=99).key == "resolution_tasks.so_many"


@pytest.mark.parametrize("step", ["one", "report", "change", "cancel"])
def test_what_is_another_units_is_nobodys_to_see(store, step):
    store.resolutions.save(a_resolution())
    other = someone(store, Role.STAFF, Role.HEAD, unit="กองคลัง", key="p9")
    refused = other.taps(f"resolution_tasks.{step}", id="r1").key
    assert refused in {"resolution_tasks.not_yours", "administration.secretariat_only"}
    assert other.says("งานตามมติ").key == "resolution_tasks.nothing"
    assert other.taps(f"resolution_tasks.{step}", id="r9").key == refused


def test_an_executive_sees_all_of_them_and_reports_none(store):
    store.resolutions.save(a_resolution())
    mayor = someone(store, Role.EXECUTIVE, key="p8")
    assert mayor.says("งานตามมติ").facts["count"] == 1
    assert "resolution_tasks.report" not in labels(mayor.taps("resolution_tasks.one", id="r1"))
    assert mayor.taps("resolution_tasks.report", id="r1").key == "resolution_tasks.unit_reports"


@pytest.mark.parametrize("step", ["resolutions.start", "resolution_tasks.mine", "meeting_sheet.coming"])
def test_citizens_have_no_part_in_it(store, step):
    assert Talk(store, a_person(), user="U9").taps(step).key == "help.not_allowed"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_the_secretariat_and_administrators_write_them_down(store, role):
    assert (
        someone(store, role, unit="กองคลัง", key="p9").taps("resolutions.start").key == "administration.secretariat_only"
    )


@pytest.mark.parametrize(
    "entry",
    [
        one for name in (resolutions, resolution_tasks, meeting_sheet) for one in name.feature.steps.values()
        if not one.starts and one.name != "resolution_tasks.hear_done"
    ],
    ids=lambda entry: entry.name,
)  # fmt: skip
def test_a_later_step_refuses_who_keeps_nothing(store, entry):
    draft = [entry.draft(*("" for _ in fields(entry.draft)))] if entry.draft else []
    with pytest.raises(Refusal, match=r"administration\.secretariat_only"):
        entry.run(Turn(a_person(Role.STAFF), TODAY, store, "ข้อความ"), *draft)


# ── reminded of with everything else


def digest(store, day, person="p2"):
    notices = reminders.send(Tick(day, store, now=datetime(day.year, day.month, day.day, 9, tzinfo=BANGKOK)))
    return [one.reply for one in notices if one.to.id == person]


def test_its_unit_is_reminded_a_week_before_and_on_the_day_and_its_words_are_in_no_push(store, builder):
    store.resolutions.save(a_resolution())
    store.obligations.kept.clear()
    assert digest(store, date(2026, 11, 20)) == []
    (before,) = digest(store, date(2026, 11, 23))
    (card,) = before.bubbles
    assert [tap.to for tap in card.taps] == ["resolution_tasks.mine", "reminders.later"]
    assert "ติดป้าย" not in str(before)
    assert digest(store, date(2026, 11, 24)) == [], "once"
    assert len(digest(store, date(2026, 11, 30))) == 1
    store.resolutions.save(a_resolution(closed_on=TODAY, closed_as=Act.DONE))
    assert digest(store, date(2026, 12, 7)) == []


def test_no_superior_hears_of_a_late_resolution_by_the_ladder(store, builder):
    someone(store, Role.HEAD, unit="กองช่าง", key="p3")
    someone(store, Role.EXECUTIVE, key="p4")
    store.resolutions.save(a_resolution(due=date(2026, 10, 20)))
    store.obligations.kept.clear()
    for day in range(23, 28):
        digest(store, date(2026, 11, day))
    assert not store.escalations.all()


# ── the sheet, some days before


def at(day, hour=11, minute=0):
    return Tick(day, None, now=datetime(day.year, day.month, day.day, hour, minute, tzinfo=BANGKOK))


def told(store, day, **when):
    return [one.to.id for one in meeting_sheet.tell(replace(at(day, **when), store=store))]


def test_the_script_the_sheet_is_shown_with_its_files(secretary, store):
    shown = secretary.says("วาระประชุม")
    assert (shown.key, shown.facts["day"]) == ("meeting_sheet.of", NEXT)
    links = [tap.uri for tap in shown.taps if isinstance(tap, Link)]
    assert links == [f"paper:meeting:2026-12-14:{ending}" for ending in ("docx", "xlsx", "pdf")]


def test_the_secretariat_is_told_three_days_before_and_once(store, secretary, builder):
    assert told(store, date(2026, 12, 9)) == []
    assert told(store, date(2026, 12, 11)) == ["p1"], "the Friday before"
    assert told(store, date(2026, 12, 11), hour=13, minute=30) == []
    assert told(store, date(2026, 12, 14)) == []


def test_whoever_writes_earlier_is_told_for_nothing_and_gets_no_message(store):
    secretary = Talk(store, a_person(Role.STAFF, unit="สำนักปลัด", key="p1"), today=date(2026, 12, 9), rides=True)
    rode = secretary.says("วันหยุด")
    assert [getattr(one, "key", "") for one in rode.bubbles][-1] == "meeting_sheet.ready"
    assert rode.taps[-1].to == "meeting_sheet.coming"
    assert secretary.says("วันหยุด").bubbles[-1].key != "meeting_sheet.ready"
    assert told(store, date(2026, 12, 11)) == []


def test_who_had_a_reminder_today_is_told_tomorrow_and_on_the_last_day_anyway(store, secretary):
    meeting_notice.choose_lead(store.settings, 5)
    store.nudges.add("p1", date(2026, 12, 9))
    assert told(store, date(2026, 12, 9)) == []
    store.nudges.add("p1", date(2026, 12, 11))
    store.meetings.save(Meeting(MeetingKind.STAFF, date(2026, 12, 1), date(2026, 12, 12)))
    assert told(store, date(2026, 12, 11)) == ["p1"]


def test_it_costs_no_message_that_is_kept_for_citizens(store, secretary):
    store.known_allowance = Allowance(300, 300)
    assert told(store, date(2026, 12, 11)) == []
    assert store.settings.get(meeting_notice.TOLD) == "", "so an answer may still tell it"


def test_the_lead_is_chosen(store, secretary):
    secretary.taps("meeting_sheet.lead")
    assert secretary.says("๐").key == "meeting_sheet.which_lead"
    assert secretary.says("เจ็ด").key == "meeting_sheet.which_lead"
    assert secretary.says("๗").key == "meeting_sheet.lead_kept"
    assert told(store, date(2026, 12, 3)) == []
    assert told(store, date(2026, 12, 4)) == ["p1"], "seven days before is a day off, so the working day before that"


def test_without_a_meeting_the_way_to_set_one_is_shown(store, secretary):
    store.meetings.kept.clear()
    shown = secretary.says("วาระประชุม")
    assert (shown.key, shown.taps[0].to) == ("meeting_sheet.no_meeting", "meetings.set_day")


def test_the_sheet_is_for_those_who_see_the_whole(store, builder):
    assert builder.says("วาระประชุม").key == "meeting_sheet.for_the_whole"
