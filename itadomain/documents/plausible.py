"""Whether rows without a heading of their own can be measures: owners where owners stand, times where times do."""

import re
from collections.abc import Callable, Sequence

from itadomain.documents.contents import is_time, is_unit
from itadomain.documents.folding import is_ditto, packed
from itadomain.documents.headings import Heading, Row, kind_of
from itadomain.documents.reading import Column

BEGINNINGS = {
    Column.OWNER: re.compile(
        r"(?:\d{1,2}[.)]|-|ทุก|แต่ละ|ส(?:ำ|\u0e4dา|า)นัก|กอง|งาน|ฝ่าย|หน่วย|ส่วน|กลุ่ม|ศูนย์|โรงเรียน|ปลัด|คณะ|ผู้|หัวหน้า|เจ้าหน้าที่|นาย|นาง)"
    ),
    Column.PERIOD: re.compile(
        r"(?:\d{1,2}(?!\d|$)|ตลอด|ทุก|ทั้ง|ไตรมาส|q\d|ปี|ภายใน|ตั้งแต่|รอบ|เดือน|ก่อน|ระหว่าง|สิ้น|ต้น|เริ่ม|ครึ่ง|ไม่เกิน|-$"
        r"|มก|มค|ม\.?ค|กุม|ก\.?[พคย]|มี|เม|พฤ|พ\.?[คย]|มิ|กร|สิ|ส\.?ค|กัน|ตุ|ต\.?ค|ธ)"
    ),
}
ENOUGH = 3  # columns


def begins(column: Column, text: str) -> bool:
    """Whether a cell of owners or times begins as such cells begin."""
    return BEGINNINGS[column].match(packed(text)) is not None


def holds_other_things(rows: Sequence[Row], heading: Heading) -> bool:
    """Whether a table under another's heading is not the rest of it; its first row may be a torn one."""
    if _is_heading(rows[0]):
        return True
    seen = [
        begins(column, row[at])
        for row in rows[1:]
        for at, column in heading.columns.items()
        if column in BEGINNINGS and at < len(row) and row[at] and not is_ditto(row[at])
    ]
    return seen.count(False) > seen.count(True)


def may_be_measures(rows: Sequence[Row]) -> bool:
    """Whether a table without any heading has a column of units and one of times."""
    filled = [row for row in rows if any(row)]
    if not filled or len(filled[0]) < ENOUGH or _is_heading(filled[0]):
        return False
    below = [rows for rows in (filled, filled[1:]) if rows]  # the first may be a heading in unknown words
    return any(_some_column(rows, is_unit) and _some_column(rows, is_time) for rows in below)


def _is_heading(row: Row) -> bool:
    known = [kind for cell in row if (kind := kind_of(cell, near=False)) and kind[1] == 1]
    return len(known) > 1


def _some_column(rows: Sequence[Row], fits: Callable[[str], bool]) -> bool:
    width = min(len(row) for row in rows)
    return any(all(fits(row[at]) for row in rows) for at in range(width))
