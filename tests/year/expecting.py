"""Who should have been reminded of what, and when: reckoned again from the plans and the reports alone.

Seven days before, on the day, and every week after it, until the report is there. What falls on a day off is told on
the working day before where it comes before the due day, else on the one after. Nobody hears twice on a day; whoever hears
of something hears along with it of what would come within three days, but for what is due on its day. Before the due day
whoever made the last report is told, where somebody made one and is there still; the others hear it along.
"""

import datetime as dt
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.holidays_th import holidays_th
from itadomain.fiscal import first_day
from itadomain.lateness import told_for
from itadomain.measures import Obligation
from itadomain.people import Person
from itadomain.workdays import Calendar
from tests.year.living import Reported
from tests.year.world import BANGKOK, FIRST, LAST, YEAR, Letter

CALENDAR = Calendar(holidays_th(2026, 2027))
WEEK, DAY, ALONG = dt.timedelta(days=7), dt.timedelta(days=1), dt.timedelta(days=3)
HOURS = tuple(dt.time(hour, minute) for hour, minute in ((9, 0), (11, 0), (13, 30), (15, 30)))
#: The newest rung's day that each person was told of each obligation's slot.
Told = dict[tuple[str, str, dt.date | None], dt.date]


@dataclass(frozen=True)
class Standing:
    """An obligation from one report to the next."""

    duty: Obligation
    since: dt.datetime
    until: dt.datetime
    by: str = ""  # who made the report that it began with, by their id

    def owed_to(self, person: str, rung: dt.date, told: Sequence[Person]) -> bool:
        """Whether one of those who are told of the unit's reports is to have a message because of a rung."""
        ahead = self.duty.due is not None and rung < self.duty.due
        return not ahead or person == self.by or self.by not in {one.id for one in told}

    def rung(self, today: dt.date, along: dt.timedelta = dt.timedelta()) -> dt.date | None:
        """The newest day on which one should have been told of it, or of one that comes `along`; None for none."""
        due = self.duty.due
        if due is None:
            return None
        opens = self.duty.reported_for + DAY if self.duty.reported_for else first_day(YEAR)
        before = CALENDAR.last_working(min(due, max(due - WEEK, opens)))
        weeks = range(1, (today + along - due).days // 7 + 1) if today > due else ()
        late = (CALENDAR.next_working(due + WEEK * number) for number in weeks)
        come = [day for day in (before, *late) if day <= today + along and (today > due or day < due)]
        return max([*come, *([due] if due <= today else [])], default=None)


@dataclass(frozen=True)
class Reminder:
    """What somebody should have been told at a moment."""

    person: str
    at: dt.datetime
    standing: Standing
    rung: dt.date


@dataclass(frozen=True)
class Promise:
    """That somebody is told of something by a day: some days early at most, but not before it is so."""

    person: str
    so: dt.date
    last: dt.date

    def first(self, along: dt.timedelta) -> dt.date:
        """The first day on which it may be told, where it may be so much early."""
        return max(self.so, self.last - along)


@dataclass
class Expected:
    """What one agency's people should have been told, held beside what they were told."""

    duties: Sequence[Obligation]  # as the year began
    people: Sequence[Person]
    reports: Sequence[Reported]
    letters: Sequence[Letter]
    due: list[Reminder] = field(default_factory=list)
    missing: list[Reminder] = field(default_factory=list)
    put_off: list[Reminder] = field(default_factory=list)  # they had been told something that day already
    #: One push for each obligation and rung; they stop after a report too.
    naive: set[tuple[str, str, dt.date | None, dt.date]] = field(default_factory=set)
    #: The same by what each is: before the day, on it or late; and those that somebody has to have a message for.
    kinds: Counter[str] = field(default_factory=Counter)
    promises: set[Promise] = field(default_factory=set)

    def __post_init__(self) -> None:
        sent = {(one.person, one.at) for one in self.letters}
        days = {(one.person, one.at.date()): one.at for one in reversed(self.letters)}
        told: Told = {}
        standings = list(self._standings())
        for at in _looks():
            for one in standings:
                rung = one.rung(at.date()) if one.since <= at < one.until else None
                those = told_for(one.duty.unit, self.people, at.date()) if rung else ()
                for person in those:
                    key, owed = (person.id, one.duty.id, one.duty.slot), one.owed_to(person.id, rung, those)
                    self._note(one, (*key, rung), at.date(), owed=owed)
                    if told.get(key, dt.date.min) >= rung or (person.id, at) in sent or not owed:
                        continue
                    found = Reminder(person.id, at, one, rung)
                    if days.get((person.id, at.date()), at) < at:
                        self.put_off.append(found)
                    else:
                        self.missing.append(found)
                        told[key] = rung
                self._tell_along(one, at, sent, told)

    def _note(
        self, one: Standing, reminder: tuple[str, str, dt.date | None, dt.date], today: dt.date, *, owed: bool
    ) -> None:
        """What the naive way would push; and, where a message has to tell it, from which day on one may."""
        if reminder in self.naive:
            return
        self.naive.add(reminder)
        person, _, _, rung = reminder
        kind = "before" if rung < one.duty.due else "late" if rung > one.duty.due else "on the day"
        self.kinds[kind] += 1
        told_by = today if one.since.date() < today else CALENDAR.next_working(today + DAY)  # they may have heard today
        if owed and one.until > dt.datetime.combine(told_by, HOURS[0], BANGKOK):
            so = {"before": dt.date.min, "on the day": rung, "late": one.duty.due + DAY}[kind]
            self.promises.add(Promise(person, max(so, one.since.date()), told_by))

    def fewest(self, along: dt.timedelta = ALONG) -> int:
        """The fewest messages that keep all promises, for somebody who knew the whole year ahead: one a person and day.

        Each is sent on the last day of the promise that ends first, and keeps all others that run on that day.
        """
        sent: dict[str, dt.date] = {}
        count = 0
        for one in sorted(self.promises, key=lambda promise: promise.last):
            if sent.get(one.person, dt.date.min) < one.first(along):
                sent[one.person] = one.last
                count += 1
        return count

    def _tell_along(self, one: Standing, at: dt.datetime, sent: Container[tuple[str, dt.datetime]], told: Told) -> None:
        """What whoever is written to at a moment is told of an obligation: what has come, and what comes soon."""
        rung = one.rung(at.date(), ALONG) if one.since <= at < one.until else None
        for person in told_for(one.duty.unit, self.people, at.date()) if rung else ():
            key = (person.id, one.duty.id, one.duty.slot)
            if (person.id, at) in sent and told.get(key, dt.date.min) < rung:
                self.due.append(Reminder(person.id, at, one, rung))
                told[key] = rung

    def calls_for(self, letter: Letter) -> bool:
        """Whether something had come that a letter had to tell, and not only what comes soon."""
        return self.called_by(letter) is not None

    def called_by(self, letter: Letter) -> str | None:
        """What a letter was sent for: the most pressing of what had come; None where nothing had to be told."""
        today = letter.at.date()
        found = {
            "late" if one.rung > one.standing.duty.due else "on the day" if one.rung == one.standing.duty.due else "before"
            for one in self.due
            if (one.person, one.at) == (letter.person, letter.at) and one.rung <= today
            and one.standing.owed_to(one.person, one.rung, told_for(one.standing.duty.unit, self.people, today))
        }  # fmt: skip
        return next((kind for kind in ("late", "on the day", "before") if kind in found), None)

    def told_at(self, letter: Letter) -> Sequence[Obligation]:
        """What a letter should tell."""
        return self._by_letter.get((letter.person, letter.at), ())

    @cached_property
    def _by_letter(self) -> Mapping[tuple[str, dt.datetime], Sequence[Obligation]]:
        found: dict[tuple[str, dt.datetime], list[Obligation]] = {}
        for one in self.due:
            found.setdefault((one.person, one.at), []).append(one.standing.duty)
        return found

    def _standings(self) -> Iterator[Standing]:
        end = dt.datetime.combine(LAST + DAY, dt.time(), BANGKOK)
        for duty in self.duties:
            since, now, by = dt.datetime.combine(FIRST, dt.time(), BANGKOK), duty, ""
            for report in sorted((one for one in self.reports if one.after.id == duty.id), key=lambda one: one.at):
                yield Standing(now, since, report.at, by)
                since, now, by = report.at, report.after, report.by
            yield Standing(now, since, end, by)


def _looks() -> Iterator[dt.datetime]:
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + dt.timedelta(days=number)
        if CALENDAR.is_working(day):
            yield from (dt.datetime.combine(day, hour, BANGKOK) for hour in HOURS)
