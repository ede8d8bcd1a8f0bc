"""What a feature does by itself at a set time: it is given a tick, and answers with notices to people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.kit.reply import Notice
from itadomain.ports import Store


@dataclass(frozen=True)
class At:
    """A time of day, every day or on one day of the week (Monday is 0)."""

    hour: int
    minute: int = 0
    weekday: int | None = None

    def newest(self, now: datetime) -> datetime:
        """The newest such moment that is not after `now`, in the zone of `now`."""
        day = now.date()
        while (moment := self._on(day, now)) > now or self.weekday not in {None, day.weekday()}:
            day -= timedelta(days=1)
        return moment

    def _on(self, day: date, now: datetime) -> datetime:
        return datetime.combine(day, time(self.hour, self.minute), now.tzinfo)


@dataclass(frozen=True)
class Tick:
    """One run of a job for one agency: the day it was due, and the agency's store."""

    today: date
    store: Store


@dataclass(frozen=True)
class Job:
    """A step that runs by the clock."""

    name: str  # "allowance.warn"
    at: At
    run: Callable[[Tick], Sequence[Notice]]
