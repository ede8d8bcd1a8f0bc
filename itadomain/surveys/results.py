"""What a survey came to, as it may be told: made of what is shown, never of what is held (see `releasing`).

The mean of an item is the mean of its parts' means, that of an indicator the mean of its items', that of the instrument
the mean of its indicators', as ITA reckons. How far each can be off comes from what the same people answered together.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from itadomain.frameworks import framework_for
from itadomain.grades import borders
from itadomain.ports import Store
from itadomain.scores import shown
from itadomain.surveys.intervals import HUNDRED, interval
from itadomain.surveys.questionnaire import STEPS, Answering, Item, Questionnaire
from itadomain.surveys.scoring import counting, instrument, mean, merged, side_by_side
from itadomain.surveys.survey import FEWEST, Cell, Standing, Sums, Survey

#: So many people before a rehearsal is told as what the score may become.
ENOUGH = 30
FIVE = (Decimal(1), Decimal(STEPS[Answering.FIVE]))
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95 % interval, in the points of its scale, and how many people it is made of."""

    mean: Decimal
    low: Decimal
    high: Decimal
    people: int


@dataclass(frozen=True)
class View:
    """The figures of some people; None stands for what fewer than five answered.

    `slots` has the questions one by one, `items` those on ITA's scale, own and unconfirmed ones too; `indicators` and
    `whole` are made of what counts alone. A question answered from 1 to 5 is in `slots` and `content`, on that scale.
    """

    people: int = 0
    slots: Mapping[str, Estimate | None] = field(default_factory=dict)
    steps: Mapping[str, Sequence[int] | None] = field(default_factory=dict)
    items: Mapping[str, Estimate | None] = field(default_factory=dict)
    indicators: Mapping[int, Estimate | None] = field(default_factory=dict)
    whole: Estimate | None = None
    content: Estimate | None = None


@dataclass(frozen=True)
class Response:
    """How many were asked and how far they came; `invited` are all of them, `started` those who did not end.

    `waiting` lie in the box, `told` are in the figures. `stopped_at` tells how many stopped after how many questions,
    without those of whom there are fewer than five.
    """

    invited: int
    started: int
    answered: int
    elsewhere: int
    waiting: int
    told: int
    stopped_at: Mapping[int, int]


def whole_view(store: Store, survey: Survey) -> View:
    """Everybody together."""
    return _view(survey, store.ballots.cells(survey.id), survey.population)


def by_unit(store: Store, survey: Survey) -> Mapping[str, View]:
    """By the id of the unit whose service points they were asked at; empty where none is known."""
    units = {one.code: one.unit for one in store.surveys.points()}
    return _views(store, survey, lambda cell: units.get(cell.point, ""))


def by_point(store: Store, survey: Survey) -> Mapping[str, View]:
    """By the code of the service point; empty where none is known."""
    return _views(store, survey, lambda cell: cell.point)


def by_month(store: Store, survey: Survey) -> Mapping[date, View]:
    """By the first day of the month in which they left the box, the oldest first."""
    return dict(sorted(_views(store, survey, lambda cell: cell.month).items()))


def response(store: Store, survey: Survey, today: date) -> Response:
    """How many took part; those who were seen `today` may go on yet, and are not said to have stopped."""
    counted = store.participation.counted(survey.id)
    waiting = store.ballots.waiting().get(survey.id, 0)
    told = sum(one.people for one in store.ballots.cells(survey.id))
    stopped = store.participation.stopped(survey.id, today)
    return Response(
        invited=sum(counted.values()),
        started=counted.get(Standing.STARTED, 0),
        # After a visit the same person answers again, and marks are dropped after a while.
        answered=max(counted.get(Standing.ANSWERED, 0), told + waiting),
        elsewhere=counted.get(Standing.ELSEWHERE, 0),
        waiting=waiting,
        told=told,
        stopped_at={reached: count for reached, count in sorted(stopped.items()) if count >= FEWEST},
    )


def view(asked: Questionnaire, sums: Mapping[str, Sums], people: int, population: int | None = None) -> View:
    """The figures that sums make; none is rounded up into a grade that it has not reached."""
    told_as = partial(estimate, population=population, edges=borders(framework_for(asked.fiscal_year).framework.scale))
    scales = {one.code: FIVE if one.item.answering is Answering.FIVE else HUNDRED for one in asked.slots}
    slots = {code: told_as(sums.get(code, Sums()), scale=scale) for code, scale in scales.items()}
    exact = {code: sums[code].total / sums[code].count for code, told in slots.items() if told}
    by_item = {one.code: _mean(exact.get(code) for code in _codes(asked, one)) for one in asked.items}
    by_indicator = {no: _mean(by_item[one.code] for one in those) for no, those in counting(asked).items()}

    def told(figure: str, middle: Decimal | None) -> Estimate | None:
        return None if middle is None else told_as(sums.get(figure, Sums()), mean=middle)

    def of_item(item: Item) -> Estimate | None:
        if item.counts or not item.parts:
            return told(item.code, by_item[item.code])
        parts = [sums[code] for code in _codes(asked, item) if slots[code]]
        return told_as(side_by_side(parts), mean=by_item[item.code]) if parts else None

    return View(
        people,
        slots,
        {code: tuple(sums[code].steps) if one else None for code, one in slots.items()},
        {one.code: of_item(one) for one in asked.items if one.answering is not Answering.FIVE},
        {no: told(str(no), middle) for no, middle in by_indicator.items()},
        told(instrument(asked), _mean(by_indicator.values())),
        next((slots[code] for code, scale in scales.items() if scale is FIVE), None),
    )


def estimate(
    sums: Sums,
    population: int | None = None,
    *,
    mean: Decimal | None = None,
    scale: tuple[Decimal, Decimal] = HUNDRED,
    edges: Sequence[Decimal] = (),
) -> Estimate | None:
    """The mean that sums make, with its interval inside its scale; None of fewer than five people.

    `mean` stands in the middle instead, where it is made in another way than person by person. Nothing is rounded up
    over one of `edges`.
    """
    if sums.count < FEWEST:
        return None
    middle = sums.total / sums.count if mean is None else mean
    low, high = interval(sums, middle, population, scale)
    return Estimate(shown(middle, edges), shown(low, edges), shown(high, edges), sums.count)


def _views(store: Store, survey: Survey, by: Callable[[Cell], K]) -> dict[K, View]:
    """One view for each group of cells; how many could be asked is known of all together only."""
    groups: dict[K, list[Cell]] = {}
    for cell in store.ballots.cells(survey.id):
        groups.setdefault(by(cell), []).append(cell)
    return {key: _view(survey, cells) for key, cells in groups.items()}


def _view(survey: Survey, cells: Sequence[Cell], population: int | None = None) -> View:
    sums = merged(*(one.shown for one in cells))
    return view(survey.questionnaire, sums, sum(one.people for one in cells), population)


def _codes(asked: Questionnaire, item: Item) -> Sequence[str]:
    """The codes of what is asked in an item."""
    return [one.code for one in asked.slots if one.item.code == item.code]


def _mean(of: Iterable[Decimal | None]) -> Decimal | None:
    """The mean of those that are told."""
    known = [one for one in of if one is not None]
    return mean(known) if known else None
