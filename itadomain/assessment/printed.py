"""A calendar as a file brings it: each row of a table whose headings name the phase, its first day and its last."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from itadomain.assessment.asking import phases_in, without_names
from itadomain.assessment.entering import ENTERED, entered, phase_named
from itadomain.assessment.windows import Phase, Window
from itadomain.documents.folding import packed
from itadomain.documents.shape import Document, Place, Table
from itadomain.fiscal import BUDDHIST_ERA, FiscalYear, fiscal_year_of
from itadomain.periods import Doubt, period
from itadomain.refusals import Refusal
from itadomain.said_days import YEARS, day_said
from itadomain.thai import buddhist, fold

PHASE, FIRST, LAST, YEAR, NOTE = "phase", "first", "last", "year", "note"
#: What headings begin with, by the part that they name; the longer stand first.
HEADINGS: Mapping[str, Sequence[str]] = {
    FIRST: ("วันเริ่ม", "วันที่เริ่ม", "เริ่ม", "เปิด", "ตั้งแต่", "first", "from", "start", "opens"),
    LAST: ("วันสิ้นสุด", "วันที่สิ้นสุด", "สิ้นสุด", "ปิด", "ถึง", "วันสุดท้าย", "last", "until", "to", "end", "closes"),
    YEAR: ("ปีงบประมาณ", "ปี", "fiscalyear", "year"),
    NOTE: ("หมายเหตุ", "อ้างอิง", "ที่มา", "note", "source"),
    PHASE: ("ช่วง", "ขั้นตอน", "กิจกรรม", "รายการ", "phase", "window", "step"),
}
LONGEST_SAID = 40
ISO = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
#: A year at the end of a day («1 เม.ย. 2565», «1/4/65»): long ago, the day is looked for around it.
LAST_YEAR = re.compile(r"\D(2[05]\d\d|\d\d)$", re.ASCII)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row: where it stands, and the refusal that says it."""

    place: Place
    why: Refusal


class Faulty(Exception):
    """A file of which nothing is kept: what is wrong with each row that cannot be."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} rows")
        self.faults = faults


def windows_in(document: Document, today: date, year: int | None = None) -> Sequence[Window]:
    """The windows of all tables, in their order; Refusal without such a table, Faulty where a row cannot be kept.

    A row's own year goes before `year`; without either the first day tells.
    """
    rows = [row for table in document.tables if (columns := _columns(table)) for row in _rows(table, columns)]
    if not rows:
        raise Refusal("assessment.no_table")
    found: list[Window] = []
    faults = []
    for place, parts in rows:
        try:
            found = only_once([*found, *_windows(parts, today, year)])
        except Refusal as why:
            faults.append(Fault(place, why))
    if faults:
        raise Faulty(faults)
    return found


def only_once(windows: Sequence[Window]) -> list[Window]:
    """The windows as they are; Refusal where two of them are one phase of one year."""
    if len({(one.fiscal_year, one.phase) for one in windows}) < len(windows):
        raise Refusal("assessment.named_twice")
    return list(windows)


def phases_said(said: str) -> Sequence[Phase]:
    """The phases that a cell or an answer names, by the name of the program or in words; Refusal for none."""
    exact = packed(fold(said)).casefold()
    if exact in set(ENTERED):
        return [phase_named(exact)]
    found = [one for one in phases_in(said) if one in ENTERED]
    if not found:
        raise Refusal("assessment.which_phase")
    return found


def sentence_said(text: str, today: date) -> tuple[Phase, date, date] | None:
    """A whole window in one sentence («EIT 1 เม.ย. 70 ถึง 30 มิ.ย. 70»); None where it is none, or not all of it."""
    phases = [one for one in phases_in(text) if one in ENTERED]
    span = span_said(text, today) if len(phases) == 1 else None
    return (phases[0], *span) if span else None


def span_said(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day in one sentence, the same for a single one; None where it names none.

    Refusal where it ends before it starts.
    """
    said, running = without_names(text), fiscal_year_of(today)
    all_found = [period(said, FiscalYear(running + ahead)) for ahead in YEARS]
    for found in all_found:
        if found.start is not None and found.end is not None and not found.doubt:
            return found.start, found.end
    doubt = all_found[0].doubt
    if doubt and doubt.code is Doubt.REVERSED:
        raise Refusal("assessment.ends_before_it_starts", first=doubt.facts["start"], last=doubt.facts["end"])
    return None


def any_day_said(text: str, today: date) -> date:
    """The one day that a text names, however long ago it was; Refusal for none. A year not said is the running one."""
    said = fold(text.strip())
    if ISO.fullmatch(said):
        try:
            return date.fromisoformat(said)
        except ValueError as none:
            raise Refusal("day.which") from none
    year = LAST_YEAR.search(said)
    near = date(buddhist(int(year[1])) - BUDDHIST_ERA, 1, 1) if year else today
    return day_said(said, near)


def _windows(parts: Mapping[str, str], today: date, year: int | None) -> Sequence[Window]:
    """One row: a window for each phase that it names («IIT และ EIT»)."""
    phases = phases_said(parts[PHASE])
    first = _day(parts[FIRST], today)
    last = _day(parts[LAST], today) if parts.get(LAST) else first
    fiscal = _year(parts[YEAR]) if parts.get(YEAR) else year
    note = parts.get(NOTE, "")
    return [entered(phase, first, last, today, year=fiscal, note=note) for phase in phases]


def _day(said: str, today: date) -> date:
    try:
        return any_day_said(said, today)
    except Refusal as why:
        raise Refusal("assessment.no_day", said=said[:LONGEST_SAID]) from why


def _year(said: str) -> int:
    figures = "".join(sign for sign in fold(said) if sign.isdecimal())
    if not figures or len(figures) > len("2570"):
        raise Refusal("assessment.no_year", said=said[:LONGEST_SAID])
    return buddhist(int(figures))


def _columns(table: Table) -> Mapping[str, int]:
    """Which column holds which part, by the first row; none where the phase or its first day has no column."""
    found: dict[str, int] = {}
    for at, heading in enumerate(table.rows[0] if table.rows else ()):
        if part := _part(heading):
            found.setdefault(part, at)
    return found if {PHASE, FIRST} <= found.keys() else {}


def _part(heading: str) -> str:
    said = packed(heading).casefold()
    return next((part for part, begins in HEADINGS.items() if said.startswith(tuple(map(packed, begins)))), "")


def _rows(table: Table, columns: Mapping[str, int]) -> Iterator[tuple[Place, Mapping[str, str]]]:
    for nth, row in enumerate(table.rows[1:], 2):
        parts = {part: row[at].strip() for part, at in columns.items()}
        if any(parts.values()):
            yield Place(sheet=table.place.sheet, table=table.place.table, row=nth), parts
