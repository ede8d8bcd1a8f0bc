"""Meetings at which measures are reported on: what is due at one is due on its day, once that is set."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from itadomain.periods import Due, MeetingKind, Told, Why


@dataclass(frozen=True)
class Meeting:
    """A meeting of a month, and the day on which it is held. `month` is the first day of that month."""

    kind: MeetingKind
    month: date
    on: date


def held(due: Due, meetings: Sequence[Meeting]) -> Due:
    """The due on the day of its meeting; month end, and said so, until that day is set."""
    if due.meeting is None:
        return due
    month = due.slot.replace(day=1)
    for one in meetings:
        if one.kind == due.meeting and one.month == month:
            return replace(due, moved=one.on, why=Told(Why.MEETING, {"meeting": one.kind, "day": one.on}))
    return replace(due, moved=None, why=Told(Why.MEETING_UNSET, {"meeting": due.meeting, "day": due.slot}))
