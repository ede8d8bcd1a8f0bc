"""Rows become measures: what begins one, what goes on over the page, what only heads a section."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from itadomain.documents.doubts import Ask, Code, Doubt, Finding, Question
from itadomain.documents.folding import is_ditto, packed
from itadomain.documents.lines import Line
from itadomain.documents.numbers import number_in, numbered
from itadomain.documents.plausible import BEGINNINGS, begins
from itadomain.documents.reading import Column
from itadomain.documents.shape import Place

SECTION = re.compile(
    r"^(?:\(?[\d.]+\)?\.?)?(?:ตัวชี้วัดที่|ตัวชี้วัด|แบบวัด|แบบตรวจ|ด้าน|ส่วนที่|หมวด|มิติ|ยุทธศาสตร์|ประเด็นที่|กลยุทธ์|เครื่องมือ|กลุ่ม)|\((?:iit|eit|oit)\)"
)
TOTAL = re.compile(r"^รวม(?:ทั้งสิ้น|ทั้งหมด|เป็นเงิน|งบประมาณ)?(?:\d.*)?$")
GOES_ON = re.compile(r"^(?:และ|หรือ|กับ|ของ|ใน(?!การ)|ภายใน|ให้|ต่อ|โดย|เพื่อ|ซึ่ง|ที่|ตาม|[ะาิ-ฺ็-๎)])")
STEP = re.compile(r"(?<![\d.])(\d{1,2})[.)](?!\d)")
QUOTED = 60  # letters of a row that a question quotes


class Verdict(Enum):
    """What a row is."""

    NEW = auto()
    UNDER = auto()  # a measure under the title above
    TAIL = auto()  # the end of the row above
    STEP = auto()  # a step of the measure above: 1.1 under 1
    SECTION = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class Draft:
    """A measure while its rows are being read."""

    cells: Mapping[Column, str]
    number: str
    name: str
    section: str = ""
    group: int = 0
    block: int = 0
    place: Place = field(default_factory=Place)
    doubts: tuple[Doubt, ...] = ()
    under: bool = False  # its title is that of the row above

    def holding(self, *doubts: Doubt) -> "Draft":
        """The same with more doubts."""
        return replace(self, doubts=(*self.doubts, *doubts))

    @property
    def only_a_title(self) -> bool:
        """Whether nothing stands beside its title."""
        return not any(text for column, text in self.cells.items() if column not in {Column.TITLE, Column.NUMBER})


def drafts_of(lines: Sequence[Line]) -> list[Draft]:
    """The measures that the rows make."""
    drafts: list[Draft] = []
    section, group = "", 0
    for at, line in enumerate(lines):
        if line.group != group:
            section, group = "", line.group
        above = drafts[-1] if drafts and drafts[-1].group == line.group else None
        following = lines[at + 1] if at + 1 < len(lines) else None
        verdict, unclear = _verdict(line, above, following)
        doubts = [_unclear(line, above)] if unclear else []
        if verdict is Verdict.SECTION:
            section = line.alone or _text(line)
            if above and not SECTION.search(packed(section)):
                drafts[-1] = above.holding(Finding(Code.ROW_LEFT_OUT, {"text": section[:QUOTED]}, line.place))
        elif verdict is Verdict.TAIL and above:
            drafts[-1] = _longer(above, line).holding(*doubts)
        elif verdict is Verdict.STEP and above:
            drafts[-1] = _longer(above, replace(line, cells={Column.METHOD: _text(line)}))
        elif verdict is Verdict.NEW:
            drafts.append(_beside(above, _draft(line, section)).holding(*doubts))
        elif verdict is Verdict.UNDER and above:
            drafts.append(_under(above, line).holding(*doubts))
        elif above and line.cells:
            drafts[-1] = above.holding(Finding(Code.ROW_LEFT_OUT, {"text": _text(line)[:QUOTED]}, line.place))
    return _without_headers(drafts)


def _without_headers(drafts: Sequence[Draft]) -> list[Draft]:
    """A title alone, under which others stand, is a heading of theirs."""
    after = [*drafts[1:], None]
    return [
        one for one, following in zip(drafts, after, strict=False)
        if not (one.only_a_title and following and following.under)
    ]  # fmt: skip


def _verdict(line: Line, above: Draft | None, following: Line | None) -> tuple[Verdict, bool]:
    own = {column for column, text in line.cells.items() if text and not (column is Column.PERIOD and line.marked)}
    if not line.cells or (own <= {Column.NUMBER} and line.alone):
        return (Verdict.SECTION if line.alone and SECTION.search(packed(line.alone)) else Verdict.NOTHING), False
    title = line.cells.get(Column.TITLE, "")
    if title and TOTAL.match(packed(title)) and not own & {Column.OWNER, Column.METHOD}:
        return Verdict.NOTHING, False
    if title and above and own <= {Column.TITLE, Column.NUMBER} and _is_step(line, above):
        return Verdict.STEP, False
    return _titled(line, own, above, following) if title else _untitled(line, own, above)


def _is_step(line: Line, above: Draft) -> bool:
    """Whether a title alone is numbered as a part of the measure above."""
    return bool(above.number) and not above.only_a_title and _number(line).startswith(f"{above.number}.")


def _titled(line: Line, own: set[Column], above: Draft | None, following: Line | None) -> tuple[Verdict, bool]:
    number = _number(line)
    bare = not own & {Column.OWNER, Column.PERIOD}
    only = own <= {Column.TITLE, Column.NUMBER}
    title = packed(line.cells[Column.TITLE])
    if only and SECTION.search(title) and following and following.cells.get(Column.TITLE):
        return Verdict.SECTION, False
    if number or not above:
        alone = only and not _heads(following)
        return (Verdict.SECTION if alone and not number else Verdict.NEW), alone and bool(number)
    if (
        bare
        and Column.QUESTION not in own
        and (above.number or line.torn or GOES_ON.match(title) or _later_steps(line))
    ):
        return Verdict.TAIL, not line.fresh and not only
    if line.fresh and _is_tail(line, own):
        return Verdict.TAIL, False
    if only and not _heads(following):
        return Verdict.SECTION, False
    return Verdict.NEW, bare and not _heads(following) and {Column.OWNER, Column.PERIOD} <= line.cells.keys()


def _untitled(line: Line, own: set[Column], above: Draft | None) -> tuple[Verdict, bool]:
    strong = (
        Column.QUESTION in own
        or {Column.FINDING, Column.METHOD} <= own
        or (Column.METHOD in own and bool(own & {Column.OWNER, Column.PERIOD}))
        or (Column.METHOD not in line.cells and bool(own & {Column.OWNER, Column.PERIOD}))
    )
    if not above:
        return (Verdict.NEW, False) if strong else (Verdict.NOTHING, False)
    if line.fresh and strong and _is_tail(line, own):
        return Verdict.TAIL, False
    given = number_in(line.cells.get(Column.NUMBER, ""))
    if given not in {"", above.number} and not line.held.get(Column.TITLE):
        return Verdict.NEW, False
    if strong:
        return Verdict.UNDER, line.fresh and not _begins(line, own)
    return Verdict.TAIL, {Column.OWNER, Column.PERIOD} <= own


def _is_tail(line: Line, own: set[Column]) -> bool:
    """Whether the cells go on from the page before: none begins as such cells begin, and one shows that it goes on."""
    begun = _begins(line, own)
    cut = any(column in own and not begins(column, line.cells[column]) for column in BEGINNINGS)
    return Column.QUESTION not in own and ((cut and not begun) or (_later_steps(line) and not own & BEGINNINGS.keys()))


def _later_steps(line: Line) -> bool:
    """Whether the first number among the steps is a later one: the list began before."""
    first = STEP.search(packed(line.cells.get(Column.METHOD, "")))
    return first is not None and first[1] != "1"


def _begins(line: Line, own: set[Column]) -> bool:
    """Whether owner and period, where they are there, both begin as owners and periods do."""
    return all(begins(column, line.cells[column]) for column in BEGINNINGS if column in own)


def _heads(following: Line | None) -> bool:
    """Whether the next row stands under this one's title."""
    return bool(following and following.cells and not following.cells.get(Column.TITLE))


def _number(line: Line) -> str:
    return number_in(line.cells.get(Column.NUMBER, "")) or numbered(line.cells.get(Column.TITLE, ""))[0]


def _draft(line: Line, section: str) -> Draft:
    cells = {column: text or line.held.get(column, "") for column, text in line.cells.items()}
    number, name = numbered(cells.get(Column.TITLE, ""))
    given = number_in(cells.pop(Column.NUMBER, ""))
    if given not in {"", number}:  # then what the title begins with is no number
        number, name = given, cells.get(Column.TITLE, "")
    doubts = tuple(_noticed(line, cells))
    return Draft(cells, number, name, section, line.group, line.block, line.place, doubts)


def _beside(above: Draft | None, own: Draft) -> Draft:
    """A new measure: an empty topic is the one above, whose cell spans its rows."""
    topic = above.cells.get(Column.TOPIC) if above else None
    return replace(own, cells={**own.cells, Column.TOPIC: topic}) if topic and not own.cells.get(Column.TOPIC) else own


def _under(above: Draft, line: Line) -> Draft:
    own = _draft(line, above.section)
    title = {Column.TITLE: above.cells.get(Column.TITLE, "")} if Column.TITLE in own.cells else {}
    kept = (Column.TOPIC, Column.INDICATOR)
    held = {column: above.cells.get(column, "") for column in kept if own.cells.get(column) == ""}
    number = number_in(line.cells.get(Column.NUMBER, "")) or above.number
    return replace(own, cells={**own.cells, **title, **held}, number=number, name=above.name, under=True)


def _longer(above: Draft, line: Line) -> Draft:
    """The measure above with what this row adds to its cells."""
    more: dict[Column, str] = {
        column: f"{above.cells.get(column, '')} {text}".strip()
        for column, text in line.cells.items()
        if text and column is not Column.NUMBER and not (column is Column.PERIOD and line.marked)
    }
    cells = dict(above.cells) | more
    return replace(above, cells=cells, name=numbered(cells.get(Column.TITLE, ""))[1])


def _noticed(line: Line, cells: Mapping[Column, str]) -> Iterable[Doubt]:
    if line.unmarked:
        yield Finding(Code.MARKS_UNSEEN, {"title": cells.get(Column.TITLE, "")}, line.place)
    if line.marked:
        yield Finding(Code.PERIOD_FROM_MARKS, {"period": cells[Column.PERIOD]}, line.place)
    ditto = next((text for text in cells.values() if text and is_ditto(text)), None)
    if ditto:
        yield Question(Ask.SAME_AS, {"text": ditto, "title": numbered(cells.get(Column.TITLE, ""))[1]}, line.place)


def _unclear(line: Line, above: Draft | None) -> Question:
    return Question(Ask.ROW, {"text": _text(line)[:QUOTED], "above": above.name[:QUOTED] if above else ""}, line.place)


def _text(line: Line) -> str:
    return " ".join(text for text in line.cells.values() if text)
