"""One page of a PDF → its tables, found by their ruling lines, and the text around them, from above to below."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.table import merge_edges

from bot.imports.grid import Grid, Spot
from bot.imports.markup import NUMBERED
from bot.imports.pdf_guard import Sheet
from bot.imports.pdf_lines import Glyph, Line, joined, lines_of
from bot.imports.watch import Watch
from itadomain.documents.shape import Block, Paragraph, Place, Table

#: Ruling lines nearer than this are one, in points; NEAR is how far pdfplumber looks for the end of a line.
SNAP, NEAR = 4.0, 3.0
#: A page where more lines could cross is a drawing, and looking for tables in it would take minutes.
CROSSINGS = 1_000_000
CURVES = 800  # of a page whose letters are drawn
UNREADABLE_OF_100 = 30
FURTHER = 1.4  # times the usual from line to line
LOST = "\ufffd"


@dataclass(frozen=True)
class Ruled:
    """A table's ruling lines: columns between `xs`, rows between `ys`; a cell may cover several."""

    xs: Sequence[float]
    ys: Sequence[float]
    first: dict[Spot, Spot]  # where a cell covers more than one spot

    def spot(self, glyph: Glyph) -> Spot | None:
        """The cell that a glyph stands in."""
        across, down = glyph.middle
        column, row = bisect_right(self.xs, across) - 1, bisect_right(self.ys, down) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return None
        return self.first.get((row, column), (row, column))


def blocks_of(page: Sheet, tables: int, watch: Watch) -> Sequence[Block]:
    """The blocks of a page; `tables` were before it in the document."""
    glyphs = list(_glyphs(page.chars))
    found: list[tuple[float, Block]] = []
    for ruled in _ruled(page):
        inside = [(spot, glyph) for glyph in glyphs if (spot := ruled.spot(glyph))]
        if not any(glyph.text.strip() for _, glyph in inside):
            continue
        tables += 1
        place = Place(page=page.page_number, table=tables, row=1)
        found.append((ruled.ys[0], _table(ruled, inside, place, watch)))
        glyphs = [glyph for glyph in glyphs if not ruled.spot(glyph)]
    found += _paragraphs(lines_of(glyphs), page, [top for top, _ in found])
    return [block for _, block in sorted(found, key=lambda one: one[0])]


def is_unreadable(page: Sheet) -> bool:
    """Whether a page shows something, but its letters cannot be known: a picture, or fonts without their letters."""
    letters = [text for char in page.chars if (text := _text(char["text"]).strip())]
    if not letters:
        return bool(page.images or len(page.curves) > CURVES)
    return letters.count(LOST) * 100 > len(letters) * UNREADABLE_OF_100


def _text(text: str) -> str:
    """What a glyph stands for; pdfminer writes «(cid:7)» where the font does not say."""
    return LOST if text.startswith("(cid:") else text.replace("\0", "")


def _glyphs(chars: Iterable[dict[str, Any]]) -> Iterator[Glyph]:
    for char in chars:
        yield Glyph(_text(char["text"]), char["x0"], char["x1"], char["top"], char["bottom"])


def _ruled(page: Sheet) -> Iterator[Ruled]:
    """The tables of a page; a single cell is a frame around text."""
    edges = merge_edges(page.edges, *[NEAR] * 4)
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    if len(upright) * (len(edges) - len(upright)) > CROSSINGS:
        return
    for table in page.find_tables({"explicit_horizontal_lines": list(_torn(upright))}):
        xs = _snapped(x for cell in table.cells for x in (cell[0], cell[2]))
        ys = _snapped(y for cell in table.cells for y in (cell[1], cell[3]))
        first: dict[Spot, Spot] = {}
        for left, top, right, bottom in table.cells:
            spots = [(row, column) for row in _between(ys, top, bottom) for column in _between(xs, left, right)]
            first.update(dict.fromkeys(spots, spots[0]))
        if len(set(first.values())) > 1:
            yield Ruled(xs, ys, first)


def _torn(upright: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Lines that a row lacks where the page ends in it: its ruling lines stop side by side and nothing closes it."""
    ends: dict[int, list[float]] = {}
    for edge in upright:
        for end in (edge["top"], edge["bottom"]):
            ends.setdefault(round(end / NEAR), []).append(edge["x0"])
    for at, xs in ends.items():
        y, x0, x1 = at * NEAR, min(xs), max(xs)
        through = any(x0 < edge["x0"] < x1 and edge["top"] + SNAP < y < edge["bottom"] - SNAP for edge in upright)
        if x1 - x0 > SNAP and not through:
            yield {"object_type": "line", "x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0}


def _snapped(lines: Iterable[float]) -> Sequence[float]:
    """Lines from left to right or down, each once."""
    ordered = sorted(lines)
    return ordered[:1] + [line for before, line in pairwise(ordered) if line - before > SNAP]


def _between(lines: Sequence[float], first: float, last: float) -> range:
    """The columns or rows that a cell covers."""
    return range(bisect_right(lines, first + SNAP) - 1, max(bisect_right(lines, last + SNAP) - 1, 0))


def _table(ruled: Ruled, inside: Sequence[tuple[Spot, Glyph]], place: Place, watch: Watch) -> Table:
    cells: dict[Spot, list[Glyph]] = {}
    for spot, glyph in inside:
        cells.setdefault(spot, []).append(glyph)
    grid = Grid()
    for row in range(len(ruled.ys) - 1):
        watch.row(len(ruled.xs) - 1)
        for column in range(len(ruled.xs) - 1):
            first = ruled.first.get((row, column), (row, column))
            if first == (row, column):
                grid.put(row, column, _cell(cells.get(first, ()), ruled))
            else:
                grid.join(first, [(row, column)])
    return grid.table(place)


def _cell(glyphs: Sequence[Glyph], ruled: Ruled) -> str:
    if not glyphs:
        return ""
    edge = bisect_right(ruled.xs, max(glyph.middle[0] for glyph in glyphs))
    return joined(lines_of(glyphs), ruled.xs[edge])


def _paragraphs(lines: Sequence[Line], page: Sheet, tables: Sequence[float]) -> Iterator[tuple[float, Paragraph]]:
    """Lines outside of tables; those that the width of the page broke are one paragraph."""
    text = _Body.of(lines, page.width, tables)
    begun: list[Line] = []
    for nth, line in enumerate(lines):
        begun.append(line)
        if nth + 1 == len(lines) or text.ends(line, lines[nth + 1]):
            yield begun[0].top, Paragraph(joined(begun, 0), Place(page=page.page_number))
            begun = []


@dataclass(frozen=True)
class _Body:
    """The running text of a page: how far its lines go, how far apart they are, and where tables part it."""

    left: float
    right: float
    pitch: float
    tables: Sequence[float]

    @classmethod
    def of(cls, lines: Sequence[Line], width: float, tables: Sequence[float]) -> "_Body":
        """What the lines have in common. Lines of a paragraph are nearer than paragraphs, and margins alike."""
        apart = sorted(then.bottom - line.bottom for line, then in pairwise(lines))
        left = min((line.x0 for line in lines), default=0)
        right = max([width - left, *(line.x1 for line in lines)])
        return cls(left, right, apart[len(apart) // 4] if apart else 0, tables)

    def ends(self, line: Line, then: Line) -> bool:
        """Whether a paragraph ends with this line: a gap, a number, a title, or there was room for more."""
        parted = any(line.top < top < then.bottom for top in self.tables)
        if parted or NUMBERED.match(then.text) or then.bottom - line.bottom > FURTHER * self.pitch:
            return True
        centred = line.x0 - self.left > line.size and _middle(line, self.left + self.right)
        title = then.x0 - line.x0 > line.size and _middle(then, line.x0 + line.x1)
        return title or line.ends_early(self.right + (line.x0 - self.left if centred else 0), then)


def _middle(line: Line, both_ends: float) -> bool:
    """Whether a line stands in the middle between two ends, of which this is the sum."""
    return abs(line.x0 + line.x1 - both_ends) < line.size
