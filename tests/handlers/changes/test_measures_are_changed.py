"""A measure is changed without a new file: shown before it is saved, kept beside what it was."""

from dataclasses import replace
from datetime import date

import pytest

from itadomain.history import Deed
from itadomain.measures import Target
from itadomain.people import Role
from itadomain.plans import keep_plan
from tests.fakes import a_measure
from tests.handlers.changes.changing import change, everything, history
from tests.handlers.plans import UNITS, WHEN, enrol, reported, talking

# ── one part


def test_the_script_a_period_is_extended(agency, secretary):
    assert secretary.says("แก้ไขมาตรการ").facts == {"year": 2570, "count": 5}
    assert secretary.says("3").key == "changes.as_it_stands"
    assert secretary.says("ขยายเวลา").key == "changes.ask_extension"
    sure = secretary.says("ถึง ธ.ค. 2570")
    assert (sure.key, sure.facts["before"]) == ("changes.sure", "ตลอดปีงบประมาณ")
    assert "1 ต.ค. 2569 - 31 ธ.ค. 2570" in secretary.words
    assert agency.measures.get("m3").when == "ตลอดปีงบประมาณ"
    saved = secretary.says("บันทึก")
    assert saved.key == "changes.saved"
    assert agency.measures.get("m3").when == "1 ต.ค. 2569 - 31 ธ.ค. 2570"
    assert agency.measures.get("m3").period == "ตลอดปีงบประมาณ"  # as it was printed
    assert history(agency, "m3") == [({"period": "ตลอดปีงบประมาณ"}, {"period": "1 ต.ค. 2569 - 31 ธ.ค. 2570"})]
    assert secretary.says("ขยายถึงไหนแล้ว").key == "help.not_understood"  # the question is over


def test_an_extended_measure_is_due_again(agency, secretary):
    reported(agency, "m3", "u2", date(2027, 9, 30))
    assert agency.obligations.get("m3.u2").due is None
    change(secretary, "m3", "extension", "ถึง ธ.ค. 2570")
    assert secretary.says("บันทึก").bubbles[1].facts == {"due": date(2027, 11, 1)}
    assert agency.obligations.get("m3.u2").slot == date(2027, 10, 31)


CHANGES = [
    ("title", "  ชื่อ  ใหม่ ", "title", "ชื่อ ใหม่"),
    ("method", "ประชุมทุกเดือน", "method", "ประชุมทุกเดือน"),
    ("period", "ม.ค. - มี.ค. 2570", "settled_period", "ม.ค. - มี.ค. 2570"),
    ("follow_up", "ทุกไตรมาส", "settled_follow_up", "ทุกไตรมาส"),
    ("target", "๓ กระบวนงาน", "target", Target(3, "กระบวนงาน")),
    ("indicators", "7, ๑๐ และ 7", "indicators", (7, 10)),
]


@pytest.mark.parametrize(("part", "said", "field", "kept"), CHANGES)
def test_each_part_is_changed_and_what_it_was_is_kept(agency, secretary, part, said, field, kept):
    before = agency.measures.get("m2")
    assert change(secretary, "m2", part, said).key == "changes.sure"
    assert secretary.says("ใช่").key == "changes.saved"
    assert agency.measures.get("m2") == replace(before, **{field: kept})
    ((was, now),) = history(agency, "m2")
    assert (was.keys(), now.keys()) == ({part}, {part})
    assert was != now
    assert {entry.by for entry in agency.history.kept} == {"me"}


def test_the_history_shows_what_it_was_and_what_it_is(secretary):
    change(secretary, "m2", "title", "ชื่อใหม่")
    secretary.says("บันทึก")
    secretary.taps("measures.history", id="m2")
    assert "ชื่อมาตรการ: มาตรการที่ 2 เผยแพร่ข้อมูลต่อสาธารณะ → ชื่อใหม่" in secretary.words


@pytest.mark.parametrize(("part", "said", "refused"), [
    ("title", "   ", "changes.say_something"), ("title", "ก" * 501, "changes.too_long"), ("period", "เร็ว ๆ นี้", "changes.no_days"),
    ("follow_up", "ตามความเหมาะสม", "changes.no_days"), ("extension", "ถึง มี.ค. 2570", "changes.not_later"),
    ("extension", "อีกสักพัก", "changes.no_days"), ("target", "หลายกระบวนงาน", "changes.no_target"), ("target", "0 เรื่อง", "changes.no_target"),
    ("indicators", "11", "changes.no_indicator"), ("indicators", "ไม่มี", "changes.no_indicator"),
    ("title", "มาตรการที่ 2 เผยแพร่ข้อมูลต่อสาธารณะ", "changes.same"), ("follow_up", "ทุกเดือน", "changes.same"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_asked_again(agency, secretary, part, said, refused):
    before = everything(agency)
    assert change(secretary, "m2", part, said).key == refused
    good = {kind: value for kind, value, _, _ in CHANGES} | {"extension": "ถึง ธ.ค. 2570"}
    assert secretary.says(good[part]).key == "changes.sure"
    assert everything(agency) == before


def test_nothing_is_saved_without_a_yes(agency, secretary):
    before = everything(agency)
    change(secretary, "m2", "title", "ชื่อใหม่")
    assert secretary.says("ไม่แน่ใจ").key == "changes.not_confirmed"
    assert secretary.says("ยกเลิก").key == "help.cancelled"
    assert everything(agency) == before


def test_cadences_are_offered_and_tapped(agency, secretary):
    asked = secretary.taps("changes.part", id="m2", part="follow_up")
    assert secretary.offered(asked)[:3] == ["ทุกเดือน", "ทุกไตรมาส", "ทุก 6 เดือน"]
    assert secretary.says("ทุก 6 เดือน").key == "changes.sure"
    secretary.says("บันทึก")
    assert agency.obligations.get("m2.u2").slot == date(2027, 3, 31)


def test_in_english_the_offered_cadences_mean_the_same(agency):
    talk = talking(agency, Role.EXECUTIVE, language="en")
    talk.taps("changes.part", id="m2", part="follow_up")
    talk.says("Every quarter")
    talk.says("Save")
    assert agency.measures.get("m2").cadence == "ทุกไตรมาส"


def test_a_number_that_no_measure_has_is_asked_again(secretary):
    secretary.says("แก้ไขมาตรการ")
    assert secretary.says("99").key == "changes.no_such"
    assert secretary.says("สาม").key == "changes.no_such"
    assert secretary.says("ข้อ ๓").key == "changes.as_it_stands"


# ── what is not known yet


def test_the_cadence_of_all_that_have_none_is_set_at_once(vague, secretary):
    listed = secretary.taps("changes.unsettled", gap="dates")
    assert len(listed.bubbles[0].rows) == 3
    assert secretary.says("ตั้งรอบรายงาน").facts == {"count": 3}
    assert secretary.says("ทุกไตรมาส").facts == {"count": 3, "left": 0}
    assert {vague.obligations.get(f"m{no}.u2").slot for no in (6, 7, 8)} == {date(2026, 12, 31)}
    assert secretary.says("ตั้งรอบรายงาน").key == "changes.nothing_unsettled"
    assert secretary.taps("changes.unsettled", gap="dates").key == "changes.nothing_unsettled"
    assert len(history(vague, "m6")) == 1


def test_the_cadence_of_one_is_settled_from_the_list(vague, secretary):
    listed = secretary.taps("changes.unsettled", gap="dates")
    assert secretary.taps(listed.taps[0]).key == "changes.ask_follow_up"
    secretary.says("ทุกเดือน")
    secretary.says("บันทึก")
    assert len(secretary.taps("changes.unsettled", gap="dates").bubbles[0].rows) == 2


def test_a_measure_that_is_nobodys_is_given_to_a_unit(vague, secretary):
    enrol(vague, "h3", Role.HEAD, unit="u3")
    listed = secretary.taps("changes.unsettled", gap="owner")
    assert secretary.taps(listed.taps[0]).key == "handover.to_whom"
    assert secretary.says("กองช่าง").key == "handover.sure"
    saved = secretary.says("บันทึก")
    assert [notice.to.id for notice in saved.notices] == ["h3"]
    (duty,) = vague.obligations.of_measure("m9")
    assert (duty.unit, duty.due) == ("u3", date(2027, 1, 4))  # 31 December is a holiday
    assert history(vague, "m9", Deed.MOVED) == [({"unit": ""}, {"unit": "กองช่าง"})]


def test_a_long_list_has_pages(vague, secretary):
    plan = [a_measure(no, plan_year=2570, owners=("กองคลัง",), follow_up="ทุกเดือน") for no in range(10, 30)]
    keep_plan(vague, plan, UNITS, date(2026, 10, 1))
    seen, page = set(), secretary.taps("changes.unsettled", gap="indicators")
    while True:
        seen |= {row.label.facts["title"] for row in page.bubbles[0].rows}
        onward = [tap for tap in page.taps if "page" in getattr(tap, "values", {})]
        if not onward:
            break
        page = secretary.taps(onward[0])
    assert len(seen) == 24


# ── who may


def test_what_is_to_be_asked_about_the_days_is_told(vague, secretary):
    listed = secretary.taps("changes.unsettled", gap="dates")
    assert "period.ask_empty" in [told.key for row in listed.bubbles[0].rows for told in row.value]


def test_where_the_follow_up_is_clear_the_period_is_asked_for(agency, secretary):
    keep_plan(
        agency,
        [a_measure(6, plan_year=2570, owners=("กองคลัง",), period="1 - 5 ม.ค. 2570", follow_up="ทุกไตรมาส")],
        UNITS,
        WHEN,
    )
    listed = secretary.taps("changes.unsettled", gap="dates")
    assert secretary.taps(listed.taps[0]).key == "changes.ask_period"


def test_on_a_computer_everything_can_be_typed(agency, secretary):
    secretary.says("แก้ไขมาตรการ")
    secretary.says("2")
    assert secretary.says("งบประมาณ").key == "changes.which_part"
    assert secretary.says("เป้าหมาย").key == "changes.ask_target"
    assert secretary.says("ย้ายมาตรการ").key == "changes.which"
    assert secretary.says("2").key == "handover.to_whom"
    assert secretary.says("ยกเลิกมาตรการ").key == "changes.which"
    assert secretary.says("99").key == "changes.no_such"
    assert secretary.says("2").key == "cancellation.why"


@pytest.mark.parametrize("step", ["changes.start", "handover.start", "cancellation.start"])
def test_without_a_plan_there_is_nothing_to_change(step):
    from tests.fakes import an_agency

    assert talking(an_agency(), Role.EXECUTIVE).taps(step).key == "measures.none"
