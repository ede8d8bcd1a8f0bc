"""Whether the next month's messages suffice for its reminders, seen before it begins; and who would not be reached."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from itadomain.fiscal import fiscal_year_of
from itadomain.lateness import told_for
from itadomain.measures import Measure, Obligation, Standing
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.reminding import chosen, reserve, rungs
from itadomain.reminding.rungs import Rung
from itadomain.reminding.weekly import monday_of
from itadomain.superiors import executives
from itadomain.timetable import timetable
from itadomain.workdays import ONE_DAY, Calendar

#: From this day of a month on, the administrators hear how the next one will be.
TOLD_FROM = 25
TOLD = "reminders:forecast_told"
#: Days off around a month that move a reminder into it, or out of it.
AROUND = timedelta(days=31)


@dataclass(frozen=True)
class Forecast:
    """What the reminders of the month that begins on `month` take.

    `reminders` are messages, one a person and day; `people` how many are reminded; `fits` how many messages there are
    for reminders, None where nothing limits them; `unreached` are those for whom not even one is left.
    """

    month: date
    reminders: int
    people: int
    fits: int | None
    unreached: Sequence[Person] = ()

    @property
    def short(self) -> int:
        """So many reminders do not fit: they wait for their people in the chat."""
        return 0 if self.fits is None else max(0, self.reminders - self.fits)


@dataclass(frozen=True)
class _Month:
    """A month with the days off around it."""

    first: date
    last: date
    calendar: Calendar
    chosen: frozenset[Rung]

    def reminders(self, due: date, opens: date, until: date) -> frozenset[date]:
        """The days in the month on which somebody is reminded of one due day."""
        found = rungs.days(due, opens, self.chosen, self.calendar, until)
        return frozenset(day for _, day in found if self.first <= day <= self.last)


def forecast(store: Store, today: date) -> Forecast:
    """The month after this one, as the plan stands: whoever reports in time, and what is late now stays so.

    Nobody knows who opens the chat and is told for nothing; so it takes this much at most, but for the late ladder.
    """
    month, people = _next_month(store, today), store.people.insiders(today)
    days: dict[str, set[date]] = {}
    hearing = [(told_for(unit, people, today), found) for unit, found in _by_unit(store, month, today).items()]
    for those, found in (*hearing, (executives(people), frozenset(_weeks(month)))):
        for one in those:
            if found and not one.away:
                days.setdefault(one.id, set()).update(found)
    return spread(month.first, days, _fits(store, today), people)


def spread(month: date, days: Mapping[str, Iterable[date]], fits: int | None, people: Sequence[Person]) -> Forecast:
    """What reminders on such days come to, by the ids of people. Everybody gets one before anybody gets a second."""
    first = {person: min(those) for person, found in days.items() if (those := list(found))}
    in_order = sorted(first, key=lambda person: (first[person], person))
    beyond = set(in_order[fits:]) if fits is not None else set()
    reminders = sum(len(set(days[person])) for person in first)
    return Forecast(month, reminders, len(first), fits, [one for one in people if one.id in beyond])


def to_tell(store: Store, today: date) -> bool:
    """Whether it is the day to tell it, and write down that it was: the first working day from the 25th on."""
    month = f"{today:%Y-%m}"
    if today.day < TOLD_FROM or store.settings.get(TOLD) == month:
        return False
    if not Calendar(store.holidays.between(today, today)).is_working(today):
        return False
    store.settings.put(TOLD, month)
    return True


def _next_month(store: Store, today: date) -> _Month:
    first = date(today.year, today.month, monthrange(today.year, today.month)[1]) + ONE_DAY
    last = first.replace(day=monthrange(first.year, first.month)[1])
    off = store.holidays.between(first - AROUND, last + AROUND)
    return _Month(first, last, Calendar(off), chosen.rungs(store.settings))


def _fits(store: Store, today: date) -> int | None:
    """How many messages a month has beside the reserve."""
    allowance = store.allowance(today)
    if allowance is None or allowance.most is None:
        return None
    return allowance.most - reserve.whole(allowance.most, reserve.percent(store.settings))


def _by_unit(store: Store, month: _Month, today: date) -> Mapping[str, frozenset[date]]:
    """The days of the month on which each unit is reminded, by its id."""
    found: dict[str, frozenset[date]] = {}
    years = {fiscal_year_of(today) - 1, fiscal_year_of(today), fiscal_year_of(month.last)}
    for year in years & set(store.measures.years()):
        plan = {one.id: one for one in store.measures.of_year(year)}
        for duty in store.obligations.of_year(year):
            if duty.measure in plan and duty.open and duty.standing is not Standing.DONE:
                days = _of_duty(store, plan[duty.measure], duty, month, today)
                found[duty.unit] = found.get(duty.unit, frozenset()).union(*days)
    return found


def _of_duty(store: Store, measure: Measure, duty: Obligation, month: _Month, today: date) -> Iterator[frozenset[date]]:
    """The days for each due day: weekly for one that is late now, up to the day itself for those ahead."""
    if duty.late_on(today) and duty.due:
        yield month.reminders(duty.due, duty.due, month.last)
    for opens, due in timetable(measure, store.days(duty.plan_year)).rounds(duty.reported_for):
        yield month.reminders(due.day, opens, due.day)


def _weeks(month: _Month) -> Iterator[date]:
    """The day of each week on which an executive is pushed its line: the second working day, or the only one."""
    monday = monday_of(month.first)
    while monday <= month.last:
        week = (monday + ONE_DAY * ahead for ahead in range(7))
        found = [day for day in week if month.calendar.is_working(day)][:2]
        yield from (day for day in found[-1:] if month.first <= day <= month.last)
        monday += timedelta(days=7)
