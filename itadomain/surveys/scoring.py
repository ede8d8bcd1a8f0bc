"""What one person's answers come to, by figure: each question, each item, each indicator, and the instrument.

A skipped question is left out, so that whoever skips some counts in the others. Figures are called by their codes:
"E1.2" a part of an item, "E1" the item, "6" its indicator, "EIT" the instrument.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest

from itadomain.surveys.questionnaire import STEPS, Answering, Item, Questionnaire, Slot
from itadomain.surveys.survey import Ballot, Sums

#: So finely what is made of several questions is kept.
FINE = Decimal("0.000001")


def counted(questionnaire: Questionnaire, ballot: Ballot) -> Mapping[str, Sums]:
    """One person's answers as sums of one, by figure; what has no worth, and what is no step of its scale, is left out.

    What is made of several questions is their mean: an item of its parts, an indicator of its items that count, an
    instrument of its indicators. Of an item that does not count the parts alone are: together they would tell of the
    one person who says yes to «are you …?» what they say to the other part.
    """
    answered = list(_answered(questionnaire, ballot))
    parts: dict[str, list[Decimal]] = {}
    for slot, _, points in answered:
        if slot.item.counts or not slot.item.parts:
            parts.setdefault(slot.item.code, []).append(points)
    items = {code: mean(points) for code, points in parts.items()}
    indicators = dict(_indicators(questionnaire, items))
    figures = {code: _one(points) for code, points in items.items()}
    figures |= {slot.code: _one(points, step, slot) for slot, step, points in answered}
    figures |= {str(no): _one(points) for no, points in indicators.items()}
    if indicators:
        figures[instrument(questionnaire)] = _one(mean(list(indicators.values())))
    return figures


def instrument(questionnaire: Questionnaire) -> str:
    """The code of the figure that stands for the whole instrument; empty where nothing counts."""
    return next((one.instrument.value for one in questionnaire.items if one.counts and one.instrument), "")


def counting(questionnaire: Questionnaire) -> Mapping[int, Sequence[Item]]:
    """The items that count, by their indicators."""
    found: dict[int, list[Item]] = {}
    for item in questionnaire.items:
        if item.counts and item.indicator is not None:
            found.setdefault(item.indicator, []).append(item)
    return dict(sorted(found.items()))


def worth(questionnaire: Questionnaire, slot: Slot, step: int) -> Decimal | None:
    """Points of 100; of the scale from 1 to 5, its figure itself. None where no such answer can be given or scored."""
    if not 0 <= step < STEPS[slot.item.answering]:
        return None
    return Decimal(step + 1) if slot.item.answering is Answering.FIVE else questionnaire.score(slot, step)


def merged(*tables: Mapping[str, Sums]) -> dict[str, Sums]:
    """The sums of several tables together, figure by figure."""
    found: dict[str, list[Sums]] = {}
    for table in tables:
        for figure, sums in table.items():
            found.setdefault(figure, []).append(sums)
    return {figure: together(those) for figure, those in found.items()}


def together(those: Sequence[Sums]) -> Sums:
    """Many sums of one figure as one."""
    steps = zip_longest(*(one.steps for one in those), fillvalue=0)
    return Sums(
        sum(one.count for one in those),
        sum((one.total for one in those), Decimal(0)),
        sum((one.squares for one in those), Decimal(0)),
        tuple(map(sum, steps)),
    )


def side_by_side(parts: Sequence[Sums]) -> Sums:
    """The mean of several parts, without knowing who answered what to which: as if all varied together, the widest.

    There is at least one part, and each was answered.
    """
    means = [one.total / one.count for one in parts]
    spreads = [
        max(one.squares / one.count - middle * middle, Decimal(0)).sqrt()
        for one, middle in zip(parts, means, strict=True)
    ]
    count, middle, spread = min(one.count for one in parts), mean(means), mean(spreads)
    return Sums(count, count * middle, count * (middle * middle + spread * spread))


def mean(points: Sequence[Decimal]) -> Decimal:
    """Their mean; of one, that one."""
    return points[0] if len(points) == 1 else (sum(points, Decimal(0)) / len(points)).quantize(FINE)


def _answered(questionnaire: Questionnaire, ballot: Ballot) -> Iterator[tuple[Slot, int, Decimal]]:
    """What was answered, with its step and its worth."""
    for slot in questionnaire.slots:
        step = ballot.answers.get(slot.code)
        points = None if step is None else worth(questionnaire, slot, step)
        if step is not None and points is not None:
            yield slot, step, points


def _indicators(questionnaire: Questionnaire, items: Mapping[str, Decimal]) -> Iterable[tuple[int, Decimal]]:
    for no, those in counting(questionnaire).items():
        answered = [items[one.code] for one in those if one.code in items]
        if answered:
            yield no, mean(answered)


def _one(points: Decimal, step: int | None = None, slot: Slot | None = None) -> Sums:
    steps = () if slot is None else tuple(int(nth == step) for nth in range(STEPS[slot.item.answering]))
    return Sums(1, points, points * points, steps)
