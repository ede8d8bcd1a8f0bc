"""Calendars as files: whatever a plan is called, a calendar program reads back what was written."""

from datetime import date, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.drawing import Drawn, clean, drawn
from bot.texts import Texts
from itadomain.agenda import Entry, Kind
from itadomain.assessment.windows import Phase, Window
from itadomain.fiscal import FiscalYear
from itadomain.meetings import Meeting
from itadomain.periods import MeetingKind
from itadomain.reminding.rungs import Rung
from tests.fakes import TODAY, a_measure

TEXTS = Texts()
DUE, SLOT = date(2027, 1, 4), date(2026, 12, 31)
EIT = Window(FiscalYear(2570), Phase.EIT, date(2027, 4, 1), date(2027, 6, 30), own=True)
TEXT = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from('กขฃค่้ำ\r\n\t,;:\\"\x00\x07')), max_size=200)


def written(*entries, name="อบต.บางสมมติ", today=TODAY, language="th"):
    how = Drawn(
        name, "north", today, lambda said: TEXTS.tell(said, language, "ค่ะ"), lambda unit: f"หน่วย {unit}" if unit else ""
    )
    return drawn(entries, how)


def a_due(title="เผยแพร่ข้อมูล", **more):
    return Entry(DUE, Kind.DUE, measure=a_measure(1, title=title), duty="d1", unit="กองคลัง", slot=SLOT, **more)


def events(data):
    return icalendar.Calendar.from_ical(data).walk("VEVENT")


@given(st.lists(TEXT, min_size=1, max_size=4), TEXT)
def test_any_title_is_read_back_as_one_line(titles, name):
    data = written(*(a_due(title) for title in titles), name=name)
    told = [str(one["summary"]) for one in events(data)]
    assert told == [clean(f"ครบกำหนดรายงาน: {title}") for title in titles]
    assert icalendar.Calendar.from_ical(data)["x-wr-calname"] == clean(name)


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_every_line_ends_as_it_must_is_short_enough_and_is_text(titles):
    data = written(*(a_due(title) for title in titles))
    assert data.endswith(b"END:VCALENDAR\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode()


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_an_event_lasts_its_whole_day_and_blocks_nobody(day):
    (event,) = events(written(Entry(day, Kind.OPENS, window=EIT)))
    assert (event["dtstart"].dt, event["dtend"].dt) == (day, day + timedelta(days=1))
    assert event["transp"] == "TRANSPARENT"


def test_an_event_keeps_its_id_when_its_day_moves_and_no_two_share_one():
    meeting = Meeting(MeetingKind.STAFF, date(2027, 2, 1), date(2027, 2, 15))
    entries = [
        a_due(), Entry(EIT.first, Kind.OPENS, window=EIT), Entry(EIT.last, Kind.CLOSES, window=EIT),
        Entry(meeting.on, Kind.MEETING, meeting=meeting),
        Entry(DUE, Kind.REMINDER, measure=a_measure(), duty="d1", unit="กองคลัง", slot=SLOT, rung=Rung.ON_THE_DAY),
    ]  # fmt: skip
    ids = [str(one["uid"]) for one in events(written(*entries))]
    assert len(set(ids)) == len(ids)
    moved = [Entry(**{**vars(one), "day": one.day + timedelta(days=3)}) for one in entries]
    assert [str(one["uid"]) for one in events(written(*moved))] == ids
    assert all(one.endswith("@north.itabot") for one in ids)


def test_it_is_the_same_all_day_so_that_a_phone_need_not_take_it_again():
    assert written(a_due()) == written(a_due())
    assert written(a_due()) != written(a_due(), today=TODAY + timedelta(days=1))


def test_it_says_which_unit_and_what_is_not_confirmed_in_the_persons_language():
    (event,) = events(written(a_due()))
    assert event["description"] == "หน่วย กองคลัง"
    doubtful = Window(FiscalYear(2570), Phase.OIT, date(2027, 3, 1), None, confidence=_memory())
    (event,) = events(written(Entry(doubtful.first, Kind.OPENS, window=doubtful), language="en"))
    assert event["summary"] == "OIT submission: first day (not confirmed)"


def _memory():
    from itadomain.frameworks.shape import Confidence

    return Confidence.MEMORY
