"""Columns of one heading that say the same: plan and past beside each other, or two tables in one."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from itadomain.documents.words.headings import Kind

YEAR = re.compile(r"(?<!\d)(25\d\d|20\d\d)(?!\d)|(?:ปี|พ\.?ศ\.?)\s*(\d\d)(?!\d)")
PAST = re.compile(r"เดิม|จริง|ที่ผ่านมา|ปีก่อน")
#: What a measure has one of; where two columns say so, one may be of the past.
ONCE = (Kind.MEASURE, Kind.OWNER, Kind.PERIOD, Kind.FOLLOW_UP)


class Said(NamedTuple):
    """What a column is, by the words of its heading, and how surely."""

    kind: Kind
    words: str
    sure: float


def beside(columns: Mapping[int, Said]) -> Iterator[int]:
    """Columns that say once more what another says, of something else: the owner before, days that it really took."""
    for kind in (Kind.START, Kind.END):
        yield from list(_of(kind, columns))[1:]  # the plan comes first
    for kind in ONCE:
        said = _of(kind, columns)
        past = [column for column, one in said.items() if PAST.search(one.words)]
        if len(past) < len(said):
            yield from past
        years = {column: year[1] for column, one in said.items() if (year := YEAR.search(one.words)) and year[1]}
        if kind is not Kind.PERIOD and len(years) == len(said):  # a fiscal year's days are those of two years
            yield from (column for column, year in years.items() if year < max(years.values()))
    periods = _of(Kind.PERIOD, columns)  # «ระยะเวลา» and «ระยะเวลาเผยแพร่»
    yield from (at for at, one in periods.items() if one.sure < max(other.sure for other in periods.values()))


def _of(kind: Kind, columns: Mapping[int, Said]) -> Mapping[int, Said]:
    return {column: one for column, one in columns.items() if one.kind is kind}


def stands_twice(columns: Iterable[Said], titles: Collection[Kind]) -> bool:
    """Whether the heading begins again further on: two tables beside each other, of which no row is one measure."""
    twice = {one.kind for one, count in Counter(columns).items() if count > 1}
    return Kind.OWNER in twice and bool(twice & {*titles, Kind.PERIOD})
