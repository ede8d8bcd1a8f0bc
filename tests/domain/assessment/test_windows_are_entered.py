"""What an agency enters must be able to be a window; each way in which it cannot is said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.assessment.entering import AFTERWARDS, ENTERED, LONGEST, entered, keep, phase_named, remove, same
from itadomain.assessment.printed import Faulty, any_day_said, phases_said, sentence_said, windows_in
from itadomain.assessment.windows import Phase, over
from itadomain.documents.shape import Document, Place, Table
from itadomain.fiscal import first_day, fiscal_year_of, last_day
from itadomain.refusals import Refusal
from tests.fakes import TODAY, MemoryStore

FIRST, LAST = date(2027, 4, 1), date(2027, 6, 30)


def test_the_year_is_that_of_the_first_day_and_a_past_window_may_be_looked_back_at():
    window = entered(Phase.EIT, FIRST, LAST, TODAY, by="p1", note=" หนังสือ  ป.ป.ช. ")
    assert (window.fiscal_year, window.own, window.source, window.by, window.on) == (
        2570,
        True,
        "หนังสือ ป.ป.ช.",
        "p1",
        TODAY,
    )
    past = entered(Phase.EIT, date(2026, 4, 1), date(2026, 6, 30), TODAY)
    assert (past.fiscal_year, over(past, TODAY)) == (2569, True)


@pytest.mark.parametrize(("first", "last", "year", "key"), [
    (LAST, FIRST, None, "assessment.ends_before_it_starts"),
    (FIRST, LAST, 2571, "assessment.out_of_year"),
    (FIRST, LAST, 2568, "assessment.out_of_year"),
    (date(2040, 4, 1), date(2040, 6, 1), None, "assessment.which_year"),
    (date(2010, 4, 1), date(2010, 6, 1), None, "assessment.which_year"),
    (date(2026, 10, 1), date(2027, 9, 30), None, "assessment.too_long"),
])  # fmt: skip
def test_what_cannot_be_a_window_is_refused(first, last, year, key):
    with pytest.raises(Refusal) as refused:
        entered(Phase.EIT, first, last, TODAY, year=year)
    assert refused.value.key == key


def test_a_long_note_is_refused():
    with pytest.raises(Refusal, match="note_too_long"):
        entered(Phase.EIT, FIRST, LAST, TODAY, note="ก" * 201)


@given(
    st.dates(date(2015, 1, 1), date(2035, 1, 1)),
    st.integers(-300, 400),
    st.sampled_from(ENTERED),
    st.integers(2560, 2575),
)
def test_whatever_is_entered_is_a_window_of_its_year_or_refused(first, long, phase, year):
    last = first + timedelta(days=long)
    try:
        window = entered(phase, first, last, TODAY, year=year)
    except Refusal:
        return
    assert window.first <= window.last <= window.first + LONGEST
    assert first_day(year) <= window.first
    assert window.last <= last_day(year) + AFTERWARDS
    assert 2562 <= year <= fiscal_year_of(TODAY) + 2


def test_the_whole_assessment_is_no_window_to_enter():
    for name in ("whole", "", "oit2", "ตอบ"):
        with pytest.raises(Refusal, match="which_phase"):
            phase_named(name)
    assert [phase_named(one.value) for one in ENTERED] == list(ENTERED)


def test_keeping_tells_what_counted_before_and_removing_brings_it_back():
    store = MemoryStore()
    one = entered(Phase.RESULTS, date(2025, 8, 20), date(2025, 8, 20), TODAY)
    before = keep(store, one)
    assert (before.first, before.own) == (date(2025, 8, 15), False)
    again = keep(store, entered(Phase.RESULTS, date(2025, 8, 21), date(2025, 8, 21), TODAY, by="p9"))
    assert same(again, one)
    assert remove(store, 2568, Phase.RESULTS).by == "p9"
    with pytest.raises(Refusal, match="nothing_entered"):
        remove(store, 2568, Phase.RESULTS)


# ── from a sentence and from a file


@pytest.mark.parametrize(("said", "whole"), [
    ("EIT 1 เม.ย. 70 ถึง 30 มิ.ย. 70", (Phase.EIT, FIRST, LAST)),
    ("ตอบแบบวัด EIT ๑ เม.ย. - ๓๐ มิ.ย. ๒๕๗๐", (Phase.EIT, FIRST, LAST)),
    ("ประกาศผล 15 ส.ค. 2570", (Phase.RESULTS, date(2027, 8, 15), date(2027, 8, 15))),
    ("EIT", None), ("1 เม.ย. 70 ถึง 30 มิ.ย. 70", None), ("IIT และ EIT 1 เม.ย. 70 ถึง 30 มิ.ย. 70", None),
])  # fmt: skip
def test_a_whole_window_in_one_sentence(said, whole):
    assert sentence_said(said, TODAY) == whole


@pytest.mark.parametrize(("said", "day"), [
    ("2022-03-01", date(2022, 3, 1)), ("1 มี.ค. 2565", date(2022, 3, 1)), ("๑/๓/๖๕", date(2022, 3, 1)), ("1 เม.ย.", date(2027, 4, 1)),
    ("1 เม.ย. 70", date(2027, 4, 1)), ("1 ต.ค. 2564", date(2021, 10, 1)), ("1 ธ.ค. 2590", date(2047, 12, 1)), ("2022-02-30", None),
    ("30 ก.พ. 2565", None), ("ก", None), ("", None), ("99", None), ("x 2599", None),
])  # fmt: skip
def test_a_day_of_any_year_is_understood(said, day):
    try:
        assert any_day_said(said, TODAY) == day
    except Refusal:
        assert day is None


def a_file(*rows, headings=("ช่วง", "วันเริ่ม", "วันสิ้นสุด", "หมายเหตุ")):
    return Document("calendar.csv", [Table([headings, *rows], Place(table=1))])


def test_a_file_brings_windows_two_phases_of_one_row_too():
    found = windows_in(
        a_file(
            ("IIT และ EIT", "1 เม.ย. 2570", "2027-06-30", "ประกาศ"), ("", "", "", ""), ("ประกาศผล", "๑๕/๘/๒๕๗๐", "", "")
        ),
        TODAY,
    )
    assert [(one.phase, one.first, one.last, one.source) for one in found] == [
        (Phase.IIT, FIRST, LAST, "ประกาศ"), (Phase.EIT, FIRST, LAST, "ประกาศ"),
        (Phase.RESULTS, date(2027, 8, 15), date(2027, 8, 15), ""),
    ]  # fmt: skip


def test_english_headings_and_a_year_of_its_own_serve_too():
    rows = [("eit", "2026-04-01", "2026-06-30", "2569")]
    (found,) = windows_in(a_file(*rows, headings=("phase", "first", "last", "year")), TODAY, 2570)
    assert (found.fiscal_year, found.phase) == (2569, Phase.EIT)


def test_one_faulty_row_refuses_the_file_and_every_fault_is_told_with_its_row():
    with pytest.raises(Faulty) as refused:
        windows_in(a_file(
            ("EIT", "1 เม.ย. 2570", "30 มิ.ย. 2570", ""), ("OIT", "31 ก.พ. 2570", "", ""), ("ประชุม", "1 เม.ย. 2570", "", ""),
            ("OIT", "1 เม.ย. 2570", "1 มี.ค. 2570", ""), ("EIT", "2 เม.ย. 2570", "", ""),
        ), TODAY)  # fmt: skip
    assert [(one.place.row, one.why.key) for one in refused.value.faults] == [
        (3, "assessment.no_day"), (4, "assessment.which_phase"), (5, "assessment.ends_before_it_starts"), (6, "assessment.named_twice"),
    ]  # fmt: skip


def test_a_file_without_such_a_table_is_refused():
    with pytest.raises(Refusal, match="no_table"):
        windows_in(a_file(headings=("เรื่อง", "คำตอบ")), TODAY)
    with pytest.raises(Refusal, match="no_table"):
        windows_in(a_file(), TODAY)


@given(st.lists(st.tuples(*(st.text(max_size=12) for _ in range(3))), max_size=6))
def test_whatever_a_file_holds_it_is_kept_or_refused(rows):
    try:
        windows_in(a_file(*((*row, "") for row in rows)), TODAY)
    except (Refusal, Faulty):
        return


@pytest.mark.parametrize(
    ("said", "phases"),
    [("eit", [Phase.EIT]), ("OIT ", [Phase.OIT]), ("ตอบแบบวัด IIT", [Phase.IIT]), ("results", [Phase.RESULTS])],
)
def test_a_phase_is_named_by_its_code_or_in_words(said, phases):
    assert phases_said(said) == phases
