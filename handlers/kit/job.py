"""What a feature does by itself at a set time: it is given a tick, and answers with notices to people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.kit.reply import Notice
from handlers.kit.turn import LONG_AGO
from itadomain.ports import Store


@dataclass(frozen=True)
class At:
    """A time of day, every day or on one day of the week (Monday is 0)."""

    hour: int
    minute: int = 0
    weekday: int | None = None

    def newest(self, now: datetime) -> datetime:
        """The newest such moment that is not after `now`, in the zone of `now`."""
        moment = now.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0, fold=0)
        while moment > now or self.weekday not in {None, moment.weekday()}:
            moment -= timedelta(days=1)
        return moment


@dataclass(frozen=True)
class Tick:
    """One run of a job for one agency: the day it was due, and the agency's store."""

    today: date
    store: Store
    at: datetime = LONG_AGO  # when it was due
    now: datetime = LONG_AGO  # when it runs: hours later, where nothing ran between


@dataclass(frozen=True)
class Job:
    """A step that runs by the clock, once or several times a day."""

    name: str  # "allowance.warn"
    at: At
    run: Callable[[Tick], Sequence[Notice]]
    also: Sequence[At] = ()

    def newest(self, now: datetime) -> datetime:
        """When it was due last, in the zone of `now`."""
        return max(at.newest(now) for at in (self.at, *self.also))
