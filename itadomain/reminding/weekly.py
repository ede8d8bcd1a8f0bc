"""The week of an executive: in one line the newest grade, who is late, what citizens wait for, and what comes next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from itadomain.assessment.calendar import upcoming
from itadomain.audit import audit
from itadomain.cases.counting import Counted, apart, is_open, is_overdue
from itadomain.fiscal import first_day, fiscal_year_of, last_day
from itadomain.oit.register import register
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.reminding.digest import Week
from itadomain.superiors import executives
from itadomain.workdays import Calendar

#: The plans that are worked on: last year's last reports, this year's, and what is ahead.
AROUND = (-1, 0, 1)


def monday_of(today: date) -> date:
    """The Monday of a day's week."""
    return today - timedelta(days=today.weekday())


def line(store: Store, today: date) -> Week | None:
    """What an executive is told of this week; None where nothing at all is known, or to be done."""
    cases, window = _cases(store, today), next(iter(upcoming(store, today)), None)
    rounds = store.rounds.by_unit([fiscal_year_of(today) + around for around in AROUND], today)
    found = _graded(
        store,
        Week(
            monday=monday_of(today),
            fiscal_year=None,
            total=None,
            grade=None,
            late_units=sum(one.late > 0 for one in rounds.values()),
            open_cases=sum(map(is_open, cases)),
            overdue_cases=sum(is_overdue(one, today) for one in cases),
            next_window=window,
            published=_published(store, today),
        ),
    )
    return found if found.fiscal_year or rounds or cases or window or found.published else None


def hearing(store: Store, people: Sequence[Person], today: date) -> Sequence[Person]:
    """The executives who have not heard it this week; nobody on a day off."""
    if not Calendar(store.holidays.between(today, today)).is_working(today):
        return []
    monday = monday_of(today)
    return [one for one in executives(people) if store.reminders.of(one.id).week_told != monday]


def waits(store: Store, today: date) -> bool:
    """Whether the line waits for an answer to ride on: on the week's first working day, where another one follows."""
    week = [monday_of(today) + timedelta(days=ahead) for ahead in range(7)]
    calendar = Calendar(store.holidays.between(week[0], week[-1]))
    working = [day for day in week if calendar.is_working(day)]
    return len(working) > 1 and today == working[0]


def _graded(store: Store, week: Week) -> Week:
    """With the newest result: the printed total, the recomputed one where none is printed."""
    newest = next(iter(store.scores.all()), None)
    seen = audit(newest) if newest else None
    if seen is None or seen.total is None:
        return week
    grade = seen.grade.name if seen.grade else seen.printed_grade
    return replace(week, fiscal_year=seen.result.fiscal_year, total=seen.total, grade=grade)


def _published(store: Store, today: date) -> tuple[int, int] | None:
    """How much of what must be published for the OIT is; None where the year has no items yet."""
    kept = register(store, fiscal_year_of(today))
    return (kept.complete(today), len(kept.items)) if kept.items else None


def _cases(store: Store, today: date) -> Sequence[Counted]:
    """This year's, and what of the years before is open still; requests are use of a service, and apart."""
    year = fiscal_year_of(today)
    cases, _ = apart(store.cases.counted(first_day(year), last_day(year)))
    older, _ = apart(store.cases.carried_over(first_day(year)))
    return [*cases, *older]
