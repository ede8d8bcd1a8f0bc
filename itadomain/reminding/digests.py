"""What each person is told of today: all that is due and was not told yet, in one message, the most urgent first.

Before the due day a message of its own goes to whoever reported last; others of the unit hear of it where they are told
something anyway, under an answer or in a message. From the due day on everybody is told.

States count, not events: a rung that has come and was not told is told now, once, however long nothing ran; whoever
takes work over is told what has come; what is reported, cancelled or moved tells nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from itadomain.fiscal import first_day, fiscal_year_of
from itadomain.lateness import told_for
from itadomain.measures import Obligation
from itadomain.people import Person
from itadomain.periods import period
from itadomain.ports import Store
from itadomain.reminding import chosen, ladder, weekly
from itadomain.reminding.digest import Digest, Item
from itadomain.reminding.ladder import Climbed
from itadomain.reminding.reminded import Reminded, Told
from itadomain.reminding.rungs import BEFORE, FROM_OPENING, Round, Rung, newest_due, reached
from itadomain.resolutions import as_duty
from itadomain.workdays import ONE_DAY, Calendar

#: Days off before today that still move what is told today.
BACK = timedelta(days=31)


@dataclass(frozen=True)
class Looked:
    """What is due to be told now; and what would be, to those who asked to wait, or are away.

    `covered` is what somebody was told by hand today: that they are late.
    """

    waiting: Sequence[Digest] = ()
    held: Sequence[Digest] = ()
    covered: Sequence[Digest] = ()


def look(store: Store, now: datetime) -> Looked:
    """What is due to be told now, and what is due to those who asked to be left alone until later, or left.

    Nothing on a day off, at night, or before the hour that the agency chose.
    """
    today = now.date()
    day = _Day(store, today)
    if not chosen.may_tell(store.settings, now) or not day.calendar.is_working(today):
        return Looked()
    found, kept = list(day.digests()), day.kept
    if not found:
        return Looked()
    held = {one.to.id for one in found if one.to.away or _later(kept.get(one.to.id), now)}
    had = {one.person for one in kept.values() if one.digest_on == today}
    nudged = store.nudges.on(today) - had
    busy = held | had | nudged | store.reminders.in_conversation(now)
    return Looked(
        [one for one in found if one.to.id not in busy],
        [one for one in found if one.to.id in held],
        [late for one in found if one.to.id in nudged and (late := _late(one)).items],
    )


def _late(digest: Digest) -> Digest:
    """What somebody knows once a superior has told them that they are late; who hears next is not among it."""
    return Digest(digest.to, [replace(item, next=None) for item in digest.items if item.rung is Rung.LATE])


def of(store: Store, person: Person, now: datetime) -> Digest:
    """What may ride on a reply to one person; nothing where they were reminded today, or asked to be left alone."""
    today = now.date()
    kept = store.reminders.of(person.id)
    if _later(kept, now) or kept.digest_on == today or person.id in store.nudges.on(today):
        return Digest(person)
    return _Day(store, today).digest_of(person)


def owed(store: Store, person: Person, today: date, until: date) -> Sequence[Obligation]:
    """What a person is still to report on that is due by a day, what was due first before all others."""
    people, found = store.people.insiders(today), _coming(store, until, today)
    own = {
        unit for unit in {one.unit for one in found} if person.id in {one.id for one in told_for(unit, people, today)}
    }
    return [one for one in found if one.unit in own]


def _later(kept: Reminded | None, now: datetime) -> bool:
    return bool(kept and kept.not_before and kept.not_before > now)


@dataclass(frozen=True)
class _Day:
    """What is due on one day, and to whom."""

    store: Store
    today: date
    _come: dict[tuple[date, date, bool], tuple[Rung, date] | None] = field(default_factory=dict)
    _news: dict[tuple[str, bool], Told | None] = field(default_factory=dict)

    def digests(self) -> Iterator[Digest]:
        """Everybody's, where there is something to tell."""
        before = self.kept  # all at once: whoever hears of the week is looked up among them
        hearing = {one.id for one in weekly.hearing(self.store, self.people, self.today)}
        week = weekly.line(self.store, self.today) if hearing else None
        waits = bool(week) and weekly.waits(self.store, self.today)
        for person in self.people:
            kept, line = before.get(person.id, Reminded(person.id)), week if person.id in hearing else None
            if self._calls(self._digest(person, kept, early=False)) or (line and not waits):
                yield replace(self._digest(person, kept, early=True), week=line)

    def _calls(self, digest: Digest) -> bool:
        """Whether anything of it is worth a message of its own: not what only a colleague is pushed."""
        theirs = (item.next or self._reporter(item) in {None, digest.to.id} for item in digest.items)
        return bool(digest.raised) or any(theirs)

    def _reporter(self, item: Item) -> str | None:
        """Who alone is pushed it: whoever reported last, while there is time and they are there; by their id."""
        if item.rung not in BEFORE:
            return None
        found, those = self.reporters.get(item.obligation.id), self.told[item.obligation.unit]
        return found if any(one.id == found and not one.away for one in those) else None

    def digest_of(self, person: Person) -> Digest:
        """One person's, perhaps empty."""
        found = self._digest(person, self.store.reminders.of(person.id), early=True)
        hears = weekly.hearing(self.store, [person], self.today)
        return replace(found, week=weekly.line(self.store, self.today)) if hears else found

    def _digest(self, person: Person, kept: Reminded, *, early: bool) -> Digest:
        """What has come and was not told, and what somebody else hears of next."""
        items, duties = list[Item](), self.duties_of.get(person.id, ())
        for one, now in ((one, self._news_of(one, early=early)) for one in duties):
            if now is None:
                continue
            told, upward = kept.told.get(one.id), self.climbed.next_for(one.id, person.id)
            if upward or told is None or not told.covers(now):
                items.append(Item(one, now.rung, now.day, upward))
        return Digest(person, items, self.climbed.raised.get(person.id, ()))

    def _news_of(self, one: Obligation, *, early: bool) -> Told | None:
        """The newest rung that has come of an obligation; all of a unit are told the same."""
        key = (one.id, early)
        if key not in self._news:
            come = self._reached(one, early=early)
            self._news[key] = Told(one.slot, one.due, *come) if come and one.slot and one.due else None
        return self._news[key]

    def _reached(self, one: Obligation, *, early: bool) -> tuple[Rung, date] | None:
        if one.due is None:
            return None
        due, opens = one.due, self._opens(one)
        key = (due, opens, early)
        if key not in self._come:  # many are due on one day
            self._come[key] = reached(Round(due, opens, self.rungs), self.calendar, self.today, early=early)
        return self._come[key]

    def _opens(self, one: Obligation) -> date:
        """When the round begins, as `Timetable.rounds` says it, found without working out every timetable."""
        if one.reported_for:
            return one.reported_for + ONE_DAY
        start = self.begun.get(one.measure) if self.rungs & FROM_OPENING else None
        return start or first_day(one.plan_year)

    @cached_property
    def kept(self) -> Mapping[str, Reminded]:
        """What each person was told before, by their ids."""
        return {one.person: one for one in self.store.reminders.all()}

    @cached_property
    def rungs(self) -> frozenset[Rung]:
        """Those that the agency chose beside the usual ones."""
        return chosen.rungs(self.store.settings)

    @cached_property
    def duties(self) -> Sequence[Obligation]:
        """What may be told of: what is late, and what is due soon enough; of measures, and of resolutions."""
        return _coming(self.store, self.until, self.today)

    @cached_property
    def until(self) -> date:
        """The last due day that matters today."""
        return newest_due(self.today, self.rungs)

    @cached_property
    def duties_of(self) -> Mapping[str, Sequence[Obligation]]:
        """What each person is reminded of, by their ids, what was due first before all others."""
        found: dict[str, list[Obligation]] = {}
        for one in self.duties:
            for person in self.told[one.unit]:
                found.setdefault(person.id, []).append(one)
        return found

    @cached_property
    def told(self) -> Mapping[str, Sequence[Person]]:
        """Who is reminded of each unit's reports, by its id."""
        return {unit: told_for(unit, self.people, self.today) for unit in {one.unit for one in self.duties}}

    @cached_property
    def reporters(self) -> Mapping[str, str]:
        """Who reported last on what is not due yet, both by their ids."""
        ahead = [one.id for one in self.duties if one.reported_for and one.due and one.due > self.today]
        return self.store.reports.newest_by(ahead) if ahead else {}

    @cached_property
    def people(self) -> Sequence[Person]:
        """Everyone inside."""
        return self.store.people.insiders(self.today)

    @cached_property
    def climbed(self) -> Climbed:
        """Which superiors hear of what."""
        return ladder.climb(self.store, self.today, self.late, self.people)

    @cached_property
    def late(self) -> Sequence[Obligation]:
        """What is over its day, of measures: what meetings resolved is on their sheets anyway."""
        return [one for one in self.duties if one.measure and one.late_on(self.today)]

    @cached_property
    def calendar(self) -> Calendar:
        """The days off around today."""
        return Calendar(self.store.holidays.between(self.today - BACK, self.until))

    @cached_property
    def begun(self) -> Mapping[str, date | None]:
        """The first day of each measure, by its id."""
        return dict(_begun(self.store, {one.plan_year for one in self.duties}))


def _coming(store: Store, until: date, today: date) -> Sequence[Obligation]:
    """What is still to be reported on that is due by a day, and to be done for a meeting; what was due first, first."""
    found = store.obligations.coming(until, fiscal_year_of(today) - 1)
    resolved = [as_duty(one) for one in store.resolutions.open() if one.due <= until]
    return sorted([*found, *resolved], key=lambda one: one.due or until) if resolved else found


def _begun(store: Store, years: Iterable[int]) -> Iterator[tuple[str, date | None]]:
    for year in years:
        for one in store.measures.of_year(year):
            yield one.id, period(one.when, one.plan_year).start
