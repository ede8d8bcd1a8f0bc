"""A period («ม.ค. – มี.ค. ๖๖», «ตลอดปีงบประมาณ») and its days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from itadomain.fiscal import first_day, fiscal_year_of, last_day
from itadomain.periods.calendar_days import MONTHS, ends_of_rounds, later, same_day_in
from itadomain.periods.named import Named, Unit
from itadomain.periods.rounds import months_of
from itadomain.periods.shape import Doubt, Period, Rule, Span, Told
from itadomain.periods.signs import DECEMBER, JANUARY, YEARS, Signs, read
from itadomain.periods.spans import of_year, spanned
from itadomain.periods.times import fiscal_context, times, year_beside
from itadomain.periods.words import NOTHING
from itadomain.thai import bare

EMPTY = {bare(word) for word in NOTHING}
#: What a wording without any day may say instead, the most telling first.
WITHOUT_DAYS = (
    ("K", Doubt.SCHOOL_YEAR),
    ("w", Doubt.WORKING_DAYS),
    ("x", Doubt.WHEN_DONE),
    ("u", Doubt.NOT_COUNTABLE),
    ("f", Doubt.NOT_COUNTABLE),
    ("g", Doubt.VAGUE),
)
UNKNOWN = Told(Rule.UNKNOWN)
ALL_YEAR = set("kvt")  # every week, every day, on a day of every month
SINCE, UNTIL = "S", "WBE>"
BEGUN = {("-", "E"), (">", "E"), (">", ">"), ("-", "-")}  # what stands between a day and «the end of the year»
LONGEST_MONTHS = 120  # that a piece of work may take
ONE_DAY = timedelta(days=1)
#: Wordings that are remembered: a plan prints a few again and again, and each turn reads those of its measures.
KEPT = 1024
_MARKS = re.compile(f"[^0-9a-zก-๛{JANUARY}-{DECEMBER}]+")
#: A time, a dash, and then no other time: «ม.ค. ๖๗ – ปัจจุบัน».
_BROKEN_OFF = re.compile(r"_[->](?![->EW]*_)")


def period(wording: str, year: int | None) -> Period:
    """What a printed period means in the plan of a fiscal year; None where the document has no year."""
    return _period(wording, year)


@lru_cache(maxsize=KEPT)
def _period(wording: str, year: int | None) -> Period:
    signs, year = year_beside(read(wording)), year if year in YEARS else None
    blank = Period(wording, UNKNOWN)
    if empty(signs):
        return replace(blank, doubt=Told(Doubt.EMPTY))
    named, rest = times(signs, year)
    if doubt := next((one.doubt for one in named if one.doubt), None):
        return replace(blank, doubt=doubt)
    if _BROKEN_OFF.search(rest) or "j" in rest:
        return replace(blank, doubt=Told(Doubt.UNCLEAR))
    fiscal, months = fiscal_context(signs, year), months_of(signs)
    found = _of(blank, named, signs, fiscal)
    if found is None and (months or not ALL_YEAR.isdisjoint(rest)):
        found = _whole(blank, fiscal)
    if found is None:
        return replace(blank, doubt=without_days(rest))
    return _doubted(_repeated(found, months), named, rest, year)


def empty(signs: Signs) -> bool:
    """Whether nothing is printed, or what stands for nothing."""
    letters = _MARKS.sub("", signs.packed)
    return not letters or letters in EMPTY


def without_days(rest: str) -> Told:
    """What is to be asked where no day is named."""
    return Told(next((doubt for letter, doubt in WITHOUT_DAYS if letter in rest), Doubt.NO_DATE))


@dataclass(frozen=True)
class _Told:
    """What a wording names, by its part in the sentence: beginnings, ends, and times that have both."""

    since: Sequence[Named]
    until: Sequence[Named]
    spans: Sequence[Named]


def _parted(named: Sequence[Named]) -> _Told:
    since = [one for one in named if one.single and (one.before in {SINCE, "O"} or one.after == "O")]
    match named:
        case [first, second] if (first.after, second.before) in BEGUN:
            since = [first]
    until = [one for one in named if not one.joined and one.before and one.before in UNTIL and one not in since]
    return _Told(since, until, [one for one in named if one not in since and one not in until])


def _of(blank: Period, named: Sequence[Named], signs: Signs, year: int | None) -> Period | None:
    """The period between the days that are named; None where none are."""
    told = _parted(named)
    if told.since or told.until:
        return _bounded(blank, told, signs, year)
    return spanned(blank, told.spans) if told.spans else None


def _bounded(blank: Period, told: _Told, signs: Signs, year: int | None) -> Period:
    start = told.since[0].start if told.since else None
    ends = [day for one in told.until for day in _last_days(one)]
    narrow = [one for one in told.spans if one.unit < Unit.YEAR or one.before == "A"]
    if narrow:
        return _within(spanned(blank, narrow), start, ends)
    if start is None:
        rule = Told(Rule.DEADLINE, {"end": ends[-1]})
        due = tuple(ends) if len(ends) > 1 else ()
        return replace(blank, rule=rule, end=ends[-1], due=due, open_start=True)
    if ends:
        return _between(blank, start, ends[-1])
    if (months := _lasting(signs)) is not None:
        return _between(blank, start, later(start, months) - ONE_DAY)
    if any(sign.letter in "dw" for sign in signs.row):
        return replace(blank, start=start, doubt=Told(Doubt.UNCLEAR))
    end = last_day(max(year or 0, fiscal_year_of(start)))
    return replace(blank, rule=Told(Rule.ONWARD, {"start": start, "end": end}), start=start, end=end, open_end=True)


def _last_days(one: Named) -> Sequence[date]:
    """The day of «by …», or several: before a month is the day before it, before a day is that day."""
    if one.before == "B" and one.unit > Unit.DAY:
        return [one.start - ONE_DAY]
    return [part.end for part in one.parts]


def _lasting(signs: Signs) -> int | None:
    """The months that the work takes, where the words say so."""
    return next((s.figures[0] for s in signs.row if s.letter == "m" and 0 < s.figures[0] <= LONGEST_MONTHS), None)


def _between(blank: Period, start: date, end: date) -> Period:
    if end < start:
        return replace(blank, doubt=Told(Doubt.REVERSED, {"start": start, "end": end}))
    return replace(blank, rule=Told(Rule.SPAN, {"start": start, "end": end}), start=start, end=end)


def _within(found: Period, start: date | None, ends: Sequence[date]) -> Period:
    """A period that has a beginning or an end besides: the narrower holds, unless they cannot both be true."""
    if found.start is None or found.end is None:
        return found
    first, last = max([found.start, *([start] if start else [])]), min([found.end, *ends])
    if last < first:
        return replace(Period(found.wording, UNKNOWN), doubt=Told(Doubt.CONTRADICTS))
    narrowed = (first, last) != (found.start, found.end)
    kept = _between(Period(found.wording, UNKNOWN), first, last) if narrowed else found
    return replace(kept, doubt=Told(Doubt.UNCLEAR)) if any(end > found.end for end in ends) else kept


def _whole(blank: Period, year: int | None) -> Period:
    if year is None:
        return replace(blank, doubt=Told(Doubt.NO_YEAR))
    return replace(blank, rule=of_year(year), start=first_day(year), end=last_day(year))


def _repeated(found: Period, months: int | None) -> Period:
    """The same period, its work done again every so many months."""
    if not months or months >= MONTHS or found.start is None or found.end is None or found.segments:
        return found
    due = tuple(ends_of_rounds(Span(found.start, found.end), months))
    facts = {"months": months, "start": found.start, "end": found.end, "due": due}
    return replace(found, rule=Told(Rule.REPEATED, facts), due=due) if due else found


def _doubted(found: Period, named: Sequence[Named], rest: str, year: int | None) -> Period:
    """The same period with what must be asked about its days."""
    if found.doubt:
        return found
    if year is not None and (doubt := outside(found.start, found.end, named, year)):
        return replace(found, doubt=doubt)
    if any(letter in rest for letter in "NX|") or any(one.loose and _apart(one) for one in named):
        return replace(found, doubt=Told(Doubt.UNCLEAR))
    return replace(found, doubt=Told(Doubt.VAGUE)) if "p" in rest else found


def _apart(one: Named) -> bool:
    """Whether its parts do not follow each other, so that a dash may be lost between them."""
    return any(following.start - part.end != ONE_DAY for part, following in pairwise(one.parts))


def outside(start: date | None, end: date | None, named: Sequence[Named], year: int) -> Told | None:
    """A doubt where days with a year of their own lie before the plan's year, or all of them after it."""
    years = all(one.unit == Unit.YEAR for one in named)
    first, last = start or end, end or start
    if first is None or last is None:
        return None
    if (last if years else first) < first_day(year):
        return Told(Doubt.BEFORE_YEAR, {"day": first, "year": year, "meant": same_day_in(year, first)})
    if first > last_day(year):
        return Told(Doubt.AFTER_YEAR, {"day": first, "year": year, "meant": same_day_in(year, first)})
    return None
