"""What a digest told is written down: told once, on a message of its own or on the back of an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from itadomain.ports import Store
from itadomain.reminding import ladder
from itadomain.reminding.digest import Digest, Item
from itadomain.reminding.reminded import Reminded, Told

#: What was told so long ago is of no round that still runs.
KEPT = timedelta(days=400)


def note(store: Store, digest: Digest, now: datetime, *, pushed: bool) -> None:
    """Write down what a digest told: the items, how far up the ladder they came, the week."""
    note_all(store, [digest], now, pushed=pushed)


def note_all(store: Store, digests: Sequence[Digest], now: datetime, *, pushed: bool) -> None:
    """Write down what some people were told, each once.

    What was sent unasked is the day's reminder: no other follows, and no superior sends one by hand.
    """
    today = now.date()
    store.reminders.save(*(_after(store.reminders.of(one.to.id), one, now, pushed=pushed) for one in digests))
    if pushed:
        store.nudges.add_all([one.to.id for one in digests], today)
    ladder.note(store, today, *digests)


def _after(kept: Reminded, digest: Digest, now: datetime, *, pushed: bool) -> Reminded:
    today = now.date()
    return replace(
        kept,
        told=_recent(kept.told, today) | {item.obligation.id: _told(item) for item in digest.items},
        digest_on=today if pushed else kept.digest_on,
        week_told=digest.week.monday if digest.week else kept.week_told,
        not_before=kept.not_before if kept.not_before and kept.not_before > now else None,
        looked_on=kept.looked_on if pushed else today,
    )


def looked(store: Store, person: str, today: date) -> None:
    """Write down that nothing is to be told to a person today: nobody looks again before tomorrow."""
    store.reminders.save(replace(store.reminders.of(person), looked_on=today))


def remind_again(store: Store, person: str, at: datetime) -> None:
    """Write down that a person wants to be reminded again, and of nothing before that."""
    store.reminders.save(Reminded(person, {}, None, at, store.reminders.of(person).week_told))


def _told(item: Item) -> Told:
    one = item.obligation
    assert one.slot is not None
    assert one.due is not None
    return Told(one.slot, one.due, item.rung, item.day)


def _recent(told: Mapping[str, Told], today: date) -> dict[str, Told]:
    return {obligation: one for obligation, one in told.items() if one.day > today - KEPT}
