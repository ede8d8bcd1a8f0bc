"""The scripts of the desk and of opening: a round is opened, read, and closed."""

from datetime import date, timedelta

import pytest

from itadomain.assessment.windows import Phase, Window
from itadomain.audit_log import Deed
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument
from itadomain.surveys import entering, opening
from itadomain.surveys.questionnaire import Answering
from itadomain.surveys.survey import MARKS_KEPT, Ballot, Kind, Mark, Standing
from itadomain.surveys.upkeep import forget, settle
from tests.fakes import TODAY

KEEPERS_ONLY = [
    "surveys.one", "surveys.preview", "surveys.past", "surveys.close", "survey_opening.start", "survey_inviting.start",
    "survey_inviting.of", "survey_inviting.official", "survey_official.all", "survey_official.enter",
    "survey_official.remove", "sample_meter.now", "sample_meter.enter", "service_points.add", "service_points.close",
]  # fmt: skip


def opened(store, kind=Kind.OUTSIDERS, **more):
    return opening.open_survey(store, kind, 2570, by="a1", today=TODAY, **more)


def test_the_script_a_round_is_opened(store, admin, tap):
    assert admin.says("จัดการแบบสำรวจ").key == "surveys.desk"
    reply = admin.says("เปิดรอบแบบสำรวจ")
    assert admin.offered(reply)[:3] == ["ซ้อม EIT", "ซ้อม IIT", "หลังรับบริการ"]
    assert tap(admin, reply, "ซ้อม IIT").key == "survey_opening.which_year"
    assert admin.says("๒๕๗๐").key == "survey_opening.which_last"
    assert admin.answers((TODAY + timedelta(30)).isoformat()).key == "survey_opening.which_population"
    review = admin.says("120 คน")
    assert review.key == "survey_opening.before_opening"
    assert "รับคำตอบ" in admin.words
    assert "20 ธ.ค. 2569" in admin.words
    assert "ยังไม่ยืนยันกับแบบของปีนี้" in admin.words
    assert "ข้อ I10 ยังไม่ทราบข้อความ" in admin.words
    assert not store.surveys.kept
    looked = tap(admin, review, "ดูข้อคำถาม")
    assert "I1" in admin.words
    assert "ถัดไป" in admin.offered(looked)
    done = tap(admin, looked, "เปิดรอบ")
    assert done.key == "survey_opening.is_open_insiders"
    assert "จุดบริการ" not in admin.offered(done), "staff scan no poster"
    (made,) = store.surveys.kept.values()
    assert (made.kind, made.fiscal_year, made.population) == (Kind.INSIDERS, 2570, 120)
    assert (made.opened_on, made.closes_on, made.opened_by) == (TODAY, TODAY + timedelta(30), "a1")
    assert [(one.happened.deed, one.happened.about) for one in store.audit_log.kept][-1] == (Deed.SET_UP, made.id)


def test_pages_of_questions_are_turned_before_it_opens(store, admin, tap):
    admin.taps("survey_opening.start")
    admin.answers("outsiders")
    admin.answers("2570")
    admin.answers("no_end")
    review = admin.answers("unknown")
    tap(admin, review, "ดูข้อคำถาม")
    first = admin.words
    admin.answers("page:1")
    assert "E6" in admin.words
    assert admin.words != first
    assert admin.answers("yes").key == "survey_opening.is_open"
    (made,) = store.surveys.kept.values()
    assert (made.closes_on, made.population) == (None, None)


def test_the_short_form_has_neither_days_nor_people(store, admin):
    admin.taps("survey_opening.start")
    assert admin.answers("visit").key == "survey_opening.before_opening"
    assert admin.answers("yes").key == "survey_opening.is_open"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("1999", "survey_opening.which_year_again"),
        ("ปีนี้", "survey_opening.which_year_again"),
        ("2600", "survey_opening.which_year_again"),
    ],
)
def test_a_year_that_is_none_is_asked_again(store, admin, said, key):
    admin.taps("survey_opening.start")
    admin.answers("outsiders")
    assert admin.says(said).key == key
    assert admin.says("2570").key == "survey_opening.which_last"


def test_days_and_people_that_cannot_be_lose_nothing(store, admin):
    admin.taps("survey_opening.start")
    admin.answers("outsiders")
    admin.answers("2570")
    assert admin.says("1 ม.ค. 2569").key == "surveys.which_last_day"
    assert admin.says("31 ม.ค. 70").key == "survey_opening.which_population"
    assert admin.says("หลายคน").key == "surveys.how_many_people"
    assert admin.says("0").key == "surveys.how_many_people"
    assert admin.says("5,000").key == "survey_opening.before_opening"
    assert admin.says("อะไรนะ").key == "survey_opening.open_or_cancel"
    admin.answers("yes")
    (made,) = store.surveys.kept.values()
    assert (made.closes_on, made.population) == (date(2027, 1, 31), 5000)


def test_six_steps_without_points_are_refused_with_what_to_do(store, admin):
    first = opening.asked(store, Kind.OUTSIDERS, 2570).items[0]
    entering.rescale(store, first, 2570, Answering.SIX, store.people.get("a1", TODAY), TODAY)
    admin.taps("survey_opening.start")
    admin.answers("outsiders")
    refused = admin.answers("2570")
    assert refused.key == "surveys.no_points"
    assert "คะแนน 6 ระดับ" in admin.words
    assert admin.offered(refused)[2] == "ข้อคำถาม", "what it asks for is a tap away"


def test_what_is_not_confirmed_is_told_in_words_and_a_tap_from_being_confirmed(store, admin, tap):
    admin.taps("survey_opening.start")
    admin.answers("outsiders")
    admin.answers("2570")
    admin.answers("no_end")
    review = admin.answers("unknown")
    assert "15 ข้อ ยังไม่ยืนยันกับแบบของปีนี้" in admin.words
    assert "ข้อ 15 ข้อ" not in admin.words
    assert "ยืนยันทุกข้อ" in admin.offered(tap(admin, review, "ยืนยันข้อคำถาม"))


def test_only_what_is_not_open_can_be_opened(store, admin):
    for kind in Kind:
        opened(store, kind)
    assert admin.taps("survey_opening.start").key == "survey_opening.all_open"


def test_what_another_opened_meanwhile_is_not_opened_twice(store, admin):
    admin.taps("survey_opening.start")
    admin.answers("visit")
    opened(store, Kind.VISIT)
    assert admin.answers("yes").key == "surveys.open_already"
    assert len(store.surveys.kept) == 1


def test_a_round_is_seen_and_closed(store, admin, tap):
    made = opened(store, closes_on=TODAY + timedelta(9))
    for person in "abcde":
        store.participation.save(made.id, person, Mark(Standing.ANSWERED, TODAY))
    desk = admin.taps("surveys.desk")
    assert "ตอบแล้ว 5 คน" in admin.words
    one = tap(admin, desk, "ดูซ้อม EIT 2570")
    assert one.key == "surveys.one"
    assert tap(admin, one, "ดูข้อคำถาม").key == "surveys.questions"
    assert tap(admin, one, "ปิดรอบ").key == "surveys.really_close"
    assert admin.says("ไม่").key == "picking.yes_or_cancel"
    assert admin.answers("yes").key == "surveys.is_closed"
    assert store.surveys.get(made.id).closed_on == TODAY
    assert admin.taps("surveys.close", id=made.id).key == "surveys.closed_already"
    assert tap(admin, admin.taps("surveys.past"), "ดูซ้อม EIT 2570").key == "surveys.one"


def test_how_many_answered_is_told_after_it_is_forgotten_who(store, admin):
    made = opened(store)
    for person in "abcde":
        store.participation.save(made.id, person, Mark(Standing.ANSWERED, TODAY))
        store.ballots.put(Ballot(made.id, answers={"E2": 3}))
    settle(store, TODAY)
    opening.close(store, made.id, TODAY)
    forget(store, TODAY + MARKS_KEPT + timedelta(days=1))
    assert not store.participation.counted(made.id)
    admin.taps("surveys.one", id=made.id)
    assert "5 คน" in admin.words


def test_questions_are_read_page_by_page(store, admin, tap):
    made = opened(store)
    first = admin.taps("surveys.preview", id=made.id)
    second = tap(admin, first, "ถัดไป")
    assert "E6" in admin.words
    assert tap(admin, second, "ก่อนหน้า").key == "surveys.questions"
    assert admin.taps("surveys.preview", kind="insiders", year=2570).key == "surveys.questions"
    assert admin.taps("surveys.preview", kind="none").key == "surveys.which_kind_again"
    assert admin.taps("surveys.preview", id="none").key == "surveys.unknown"


def test_near_the_official_one_it_is_said_and_nothing_opens(store, admin):
    store.windows.save(Window(FiscalYear(2570), Phase.EIT, TODAY + timedelta(5), TODAY + timedelta(40)))
    admin.taps("surveys.desk")
    assert "ใกล้ถึงช่วงตอบแบบ EIT ของ ป.ป.ช." in admin.words
    admin.taps("survey_opening.start")
    assert admin.answers("outsiders").key == "surveys.official_instead"
    assert admin.answers("visit").key == "survey_opening.before_opening"


def test_the_official_address_is_entered_shown_and_taken_out(store, admin, tap):
    reply = admin.taps("survey_official.all")
    assert "ยังไม่ทราบวันของช่วง EIT และ IIT" in admin.words
    assert tap(admin, reply, "ใส่ลิงก์ EIT").key == "survey_official.which_link"
    assert admin.says("itas.nacc.go.th").key == "surveys.no_official_link"
    kept = admin.says("https://itas.nacc.go.th/go/eit/ab12")
    assert kept.key == "survey_official.kept"
    assert opening.link_of(store, Instrument.EIT, 2570) == "https://itas.nacc.go.th/go/eit/ab12"
    reply = tap(admin, kept, "ดูลิงก์ทางการ")
    assert "https://itas.nacc.go.th/go/eit/ab12" in admin.words
    assert tap(admin, reply, "ลบลิงก์ EIT").key == "survey_official.removed"
    assert opening.link_of(store, Instrument.EIT, 2570) == ""


def test_a_photo_or_a_sticker_is_no_address(store, admin):
    admin.taps("survey_official.enter", instrument="EIT", year=2570)
    assert admin.answers("x").key == "surveys.no_official_link"
    assert admin.taps("survey_official.enter", instrument="OIT").key == "sample_meter.which_instrument"


@pytest.mark.parametrize("step", KEEPERS_ONLY)
@pytest.mark.parametrize("key", ["s2", "h2", "x1"])
def test_only_administrators_and_the_secretariat_keep_surveys(store, talks, step, key):
    made = opened(store)
    reply = talks(key).taps(step, id=made.id, kind="outsiders", instrument="EIT", code="K7Q2")
    assert reply.key == "administration.secretariat_only"


@pytest.mark.parametrize(
    "step", [*KEEPERS_ONLY, "surveys.desk", "survey_items.which", "survey_items.all", "service_points.all"]
)
def test_citizens_see_none_of_it(store, talks, step):
    assert talks().taps(step).key == "help.not_allowed"


def test_the_secretariat_keeps_them_too_but_administrators_alone_change_the_questions(store, talks):
    secretary = talks("k1")
    desk = secretary.taps("surveys.desk")
    assert ("เปิดรอบใหม่" in secretary.offered(desk), "ข้อคำถาม" in secretary.offered(desk)) == (True, False)
    assert "ข้อคำถาม" in talks("a1").offered(talks("a1").taps("surveys.desk"))
    assert secretary.taps("survey_opening.start").key == "survey_opening.which_kind"
    assert talks("k1").taps("survey_items.all", kind="outsiders").key == "help.not_allowed"


def test_heads_and_executives_are_led_to_what_they_may_see(store, talks):
    assert [one.to for one in talks("h2").taps("surveys.desk").taps] == ["service_points.all", "survey_results.newest"]
    assert [one.to for one in talks("x1").taps("surveys.desk").taps] == ["survey_results.newest"]
    assert talks("s2").taps("surveys.desk").key == "administration.secretariat_only"


def test_the_desk_says_whether_there_is_a_link_to_show_meanwhile(store, admin):
    store.windows.save(Window(FiscalYear(2570), Phase.EIT, TODAY, TODAY + timedelta(40)))
    admin.taps("surveys.desk")
    assert "ยังไม่ได้ใส่ลิงก์ของแบบทางการ" in admin.words
    opening.keep_link(store, Instrument.EIT, 2570, "https://itas.nacc.go.th/go/eit/ab12")
    admin.taps("surveys.desk")
    assert "แสดงลิงก์ทางการแทน" in admin.words


def test_of_a_closed_round_the_day_that_was_planned_is_not_told_as_its_last(store, admin):
    made = opened(store, closes_on=TODAY + timedelta(9))
    assert "รับคำตอบถึง" in words_of(admin, made)
    opening.close(store, made.id, TODAY)
    assert "รับคำตอบถึง" not in words_of(admin, made)


def words_of(admin, made):
    admin.taps("surveys.one", id=made.id)
    return admin.words
