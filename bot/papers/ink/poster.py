"""Draws the poster of a service point: one drawing, on a sheet for the wall (A4) or a card for the counter (A6)."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.papers.ink.lines import Set, fitted

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = Path(__file__).with_name("fonts")
FAMILY = "Sarabun"
WEIGHTS = {"": "Sarabun-Regular.ttf", "B": "Sarabun-Bold.ttf"}
#: Width and height in millimetres. Everything is measured on the larger; both have the same shape.
SHEETS: Mapping[str, tuple[float, float]] = {"a4": (210, 297), "a6": (105, 148.5)}
WIDTH, HEIGHT = SHEETS["a4"]
#: Dots across a picture of it.
DOTS = 1654
INK, SOFT, DEEP, PALE, WHITE = (31, 41, 51), (82, 96, 109), (11, 79, 92), (226, 240, 241), (255, 255, 255)
MARGIN, QR_SIDE, QUIET = 16.0, 114.0, 4
#: Where each part begins, and how high those are that have a ground.
HEAD, TITLE, CODE, BY_HAND, FOOT = (0.0, 54.0), 60.0, 91.5, (213.0, 41.0), 259.0
MM_A_POINT = 25.4 / 72
#: From one line to the next, in sizes: signs stand over and under Thai letters.
LEADING = 1.42


@dataclass(frozen=True)
class Poster:
    """What stands on it; `link` is what its code leads to."""

    agency: str
    point: str
    unit: str  # empty where it is the point's own name, or none
    title: str
    short: str  # how long it takes
    typed: str  # how to come without the code
    says: str  # what is typed
    kept: str  # what becomes of the answers
    own: str  # whose survey it is
    link: str


def pdf(poster: Poster, sheet: str) -> bytes:
    """The poster as a PDF of one page; `sheet` is one of SHEETS."""
    drawing = _Drawing(sheet)
    drawing.head(poster)
    drawing.invitation(poster)
    drawing.code(poster.link)
    drawing.by_hand(poster)
    drawing.foot(poster)
    return drawing.done(poster)


def png(drawn: bytes) -> bytes:
    """A picture of a poster that was drawn as a PDF."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 - who wants a PDF needs none

    document = pypdfium2.PdfDocument(drawn)
    try:
        page = document[0]
        picture = page.render(scale=DOTS / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


class _Drawing:
    """A page on which lengths are those of the large sheet, in millimetres from the upper left corner."""

    def __init__(self, sheet: str) -> None:
        size = SHEETS[sheet]
        self._scale = size[0] / WIDTH
        self._page = _page(size)

    def head(self, poster: Poster) -> None:
        """Whose it is, and where it hangs."""
        self._box(0, HEAD[0], WIDTH, HEAD[1], DEEP)
        agency = self._fit(poster.agency, 2, (26, 13), "B")
        where = [self._fit(poster.point, 1, (19, 11)), *([self._fit(poster.unit, 1, (15, 10))] if poster.unit else [])]
        tall = sum(_tall(one) for one in (agency, *where))
        top = HEAD[0] + (HEAD[1] - tall) / 2
        top = self._text(agency, top, WHITE, "B")
        for one in where:
            top = self._text(one, top, WHITE if one is where[0] else PALE)

    def invitation(self, poster: Poster) -> None:
        """What to do, and how long it takes."""
        top = self._text(self._fit(poster.title, 1, (40, 20), "B"), TITLE, DEEP, "B")
        self._text(self._fit(poster.short, 1, (24, 12)), top - 1, INK)

    def code(self, link: str) -> None:
        """The code, dark on white, with the rim that cameras look for."""
        import segno  # noqa: PLC0415 - only a drawing needs it

        rows = [list(row) for row in segno.make_qr(link, error="m").matrix]
        side = QR_SIDE / (len(rows) + 2 * QUIET)
        left, top = (WIDTH - QR_SIDE) / 2 + QUIET * side, CODE + QUIET * side
        for nth, row in enumerate(rows):
            for start, end in _runs(row):  # one box a run: between two boxes a printer may leave a line
                self._box(left + start * side, top + nth * side, (end - start) * side, side, (0, 0, 0))

    def by_hand(self, poster: Poster) -> None:
        """For whoever has no camera at hand."""
        top, high = BY_HAND
        self._box(MARGIN, top, WIDTH - 2 * MARGIN, high, PALE)
        typed, says = self._fit(poster.typed, 1, (19, 10)), self._fit(poster.says, 1, (32, 16), "B")
        top = self._text(typed, top + (high - _tall(typed) - _tall(says)) / 2, INK)
        self._text(says, top, DEEP, "B")

    def foot(self, poster: Poster) -> None:
        """What becomes of the answers, and whose survey it is not."""
        top = self._text(self._fit(poster.kept, 1, (19, 11)), FOOT, INK)
        self._text(self._fit(poster.own, 1, (19, 11), "B"), top + 2, INK, "B")

    def done(self, poster: Poster) -> bytes:
        """The file."""
        self._page.set_title(f"{poster.title} {poster.point}")
        self._page.set_lang("th")
        return bytes(self._page.output())

    def _fit(self, text: str, most: int, sizes: tuple[float, float], style: str = "") -> Set:
        return fitted(text, WIDTH - 2 * MARGIN - 4, most, sizes, lambda said, size: self._wide(said, size, style))

    def _wide(self, text: str, size: float, style: str) -> float:
        """In millimetres of the large sheet; `size` in points of it."""
        self._page.set_font(FAMILY, style, size)
        return float(self._page.get_string_width(text))

    def _text(self, one: Set, top: float, colour: Sequence[int], style: str = "") -> float:
        """Lines in the middle of the page, from `top` on; gives where the next ones begin."""
        self._page.set_text_color(*colour)
        self._page.set_font(FAMILY, style, one.size * self._scale)
        high = _tall(one) / len(one.lines)
        for nth, line in enumerate(one.lines):
            self._page.set_xy(0, (top + nth * high) * self._scale)
            self._page.cell(WIDTH * self._scale, high * self._scale, line, align="C")
        return top + _tall(one)

    def _box(self, left: float, top: float, width: float, height: float, colour: Sequence[int]) -> None:
        self._page.set_fill_color(*colour)
        left, top, width, height = (length * self._scale for length in (left, top, width, height))
        self._page.rect(left, top, width, height, style="F")


def _page(size: tuple[float, float]) -> "FPDF":
    from fpdf import FPDF  # noqa: PLC0415 - a second and 45 MB

    page = FPDF(unit="mm", format=size)
    for style, file in WEIGHTS.items():
        page.add_font(FAMILY, style, FONTS / file)
    page.set_auto_page_break(auto=False)
    page.set_margin(0)
    page.c_margin = 0
    page.add_page()
    page.set_text_shaping(use_shaping_engine=True, script="Thai", language="THA")
    return page


def _tall(one: Set) -> float:
    """How high lines stand, in millimetres."""
    return len(one.lines) * one.size * LEADING * MM_A_POINT


def _runs(row: Sequence[int]) -> Sequence[tuple[int, int]]:
    """Where dark modules of a row begin and end."""
    edges = [nth for nth, (one, other) in enumerate(zip([0, *row], [*row, 0], strict=True)) if bool(one) != bool(other)]
    return list(zip(edges[::2], edges[1::2], strict=True))
