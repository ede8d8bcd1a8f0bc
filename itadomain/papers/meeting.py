"""What stands on the sheet of a monthly meeting: done, late, due, what is in the way, what was resolved, what is asked.

The days between two meetings belong to one sheet each, so nothing that falls due is on none. Until the next meeting is
set, one a month later is reckoned with.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from itadomain.fiscal import fiscal_year_of
from itadomain.measures import Obligation, years_at_hand
from itadomain.obstacles import Obstacle, Side
from itadomain.periods import MeetingKind
from itadomain.ports import Store
from itadomain.progress import Report
from itadomain.resolutions import Resolution
from itadomain.rounds import Gap

#: The meetings at which staff report; councils and executives have sheets of their own.
REPORTING = frozenset({MeetingKind.STAFF, MeetingKind.MONTHLY})
A_MONTH = timedelta(days=31)
#: What is late for so many days is put to the meeting.
LONG_LATE = 30


class Ask(StrEnum):
    """What the meeting is asked to decide."""

    OBSTACLES = "obstacles"  # they wait for an answer
    LONG_LATE = "long_late"  # nothing was reported for a month
    RESOLUTIONS = "resolutions"  # their day is over
    OWNERS = "owners"  # no unit answers for a measure
    DATES = "dates"  # nobody knows when a measure is reported on


@dataclass(frozen=True)
class Span:
    """A meeting between two others: its sheet is of the days after `since` up to `on`, and looks ahead to `until`."""

    since: date
    on: date
    until: date


@dataclass(frozen=True)
class Agenda:
    """All that stands on one sheet; of each kind what was due first, or has waited longest, comes first."""

    span: Span
    resolutions: Sequence[Resolution]
    done: Sequence[Report]
    late: Sequence[Obligation]
    coming: Sequence[Obligation]
    obstacles: Sequence[Obstacle]
    asks: Mapping[Ask, int]


def meeting_days(store: Store, around: date) -> Sequence[date]:
    """The days of the reporting meetings of the years around a day, in order."""
    running = fiscal_year_of(around)
    kept = (one for year in (running - 1, running, running + 1) for one in store.meetings.of(year))
    return sorted({one.on for one in kept if one.kind in REPORTING})


def next_meeting(store: Store, today: date) -> date | None:
    """The next meeting, today's too; None where none is set."""
    return next((one for one in meeting_days(store, today) if one >= today), None)


def last_meeting(store: Store, today: date) -> date | None:
    """The newest meeting, today's too; None where there was none."""
    return next((one for one in reversed(meeting_days(store, today)) if one <= today), None)


def following(store: Store, meeting: date) -> date | None:
    """The meeting after one; None where none is set."""
    return next((one for one in meeting_days(store, meeting) if one > meeting), None)


def span_of(days: Sequence[date], on: date) -> Span:
    """A meeting between the one before and the one after it."""
    since = max((one for one in days if one < on), default=on - A_MONTH)
    return Span(since, on, min((one for one in days if one > on), default=on + A_MONTH))


def agenda(store: Store, on: date, today: date) -> Agenda:
    """The sheet of the meeting of a day, as things stand today."""
    span, day = span_of(meeting_days(store, on), on), min(today, on)
    owed = store.obligations.coming(span.until, fiscal_year_of(on) - 1)
    late = [one for one in owed if one.late_on(day)]
    waiting = [one for one in store.obstacles.open() if one.talk[-1].side is Side.TOLD]
    resolutions = list(_resolutions(store, span))
    unknown = store.rounds.count_unsettled(years_at_hand(store.measures.years(), today))
    asks = {
        Ask.OBSTACLES: len(waiting),
        Ask.LONG_LATE: sum(one.late_on(day - timedelta(days=LONG_LATE)) for one in late),
        Ask.RESOLUTIONS: sum(one.late_on(day) for one in resolutions),
        Ask.OWNERS: unknown.get(Gap.OWNER, 0),
        Ask.DATES: unknown.get(Gap.DATES, 0),
    }
    return Agenda(
        span=span,
        resolutions=resolutions,
        done=list(_done(store, span)),
        late=late,
        coming=[one for one in owed if not one.late_on(day)],
        obstacles=waiting,
        asks={what: count for what, count in asks.items() if count},
    )


def shares(counts: Sequence[int], room: int) -> Sequence[int]:
    """How many of each list find room on a page: all where they do, else turn by turn, so that none takes all of it."""
    given = [0] * len(counts)
    while sum(given) < min(room, sum(counts)):
        for nth, count in enumerate(counts):
            if given[nth] < count and sum(given) < room:
                given[nth] += 1
    return given


def _resolutions(store: Store, span: Span) -> Iterable[Resolution]:
    """Those of earlier meetings that are to be done, and what became of the others since the last one."""
    closed = [one for one in store.resolutions.closed_since(span.since) if one.closed_on and one.closed_on <= span.on]
    last = store.resolutions.of_meeting(span.since)
    known = {one.id: one for one in (*store.resolutions.open(), *closed, *last) if one.meeting < span.on}
    return sorted(known.values(), key=lambda one: (not one.open, one.meeting, one.no))


def _done(store: Store, span: Span) -> Iterable[Report]:
    """What each unit reported since the day of the last meeting, the newest of each measure that counts."""
    newest: dict[str, Report] = {}
    for year in store.measures.years():
        if year >= fiscal_year_of(span.since) - 1:
            for one in store.reports.of_year(year):
                if one.counts and span.since <= one.made_on <= span.on:
                    newest[one.obligation] = one
    return sorted(newest.values(), key=lambda one: (one.made_on, one.id))
