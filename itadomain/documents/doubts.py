"""The closed lists of what is noticed in a document and of what a person must settle, each with its place.

The sentences stand in `locales/<lang>/document.toml`: `document.<code>` for a finding, `document.ask_<code>` for a
question. What is wrong with the figures of a result is noticed by `itadomain.audit` and keeps its own sentences.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from itadomain import audit
from itadomain.documents.shape import Place


class Code(StrEnum):
    """What can be noticed in a document, beside the codes of `itadomain.audit`."""

    AGENCY_SPELLED = "agency_spelled"  # the agency's name is printed in more than one spelling
    YEARS_DISAGREE = "years_disagree"  # title, headings and periods print different plan years
    NUMBERING_GAP = "numbering_gap"  # numbers of measures are missing
    NUMBER_TWICE = "number_twice"  # two different measures bear one number
    PERIOD_EMPTY = "period_empty"
    OWNER_EMPTY = "owner_empty"
    BEFORE_PLAN = "before_plan"  # a period or follow-up names a day before the plan's year
    PRINTED_TWICE = "printed_twice"  # the same measures stand there again
    PRINTINGS_DIFFER = "printings_differ"  # … and a cell of them is not the same
    LETTER_LOST = "letter_lost"  # a question's code has no letter
    CODE_TWICE = "code_twice"  # one code stands before two different questions
    RENUMBERED = "renumbered"  # indicators bear other numbers than the official ones
    INSTRUMENTS_SWAPPED = "instruments_swapped"  # two instruments exchanged give the printed total
    WEIGHTED_POINTS = "weighted_points"  # figures that add up to the total: weighted points, no scores
    PROSE_DIFFERS = "prose_differs"  # running text gives an indicator other points than the table
    OTHER_YEAR = "other_year"  # figures of another year were left aside
    COLUMN_UNKNOWN = "column_unknown"  # a column whose heading says nothing known
    PERIOD_FROM_MARKS = "period_from_marks"  # months are marked, not written
    ROW_LEFT_OUT = "row_left_out"  # a row of a table of measures that is none
    MARKS_UNSEEN = "marks_unseen"  # … and no mark can be read: shading, or drawn lines


class Ask(StrEnum):
    """What only a person can settle."""

    AGENCY = "agency"  # which spelling
    PLAN_YEAR = "plan_year"
    SCORE_YEAR = "score_year"
    TOTAL = "total"  # which total is the official one
    GRADE = "grade"  # a grade that is not that of the total
    TABLE = "table"  # which of two tables
    POINTS = "points"  # a figure that cannot be read, or two for one indicator
    INSTRUMENTS = "instruments"  # as printed, or exchanged
    MEAN = "mean"  # an instrument as printed, or as its indicators make it
    WEIGHTED = "weighted"
    OLDER_INDICES = "older_indices"
    NUMBERS = "numbers"  # is anything missing between these numbers
    CODES = "codes"  # which questions of the forms are meant
    OWNER = "owner"
    SAME_AS = "same_as"  # «〃», «เช่นเดียวกับข้อ 1»
    ROW = "row"  # a row that may be a measure or the end of the one above
    TITLE = "title"  # a measure without one
    COLUMNS = "columns"  # a table that may be one of measures, or two columns that may be the same
    PRINTINGS = "printings"  # which of two wordings


@dataclass(frozen=True)
class Finding:
    """Something noticed, told by the text `key` with `facts`. `measure` counts from 1; 0 where it is about none."""

    code: Code | audit.Code
    facts: Mapping[str, Any] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    measure: int = 0

    @property
    def key(self) -> str:
        """The key of its sentence."""
        return f"{'document' if isinstance(self.code, Code) else 'finding'}.{self.code}"


@dataclass(frozen=True)
class Question:
    """Something to settle, asked by the text `key` with `facts`; `choices` are printed words, never ours."""

    code: Ask
    facts: Mapping[str, Any] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    choices: Sequence[str] = ()
    measure: int = 0

    @property
    def key(self) -> str:
        """The key of its sentence."""
        return f"document.ask_{self.code}"


Doubt = Finding | Question
