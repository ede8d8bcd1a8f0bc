"""Which column of a table holds the points: not the ranks, the full marks, the goals or another year's."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from itadomain.documents.doubts import Ask, Code, Doubt, Finding, Question
from itadomain.documents.figures import points_in
from itadomain.documents.folding import arabic, bone
from itadomain.documents.indicator_names import instrument_named
from itadomain.documents.score_labels import Labelled, Rows, figure_at, labelled
from itadomain.documents.shape import Place
from itadomain.frameworks.shape import Instrument

YEAR = re.compile(r"(?<!\d)(25\d\d)(?!\d)")
NOT_POINTS = tuple(
    bone(word)
    for word in (
        "เต็ม", "น้ำหนัก", "เป้าหมาย", "ลำดับ", "อันดับ", "ถ่วง", "เพิ่ม", "ลด", "ผลต่าง", "เปลี่ยนแปลง", "ประเทศ", "จังหวัด",
        "จำนวน", "หมายเหตุ", "ข้อ",
    )
)  # fmt: skip
RANKS = tuple(bone(word) for word in ("ที่", "no", "หน้า", "หน้าที่"))
BEST = tuple(bone(word) for word in ("คะแนนที่ได้", "ผลคะแนน", "คะแนน", "ค่าคะแนน", "ร้อยละ", "ผลการประเมิน", "คะแนนเฉลี่ย"))
WEIGHT = bone("น้ำหนัก")
MOST_ROWS = 20  # what counts rows is lower than points are


@dataclass(frozen=True)
class Points:
    """The column of the points; its year where its heading says one; what must be asked about the choice."""

    column: int | None = None
    year: int | None = None
    doubts: tuple[Doubt, ...] = ()


def headings_of(rows: Rows) -> list[str]:
    """What each column is called, over all rows before the first that holds points or a known label."""
    first = next((at for at, row in enumerate(rows) if labelled(at, row) or any(map(is_figure, row))), len(rows))
    width = max((len(row) for row in rows[:first]), default=0)
    return [" ".join(row[at] for row in rows[:first] if at < len(row) and row[at]) for at in range(width)]


def is_figure(cell: str) -> bool:
    """Whether a cell is points."""
    return points_in(cell) is not None


def points_column(rows: Rows, labels: Sequence[Labelled], headings: Sequence[str], place: Place) -> Points:
    """Of several columns that of the newest year, or the one that is called so; asked where that does not tell."""
    named = dict(enumerate(headings))
    some = _columns_of_points(rows, labels, {column: bone(words) for column, words in named.items()})
    years = {column: int(found[1]) for column in some if (found := YEAR.search(arabic(named.get(column, ""))))}
    if years:
        return _newest(years, place)
    best = sorted(some, key=lambda column: _rank(named.get(column, "")))
    called = [bone(named.get(column, "")) for column in best]
    if len(best) < 2 or (called[0] in BEST and called[0] != called[1]):  # noqa: PLR2004 - two to choose from
        return Points(best[0] if best else None)
    choices = tuple(named.get(column, "") or f"{column + 1}" for column in best)
    return Points(best[0], None, (Question(Ask.POINTS, {"name": "", "text": ", ".join(choices)}, place, choices),))


def weights_of(rows: Rows, labels: Sequence[Labelled], headings: Sequence[str]) -> dict[Instrument, Decimal]:
    """The printed weight of each instrument, in percent."""
    column = next((at for at, words in enumerate(headings) if WEIGHT in bone(words)), None)
    found = {instrument_named(label.label): figure_at(rows, label.at, column) for label in labels}
    return {instrument: percent for instrument, percent in found.items() if instrument and percent is not None}


def _columns_of_points(rows: Rows, labels: Sequence[Labelled], named: Mapping[int, str]) -> list[int]:
    taken = {label.column for label in labels}
    width = max(len(rows[label.at]) for label in labels)
    return [
        column
        for column in range(width)
        if column not in taken
        and any(figure_at(rows, label.at, column) is not None for label in labels)
        and named.get(column, "") not in RANKS
        and not any(word in named.get(column, "") for word in NOT_POINTS)
        and not _counts_rows(rows, labels, column)
    ]


def _newest(years: Mapping[int, int], place: Place) -> Points:
    column = max(years, key=lambda at: years[at])
    others = sorted(set(years.values()) - {years[column]})
    left = (Finding(Code.OTHER_YEAR, {"years": others, "year": years[column]}, place),) if others else ()
    return Points(column, years[column], left)


def _rank(heading: str) -> int:
    return BEST.index(bone(heading)) if bone(heading) in BEST else len(BEST)


def _counts_rows(rows: Rows, labels: Sequence[Labelled], column: int) -> bool:
    """Whether a column only counts its rows."""
    figures = sorted(figure for label in labels if (figure := figure_at(rows, label.at, column)) is not None)
    counted = [figures[0] + n for n in range(len(figures))] if figures else []
    whole = all(figure.as_tuple().exponent == 0 for figure in figures)
    return len(figures) > 1 and whole and figures == counted and figures[-1] <= MOST_ROWS
