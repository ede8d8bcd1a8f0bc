"""What a survey came to, as it may be told: made of what is shown, never of what is held (see `releasing`).

The mean of an item is the mean of its parts' means, that of an indicator the mean of its items', that of the instrument
the mean of its indicators', as ITA reckons. How far each can be off comes from what the same people answered together,
where that is kept (`scoring.joint`), and else from its parts side by side.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from itadomain.frameworks import framework_for
from itadomain.grades import borders
from itadomain.ports import Store
from itadomain.scores import shown
from itadomain.surveys.intervals import HUNDRED, interval
from itadomain.surveys.questionnaire import STEPS, Answering, Questionnaire
from itadomain.surveys.scoring import between, counting, instrument, joint, mean, merged, side_by_side
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
class _Figure:
    """A mean that may be told, the sums from which its interval comes, and how many people it is made of at least.

    `whole`: all that it is made of is told.
    """

    mean: Decimal
    sums: Sums
    people: int
    whole: bool = True


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

    Each is told at every fifth person, and stands until the next: 0 is fewer than five, None what is not kept any more.
    `waiting` lie in the box, `told` are in the figures. `stopped_at` tells how many stopped after how many questions,
    without those of whom there are fewer than five.
    """

    invited: int | None
    started: int | None
    answered: int
    elsewhere: int | None
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
    waiting, told = store.ballots.waiting().get(survey.id, 0), store.ballots.people(survey.id)
    stopped = store.participation.stopped(survey.id, today)

    def marked(count: int) -> int | None:
        return at_fives(count) if survey.remembers(today) else None

    return Response(
        invited=marked(sum(counted.values())),
        started=marked(counted.get(Standing.STARTED, 0)),
        # After visits the same person answers again, and marks are dropped after a while.
        answered=at_fives(max(counted.get(Standing.ANSWERED, 0), told + waiting)),
        elsewhere=marked(counted.get(Standing.ELSEWHERE, 0)),
        waiting=at_fives(waiting),
        told=at_fives(told),
        stopped_at={reached: at_fives(count) for reached, count in sorted(stopped.items()) if count >= FEWEST},
    )


def at_fives(count: int) -> int:
    """As many people as are told of: the figure moves at every fifth."""
    return count - count % FEWEST


def view(asked: Questionnaire, sums: Mapping[str, Sums], people: int, population: int | None = None) -> View:
    """The figures that sums make; none is rounded up into a grade that it has not reached."""
    edges = borders(framework_for(asked.fiscal_year).framework.scale)
    together = {figure: sums[figure] for figure in joint(asked) if figure in sums}
    scales = {one.code: FIVE if one.item.answering is Answering.FIVE else HUNDRED for one in asked.slots}
    slots = {code: _of_slot(sums.get(code, Sums())) for code in scales}
    items = {
        one.code: _made(
            together.get(one.code), (slots[slot.code] for slot in asked.slots if slot.item.code == one.code)
        )
        for one in asked.items
    }
    indicators = {
        no: _made(together.get(str(no)), (items[one.code] for one in those)) for no, those in counting(asked).items()
    }

    def told(found: _Figure | None, scale: tuple[Decimal, Decimal] = HUNDRED) -> Estimate | None:
        made = found and estimate(found.sums, population, mean=found.mean, scale=scale, edges=edges)
        return replace(made, people=found.people) if found and made else None

    answers = {code: told(found, scales[code]) for code, found in slots.items()}
    return View(
        people,
        answers,
        {code: tuple(sums[code].steps) if one else None for code, one in answers.items()},
        {one.code: told(items[one.code]) for one in asked.items if one.answering is not Answering.FIVE},
        {no: told(found) for no, found in indicators.items()},
        told(_made(together.get(instrument(asked)), indicators.values())),
        next((answers[code] for code, scale in scales.items() if scale is FIVE), None),
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


def _of_slot(sums: Sums) -> _Figure | None:
    """What is asked in one bubble; None of fewer than five people."""
    return _Figure(sums.total / sums.count, sums, sums.count) if sums.count >= FEWEST else None


def _made(together: Sums | None, of: Iterable[_Figure | None]) -> _Figure | None:
    """The mean of those parts that are told; how far it is off, by what people answered `together` where that is kept.

    Each who skipped something counts against one who answered all: of half and half nothing is known of how the answers
    go together, and they are taken at their widest. So they are where some part is not told: what it is one of would
    tell of it, and it may be one person who answered it.
    """
    asked = list(of)
    parts = [one for one in asked if one]
    if not parts:
        return None
    people = max(one.people for one in parts)
    whole = len(parts) == len(asked) and all(one.whole for one in parts)
    apart = side_by_side([one.sums for one in parts])
    share = 2 * Decimal(together.count) / people - 1 if together and whole else Decimal(0)
    sums = between(together, apart, share) if together and share > 0 else apart
    return _Figure(mean([one.mean for one in parts]), sums, people, whole)
