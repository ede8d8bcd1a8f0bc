"""The scripts of the service points and of the sample meter."""

from datetime import date, timedelta

import pytest

from handlers.kit import Link
from itadomain.assessment.windows import Phase, Window
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument
from itadomain.surveys import opening, points
from itadomain.surveys.survey import Cell, Kind, Mark, Standing
from tests.fakes import TODAY


def test_the_script_a_service_point_is_made_with_its_posters(store, admin, tap):
    none = admin.says("จุดบริการแบบสำรวจ")
    assert none.key == "service_points.none"
    assert tap(admin, none, "เพิ่มจุดบริการ").key == "service_points.which_name"
    assert admin.says("ก").key == "service_points.no_name"
    assert admin.says("เคาน์เตอร์จัดเก็บรายได้").key == "service_points.which_unit"
    assert admin.says("กองอวกาศ").key == "picking.which_unit"
    made = admin.says("กองคลัง")
    (point,) = store.surveys.points()
    assert (made.key, made.facts) == ("service_points.added", {"name": point.name, "code": point.code})
    assert (point.name, point.unit) == ("เคาน์เตอร์จัดเก็บรายได้", "u2")
    card = made.bubbles[1]
    assert [one.uri for one in card.taps if isinstance(one, Link)] == [
        f"paper:poster:{point.code}:{kind}" for kind in ("a4:pdf", "a4:png", "a6:pdf", "a6:png")
    ]
    assert points.link("@bangsommut", point.code) in [row.value for row in card.rows]
    assert f"ตอบแบบสำรวจ {point.code}" in admin.words


def test_without_the_name_of_the_account_no_link_is_made_up(store, admin):
    store.settings.put("account", "")
    code = points.add(store, "งานทะเบียน").code
    admin.taps("service_points.one", code=code)
    assert "ยังไม่ทราบชื่อบัญชีไลน์" in admin.words
    assert "line.me" not in admin.words


def test_a_service_point_is_closed_after_a_yes(store, admin, tap):
    code = points.add(store, "งานทะเบียน", "u1").code
    one = tap(admin, admin.taps("service_points.all"), "งานทะเบียน")
    assert tap(admin, one, "ปิดจุดนี้").key == "service_points.really_close"
    assert admin.answers("yes").key == "service_points.is_closed"
    assert admin.taps("service_points.one", code=code).key == "service_points.unknown"
    assert admin.taps("service_points.all").key == "service_points.none"


def test_a_head_sees_those_of_the_own_unit(store, talks):
    own, other = points.add(store, "งานจัดเก็บ", "u2").code, points.add(store, "งานช่าง", "u3").code
    head = talks("h2")
    listed = head.taps("service_points.all")
    assert (listed.facts, "งานช่าง" in head.words) == ({"count": 1}, False)
    assert "เพิ่มจุดบริการ" not in head.offered(listed)
    assert "ปิดจุดนี้" not in head.offered(head.taps("service_points.one", code=own))
    assert head.taps("service_points.one", code=other).key == "service_points.unknown"
    assert talks("s2").taps("service_points.all").key == "administration.secretariat_only"


def test_many_points_are_on_pages(store, admin, tap):
    for no in range(25):
        points.add(store, f"จุดบริการหมายเลข {no:02}")
    first = admin.taps("service_points.all")
    second = tap(admin, first, "ถัดไป")
    assert "จุดบริการหมายเลข 10" in admin.words
    tap(admin, second, "ก่อนหน้า")
    assert "จุดบริการหมายเลข 00" in admin.words


def window(store, phase=Phase.EIT, first=TODAY, last=TODAY + timedelta(29)):
    store.windows.save(Window(FiscalYear(2570), phase, first, last))


def samples(store, instrument=Instrument.EIT):
    return [(one.on, one.answered, one.wanted, one.by) for one in store.surveys.samples(2570, instrument)]


def test_the_script_one_sentence_enters_the_count_of_the_day(store, talks):
    window(store)
    talks("a1").says("ITAS 10/300")
    secretary = talks("k1", today=TODAY + timedelta(1))
    told = secretary.says("itas ๒๐/๓๐๐")
    assert told.key == "sample_meter.kept"
    assert samples(store) == [(TODAY, 10, 300, "a1"), (TODAY + timedelta(1), 20, 300, "k1")]
    assert "20 จาก 300" in secretary.words
    assert "ประมาณวันที่ 19 ธ.ค. 2569" in secretary.words
    assert "ITAS คำนวณจากจำนวนผู้มีส่วนได้ส่วนเสีย" in secretary.words


def test_it_is_entered_in_two_steps(store, admin):
    assert admin.says("บันทึกยอด ITAS").key == "sample_meter.which"
    assert admin.says("OIT").key == "sample_meter.which_instrument"
    assert admin.says("iit").key == "sample_meter.how_many"
    assert admin.says("ยี่สิบ").key == "sample_meter.which_numbers"
    assert admin.says("20 จาก 40").key == "sample_meter.kept"
    assert samples(store, Instrument.IIT) == [(TODAY, 20, 40, "a1")]
    admin.taps("sample_meter.enter")
    admin.answers("IIT")
    assert admin.says("25").key == "sample_meter.kept", "how many are wanted is known by now"
    assert samples(store, Instrument.IIT) == [(TODAY, 25, 40, "a1")]


def test_a_count_that_falls_is_asked_about(store, talks):
    talks("a1").says("ITAS 120/300")
    admin = talks("a1", today=TODAY + timedelta(1))
    asked = admin.says("ITAS 90/300")
    assert asked.key == "sample_meter.is_it_right"
    assert "120 จาก 300" in admin.words
    assert len(samples(store)) == 1
    assert admin.answers("yes").key == "sample_meter.kept"
    assert samples(store)[-1][1] == 90


def test_nobody_else_enters_it(store, talks):
    assert talks("s2").says("ITAS 120/300").key != "sample_meter.kept"
    assert talks().says("ITAS 120/300").key != "sample_meter.kept"
    assert not store.surveys.shown


@pytest.mark.parametrize("said", ["ITAS 5/0", "ITAS 99999999999/300"])
def test_a_count_that_cannot_be_is_refused(store, admin, said):
    assert admin.says(said).key == "sample_meter.which_numbers"
    assert not store.surveys.shown


def test_what_is_unknown_is_told_as_unknown(store, admin):
    admin.says("ITAS 120/300")
    assert "ยังบอกไม่ได้ ต้องมียอดอย่างน้อย 2 วัน" in admin.words
    admin.taps("sample_meter.now")
    assert "ยังไม่ได้บันทึกยอด" in admin.words


def test_at_this_pace_it_will_be_too_late(store, talks):
    window(store)
    talks("a1").says("ITAS 1/300")
    admin = talks("a1", today=TODAY + timedelta(4))
    admin.says("ITAS 5/300")
    assert "จะไม่ครบก่อนวันปิด" in admin.words
    assert "12 คน" in admin.words, "295 in 26 days"


def test_our_own_round_stands_beside_it_and_few_are_not_told(store, admin):
    made = opening.open_survey(store, Kind.OUTSIDERS, 2570, by="a1", today=TODAY)
    at, other = points.add(store, "งานจัดเก็บ", "u2").code, points.add(store, "งานช่าง", "u3").code
    for no in range(11):
        store.participation.save(made.id, f"p{no}", Mark(Standing.ANSWERED, TODAY))
    month = date(2026, 11, 1)
    store.ballots.save_cells([Cell(made.id, at, month, 7), Cell(made.id, other, month, 4)])
    shown = admin.taps("sample_meter.now")
    rows = {admin.voice(row.label): admin.voice(row.value) for row in shown.bubbles[0].rows}
    assert rows["รอบซ้อมของเรา ตอบแล้ว"] == "10 คน", "of the eleven, as all figures: at every fifth"
    assert (rows["กองคลัง"], rows["งานจัดเก็บ"]) == ("7 คน", "7 คน")
    assert (rows["กองช่าง"], rows["งานช่าง"]) == ("น้อยกว่า 5 คน", "น้อยกว่า 5 คน")


def test_a_head_whose_unit_has_no_point_hears_who_adds_one(talks):
    head = talks("h2")
    reply = head.taps("service_points.all")
    assert reply.key == "service_points.none_of_unit"
    assert "สำนักปลัด" in head.words
    assert head.offered(reply) == ["จัดการแบบสำรวจ"]


@pytest.mark.parametrize("key", ["s2", "h2", "x1"])
def test_who_works_here_and_enters_no_count_hears_who_does(store, talks, key):
    assert talks(key).says("ITAS 120/300").key == "administration.secretariat_only"
    assert talks().says("ITAS 120/300").key != "administration.secretariat_only"
    assert not store.surveys.samples(2570, Instrument.EIT)
