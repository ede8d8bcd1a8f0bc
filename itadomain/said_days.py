"""Days and meetings as people type them in a chat: «1 ธ.ค. 69», «พรุ่งนี้», «ประชุมพนักงานเดือน ก.พ. วันที่ 15»."""

import re
from datetime import date, timedelta

from itadomain.fiscal import FiscalYear, fiscal_year_of
from itadomain.meetings import Meeting
from itadomain.periods import MeetingKind, period
from itadomain.refusals import Refusal
from itadomain.thai import fold, tidy

NEAR = {"วันนี้": 0, "today": 0, "พรุ่งนี้": 1, "tomorrow": 1, "มะรืน": 2, "มะรืนนี้": 2, "เมื่อวาน": -1, "yesterday": -1}
AHEAD = re.compile(r"(?:เตือน)?อีก\s*(\d{1,3})\s*วัน|in (\d{1,3}) days?")
ON_THE = re.compile(r"วันที่\s*(\d{1,2})(?!\d)")
#: A year that is said may be another than the running one: what is put off is put off to the next.
YEARS = (0, 1, 2, -1)
#: The first that is found wins: a meeting of executives is held by people too.
KINDS = {
    MeetingKind.COUNCIL: ("สภา", "council"),
    MeetingKind.EXECUTIVES: ("ผู้บริหาร", "executive"),
    MeetingKind.STAFF: ("พนักงาน", "เจ้าหน้าที่", "staff"),
    MeetingKind.MONTHLY: ("ประจำเดือน", "monthly"),
}


def day_said(text: str, today: date) -> date:
    """The one day that a text names; Refusal for none or several. A year not said is the running one."""
    said = fold(tidy(text))
    if said in NEAR:
        return today + timedelta(days=NEAR[said])
    if ahead := AHEAD.fullmatch(said):
        return today + timedelta(days=int(ahead[1] or ahead[2]))
    running = fiscal_year_of(today)
    for year in (running + ahead for ahead in YEARS):
        found = period(said, FiscalYear(year))
        if found.start is not None and found.start == found.end and not found.doubt:
            return found.start
    raise Refusal("day.which")


def month_said(text: str, today: date) -> date:
    """The first day of the month that a text names; Refusal where it names none."""
    found = period(fold(tidy(text)), fiscal_year_of(today))
    if (
        found.start is None
        or found.end is None
        or (found.start.year, found.start.month) != (found.end.year, found.end.month)
    ):
        raise Refusal("day.which_month")
    return found.start.replace(day=1)


def kind_said(text: str) -> MeetingKind:
    """The meeting that a text names; Refusal where it names none."""
    said = fold(tidy(text))
    for kind, signs in KINDS.items():
        if any(sign in said for sign in signs):
            return kind
    raise Refusal("meetings.which_kind")


def meeting_said(text: str, today: date) -> Meeting:
    """The meeting, its month and its day in one sentence; Refusal for what is missing."""
    kind = kind_said(text)
    on = _day_of_meeting(fold(tidy(text)), today)
    return Meeting(kind, on.replace(day=1), on)


def _day_of_meeting(said: str, today: date) -> date:
    numbered = ON_THE.search(said)
    rest = said.replace("ประจำเดือน", "เดือน")
    if numbered is None:
        return day_said(_without_kind(rest), today)
    month = _without_kind(ON_THE.sub(" ", rest))
    try:
        return _on_the(int(numbered[1]), month_said(month, today))
    except Refusal:
        return day_said(_without_kind(rest), today)


def _without_kind(said: str) -> str:
    """What is left of a sentence once the name of the meeting is gone: its time."""
    for sign in ("ประชุม", "คณะ", "meeting", *(sign for signs in KINDS.values() for sign in signs)):
        said = said.replace(sign, " ")
    return said


def _on_the(number: int, month: date) -> date:
    try:
        return month.replace(day=number)
    except ValueError as none:
        raise Refusal("day.which") from none
