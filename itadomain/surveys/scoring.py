"""What one person's answers come to, by figure: each question, each item, each indicator, and the instrument.

A skipped question is left out, so that whoever skips some counts in the others. Figures are called by their codes:
"E1.2" a part of an item, "E1" the item, "6" its indicator, "EIT" the instrument.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import zip_longest

from itadomain.surveys.known import known
from itadomain.surveys.questionnaire import STEPS, Answering, Item, Questionnaire, Slot
from itadomain.surveys.survey import REHEARSALS, Ballot, Kind, Sums

#: So finely what is made of several questions is kept.
FINE = Decimal("0.000001")


def counted(questionnaire: Questionnaire, ballot: Ballot) -> Mapping[str, Sums]:
    """One person's answers as sums of one, by figure; what has no worth, and what is no step of its scale, is left out.

    What is made of several questions is their mean, where that is kept at all (see `joint`): an item of its parts, an
    indicator of its items that count, an instrument of its indicators; of whoever answered all of them, and of nobody
    else: a figure of one who skipped some would tell of the rest.
    """
    answered = list(_answered(questionnaire, ballot))
    points = {slot.code: worth for slot, _, worth in answered}
    made = dict(_means(questionnaire, points))
    together = {figure: _one(made[figure]) for figure in joint(questionnaire) & made.keys()}
    return together | {slot.code: _one(worth, step, slot) for slot, step, worth in answered}


def figures(questionnaire: Questionnaire) -> Collection[str]:
    """Every figure of which sums are kept."""
    return {one.code for one in questionnaire.slots} | joint(questionnaire)


def joint(questionnaire: Questionnaire) -> set[str]:
    """The figures made of several questions of which it is kept what the same people answered together.

    These sums would tell of the one person who says yes to «are you …?» what they say to another question. So they are
    kept where every one of the questions counts and is asked in the words that the product itself has for that year,
    and nowhere else: whoever enters a question or changes one cannot choose whom it tells of, and whoever confirms one
    has not worded it.
    """
    as_known = {one.code for one in questionnaire.items if _as_known(one, questionnaire.fiscal_year)}
    items = {one.code for one in questionnaire.items if one.parts and one.code in as_known}
    counted_in = counting(questionnaire)
    indicators = {str(no) for no, those in counted_in.items() if as_known.issuperset(one.code for one in those)}
    whole = {instrument(questionnaire)} if counted_in and len(indicators) == len(counted_in) else set()
    return items | indicators | whole


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
    """The mean of several parts, without knowing who answered what to which: as if all erred together, the widest.

    Its error is the mean of the parts' errors, and it counts for as many people as would err so with answers that
    differ as much: a part that fewer answered weighs no more than the others. There is at least one part, and each was
    answered.
    """
    if len(parts) == 1:
        return parts[0]
    count = round(1 / mean([1 / Decimal(one.count).sqrt() for one in parts]) ** 2)
    return _erring(mean([one.total / one.count for one in parts]), mean([_error(one) for one in parts]), count)


def between(all_of_it: Sums, apart: Sums, share: Decimal) -> Sums:
    """What `share` of the people err by who answered all of it, and the others by as `apart`: the mean is that of all.

    Who skips some may answer otherwise than who skips nothing, so the others are taken at their widest.
    """
    count = round(1 / (share / Decimal(all_of_it.count).sqrt() + (1 - share) / Decimal(apart.count).sqrt()) ** 2)
    return _erring(apart.total / apart.count, share * _error(all_of_it) + (1 - share) * _error(apart), count)


def mean(points: Sequence[Decimal]) -> Decimal:
    """Their mean; of one, that one."""
    return points[0] if len(points) == 1 else (sum(points, Decimal(0)) / len(points)).quantize(FINE)


def _as_known(item: Item, year: int) -> bool:
    """Whether the question is known for that very year, and asked in those words and on that scale."""
    kind = REHEARSALS.get(item.instrument) if item.instrument else None
    found = _known(kind, year).get(item.code) if kind else None
    if found is None or not item.counts:
        return False
    return found == replace(item, confidence=found.confidence, source=found.source)


@cache
def _known(kind: Kind, year: int) -> Mapping[str, Item]:
    return {one.code: one for one in known(kind, year)}


def _answered(questionnaire: Questionnaire, ballot: Ballot) -> Iterator[tuple[Slot, int, Decimal]]:
    """What was answered, with its step and its worth."""
    for slot in questionnaire.slots:
        step = ballot.answers.get(slot.code)
        points = None if step is None else worth(questionnaire, slot, step)
        if step is not None and points is not None:
            yield slot, step, points


def _means(questionnaire: Questionnaire, points: Mapping[str, Decimal]) -> Iterator[tuple[str, Decimal]]:
    """What is made of several questions, where each of them was answered."""
    slots: dict[str, list[str]] = {}
    for slot in questionnaire.slots:
        slots.setdefault(slot.item.code, []).append(slot.code)
    items = {item: mean([points[one] for one in codes]) for item, codes in slots.items() if points.keys() >= set(codes)}
    counted_in = counting(questionnaire)
    indicators = {
        str(no): mean([items[one.code] for one in those])
        for no, those in counted_in.items()
        if all(one.code in items for one in those)
    }
    yield from items.items()
    yield from indicators.items()
    if indicators and len(indicators) == len(counted_in):
        yield instrument(questionnaire), mean(list(indicators.values()))


def _error(sums: Sums) -> Decimal:
    """The standard error of a mean, without what a small sample adds to it."""
    middle = sums.total / sums.count
    return (max(sums.squares / sums.count - middle * middle, Decimal(0)) / sums.count).sqrt()


def _erring(middle: Decimal, error: Decimal, count: int) -> Sums:
    """Sums of so many people whose mean is `middle` and errs so."""
    return Sums(count, count * middle, count * (middle * middle + error * error * count))


def _one(points: Decimal, step: int | None = None, slot: Slot | None = None) -> Sums:
    steps = () if slot is None else tuple(int(nth == step) for nth in range(STEPS[slot.item.answering]))
    return Sums(1, points, points * points, steps)
