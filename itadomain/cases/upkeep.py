"""What the clock does with cases by night: due days follow new days off, and what nobody disputes is closed."""

from dataclasses import replace
from datetime import date, timedelta

from itadomain.cases.days import deadlines
from itadomain.cases.moves import DAYS_TO_REOPEN, Actor, Move, moved
from itadomain.ports import Store


def recount(store: Store) -> int:
    """Count the due days of all open cases again; gives how many have moved."""
    known = [(case, coming.day if coming else None) for case, coming, _ in deadlines(store, store.cases.open())]
    changed = [replace(case, due=day) for case, day in known if case.due != day]
    for case in changed:
        store.cases.save(case)
    return len(changed)


def expire(store: Store, today: date) -> int:
    """Close what was answered so long ago that it cannot be reopened; gives how many those were."""
    answered = store.cases.resolved(today - timedelta(days=DAYS_TO_REOPEN + 1))
    for case in answered:
        store.cases.save(moved(case, Move.EXPIRE, Actor.CLOCK, "", today))
    return len(answered)
