"""What an agency chose about its reminders: which rungs beside those that are always told, and from which hour on."""

from collections.abc import Collection
from datetime import datetime, time

from itadomain.ports import Settings
from itadomain.refusals import Refusal
from itadomain.reminding.rungs import ADDITIONAL, Rung

RUNGS, HOUR = "reminders:rungs", "reminders:hour"
#: When reminders are sent: at the first of these that the agency wants, to whoever had to wait at the next ones.
RUNS = (time(8), time(9), time(11), time(13, 30), time(15, 30))
USUAL = time(9)
#: Nothing is told unasked before this and after that, whatever was missed.
FIRST, LAST = RUNS[0], time(17)


def rungs(settings: Settings) -> frozenset[Rung]:
    """The rungs that an agency chose beside those that everybody has."""
    return frozenset(Rung(part) for part in settings.get(RUNGS).split(",") if part)


def choose_rungs(settings: Settings, chosen: Collection[Rung]) -> None:
    """Keep which rungs are told too."""
    settings.put(RUNGS, ",".join(rung.value for rung in ADDITIONAL if rung in chosen))


def begins(settings: Settings) -> time:
    """When the day's reminders begin."""
    kept = settings.get(HOUR)
    return time.fromisoformat(kept) if kept else USUAL


def choose_hour(settings: Settings, hour: int, minute: int = 0) -> time:
    """Keep from when on people are reminded: gives the first run from then on; Refusal where there is none."""
    later = [run for run in RUNS if (run.hour, run.minute) >= (hour, minute)]
    if not later or hour < FIRST.hour:
        raise Refusal("reminders.no_such_hour", first=f"{FIRST:%H.%M}", last=f"{RUNS[-1]:%H.%M}")
    settings.put(HOUR, later[0].isoformat(timespec="minutes"))
    return later[0]


def may_tell(settings: Settings, now: datetime) -> bool:
    """Whether people may be told something unasked at this hour."""
    return begins(settings) <= now.time().replace(tzinfo=None) <= LAST
