"""The year as a calendar: what is due, when people are reminded of it, meetings, and the windows of the assessment."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from itadomain.assessment.calendar import windows
from itadomain.assessment.windows import Phase, Window
from itadomain.fiscal import fiscal_year_of
from itadomain.measures import Measure, Obligation, years_at_hand
from itadomain.meetings import Meeting
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.reminding import chosen
from itadomain.reminding.rungs import Rung, days
from itadomain.timetable import timetable

#: What a calendar on a phone shows: no more than anybody reads, so that looking at one costs little.
MOST_DUTIES, MOST_SHOWN = 200, 300
SHOWN_BACK = timedelta(days=31)


class Kind(StrEnum):
    """What stands on a day, in the order in which it is told there."""

    OPENS = "opens"  # a window begins
    CLOSES = "closes"  # the last day of a window
    MEETING = "meeting"
    DUE = "due"
    REMINDER = "reminder"


@dataclass(frozen=True)
class Entry:
    """One line of the calendar, with whatever it is about."""

    day: date
    kind: Kind
    window: Window | None = None
    meeting: Meeting | None = None
    measure: Measure | None = None
    duty: str = ""  # the id of an obligation
    unit: str = ""  # the id of the unit that reports, and is told
    slot: date | None = None  # the due date as the plan counts it
    rung: Rung | None = None
    reported: bool = False


def of_year(store: Store, year: int) -> Sequence[Entry]:
    """The whole year of an agency, day by day. Reminders are those of whoever reports on the day itself."""
    duties = [one for one in store.obligations.of_year(year) if one.open]
    entries = [
        *_of_windows(windows(store, year)),
        *(Entry(one.on, Kind.MEETING, meeting=one) for one in store.meetings.of(year)),
        *_of_duties(store, year, duties, chosen.rungs(store.settings)),
    ]
    return sorted(entries, key=_order)


def of_person(store: Store, person: Person, today: date) -> Sequence[Entry]:
    """What one person has in their own calendar: what their units have yet to report, and the windows."""
    years = years_at_hand(store.measures.years(), today)
    duties = store.obligations.of_units(person.units(today), years, MOST_DUTIES)
    running = fiscal_year_of(today)
    entries: list[Entry] = [*_of_windows([*windows(store, running), *windows(store, running + 1)])]
    for year in years:
        own = [one for one in duties if one.plan_year == year]
        entries += [one for one in _of_duties(store, year, own) if not one.reported]
    since = today - SHOWN_BACK
    return sorted((one for one in entries if one.day >= since), key=_order)[:MOST_SHOWN]


def number_of(store: Store, person_id: str) -> int:
    """Which address of a person's calendar counts: the first, until they want another."""
    return store.calendars.number_of(person_id)


def renew(store: Store, person_id: str) -> int:
    """Let the address that a person's calendar had lead nowhere; gives the number of the new one."""
    number = number_of(store, person_id) + 1
    store.calendars.save(person_id, number)
    return number


def _of_windows(found: Iterable[Window]) -> Iterator[Entry]:
    """The first day and the last of each, as far as they are known; of one that is announced on a day, that day."""
    for one in found:
        if one.first is not None:
            yield Entry(one.first, Kind.OPENS, window=one)
        if one.last is not None and one.last != one.first and one.phase is not Phase.RESULTS:
            yield Entry(one.last, Kind.CLOSES, window=one)


def _of_duties(
    store: Store, year: int, duties: Sequence[Obligation], rungs: frozenset[Rung] | None = None
) -> Iterator[Entry]:
    """Every due day of some obligations of a plan, with the days of its rungs where these are named."""
    if not duties:
        return
    measures, moved = {one.id: one for one in store.measures.of_year(year)}, store.days(year)
    tables = {one.measure: timetable(measures[one.measure], moved) for one in duties if one.measure in measures}
    for one in (one for one in duties if one.measure in tables):
        measure = measures[one.measure]
        for opens, due in tables[one.measure].rounds():
            reported = one.reported_for is not None and due.slot <= one.reported_for
            entry = Entry(due.day, Kind.DUE, None, None, measure, one.id, one.unit, due.slot, reported=reported)
            yield entry
            if rungs is not None and not reported:
                yield from _reminders(entry, days(due.day, opens, rungs, moved.calendar, due.day))


def _reminders(of: Entry, found: Sequence[tuple[Rung, date]]) -> Iterator[Entry]:
    for rung, day in found:
        yield replace(of, day=day, kind=Kind.REMINDER, rung=rung)


def _order(entry: Entry) -> tuple[date, int, str, int, str]:
    place = entry.measure.place if entry.measure else 0
    return entry.day, tuple(Kind).index(entry.kind), entry.unit, place, entry.duty
