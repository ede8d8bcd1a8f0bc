"""What the clock does with surveys: answers become sums, rounds end, and what need not be kept goes."""

from datetime import date

from itadomain.ports import Store
from itadomain.surveys import answering, opening
from itadomain.surveys.releasing import begin_anew, release, release_rest
from itadomain.surveys.survey import Kind, Survey

MONTHS_OF_A_QUARTER = 3


def settle(store: Store, today: date) -> int:
    """Close what is over, and let out of the box who may leave it; gives how many people."""
    for one in store.surveys.all():
        if _is_over(one, today):
            opening.close(store, one.id, today)
    known = store.surveys.all()
    released = sum(begin_anew(store, one, today) for one in known if _is_due(one, today)) + release(store, today)
    waiting = store.ballots.waiting()
    left = [one for one in known if not one.open and (waiting.get(one.id) or _is_held(store, one, today))]
    return released + sum(release_rest(store, one, today) for one in left)


def forget(store: Store, today: date) -> None:
    """Drop what was begun and never sent, and who was asked in rounds that were closed long ago."""
    known = store.surveys.all()
    if known:
        store.participation.drop_drafts(today - answering.KEPT)
    for one in known:
        if not one.remembers(today) and store.participation.counted(one.id):
            store.participation.drop(one.id)


def _is_over(survey: Survey, today: date) -> bool:
    return survey.open and survey.closes_on is not None and survey.closes_on < today


def _is_held(store: Store, survey: Survey, today: date) -> bool:
    """Whether something that left the box of a survey waits for others; it is looked for while the end is near."""
    if not survey.remembers(today):
        return False
    return bool(store.ballots.held_words(survey.id)) or any(one.held for one in store.ballots.cells(survey.id))


def _is_due(survey: Survey, today: date) -> bool:
    """Whether a quarter has ended since people could first answer the short one, which never closes by itself."""
    asks_on = survey.open and not _is_over(survey, today)
    return asks_on and survey.kind is Kind.VISIT and (survey.settled_on or survey.opened_on) < _quarter(today)


def _quarter(day: date) -> date:
    """The first day of its quarter: a quarter of a fiscal year is one of the calendar's."""
    return day.replace(month=day.month - (day.month - 1) % MONTHS_OF_A_QUARTER, day=1)
