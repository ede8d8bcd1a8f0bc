"""Finds the heading of a table of measures, whatever the order and wording of its columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from itadomain.documents.contents import recognised
from itadomain.documents.doubled import YEAR, Said, beside, stands_twice
from itadomain.documents.folding import arabic, bone, likeness, packed
from itadomain.documents.reading import Column
from itadomain.documents.words.headings import BEGINNINGS, CONTAINED, FULL_MONTHS, HEADINGS, MONTHS, WEIGHTS, Kind

Row = Sequence[str]

LONGEST_HEADING, LONGEST_YEAR = 70, 20  # characters; what is longer is a sentence
ALIKE, HALF = 0.86, 0.5  # how sure a heading with a lost letter is, at least, and one that only begins as a known one
SHORTEST, LOST_LETTERS = 3, 3
DEEPEST = 4  # rows that a heading may take
ENOUGH, UNSURE, PERHAPS, SOME = 3.5, 3.25, 2.75, 2
IN_BRACKETS = re.compile(r"\([^)]*\)")
ORDINAL = re.compile(r"\(?\d{1,2}[).]?")
ROUND = re.compile(r"(?:รอบ|ครั้งที่|ระยะที่)\d")  # parts of one column: results of six and of twelve months
A_YEAR = re.compile(r"(?:ปีงบประมาณ|ปี|พศ)*25\d\d")  # over a column of money
QUARTER = re.compile(r"(?:ไตรมาส(?:ที่)?|q)([1-4])")

KNOWN = {bone(words): kind for kind, known in HEADINGS.items() for words in known}
INSIDE = [(bone(word), kind) for word, kind in CONTAINED]
STARTS = sorted(
    ((bone(words), kind) for kind, known in BEGINNINGS.items() for words in known), key=lambda s: -len(s[0])
)
MONTH_BONES = {bone(name): short for names in (MONTHS, FULL_MONTHS) for name, short in zip(names, MONTHS, strict=True)}

#: What each kind of heading becomes, by what else stands in the row: the first line whose kinds are all there holds.
ROLES: Sequence[Mapping[Kind, Column]] = (
    {Kind.MEASURE: Column.TITLE},
    {Kind.TOPIC: Column.TOPIC, Kind.APPROACH: Column.TITLE},
    {Kind.TOPIC: Column.TOPIC, Kind.ACTIVITY: Column.TITLE},
    {Kind.TOPIC: Column.TITLE},
    {Kind.ACTIVITY: Column.TITLE},
    {Kind.APPROACH: Column.TITLE},
    {Kind.INDICATOR: Column.TITLE, Kind.METHOD: Column.METHOD},
    {Kind.METHOD: Column.TITLE},
)
TITLES = {kind for roles in ROLES for kind, column in roles.items() if column is Column.TITLE}
SAME = {Kind.START: Column.PERIOD, Kind.END: Column.PERIOD, Kind.HELPER: Column.OWNER}
LEFT_ASIDE = {Kind.NOTE, Kind.PERSON, Kind.POINTS, Kind.RISK}


@dataclass(frozen=True)
class Heading:
    """What stands in which column, from which row on."""

    columns: Mapping[int, Column]
    months: Mapping[int, str]  # columns of a plan of months, and what each is called
    unknown: Mapping[int, str]  # columns whose heading says nothing known
    depth: int  # how many rows it takes
    score: float

    @property
    def sure(self) -> bool:
        """Whether the table is one of measures."""
        return self.score >= ENOUGH and Column.TITLE in self.columns.values()

    @property
    def possible(self) -> bool:
        """Whether it may be one: it says who and when."""
        return not self.sure and self.score >= PERHAPS and {Column.OWNER, Column.PERIOD} <= set(self.columns.values())


def heading_at(rows: Sequence[Row], at: int) -> Heading | None:
    """The heading that begins with this row, None where none does."""
    found = [_completed(_heading(rows[at : at + depth]), rows, at) for depth in _depths(rows, at)]
    best = max(found, key=lambda one: (one.score, one.depth), default=None)
    return best if best and (best.sure or best.possible) else None


def _completed(heading: Heading, rows: Sequence[Row], at: int) -> Heading:
    """The heading with those of its unknown columns that are told by what stands under them."""
    if not heading.unknown or heading.score < SOME or Column.TITLE not in heading.columns.values():
        return heading
    more = recognised(heading.unknown, heading.columns, rows[at + heading.depth :])
    unknown = {column: words for column, words in heading.unknown.items() if column not in more}
    score = heading.score + sum(WEIGHTS[Kind(column.value)] for column in more.values())
    return replace(heading, columns={**heading.columns, **more}, unknown=unknown, score=score)


def is_ordinals(row: Row) -> bool:
    """Whether a row only counts the columns, as (1) (2) (3)."""
    cells = [packed(cell) for cell in row if cell.strip()]
    return len(cells) > 2 and all(ORDINAL.fullmatch(cell) for cell in cells)  # noqa: PLR2004 - three make a row


def kind_of(text: str, *, near: bool = True) -> tuple[Kind, float] | None:
    """What a heading says and how surely, None where it says nothing known."""
    if not text.strip() or len(text) > LONGEST_HEADING:
        return None
    whole, bare = bone(text), bone(IN_BRACKETS.sub("", text))
    exact = KNOWN.get(whole) or KNOWN.get(bare) or _of_parts(text) or (Kind.BUDGET if A_YEAR.fullmatch(bare) else None)
    if exact:
        return exact, 1.0
    return (_like(bare) if near else None) or _begins(bare)


def _of_parts(text: str) -> Kind | None:
    """«มาตรการ/กิจกรรม/โครงการ»: several known words, of which the first counts most."""
    parts = [KNOWN.get(bone(part)) for part in re.split(r"[/,]|และ|หรือ", IN_BRACKETS.sub("", text)) if part.strip()]
    known = [part for part in parts if part]
    if not known or len(known) < len(parts):
        return None
    return Kind.MEASURE if Kind.MEASURE in known else known[0]


@lru_cache(maxsize=4096)
def _like(bare: str) -> tuple[Kind, float] | None:
    if len(bare) <= SHORTEST:
        return None
    close = [
        (likeness(bare, known), kind) for known, kind in KNOWN.items() if abs(len(known) - len(bare)) <= LOST_LETTERS
    ]
    best = max(close, default=None)
    return (best[1], best[0]) if best and best[0] >= ALIKE else None


def _begins(bare: str) -> tuple[Kind, float] | None:
    begun = next((kind for start, kind in STARTS if bare.startswith(start)), None)
    kind = begun or next((kind for word, kind in INSIDE if word in bare), None)
    return (kind, HALF) if kind else None


def _depths(rows: Sequence[Row], at: int) -> Iterator[int]:
    """How many rows the heading may take: half the first row and all of the others are words of headings."""
    yield 1
    first = [cell for cell in rows[at] if cell.strip()]
    if 2 * sum(_fits_below(cell) for cell in first) < len(first):
        return
    for depth in range(2, min(DEEPEST, len(rows) - at) + 1):
        below = rows[at + depth - 1]
        filled = [column for column, cell in enumerate(below) if cell.strip()]
        fitting = [column for column in filled if _fits_below(below[column]) or _ends(rows, at, depth, column)]
        short = all(len(below[column]) < LONGEST_YEAR for column in filled)
        if not filled or (len(fitting) < len(filled) and not (short and len(fitting) > len(filled) / 2 > 1)):
            return
        yield depth


def _ends(rows: Sequence[Row], at: int, depth: int, column: int) -> bool:
    """Whether a cell is the rest of a word of headings that a page break tore."""
    torn = "".join(row[column] for row in rows[at : at + depth] if column < len(row))
    return bone(torn) in KNOWN


def _fits_below(cell: str) -> bool:
    kind = kind_of(cell)
    small = len(cell) < LONGEST_YEAR and (YEAR.search(arabic(cell)) or ROUND.match(packed(cell)))
    return bool((kind and kind[1] > HALF) or month_of(cell) or small)


def month_of(cell: str) -> str | None:
    """The month or quarter that heads a column, as it is written short."""
    words = packed(IN_BRACKETS.sub("", cell))
    if quarter := QUARTER.fullmatch(words):
        return f"ไตรมาส {quarter[1]}"
    letters = re.sub(r"\d+$", "", bone(words))
    return MONTH_BONES.get(letters)


def _heading(rows: Sequence[Row]) -> Heading:
    width = max(len(row) for row in rows)
    stacked = [[row[column] for row in rows if column < len(row) and row[column].strip()] for column in range(width)]
    months = _months(rows, stacked)
    some = any(kind_of(cell, near=False) for cells in stacked for cell in cells)
    kinds: dict[int, tuple[Kind, float]] = {}
    for column, cells in enumerate(stacked):
        found = None if column in months else _lowest(cells, near=some)
        if not found and cells and ROUND.match(packed(cells[-1])):
            found = kinds.get(column - 1)
        if found:
            kinds[column] = found
    if len(months) > 2:  # noqa: PLR2004 - two months may be anything
        kinds[min(months)] = (Kind.PERIOD, 1.0)
    else:
        months = {}
    said = {column: Said(kind, arabic(" ".join(stacked[column])), sure) for column, (kind, sure) in kinds.items()}
    for column in set(beside(said)):
        del kinds[column]
    columns = _columns({column: kind for column, (kind, _) in kinds.items() if column not in months})
    unknown = {
        column: " ".join(cells)
        for column, cells in enumerate(stacked)
        if cells and column not in columns and column not in months and column not in kinds
    }
    score = min(_score(kinds), UNSURE) if stands_twice(said.values(), TITLES) else _score(kinds)
    return Heading(columns, months, unknown, len(rows), score)


def _lowest(cells: Sequence[str], *, near: bool) -> tuple[Kind, float] | None:
    """What a column is called: by the lowest word that is known, else by all of them together."""
    if torn := KNOWN.get(bone("".join(cells))):
        return torn, 1.0
    each = [found for cell in reversed(cells) if (found := kind_of(cell, near=near))]
    return each[0] if each else kind_of(" ".join(cells), near=near)


def _score(kinds: Mapping[int, tuple[Kind, float]]) -> float:
    surest: dict[Kind, float] = {}
    for kind, sure in kinds.values():
        surest[kind] = max(surest.get(kind, 0), sure)
    score = sum(WEIGHTS.get(kind, 0) * (1 if sure > HALF else HALF) for kind, sure in surest.items())
    money_only = Kind.BUDGET in surest and not surest.keys() & {Kind.MEASURE, Kind.METHOD, Kind.FOLLOW_UP}
    score -= money_only
    return min(score, UNSURE) if Kind.RISK in surest else score


def _columns(kinds: Mapping[int, Kind]) -> Mapping[int, Column]:
    there = set(kinds.values())
    roles = dict(next((roles for roles in ROLES if roles.keys() <= there), {}))
    titled = {kind for kind, column in roles.items() if column is Column.TITLE}
    if Kind.METHOD not in there:
        steps = next((kind for kind in (Kind.APPROACH, Kind.ACTIVITY) if kind in there - titled), None)
        roles |= {steps: Column.METHOD} if steps else {}
    columns = {column: role for column, kind in kinds.items() if (role := roles.get(kind) or _own_role(kind))}
    titles = [column for column, role in columns.items() if role is Column.TITLE]
    if len(titles) > 1 and Column.METHOD not in columns.values():
        columns |= dict.fromkeys(titles[1:], Column.METHOD)  # «โครงการ/กิจกรรม» and «กิจกรรมที่ดำเนินการ»
    return columns


def _own_role(kind: Kind) -> Column | None:
    if kind in SAME:
        return SAME[kind]
    return Column(kind.value) if kind.value in set(Column) and kind not in LEFT_ASIDE else None


def _months(rows: Sequence[Row], stacked: Sequence[Sequence[str]]) -> dict[int, str]:
    """Columns headed by months, each with the year that stands over it."""
    months = {}
    for column, cells in enumerate(stacked):
        month = month_of(cells[-1]) if cells else None
        if month:
            year = _year_over(rows, column)
            months[column] = f"{month} {year}" if year else month
    return months


def _year_over(rows: Sequence[Row], column: int) -> str:
    """The year in the column's own heading, or in the last heading to its left that prints one."""
    for row in reversed(rows):
        for cell in reversed(row[: column + 1]):
            if found := YEAR.search(arabic(cell)):
                return found[1] or f"25{found[2]}"
    return ""
