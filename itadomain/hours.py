"""Whether an office is open, by the hours that it tells people."""

import re
from datetime import datetime, time

from itadomain.thai import fold
from itadomain.workdays import Calendar

#: «08.30-16.30», «8:30 ถึง 16:30».
CLOCK = r"([01]?\d|2[0-3])[.:]([0-5]\d)"
SPAN = re.compile(rf"{CLOCK}\s*(?:น\.?)?\s*(?:-|–|ถึง|to)\s*{CLOCK}")
USUAL = time(8, 30), time(16, 30)
#: Hours that speak of these are not only those of working days.
ALSO_ON_DAYS_OFF = ("ทุกวัน", "เสาร์", "อาทิตย์", "every day", "saturday", "sunday")


def is_open(hours: str, moment: datetime, calendar: Calendar) -> bool:
    """Whether somebody is there; where the hours cannot be read, those that are usual."""
    said = fold(hours)
    begins, ends = USUAL
    if found := SPAN.search(said):
        hour, minute, last_hour, last_minute = map(int, found.groups())
        begins, ends = time(hour, minute), time(last_hour, last_minute)
    works = calendar.is_working(moment.date()) or any(day in said for day in ALSO_ON_DAYS_OFF)
    return works and begins <= moment.time() < ends
