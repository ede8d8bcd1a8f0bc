"""The sheet of a monthly meeting: วาระรายงานความก้าวหน้า, one page. Units and days stand on it, nobody's name."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.papers.asking import Asking
from bot.papers.document import About, Block, Cell, Document, Paragraph, Style, Table
from handlers.kit import Words, words
from handlers.plan.measure_cards import STANDINGS
from itadomain.fiscal import BUDDHIST_ERA
from itadomain.measures import Obligation, Standing
from itadomain.obstacles import Obstacle
from itadomain.papers.meeting import Agenda, Ask, agenda, meeting_days, shares
from itadomain.progress import Report
from itadomain.refusals import Refusal
from itadomain.resolutions import Act, Resolution
from itadomain.thai import SHORT_MONTHS

#: So many rows under all headings fill a page where each is one line; few may take two.
ROOM, FEW = 13, 7
#: Letters of a title and of a unit that have room on one line of their columns, and on two.
ONE_LINE, TWO_LINES = (24, 10), (46, 20)
WIDTHS = (43, 20, 17, 20)
HEADINGS = (
    words("meeting_paper.what"),
    words("meeting_paper.unit"),
    words("meeting_paper.day"),
    words("meeting_paper.how_far"),
)
ASKS: Mapping[Ask, Words] = {
    Ask.OBSTACLES: words("meeting_paper.ask_obstacles"),
    Ask.LONG_LATE: words("meeting_paper.ask_long_late"),
    Ask.RESOLUTIONS: words("meeting_paper.ask_resolutions"),
    Ask.OWNERS: words("meeting_paper.ask_owners"),
    Ask.DATES: words("meeting_paper.ask_dates"),
}

Line = Sequence[object]  # what stands in the four columns, or in one as wide as all


@dataclass(frozen=True)
class Section:
    """One kind of thing: its heading, and its rows before any are left out."""

    heading: Words
    lines: Sequence[Line]


def meeting_paper(asking: Asking) -> Document:
    """The sheet of the meeting of a day; Refusal where none is set for it."""
    on, says = _day(asking), asking.says
    found = agenda(asking.store, on, asking.today)
    title, agency = says(words("meeting_paper.title")), says(asking.store.office.name)
    data = says(words("meeting_paper.data", day=asking.today))
    held = says(words("meeting_paper.held", agency=agency, day=on))
    blocks: list[Block] = [Paragraph(title, Style.TITLE), Paragraph(held, Style.TITLE), _table(asking, found)]
    return Document(About(f"{title} {held}", agency, asking.by, asking.made, data), blocks)


def meeting_name(asking: Asking) -> Words:
    """What it is called as a file."""
    return words("meeting_paper.file", day=_day(asking))


def _day(asking: Asking) -> date:
    try:
        on = date.fromisoformat(asking.of)
    except ValueError:
        raise Refusal("meeting_paper.none") from None
    if on not in meeting_days(asking.store, on):
        raise Refusal("meeting_paper.none")
    return on


def _table(asking: Asking, found: Agenda) -> Table:
    says, sections = asking.says, list(_sections(asking, found))
    headings = [says(one) for one in HEADINGS]
    rows: list[Sequence[Cell]] = []
    *counts, asks = (len(one.lines) for one in sections)
    room = [*shares(counts, ROOM - asks), asks]  # what is to be decided is never left out
    for nth, (section, shown) in enumerate(zip(sections, room, strict=True), 1):
        count = len(section.lines)
        rows.append(_cells([says(_heading(nth, section.heading, count, shown))]))
        rows += [_cells([says(cell) for cell in line]) for line in section.lines[:shown]]
    return Table(WIDTHS, [[Cell((heading,)) for heading in headings]], rows, close=True)


def _heading(nth: int, heading: Words, count: int, shown: int) -> Words:
    facts = {"no": nth, "heading": heading}
    if not count:
        return words("meeting_paper.empty", **facts)
    if shown < count:
        return words("meeting_paper.more", shown=shown, count=count - shown, **facts)
    return words("meeting_paper.section", count=count, **facts)


def _cells(told: Sequence[str]) -> Sequence[Cell]:
    return [Cell((one,)) for one in told] if len(told) == len(WIDTHS) else [Cell(tuple(told), across=len(WIDTHS))]


def _sections(asking: Asking, found: Agenda) -> Iterator[Section]:
    listed = (found.resolutions, found.done, found.late, found.coming, found.obstacles)
    book = _Book(asking, TWO_LINES if sum(map(len, listed)) <= FEW else ONE_LINE)
    yield Section(words("meeting_paper.resolutions"), [book.resolution(one) for one in found.resolutions])
    yield Section(words("meeting_paper.done"), [book.report(one) for one in found.done])
    yield Section(words("meeting_paper.late"), [book.late(one, found.span.on) for one in found.late])
    until = words("meeting_paper.coming", until=found.span.until)
    yield Section(until, [book.coming(one) for one in found.coming])
    yield Section(words("meeting_paper.obstacles"), [book.obstacle(one) for one in found.obstacles])
    asks = [(words("meeting_paper.ask", what=ASKS[what], count=count),) for what, count in found.asks.items()]
    yield Section(words("meeting_paper.asks"), asks)


class _Book:
    """Tells each thing in four columns; measures and units are looked up once."""

    def __init__(self, asking: Asking, longest: tuple[int, int]) -> None:
        self._asking = asking
        self._longest, self._longest_unit = longest
        self._units = {one.id: one.name for one in asking.store.units.all()}

    def resolution(self, one: Resolution) -> Line:
        wording = cut(self._asking.says(words("meeting_paper.resolved", no=one.no, wording=one.wording)), self._longest)
        return wording, self._unit(one.unit), short(one.due), self._how_far(one)

    def report(self, one: Report) -> Line:
        far: Words = STANDINGS[one.standing]
        if one.percent is not None and one.standing is Standing.WORKING:
            far = words("meeting_paper.percent", percent=one.percent)
        return self._measure(one.measure), self._unit(one.unit), short(one.made_on), far

    def late(self, one: Obligation, on: date) -> Line:
        days = (min(self._asking.today, on) - one.due).days if one.due else 0
        late = words("meeting_paper.days_late", days=days)
        return self._measure(one.measure), self._unit(one.unit), short(one.due), late

    def coming(self, one: Obligation) -> Line:
        return self._measure(one.measure), self._unit(one.unit), short(one.due), STANDINGS[one.standing]

    def obstacle(self, one: Obstacle) -> Line:
        said = cut(" ".join(one.talk[-1].words.split()), self._longest)
        return said, self._unit(one.unit), short(one.told.on), words("meeting_paper.waits")

    def _how_far(self, one: Resolution) -> Words:
        if one.closed_as is Act.DONE:
            return words("meeting_paper.is_done")
        if one.closed_as is Act.CANCELLED:
            return words("meeting_paper.is_cancelled")
        late = one.late_on(self._asking.today)
        days = (self._asking.today - one.due).days
        return words("meeting_paper.days_late", days=days) if late else words("meeting_paper.goes_on")

    def _measure(self, measure_id: str) -> str:
        one = self._asking.store.measures.get(measure_id)
        if one is None:
            return "-"
        return cut(self._asking.says(words("meeting_paper.measure", no=one.place, title=one.title)), self._longest)

    def _unit(self, unit_id: str) -> str:
        return cut(self._units.get(unit_id, "-"), self._longest_unit)


def short(day: date | None) -> str:
    """A day as it has room in a narrow column: «10 มี.ค. 66»."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {(day.year + BUDDHIST_ERA) % 100:02}" if day else "-"


def cut(text: str, most: int) -> str:
    """The text where it has so many letters at most, else its beginning; no mark is parted from its letter."""
    letters = [nth for nth, sign in enumerate(text) if unicodedata.category(sign) != "Mn"]
    return text if len(letters) <= most else f"{text[: letters[most - 1]].rstrip()}…"
