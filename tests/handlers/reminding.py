"""The clock of reminders, and what those who are reminded read."""

from datetime import UTC, date, datetime, time

from bot.line import limits
from bot.line.render import Voice, render
from handlers.kit import Tick
from handlers.schedule.reminders import send
from tests.talk import _readable, texts

#: Reports on December are due on the 31st, which is New Year's Eve: so by the 4th, a Monday.
DUE, WEEK_BEFORE, LATE = date(2027, 1, 4), date(2026, 12, 28), date(2027, 1, 11)


def at(day, hour=9, minute=0):
    return datetime.combine(day, time(hour, minute), UTC)


def runs(store, day, hour=9, minute=0):
    """The clock strikes; what each is told, by their ids."""
    now = at(day, hour, minute)
    notices = send(Tick(day, store, now, now))
    assert len({one.to.id for one in notices}) == len(notices), "one message a person"
    return {one.to.id: one.reply for one in notices}


def read(reply, language="th"):
    """All that can be read of a message, once LINE takes it."""
    messages = render(reply, Voice(texts(), language, "ค่ะ"))
    assert not limits.faults(messages)
    return "\n".join(_readable(messages))


def on_a_lock_screen(reply):
    """What is shown of a message before the phone is unlocked."""
    return [message.get("altText", message.get("text")) for message in render(reply, Voice(texts(), "th", "ค่ะ"))]
