"""Topics that a file brings: each row of a table whose headings name a topic and its answer.

A row is the answer of one question; what stands in other columns goes to the part that its heading names.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from itadomain.documents.folding import packed
from itadomain.documents.shape import Document, Place, Table
from itadomain.refusals import Refusal

TITLE, TEXT, ALIASES = "title", "text", "aliases"
#: What headings begin with, by the part that they name. The first that fits counts, so the longer stand first.
HEADINGS: Mapping[str, Sequence[str]] = {
    ALIASES: ("คำเรียกอื่น", "ชื่ออื่น", "คำค้น", "other names", "aliases"),
    TEXT: ("คำตอบ", "รายละเอียด", "ข้อมูล", "answer"),
    TITLE: ("คำถาม", "ชื่อเรื่อง", "เรื่อง", "บริการ", "งานบริการ", "หัวข้อ", "question", "topic", "service"),
    "steps": ("ขั้นตอน", "วิธีการ", "steps"),
    "takes": ("ระยะเวลา", "ใช้เวลา", "เวลาที่ใช้", "time"),
    "fee": ("ค่าธรรมเนียม", "ค่าใช้จ่าย", "ค่าบริการ", "fee"),
    "papers": ("เอกสาร", "หลักฐาน", "documents", "papers"),
    "phone": ("โทร", "เบอร์", "หมายเลขโทรศัพท์", "phone"),
}


@dataclass(frozen=True)
class Printed:
    """One row as it stands in the file: its parts by their names, and where it stands."""

    parts: Mapping[str, str]
    place: Place = field(default_factory=Place)

    @property
    def aliases(self) -> Sequence[str]:
        """Other words for it: a comma, a semicolon or a line stands between two."""
        told = self.parts.get(ALIASES, "").replace(";", ",").replace("\n", ",")
        return [said for one in told.split(",") if (said := one.strip())]


def topics_in(document: Document) -> Sequence[Printed]:
    """The rows of all tables that hold topics; Refusal where there is no such table."""
    tables = [(table, columns) for table in document.tables if (columns := _columns(table))]
    if not tables:
        raise Refusal("topics.no_table")
    return [row for table, columns in tables for row in _rows(table, columns)]


def _columns(table: Table) -> Mapping[str, int]:
    """Which column holds which part, by the first row; none where a topic or its answer has no column."""
    found: dict[str, int] = {}
    for at, heading in enumerate(table.rows[0] if table.rows else ()):
        part = _part(heading)
        if part:
            found.setdefault(part, at)
    return found if {TITLE, TEXT} <= found.keys() else {}


def _part(heading: str) -> str:
    said = packed(heading).casefold()
    return next((part for part, begins in HEADINGS.items() if said.startswith(tuple(map(packed, begins)))), "")


def _rows(table: Table, columns: Mapping[str, int]) -> Iterator[Printed]:
    for nth, row in enumerate(table.rows[1:], 2):
        parts = {part: row[at].strip() for part, at in columns.items()}
        if parts[TITLE] or parts[TEXT]:
            yield Printed(parts, Place(sheet=table.place.sheet, table=table.place.table, row=nth))
