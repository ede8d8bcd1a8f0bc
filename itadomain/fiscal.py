"""Thai fiscal years: year y (Buddhist Era) runs from 1 October y-1 to 30 September y."""

from datetime import date
from typing import NewType

FiscalYear = NewType("FiscalYear", int)
"""A fiscal year in the Buddhist Era, e.g. 2570."""

BUDDHIST_ERA = 543
FIRST_MONTH = 10


def fiscal_year_of(day: date) -> FiscalYear:
    """The fiscal year that `day` (Gregorian, Bangkok) falls in."""
    return FiscalYear(day.year + BUDDHIST_ERA + (day.month >= FIRST_MONTH))


def first_day(year: int) -> date:
    """1 October of the year before."""
    return date(year - BUDDHIST_ERA - 1, FIRST_MONTH, 1)


def last_day(year: int) -> date:
    """30 September of the year itself."""
    return date(year - BUDDHIST_ERA, FIRST_MONTH - 1, 30)
