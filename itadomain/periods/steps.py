"""The days on which a follow-up is due, each from the words that ask for it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from itadomain.fiscal import FIRST_MONTH, fiscal_year_of
from itadomain.periods.asked import Asked
from itadomain.periods.calendar_days import (
    MONTHS,
    PER_QUARTER,
    day_in,
    ends_of_rounds,
    later,
    month_after,
    month_end,
    nth_ends,
)
from itadomain.periods.named import Named, Unit
from itadomain.periods.rounds import months_in, waiting_days
from itadomain.periods.shape import Due, Span, Told, Why

YEARS_OF_PLANS = {"y", "F", "G"}
#: A due day with the place of its words.
Placed = tuple[int, Due]


def steps(asked: Asked) -> Sequence[Due]:
    """Every due day once, in the order of the words."""
    found: list[Placed] = [*_named_days(asked), *_after_work(asked)]
    if asked.bound is not None:
        found += [*_repeated(asked, asked.bound), *_turns(asked, asked.bound)]
        found += _yearly(asked, asked.bound) if not found or asked.turns else []
    once: dict[date, Due] = {}
    for _, due in sorted(found, key=lambda one: one[0]):
        once.setdefault(due.slot, due)
    return tuple(once.values())


def _repeated(asked: Asked, bound: Span) -> Iterator[Placed]:
    """What comes again and again: some days after an end, on a day of the month, or when so many months are over."""
    if asked.after_ends:
        yield from _after_ends(*asked.after_ends, bound)
    elif asked.day_of_month:
        yield from _month_days(asked, bound)
    else:
        for one in asked.rounds:
            if not asked.spelled_out(one):
                yield from ((one.at, _round_end(slot, one.months)) for slot in ends_of_rounds(bound, one.months))


def _round_end(slot: date, months: int) -> Due:
    if months == MONTHS:
        return _year_end(slot)
    return Due(slot, Told(Why.MONTH_END) if months == 1 else Told(Why.ROUND_END, {"months": months}))


def _year_end(slot: date) -> Due:
    return Due(slot, Told(Why.YEAR_END, {"year": fiscal_year_of(slot)}))


def _turns(asked: Asked, bound: Span) -> Iterator[Placed]:
    """«รอบ ๖ เดือน» is every six months; several turns of other lengths are one day each."""
    if steady := asked.steady_turns:
        yield from ((steady.at, _round_end(slot, steady.months)) for slot in ends_of_rounds(bound, steady.months))
        return
    for at, sign in asked.turns:
        if not asked.spelled(at):
            yield from ((at, _round_end(slot, n)) for n in sign.figures for slot in nth_ends(bound, n))


def _named_days(asked: Asked) -> Iterator[Placed]:
    """The days and months that are named; an October after a March, or of a yearly report, is the next one."""
    last = date.min
    for one in asked.days:
        for slot in _slots(one):
            late = slot.month >= FIRST_MONTH and not one.own_year and (slot < last or _of_yearly(asked, one))
            last = later(slot, MONTHS) if late else slot
            yield one.at, _named_day(last, one.unit)


def _slots(one: Named) -> Iterator[date]:
    """The last day of each part; of several quarters in one, that of each quarter."""
    for part in one.parts:
        quarters = ends_of_rounds(part, PER_QUARTER) if one.unit == Unit.QUARTER else ()
        yield from quarters or (part.end,)


def _named_day(slot: date, unit: Unit) -> Due:
    if unit == Unit.YEAR:
        return _year_end(slot)
    return Due(slot, Told(Why.NAMED_DAY if unit == Unit.DAY else Why.NAMED_MONTH))


def _of_yearly(asked: Asked, one: Named) -> bool:
    """Whether the day belongs to a yearly report, which is one on the year that is over."""
    before = [sign for sign in asked.signs.row[: one.at] if sign.letter in "aVfR"]
    if not before:
        return False
    sign = before[-1]
    return sign.letter == "a" or MONTHS in {months_in(sign), *sign.figures[-1:]}


def _month_days(asked: Asked, bound: Span) -> Iterator[Placed]:
    """The same days of every month, or of the month after every so many months."""
    at, days, next_month = asked.day_of_month or (0, (), False)
    months = asked.rounds[0].months if asked.rounds else 1
    for end in ends_of_rounds(Span(bound.start.replace(day=1), month_end(bound.end)), months):
        for day in days:
            slot = day_in(month_after(end) if next_month else end, day)
            if next_month or slot in bound:
                yield at, Due(slot, Told(Why.DAY_OF_MONTH, {"day": day}))


def _after_ends(days: int, months: int, bound: Span) -> Iterator[Placed]:
    for end in ends_of_rounds(bound, months):
        yield 0, Due(end + timedelta(days=days), Told(Why.DAYS_AFTER, {"days": days, "end": end}))


def _after_work(asked: Asked) -> Iterator[Placed]:
    """So many days after the work is done, which is when its period ends."""
    days, at = waiting_days(asked.signs), asked.rest.find("x")
    if days and at >= 0 and asked.work and not asked.after_ends:
        yield (
            at,
            Due(asked.work.end + timedelta(days=days), Told(Why.DAYS_AFTER, {"days": days, "end": asked.work.end})),
        )


def _yearly(asked: Asked, bound: Span) -> Iterator[Placed]:
    """A yearly report that names no month is due when the year ends."""
    at = asked.rest.find("a")
    if at >= 0 and not asked.spelled(at) and asked.signs.letters[at + 1 : at + 2] in YEARS_OF_PLANS:
        yield from ((at, _year_end(slot)) for slot in ends_of_rounds(bound, MONTHS))
