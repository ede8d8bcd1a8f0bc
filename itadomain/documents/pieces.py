"""What one printed table says about points, before tables are put together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from itadomain.documents.doubts import Ask, Doubt, Question
from itadomain.documents.figures import is_spoilt
from itadomain.documents.indicator_names import indicator_named, instrument_named, is_older_index
from itadomain.documents.numbers import numbered
from itadomain.documents.score_labels import Labelled
from itadomain.documents.shape import Place
from itadomain.documents.words.indicators import GRADES
from itadomain.frameworks.shape import Instrument
from itadomain.scores import Headline

GRADED = re.compile(r"\((AA|[A-F])\)")
GRADE_OF_ALL = re.compile(r"(?:ระดับ|เกรด|ผล)[ก-๎ ]*$")
OF_ITA = re.compile(r"(?<![A-Za-z])ITA(?![A-Za-z])|คุณธรรมและความโปร่งใส")
QUOTED = 80


@dataclass(frozen=True)
class Piece:
    """The points of one table."""

    name: str = ""
    place: Place = field(default_factory=Place)
    indicators: Mapping[int, Decimal] = field(default_factory=dict)
    instruments: Mapping[Instrument, Decimal] = field(default_factory=dict)
    weights: Mapping[Instrument, Decimal] = field(default_factory=dict)
    total: Headline | None = None
    older: Mapping[str, Decimal] = field(default_factory=dict)  # indices of the years before 2562
    renumbered: bool = False
    year: int | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it says nothing about points."""
        points = self.indicators or self.instruments or self.weights or self.older
        return not (points or self.doubts or self.in_a_box)

    @property
    def in_a_box(self) -> bool:
        """Whether it holds a total of this very assessment with its grade; a total alone may be of anything."""
        return bool(self.total and self.total.grade and OF_ITA.search(self.total.where))

    def saying(self, label: Labelled, figure: Decimal, row: Sequence[str]) -> "Piece":
        """The same with the points of one more label."""
        no, instrument = indicator_named(label.label), instrument_named(label.label)
        if no and no in self.indicators:
            before = self.indicators[no]
            return self if before == figure else self.asking(label, (f"{before}", f"{figure}"))
        if no:
            printed = numbered(label.label)[0]
            other = bool(printed) and printed != str(no) and "ตัวชี้วัด" not in label.label
            return replace(self, indicators={**self.indicators, no: figure}, renumbered=self.renumbered or other)
        if instrument:
            return replace(self, instruments={**self.instruments, instrument: figure})
        if is_older_index(label.label):
            return replace(self, older={**self.older, label.label: figure})
        where = " ".join(cell for cell in row if cell)[:QUOTED]
        return replace(self, total=self.total or Headline(figure, _grade(row), where))

    def graded(self, rows: Sequence[Sequence[str]]) -> "Piece":
        """The same with the grade that has a row of its own: «ระดับผลการประเมิน | ผ่านดี»."""
        beside = [cell for row in rows if row and GRADE_OF_ALL.match(row[0]) for cell in row[1:] if cell in GRADES]
        if not self.total or self.total.grade or len(beside) != 1:
            return self
        return replace(self, total=replace(self.total, grade=beside[0]))

    def missing(self, label: Labelled, cell: str) -> "Piece":
        """The same, asking for points that were meant to stand in a cell and cannot be read."""
        counts = indicator_named(label.label) or instrument_named(label.label)
        return self.asking(label, (cell,)) if counts and is_spoilt(cell) else self

    def asking(self, label: Labelled, choices: tuple[str, ...]) -> "Piece":
        """The same with a question about a label's points."""
        facts = {"name": label.label, "text": ", ".join(choices)}
        return replace(self, doubts=(*self.doubts, Question(Ask.POINTS, facts, self.place, choices)))


def _grade(row: Sequence[str]) -> str | None:
    """The grade in a row of a total: in a cell of its own, or in brackets behind the points."""
    whole = next((cell for cell in row if cell in GRADES), None)
    return whole or next((found[1] for cell in row if (found := GRADED.search(cell))), None)
