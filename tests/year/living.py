"""A year in the agencies, moment by moment: the clock looks, and people report, as chance has it.

Chance hangs on who, what and which day alone, so a year that is interrupted, or lived with other reminders, goes on as
it would have.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.schedule import Schedule
from bot.storage.store import AgencyStore
from itadomain.lateness import told_for
from itadomain.measures import Obligation, Standing
from itadomain.people import Person
from itadomain.progress import Report
from itadomain.reporting import hand_in
from tests.year.world import BANGKOK, FIRST, LAST, YEAR, World

#: When the clock looks: at night and early too, where nobody may be disturbed.
LOOKS = tuple(dt.time(hour, minute) for hour, minute in ((3, 0), (8, 0), (9, 0), (11, 0), (13, 30), (15, 30), (20, 0)))
AT_WEEKENDS, SATURDAY = (dt.time(9, 0), dt.time(20, 0)), 5
REPORTING = (dt.time(8, 30), dt.time(14, 0))
#: How many of a hundred report at such an hour: while there is time, on the last days, after the day.
AHEAD, LAST_DAYS, LATE = 4, 18, 6
NEAR, SOON = dt.timedelta(days=14), dt.timedelta(days=1)


@dataclass(frozen=True)
class Reported:
    """A report, as the year's own record has it, with how the obligation stands since."""

    agency: str
    at: dt.datetime
    before: Obligation
    after: Obligation
    by: str  # the id of a person


@dataclass
class Life:
    """A world that is lived in. `visit` is what else people do at the hours at which they may report."""

    world: World
    seed: str = "2570"
    visit: Callable[[str, dt.datetime], None] = lambda _slug, _at: None
    reported: list[Reported] = field(default_factory=list)
    looked: Callable[[dt.datetime], None] = lambda _at: None
    looks: Sequence[dt.time] = LOOKS
    reporting: bool = True

    def __post_init__(self) -> None:
        self._schedule: Schedule = self.world.schedule()

    def live(self, first: dt.date = FIRST, last: dt.date = LAST) -> None:
        """From one day to another."""
        for moment in moments(first, last, self.looks):
            self.step(moment)

    def step(self, at: dt.datetime) -> None:
        """One moment. To live it again does nothing more: what was reported is, and what was told was."""
        self.world.clock.set(at)
        if at.time() in REPORTING:
            for slug in self.world.slugs:
                self.visit(slug, at)
                self.world.keeps(slug, lambda store, slug=slug: self._report(store, slug, at))
        else:
            self._schedule.tick(at)
            self.looked(at)

    def _report(self, store: AgencyStore, slug: str, at: dt.datetime) -> None:
        if not self.reporting:
            return
        today = at.date()
        people = store.people.insiders(today)
        for one in store.obligations.coming(today + NEAR, YEAR - 1):
            person = told_for(one.unit, people, today)[0]
            if one.slot and chance(self.seed, slug, one.place, person.id, one.slot, at) < _likely(one, today):
                filed = hand_in(store, _report(store, one, person, today), person, today)
                self.reported.append(Reported(slug, at, one, filed.obligation, person.id))


def moments(first: dt.date, last: dt.date, looks: Sequence[dt.time] = LOOKS) -> Iterator[dt.datetime]:
    """All of them, in order. At the weekend nobody reports, and the clock looks twice."""
    for number in range((last - first).days + 1):
        day = first + dt.timedelta(days=number)
        hours = sorted((*looks, *REPORTING)) if day.weekday() < SATURDAY else AT_WEEKENDS
        yield from (dt.datetime.combine(day, hour, BANGKOK) for hour in hours)


def chance(*of: object) -> int:
    """From 0 to 99, always the same of the same."""
    return int.from_bytes(hashlib.sha256("|".join(map(str, of)).encode()).digest()[:4]) % 100


def _likely(one: Obligation, today: dt.date) -> int:
    assert one.due
    if one.late_on(today):
        return LATE
    return LAST_DAYS if one.due - today <= SOON else AHEAD


def _report(store: AgencyStore, one: Obligation, by: Person, today: dt.date) -> Report:
    return Report(
        store.new_id(), one.id, one.measure, one.unit, one.plan_year, today, by.id, Standing.WORKING, "ดำเนินการแล้ว"
    )


def opened_by(person: str, share: int, at: dt.datetime, seed: str, hours: Sequence[dt.time] = REPORTING) -> bool:
    """Whether somebody opens the chat now: `share` of a hundred do so once a week, on a working day."""
    year, week, _ = at.isocalendar()
    if chance(seed, "opens", person, year, week) >= share:
        return False
    when = chance(seed, "when", person, year, week) % (5 * len(hours))
    return (at.weekday(), at.time()) == (when // len(hours), hours[when % len(hours)])
