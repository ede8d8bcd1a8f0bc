"""Printed periods and follow-ups become days: a table of wordings, and rules that hold for any text."""

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from itadomain.fiscal import first_day, last_day
from itadomain.periods import Doubt, Span, follow_up, period

TABLE = Path(__file__).with_name("period_wordings.tsv")
DEVELOPMENT = Path(__file__).resolve().parents[3] / "shared" / "thai" / "periods_dev.tsv"
YEAR = 2567
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
#: Pieces that real wordings are made of, and some that break them.
PIECES = st.sampled_from([
    "ม.ค.", "มี.ค", "กุมภาพันธ์", "ตุลาคม", "ก.ย.", "ธค.", "66", "๖๗", "2567", "พ.ศ. ๒๕๖๗", "2024", "31", "1", "15", "-", "–", "ถึง",
    "จนถึง", "และ", ",", "/", "หรือ", "ภายใน", "ก่อน", "สิ้น", "สิ้นเดือน", "ตั้งแต่", "เป็นต้นไป", "เริ่ม", "วันที่", "เดือน", "ของทุกเดือน",
    "ไตรมาส", "ไตรมาสที่ 2", "Q3", "ปีงบประมาณ", "ปี", "ตลอดปี", "ทั้งปี", "ปีปฏิทิน", "ครึ่งปีแรก", "6 เดือนหลัง", "รอบ 6 เดือน", "รอบ 12 เดือน",
    "ทุก", "ทุกเดือน", "ทุกไตรมาส", "ทุก 3 เดือน", "ปีละ 2 ครั้ง", "เดือนละครั้ง", "สัปดาห์ละ 1 ครั้ง", "ทุกวันจันทร์", "ทุกวันที่ 5", "เดือนถัดไป",
    "30 วัน", "7 วันทำการ", "3 เดือน", "หลังดำเนินการแล้วเสร็จ", "หลังสิ้นไตรมาส", "เป็นระยะ", "ต่อเนื่อง", "ประจำปี", "ภาคเรียนที่ 1", "บัดนี้",
    "ประชุมพนักงาน", "(", ")", " ", "x", "รายงานผล", "31/12/2567", "0", "99/99/9999", "กลางเดือน",
])  # fmt: skip
WORDINGS = st.lists(PIECES, max_size=7).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda by: by.join(parts)))
PLAN_YEARS = st.none() | st.integers(2550, 2600)


def rows(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def days_of(one):
    """The parts of a period, or the days that it names, as the tables write them."""
    return " ".join([f"{span.start}..{span.end}" for span in one.segments] or [str(day) for day in one.due])


def answer(kind, wording, year, span=None):
    """Start, end, parts or due days, and the question of one wording."""
    if kind == "period":
        one = period(wording, year)
        return [str(one.start or ""), str(one.end or ""), days_of(one), str(one.doubt.code if one.doubt else "")]
    one = follow_up(wording, year, span)
    return ["", "", " ".join(map(str, one.slots)), str(one.doubt.code if one.doubt else "")]


def told(one):
    """All that is said of a wording but the wording itself."""
    return {name: value for name, value in vars(one).items() if name != "wording"}


@pytest.mark.parametrize(("kind", "wording", "year", "expected"), [(*row[:3], row[3:]) for row in rows(TABLE)])
def test_a_wording_means_its_days(kind, wording, year, expected):
    assert answer(kind, wording, int(year) if year else None) == expected


def test_the_table_is_large():
    assert len({row[1] for row in rows(TABLE)}) >= 200


@pytest.mark.skipif(not DEVELOPMENT.exists(), reason="the wordings that were given are not here")
def test_every_wording_that_was_given_is_read_as_given():
    wrong = []
    for kind, raw, year, start, end, segments, due, source, *_ in rows(DEVELOPMENT):
        fiscal = int(year) if year else None
        printed = source.partition("(period ")[2].rstrip(")")
        span = period(printed, fiscal).span if printed and "whole" not in printed else None
        expected = [start, end, segments] if kind == "period" else ["", "", due]
        if (found := answer(kind, raw, fiscal, span)[:3]) != expected:
            wrong.append((raw, found, expected))
    assert wrong == []


@given(st.text(max_size=60) | WORDINGS, PLAN_YEARS | st.integers())
@example("ก" * 5000, 2567)
@example("9" * 400 + " เดือน", 2567)
def test_no_text_whatever_is_too_much(text, year):
    one, other = period(text, year), follow_up(text, year)
    assert (one.wording, other.wording) == (text, text)


@given(WORDINGS, PLAN_YEARS)
def test_a_wording_gives_days_or_a_question(wording, year):
    one, other = period(wording, year), follow_up(wording, year)
    assert one.end or one.doubt
    assert other.due or other.doubt or other.cadence in {"weekly", "daily"}


@given(WORDINGS, PLAN_YEARS)
def test_no_period_ends_before_it_starts(wording, year):
    one = period(wording, year)
    assert one.start is None or one.end is None or one.start <= one.end
    assert all(part.start <= part.end and one.start <= part.start and part.end <= one.end for part in one.segments)


@given(WORDINGS, st.integers(2550, 2600))
def test_what_names_no_year_stays_in_the_year_of_the_plan(wording, year):
    own = any(piece in wording for piece in ("66", "๖๗", "67", "2024", "9999", "30 วัน"))
    one = period(wording, year)
    if not own and not one.doubt and one.end and "3 เดือน" not in wording and "ปีปฏิทิน" not in wording:
        assert first_day(year) <= (one.start or one.end)
        assert one.end <= last_day(year)


@given(WORDINGS, PLAN_YEARS)
def test_thai_and_arabic_digits_mean_the_same(wording, year):
    thai = wording.translate(THAI_DIGITS)
    assert told(period(thai, year)) == told(period(wording, year))
    assert {**told(follow_up(thai, year)), "due": ()} == {**told(follow_up(wording, year)), "due": ()}
    assert follow_up(thai, year).due == follow_up(wording, year).due


@given(st.sampled_from([row[1] for row in rows(TABLE)]), st.sampled_from([" ", "  ", "\u200b", "\n", "\u00a0"]))
def test_white_space_around_words_changes_nothing(wording, blank):
    spread = f"{blank}{wording.replace(' ', f' {blank}')}{blank}"
    assert answer("period", spread, YEAR) == answer("period", wording, YEAR)
    assert answer("follow_up", spread, YEAR) == answer("follow_up", wording, YEAR)


@pytest.mark.parametrize(
    "wording", ["ประจำเดือน", "ดำเนินการตลอดปี", "ภายในสิ้นเดือนมีนาคม", "ทุกสิ้นไตรมาส", "ตั้งแต่เดือนมกราคมเป็นต้นไป"]
)
def test_what_scanners_lose_is_not_missed(wording):
    for lost in ("ำ", "่", "้", "็"):
        kept = wording.replace(lost, "า" if lost == "ำ" else "")
        assert answer("period", kept, YEAR) == answer("period", wording, YEAR)
        assert answer("follow_up", kept, YEAR) == answer("follow_up", wording, YEAR)
    assert answer("period", wording.replace("ำ", "ํา"), YEAR) == answer("period", wording, YEAR)


@pytest.mark.parametrize("code", Doubt)
def test_every_question_is_asked_by_some_wording(code):
    asked = {row[6] for row in rows(TABLE)} | {
        follow_up("ทุกไตรมาส", YEAR, Span(date(2024, 1, 1), date(2024, 1, 31))).doubt.code
    }
    assert code in asked


def test_a_wording_takes_well_under_a_millisecond():
    wordings = [row[1] for row in rows(TABLE)]
    took = []
    for _ in range(3):
        began = time.thread_time()
        for wording in wordings:
            period(wording, YEAR)
            follow_up(wording, YEAR)
        took.append((time.thread_time() - began) / len(wordings) / 2)
    assert min(took) < 0.001
