"""When a broadcast may be heard: citizens are not told at night, and nobody what was for another day."""

from datetime import datetime, time, timedelta

from itadomain.broadcasts.broadcast import Broadcast
from itadomain.refusals import Refusal

#: Citizens are not told at night.
FROM, UNTIL = time(8), time(20)
#: Nobody wants to be told today what was for yesterday.
TOO_LATE = timedelta(days=1)


def by_day(moment: datetime) -> bool:
    """Whether citizens may hear of it at this time."""
    return FROM <= moment.time() < UNTIL


def by_day_only(moment: datetime) -> datetime:
    """The same time, or the next at which citizens may hear of it."""
    if by_day(moment):
        return moment
    day = moment.date() + timedelta(days=1) if moment.time() >= UNTIL else moment.date()
    return datetime.combine(day, FROM, moment.tzinfo)


def to_citizens(one: Broadcast) -> bool:
    """Whether people outside the agency hear this one."""
    return one.audience.citizens and not one.trial


def rests(one: Broadcast, now: datetime) -> bool:
    """Whether what is on its way stands still until the morning: it was for the day, and citizens would hear it now."""
    zone = one.send_at.tzinfo
    return to_citizens(one) and by_day(one.send_at) and not by_day(now.astimezone(zone))


def its_time(one: Broadcast, now: datetime) -> datetime:
    """When it may go out: what citizens were to hear by day and was missed, they do not hear at night.

    Refusal where it was missed for so long that its words may be wrong by now.
    """
    planned = one.send_at.astimezone(now.tzinfo)
    if now - planned > TOO_LATE:
        raise Refusal("broadcast.in_the_past")
    return by_day_only(max(planned, now)) if to_citizens(one) and by_day(planned) else planned
