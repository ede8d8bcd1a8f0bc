"""What stands on the sheet of a meeting: nothing due is lost between two, and each resolution ends or is shown."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.fiscal import FiscalYear
from itadomain.measures import Obligation, Standing
from itadomain.meetings import Meeting
from itadomain.obstacles import Said, Side, answered, told
from itadomain.papers.meeting import Ask, agenda, meeting_days, next_meeting, shares, span_of
from itadomain.periods import MeetingKind
from itadomain.progress import Approval, Report
from itadomain.refusals import Refusal
from itadomain.resolutions import Act, Resolution, cancelled, changed, done, resolved
from itadomain.resolving import due_in, due_said, lines, unit_in
from tests.fakes import UNITS, MemoryStore, a_measure, a_person, an_agency, at_work

MET, NEXT = date(2026, 12, 4), date(2027, 1, 8)
DAY = timedelta(days=1)
BY = a_person(key="p1")
ONE = Resolution("r1", MET, 1, "ติดป้าย", "u1", date(2026, 12, 15), "p1")


def having(*days, kind=MeetingKind.STAFF, store=None):
    store = store or MemoryStore()
    for on in days:
        store.meetings.save(Meeting(kind, on.replace(day=1), on))
    return store


# ── as they are typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("กองช่างลอกท่อ\nกองคลังปิดงบ", ["กองช่างลอกท่อ", "กองคลังปิดงบ"]),
        ("1. ก\n2. ข\n๓) ค\nข้อ 4 ง\nมติที่ ๕: จ\n- ฉ\n• ช", ["ก", "ข", "ค", "ง", "จ", "ฉ", "ช"]),
        ("มติที่ประชุม ครั้งที่ 2\n1. ก\n   ต่อท้าย\n2. ข", ["ก ต่อท้าย", "ข"]),
        ("1.1 ก\n1.2 ข", ["ก", "ข"]),
        ("1.5 ล้านบาทให้โอน", ["ล้านบาทให้โอน"]),
        ("ใช้งบ 1.5 ล้านบาท", ["ใช้งบ 1.5 ล้านบาท"]),
        (" \n\n", []),
        ("1.\n2. ข", ["ข"]),
        ("ขอให้ทุกกองส่งงาน\n1. กองช่าง", ["ขอให้ทุกกองส่งงาน", "กองช่าง"]),
    ],
)
def test_a_list_is_read_as_it_is_pasted(typed, kept):
    if typed.startswith("1.5"):
        kept = ["ล้านบาทให้โอน"]  # a line that begins so is numbered: it is shown before it is kept
    assert lines(typed) == kept


@given(
    st.lists(
        st.text(alphabet="กขคงจ", min_size=3, max_size=9).filter(lambda word: len(set(word)) > 2),
        min_size=1,
        max_size=9,
    )
)
def test_no_line_of_a_numbered_list_is_lost(words):
    assert lines("\n".join(f"{no}. {word}" for no, word in enumerate(words, 1))) == lines("\n".join(words))


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("ให้กองช่างลอกท่อ", "กองช่าง"), ("สำนักงานปลัด จัดทำคำสั่ง", "สำนักปลัด"), ("กองคลังและกองช่างร่วมกัน", None),
        ("ทุกคนไม่รับของขวัญ", None), ("กองสาธารณสุขตรวจตลาด", None),
    ],
)  # fmt: skip
def test_the_one_unit_that_is_named_is_understood(said, unit):
    found = unit_in(said, UNITS)
    assert (found.id if found else None) == unit


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("ลอกท่อ ภายใน ๑๕ ธ.ค. ๖๙", date(2026, 12, 15)), ("ให้แล้วเสร็จภายในเดือนมกราคม 2570", date(2027, 1, 31)),
        ("ภายใน 30 วัน นับจากวันนี้", MET + 30 * DAY), ("ก่อนการประชุมครั้งต่อไป", NEXT), ("ภายในสิ้นเดือนหน้า", date(2027, 1, 31)),
        ("ภายใน 10 ต.ค.", date(2027, 10, 10)), ("ภายใน 1 ธ.ค. 69", None), ("โดยเร็ว", None), ("ภายในตลาดสด", None),
        ("ภายใน 2 สัปดาห์", MET + 14 * DAY), ("กำหนดส่ง 31 มีนาคม 2570 ให้ครบ", date(2027, 3, 31)),
    ],
)  # fmt: skip
def test_the_day_is_understood_as_people_say_days(said, due):
    assert due_in(said, MET, NEXT) == due


def test_the_next_meeting_is_no_day_while_nobody_knows_it():
    assert due_in("ก่อนการประชุมครั้งต่อไป", MET, None) is None
    with pytest.raises(Refusal, match=r"day\.which"):
        due_said("ประชุมครั้งหน้า", MET, None)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text):
    for line in lines(text):
        assert line.strip()
        due = due_in(line, MET, NEXT)
        assert due is None or due >= MET


# ── what becomes of one


@pytest.mark.parametrize(("changes", "key"), [
    ({"wording": " "}, "say_what"), ({"wording": "ก ข" * 300}, "too_long"), ({"due": MET - DAY}, "due_before"),
    ({"due": MET + 800 * DAY}, "due_too_far"),
])  # fmt: skip
def test_a_resolution_that_is_none_is_refused(changes, key):
    with pytest.raises(Refusal, match=rf"resolutions\.{key}"):
        resolved(replace(ONE, **changes))


@pytest.mark.parametrize("end", [done, cancelled])
def test_what_is_over_stays_so(end):
    over = end(ONE, BY, "เรียบร้อย", MET)
    assert not over.open
    assert not over.late_on(ONE.due + DAY)
    for act in (
        lambda: done(over, BY, "อีก", MET), lambda: cancelled(over, BY, "อีก", MET), lambda: changed(over, over, BY, "อีก", MET),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=r"resolutions\.is_over"):
            act()


def test_nothing_becomes_of_it_without_a_word():
    for act in (done, cancelled):
        with pytest.raises(Refusal, match=r"resolutions\.say_what"):
            act(ONE, BY, " \n", MET)
    with pytest.raises(Refusal, match=r"resolutions\.say_what"):
        changed(ONE, replace(ONE, due=NEXT), BY, "", MET)


# ── the sheet


def test_staff_and_monthly_meetings_have_sheets_and_councils_have_none():
    store = having(MET, NEXT)
    having(date(2026, 12, 20), kind=MeetingKind.COUNCIL, store=store)
    having(MET, kind=MeetingKind.MONTHLY, store=store)
    assert meeting_days(store, MET) == [MET, NEXT]
    assert (next_meeting(store, MET), next_meeting(store, MET + DAY)) == (MET, NEXT)


def test_meetings_around_the_turn_of_the_fiscal_year_are_known():
    store = having(date(2026, 9, 28), date(2026, 10, 5))
    assert meeting_days(store, date(2026, 10, 1)) == [date(2026, 9, 28), date(2026, 10, 5)]
    assert next_meeting(store, date(2026, 9, 30)) == date(2026, 10, 5)


@given(
    st.sets(st.dates(date(2026, 11, 1), date(2027, 8, 31)), min_size=2, max_size=8),
    st.dates(date(2026, 11, 1), date(2027, 8, 31)),
)
def test_a_day_between_two_meetings_is_of_one_sheet(days, due):
    ordered = sorted(days)
    spans = [span_of(ordered, on) for on in ordered]
    of = [one.on for one in spans if one.since < due <= one.on]
    if ordered[0] < due <= ordered[-1]:
        assert len(of) == 1
    assert all(one.since < one.on < one.until for one in spans)


@given(
    st.lists(st.dates(date(2026, 10, 1), date(2027, 8, 31)), min_size=1, max_size=6),
    st.sets(st.dates(date(2026, 12, 1), date(2027, 6, 30)), min_size=1, max_size=5),
    st.integers(-5, 5),
)
def test_nothing_that_is_due_until_the_next_meeting_is_on_no_sheet(dues, days, early):
    store = an_agency(*(a_measure(no, plan_year=FiscalYear(2570)) for no in range(1, len(dues) + 1)))
    for no, due in enumerate(dues, 1):
        store.obligations.save(Obligation(f"o{no}", f"m{no}", "u", FiscalYear(2570), no, slot=due, due=due))
    # One meeting a month: the store knows one of each kind.
    having(*days, store=store)
    for on in meeting_days(store, min(days)):
        sheet = agenda(store, on, on + early * DAY)
        shown = [one.id for one in (*sheet.late, *sheet.coming)]
        expected = [f"o{no}" for no, due in enumerate(dues, 1) if due <= sheet.span.until]
        assert sorted(shown) == sorted(expected)
        assert all(one.due < on for one in sheet.late)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60), st.sampled_from([None, done, cancelled])), max_size=8))
def test_each_resolution_ends_or_stands_on_the_next_sheet(those):
    days = [date(2026, 12, 4), date(2027, 1, 8), date(2027, 2, 5), date(2027, 3, 5)]
    store = having(*days, date(2027, 4, 9))
    for no, (meeting, after, end) in enumerate(those):
        one = replace(ONE, id=f"r{no}", no=no + 1, meeting=days[meeting], due=days[meeting] + 20 * DAY)
        store.resolutions.save(end(one, BY, "แล้ว", days[meeting] + after * DAY) if end else one)
    for on in (*days, date(2027, 4, 9)):
        shown = {one.id for one in agenda(store, on, on).resolutions}
        before = span_of(meeting_days(store, on), on).since
        for one in store.resolutions.kept.values():
            if one.meeting < on and (one.open or before <= one.closed_on <= on):
                assert one.id in shown
            assert one.meeting < on or one.id not in shown


def test_what_the_meeting_is_asked_to_decide_is_counted():
    store = at_work(a_measure(1), a_measure(2, owners=("ไม่มีใคร",)))
    having(MET, NEXT, store=store)
    said = Said(Side.TOLD, "p1", MET, "งบไม่พอ")
    store.obstacles.save(told("w", "m1", "u1", said))
    store.obstacles.save(answered(told("a", "m1", "u1", said), Said(Side.HELPS, "p2", MET, "โอนงบแล้ว")))
    store.resolutions.save(ONE)
    for one in list(store.obligations.kept.values())[:1]:
        store.obligations.save(replace(one, slot=MET - 40 * DAY, due=MET - 40 * DAY))
    sheet = agenda(store, NEXT, NEXT)
    assert [one.id for one in sheet.obstacles] == ["w"], "what was answered waits for no answer"
    assert {what: count for what, count in sheet.asks.items() if what is not Ask.DATES} == {
        Ask.OBSTACLES: 1, Ask.LONG_LATE: 1, Ask.RESOLUTIONS: 1, Ask.OWNERS: 1,
    }  # fmt: skip


def test_of_each_measure_the_newest_report_that_counts_is_told():
    store = at_work(a_measure(1))
    having(MET, NEXT, store=store)
    base = Report("a", "o", "m1", "u", FiscalYear(2570), MET - DAY, "p", Standing.WORKING, "เริ่ม", approval=Approval.OWN)
    for one in (
        base,
        replace(base, id="b", made_on=MET + DAY),
        replace(base, id="c", made_on=MET + 2 * DAY),
        replace(base, id="d", made_on=MET + 3 * DAY, approval=Approval.WAITING),
        replace(base, id="e", made_on=NEXT + DAY),
    ):
        store.reports.save(one)
    assert [one.id for one in agenda(store, NEXT, NEXT).done] == ["c"]


@given(st.lists(st.integers(0, 30), max_size=7), st.integers(0, 40))
def test_a_page_is_shared_turn_by_turn(counts, room):
    given_ = shares(counts, room)
    assert sum(given_) == min(room, sum(counts))
    assert all(0 <= one <= count for one, count in zip(given_, counts, strict=True))
    cut = [one for one, count in zip(given_, counts, strict=True) if one < count]
    assert not cut or max(given_) - min(cut) <= 1, "none takes more while another is cut shorter"


def test_acts_are_a_closed_list():
    assert set(Act) == {"changed", "done", "cancelled"}
