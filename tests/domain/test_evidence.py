"""What counts as evidence in words, how large it may be, and what becomes of what is taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.evidence import (
    LONGEST_TEXT,
    MB,
    Copy,
    Evidence,
    Kind,
    Stage,
    filling_up,
    is_filed,
    is_time,
    link,
    link_in,
    live,
    must_fit,
    place,
    slots_open,
)  # fmt: skip
from itadomain.fiscal import FiscalYear
from itadomain.measures import Standing
from itadomain.progress import COUNTING, Approval, Report
from itadomain.refusals import Refusal

DAY = date(2026, 11, 20)
ONE = Evidence("e1", "p1", Kind.FILE, DAY, name="a.pdf", said="", message="m")
REPORT = Report("r", "m.u", "m", "u", FiscalYear(2570), DAY, "p1", Standing.WORKING, "ทำแล้ว", slot=DAY)


@pytest.mark.parametrize(
    "text", ["https://example.go.th", "https://example.go.th/a?b=1#c ", " https://xn--o3cw4h.th/x"]
)
def test_a_web_address_is_a_link(text):
    assert link(text) == text.strip()


@pytest.mark.parametrize("text", [
    "http://example.go.th", "example.go.th", "https://", "https://localhost", "ดู https://a.th", "https://a.th b", "javascript:1",
    "https://ตัวอย่าง.ไทย", "https://a.th/" + "x" * LONGEST_TEXT, "",
])  # fmt: skip
def test_anything_else_is_none(text):
    assert link(text) == ""


def test_a_link_is_found_in_a_sentence():
    assert link_in("ข่าวอยู่ที่ https://a.go.th/1 และ https://b.go.th") == "https://a.go.th/1"
    assert link_in("ไม่มีลิงก์") == ""


@pytest.mark.parametrize("text", [
    "20 พ.ย. 69", "วันที่ ๒๐ พฤศจิกายน ๒๕๖๙ เวลา ๑๔.๓๐ น.", "09:00", "20/11/2569", "เมื่อวานนี้", "บ่าย 2 โมง", "3 ทุ่ม", "today at 5 pm", "กุมภาพันธ์ 5 กุมภาพันธ์",
])  # fmt: skip
def test_a_day_or_a_time_of_day_is_a_time(text):
    assert is_time(text)


@pytest.mark.parametrize(
    "text", ["", "ประชุมแล้ว", "ผู้เข้าร่วม 20 คน", "มาตรการ 3", "12.500", "x" * (LONGEST_TEXT + 1) + "09:00"]
)
def test_a_number_alone_is_none(text):
    assert not is_time(text)


@given(st.text(max_size=600))
def test_no_text_is_too_odd_to_be_asked_about(text):
    assert is_time(text) in {True, False}
    assert link_in(text) == "" or link(link_in(text))


@pytest.mark.parametrize(
    ("kind", "most"), [(Kind.PHOTO, 10 * MB), *((kind, 50 * MB) for kind in Kind if kind is not Kind.PHOTO)]
)
def test_each_kind_has_its_limit(kind, most):
    must_fit(kind, most)
    with pytest.raises(Refusal) as no:
        must_fit(kind, most + 1)
    assert no.value.facts == {"most": most // MB}


def test_a_place_is_told_in_words_and_figures():
    assert place("", "หมู่ 1", 8.5, 98.25) == "หมู่ 1 · 8.50000, 98.25000"
    assert len(place("ก" * 999, "", 0, 0)) == LONGEST_TEXT


# ── taken back


@given(stage=st.sampled_from(Stage))
def test_what_is_filed_is_hidden_with_its_copy_and_the_rest_leaves_no_words(stage):
    one = replace(ONE, stage=stage, copy=Copy("a" * 64, 1, "x"), said="ที่ใด")
    hidden, gone = one.taken_back(filed=True), one.taken_back(filed=False)
    assert (hidden.stage, hidden.name, hidden.copy) == (Stage.HIDDEN, "a.pdf", one.copy)
    assert (gone.stage, gone.name, gone.said) == (Stage.GONE, "", "")
    assert not hidden.live
    assert live([hidden, gone, ONE]) == (ONE,)


@pytest.mark.parametrize("approval", Approval)
def test_only_a_report_that_counts_rests_on_evidence(approval):
    report = replace(REPORT, approval=approval, decided_on=DAY)
    assert is_filed(ONE, [report]) is (approval in COUNTING)
    assert not is_filed(ONE, [replace(report, replaced_by="r2")])


@given(st.integers(-30, 30))
def test_a_report_rests_on_what_was_there_when_it_was_decided(days):
    report = replace(REPORT, approval=Approval.APPROVED, decided_on=DAY + timedelta(days=days))
    assert is_filed(ONE, [report]) is (days >= 0)


def test_a_report_that_nobody_asked_to_approve_counts_from_when_it_was_made():
    assert is_filed(ONE, [replace(REPORT, approval=Approval.OWN)])
    assert not is_filed(ONE, [replace(REPORT, approval=Approval.OWN, made_on=DAY - timedelta(days=1))])


def test_something_may_be_attached_to_what_is_not_decided_and_to_what_comes_next():
    coming, older = DAY + timedelta(days=90), DAY - timedelta(days=90)
    reports = [
        REPORT, replace(REPORT, slot=older, approval=Approval.RETURNED), replace(REPORT, slot=None, approval=Approval.APPROVED),
        replace(REPORT, slot=date(2020, 1, 1), replaced_by="r9"),
    ]  # fmt: skip
    assert slots_open(reports, coming) == (coming, DAY, older)
    assert slots_open([REPORT], DAY) == (DAY,)
    assert slots_open([], None) == (None,)


# ── room


@given(sizes=st.lists(st.integers(0, 40), max_size=30), most=st.integers(1, 500))
def test_scarce_room_is_said_once_on_the_way_up(sizes, most):
    total, said = 0, 0
    for size in sizes:
        said += filling_up(total, total + size, most)
        total += size
    assert said == (total >= most * 0.8)
