"""When the secretariat hears that a meeting's sheet is ready: so many days before it, and once."""

from collections.abc import Sequence
from datetime import date, timedelta

from itadomain.papers.meeting import next_meeting
from itadomain.people import Person, Role
from itadomain.ports import Settings, Store
from itadomain.refusals import Refusal
from itadomain.reminding import reserve
from itadomain.superiors import heads_of, members_of
from itadomain.workdays import ONE_DAY, Calendar

LEAD, TOLD = "meeting_sheet:lead", "meeting_sheet:told"
USUAL, MOST = 3, 14
#: Before a message of its own is sent, it is told for so many days to whoever writes anyway: that is free.
EARLIER = timedelta(days=2)
A_FEW_DAYS = timedelta(days=10)  # days off in a row


def lead(settings: Settings) -> int:
    """So many days before the meeting it is told."""
    kept = settings.get(LEAD)
    return int(kept) if kept else USUAL


def choose_lead(settings: Settings, days: int) -> None:
    """Keep another lead; Refusal where it is none."""
    if not 1 <= days <= MOST:
        raise Refusal("meeting_sheet.which_lead", most=MOST)
    settings.put(LEAD, str(days))


def to_tell(store: Store, today: date, *, free: bool) -> date | None:
    """The meeting whose sheet is to be told of, None where it was or there is none; `free`: it costs no message."""
    on = next_meeting(store, today)
    if on is None or store.settings.get(TOLD) >= on.isoformat():
        return None
    nominal = on - timedelta(days=lead(store.settings))
    begins = Calendar(store.holidays.between(nominal - A_FEW_DAYS, nominal)).last_working(nominal)
    return on if today >= begins - (EARLIER if free else timedelta()) else None


def told(settings: Settings, on: date) -> None:
    """Note that the secretariat was told of a meeting's sheet."""
    settings.put(TOLD, on.isoformat())


def hearing(store: Store, today: date) -> Sequence[Person]:
    """Who is told: who leads the secretariat, else its people, else the administrators; nobody who is away."""
    people = [one for one in store.people.insiders(today) if not one.away]
    central = next((one.id for one in store.units.all() if one.secretariat), "")
    admins = [one for one in people if Role.ADMIN in one.roles]
    return (central and (heads_of(central, people, today) or members_of(central, people, today))) or admins


def by_message(store: Store, on: date, today: date) -> Sequence[Person]:
    """Who of them is sent a message, as many as the month's messages suffice for.

    Who was reminded of something today is told tomorrow; on the day before the meeting nobody waits any more.
    """
    reminded = store.nudges.on(today) if on - today > ONE_DAY else frozenset()
    free = reserve.for_reminders(store.allowance(today), reserve.percent(store.settings))
    return [one for one in hearing(store, today) if one.id not in reminded][:free]
