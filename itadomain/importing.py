"""From what a document says to what the agency keeps: what is new, what differs, what is asked. Nothing is kept here.

What a document does not print any more is left as it is: only a person takes a measure out of a plan.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from itadomain.asking import Asked, asked_of, sameness
from itadomain.audit import Audit, audit
from itadomain.documents.agency import Sameness
from itadomain.documents.doubts import Finding
from itadomain.documents.reading import Column, PrintedMeasure, PrintedUnit, Reading
from itadomain.fiscal import FiscalYear
from itadomain.history import Deed, Entry
from itadomain.measures import Measure, Printed
from itadomain.organisation import Unit, unit_named
from itadomain.refusals import Refusal
from itadomain.reprinting import Pairs, pairs, reprinted
from itadomain.scores import Result

#: What a newer printing may change of a measure, in the order of a table's columns.
COMPARED = (
    "number", "title", "owners", "lead", "period", "follow_up", "method", "steps", "questions", "indicators", "finding",
    "result", "suggestion",
)  # fmt: skip
#: What a newer printing may change of a year's result.
COMPARED_RESULT = ("headlines", "tables", "weights")


@dataclass(frozen=True)
class Difference:
    """Where a document differs from what is kept: a measure's field, or a part of a year's result."""

    about: str  # a title, or a fiscal year
    what: str
    before: Any
    after: Any
    measure: str = ""  # the id of the measure


@dataclass(frozen=True)
class Known:
    """What the agency keeps already, and its name."""

    agency: str = ""
    units: Sequence[Unit] = ()
    plan: Sequence[Measure] = ()  # of the document's plan year
    result: Result | None = None  # of the document's score year


@dataclass(frozen=True)
class Proposal:
    """What bringing a document in would do."""

    reading: Reading
    plan: Sequence[Measure]
    added: Sequence[Measure]
    differences: Sequence[Difference]
    others: Sequence[Measure]  # of the same plan, which the document does not print
    new_units: Sequence[PrintedUnit]
    result: Result | None
    new_result: bool
    asked: Sequence[Asked]
    own: bool = True  # whether it is the agency's own document

    @property
    def audit(self) -> Audit | None:
        """The document's result, worked out again."""
        return audit(self.result) if self.result else None

    @property
    def gone(self) -> Sequence[Measure]:
        """What the document does not print any more."""
        return [one for one in self.others if one.cancelled_on is None]

    @property
    def findings(self) -> Sequence[Finding]:
        """All that was noticed, in the document and in its figures."""
        return self.reading.findings

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it is kept already."""
        return not (self.added or self.differences or self.new_units or self.new_result)


def plan_of(reading: Reading) -> Sequence[Measure]:
    """The measures of a document as they are kept, still without ids; Refusal where no year is known for them."""
    year = reading.fiscal_year
    if reading.measures and year is None:
        raise Refusal("importing.which_year")
    return [_measure(one, year) for one in reading.measures] if year else []


def propose(reading: Reading, plan: Sequence[Measure], known: Known) -> Proposal:
    """Hold a document against what is kept."""
    if not plan and reading.result is None:
        raise Refusal("importing.nothing_found")
    paired = pairs(plan, known.plan)
    kept = [reprinted(old, new) if old else new for new, old in paired]
    met = {old.id for _, old in paired if old}
    result = _result(known.result, reading.result)
    new_units = [one for one in reading.units if not _known_unit(one, known.units)]
    units = [*known.units, *(Unit(one.name, one.name, one.aliases) for one in new_units)]
    return Proposal(
        reading=reading,
        plan=kept,
        added=[new for new, old in paired if old is None],
        differences=[
            *_of_measures([(new, old) for new, (_, old) in zip(kept, paired, strict=True)]),
            *_of_result(known.result, result),
        ],
        others=[one for one in known.plan if one.id not in met],
        new_units=new_units,
        result=result,
        new_result=result is not None and known.result is None,
        own=sameness(reading, known.agency) is not Sameness.ANOTHER,
        asked=tuple(asked_of(reading, [_as_titled(one) for one in kept], units, known.agency)),
    )


def entries(differences: Sequence[Difference], today: date, document: str) -> Iterator[Entry]:
    """What a newer document changes, as it is written into the history of each measure."""
    of_measures = [one for one in differences if one.measure]
    for measure, found in groupby(of_measures, key=lambda one: one.measure):
        changed = list(found)
        before = {one.what: _told(one.before) for one in changed}
        after = {one.what: _told(one.after) for one in changed}
        yield Entry(measure, Deed.CHANGED, today, before=before, after=after, why=document)


def _measure(printed: PrintedMeasure, year: FiscalYear) -> Measure:
    title, method = printed.name or printed[Column.TITLE], printed[Column.METHOD]
    return Measure(
        id="",
        plan_year=year,
        number=printed.number,
        title=title,
        owners=printed.owners,
        lead=printed.lead,
        period=printed[Column.PERIOD],
        follow_up=printed[Column.FOLLOW_UP],
        steps=printed.steps,
        questions=printed.questions,
        finding=printed[Column.FINDING],
        result=printed[Column.RESULT],
        suggestion=printed[Column.SUGGESTION],
        method=method,
        indicators=printed.indicators,
        printed=Printed(title, printed.owners, printed.lead, method, printed.indicators),
    )


def _as_titled(measure: Measure) -> Measure:
    """The measure under its printed title, so that a question that was asked is known again under another one."""
    return replace(measure, title=measure.printed.title or measure.title)


def _result(old: Result | None, new: Result | None) -> Result | None:
    """The newer printing of a result; the total that a person settled stands while the same totals are printed."""
    same = old and new and {one.total for one in old.headlines} == {one.total for one in new.headlines}
    return replace(new, settled=old.settled) if same and old and new else new


def _of_measures(paired: Pairs) -> Iterator[Difference]:
    for new, old in paired:
        for name in COMPARED if old else ():
            before, after = _fact(old, name), _fact(new, name)
            if before != after:
                yield Difference(new.title, name, before, after, new.id)


def _fact(measure: Measure | None, name: str) -> Any:
    """A part of a measure, the wordings that count where people settled others."""
    return getattr(measure, {"period": "when", "follow_up": "cadence"}.get(name, name))


def _of_result(old: Result | None, new: Result | None) -> Iterator[Difference]:
    for name in COMPARED_RESULT if old and new else ():
        before, after = getattr(old, name), getattr(new, name)
        if before != after and new:
            yield Difference(str(new.fiscal_year), name, before, after)


def _told(fact: Any) -> str:
    return fact if isinstance(fact, str) else ", ".join(map(str, fact))


def _known_unit(printed: PrintedUnit, units: Sequence[Unit]) -> bool:
    return any(unit_named(units, name) for name in (printed.name, *printed.aliases))
