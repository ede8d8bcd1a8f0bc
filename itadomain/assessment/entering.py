"""An agency's own calendar: what is entered must be able to be a window, and goes before what the framework says."""

from dataclasses import replace
from datetime import date, timedelta

from itadomain.assessment.calendar import windows
from itadomain.assessment.windows import Phase, Window
from itadomain.fiscal import FiscalYear, first_day, fiscal_year_of, last_day
from itadomain.frameworks import OLDEST
from itadomain.frameworks.shape import Confidence
from itadomain.ports import Store
from itadomain.refusals import Refusal

#: The assessment as a whole is no window in which somebody does something.
ENTERED = tuple(phase for phase in Phase if phase is not Phase.WHOLE)
#: How far ahead a calendar is known.
YEARS_AHEAD = 2
#: That of 2561 ran two months into the year after.
AFTERWARDS = timedelta(days=183)
#: One that is longer was mistyped: none was ever longer than three months.
LONGEST = timedelta(days=200)
LONGEST_NOTE = 200


def phase_named(said: str) -> Phase:
    """The phase of this name ("eit"); Refusal where there is none that can be entered."""
    found = next((one for one in ENTERED if one.value == said.strip().casefold()), None)
    if found is None:
        raise Refusal("assessment.which_phase")
    return found


def entered(
    phase: Phase, first: date, last: date, today: date, *, year: int | None = None, by: str = "", note: str = ""
) -> Window:
    """A window as an agency enters it; without a year it is of the year that its first day falls in.

    One that is over may be entered, to be looked at later: `windows.over` says that it is.
    """
    fiscal = FiscalYear(year or fiscal_year_of(first))
    if last < first:
        raise Refusal("assessment.ends_before_it_starts", first=first, last=last)
    known_year(fiscal, today)
    earliest, latest = first_day(fiscal), last_day(fiscal) + AFTERWARDS
    if first < earliest or last > latest:
        raise Refusal("assessment.out_of_year", year=fiscal, earliest=earliest, latest=latest)
    if last - first > LONGEST:
        raise Refusal("assessment.too_long", first=first, last=last, most=LONGEST.days)
    said = " ".join(note.split())
    if len(said) > LONGEST_NOTE:
        raise Refusal("assessment.note_too_long", most=LONGEST_NOTE)
    return Window(fiscal, phase, first, last, Confidence.HIGH, said, own=True, by=by, on=today)


def known_year(year: int, today: date) -> FiscalYear:
    """The year as a fiscal year; Refusal where an assessment of it can be no matter of anybody."""
    latest = fiscal_year_of(today) + YEARS_AHEAD
    if not OLDEST <= year <= latest:
        raise Refusal("assessment.which_year", oldest=OLDEST, latest=latest)
    return FiscalYear(year)


def keep(store: Store, window: Window) -> Window | None:
    """Keep a window; gives what counted before, None where nothing was known."""
    before = next((one for one in windows(store, window.fiscal_year) if one.phase is window.phase), None)
    store.windows.save(window)
    return before


def same(one: Window, other: Window) -> bool:
    """Whether two windows say the same, whoever entered them and when."""
    return replace(one, by="", on=None) == replace(other, by="", on=None)


def remove(store: Store, year: int, phase: Phase) -> Window:
    """Take out what was entered, and give it back; Refusal where nothing was."""
    found = next((one for one in store.windows.of_year(year) if one.phase is phase), None)
    if found is None:
        raise Refusal("assessment.nothing_entered")
    store.windows.drop(year, phase)
    return found
