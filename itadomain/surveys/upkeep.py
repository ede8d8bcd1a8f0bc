"""What the clock does with surveys: answers become sums, rounds end, and what need not be kept goes."""

from collections.abc import Iterator
from datetime import date, timedelta

from itadomain.ports import Store
from itadomain.surveys import answering, opening
from itadomain.surveys.releasing import release, release_rest
from itadomain.surveys.survey import Survey

#: So long after a round was closed it is known who was asked in it, so that nobody is asked again.
MARKS_KEPT = timedelta(days=90)


def settle(store: Store, today: date) -> int:
    """Close what is over, and let out of the box who may leave it; gives how many people."""
    for one in store.surveys.all():
        if one.open and one.closes_on and one.closes_on < today:
            opening.close(store, one.id, today)
    return release(store, today) + sum(release_rest(store, one, today) for one in _left(store, today))


def forget(store: Store, today: date) -> None:
    """Drop what was begun and never sent, and who was asked in rounds that were closed long ago."""
    known = store.surveys.all()
    if known:
        store.participation.drop_drafts(today - answering.KEPT)
    for one in known:
        if one.closed_on and one.closed_on + MARKS_KEPT < today and store.participation.counted(one.id):
            store.participation.drop(one.id)


def _left(store: Store, today: date) -> Iterator[Survey]:
    """The closed surveys of which something waits that will never be enough by itself."""
    waiting = store.ballots.waiting()
    for one in store.surveys.all():
        recent = one.closed_on is not None and today <= one.closed_on + MARKS_KEPT
        held = recent and any(cell.held for cell in store.ballots.cells(one.id))
        if not one.open and (held or waiting.get(one.id)):
            yield one
