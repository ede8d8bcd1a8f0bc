"""Writes the entries of a calendar as iCalendar (RFC 5545), which every phone and calendar program reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.calendar.telling import said_of
from itadomain.agenda import Entry, Kind
from itadomain.workdays import ONE_DAY

MEDIA_TYPE = "text/calendar"
#: How often a phone that asks us how often is to look again.
LOOK_AGAIN = timedelta(hours=12)
LONGEST_LINE = 250


@dataclass(frozen=True)
class Drawn:
    """What a calendar is called, whose words it speaks, and the day on which it is written."""

    name: str
    agency: str  # its part of an address, which makes the ids of events the agency's own
    today: date
    says: Callable[[Any], str]
    unit_of: Callable[[str], str] = lambda _id: ""  # the name of a unit, by its id


def drawn(entries: Sequence[Entry], how: Drawn) -> bytes:
    """The whole calendar: one day-long event for each entry, under an id that stays when its day moves."""
    import icalendar  # noqa: PLC0415 - 10 MB that only whoever asks for a calendar needs

    calendar = icalendar.Calendar()
    for name, value in (("prodid", "-//itabot//calendar//TH"), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(name, value)
    calendar.add("x-wr-calname", clean(how.name))
    calendar.add("refresh-interval", LOOK_AGAIN, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    stamp = datetime.combine(how.today - ONE_DAY, time(), UTC)  # over in every zone, and the same all day
    for entry in entries:
        event = icalendar.Event()
        event.add("uid", f"{_id(entry)}@{how.agency}.itabot")
        event.add("dtstamp", stamp)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + ONE_DAY)
        event.add("summary", clean(how.says(said_of(entry))))
        if unit := how.unit_of(entry.unit):
            event.add("description", clean(unit))
        event.add("transp", "TRANSPARENT")  # nobody is taken for busy all day
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def clean(text: str) -> str:
    """One line of what can be read: a document may hold signs that a calendar must not."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST_LINE]


def _id(entry: Entry) -> str:
    """What an entry is about, whichever day it falls on."""
    match entry.kind:
        case Kind.OPENS | Kind.CLOSES if entry.window:
            return f"{entry.window.fiscal_year}-{entry.window.phase}-{entry.kind}"
        case Kind.MEETING if entry.meeting:
            return f"{entry.meeting.kind.name.lower()}-{entry.meeting.month:%Y%m}"
        case _:
            rung = f"-{entry.rung}" if entry.rung else ""
            return f"{entry.duty}-{entry.slot:%Y%m%d}{rung}"
