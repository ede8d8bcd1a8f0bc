"""From what a document says to what the agency keeps: what is new, what differs, what is asked. Nothing is kept here.

What a document does not print any more is left as it is: only a person takes a measure out of a plan.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from itadomain.asking import Asked, asked_of, sameness
from itadomain.audit import Audit, audit
from itadomain.documents.agency import Sameness
from itadomain.documents.doubts import Finding
from itadomain.documents.reading import Column, PrintedMeasure, PrintedUnit, Reading
from itadomain.fiscal import FiscalYear
from itadomain.measures import Measure
from itadomain.organisation import Unit, folded, unit_named
from itadomain.refusals import Refusal
from itadomain.scores import Result

#: Titles that share this much are two printings of one measure where their numbers agree.
ALIKE = 0.6
#: What may differ between two printings of a measure, in the order of a table's columns.
COMPARED = ("number", "title", "owners", "lead", "period", "follow_up", "method", "steps", "questions", "finding")


@dataclass(frozen=True)
class Difference:
    """Where a document differs from what is kept: a measure's field, or a part of a year's result."""

    about: str  # a title, or a fiscal year
    what: str
    before: Any
    after: Any


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
    gone: Sequence[Measure]
    new_units: Sequence[PrintedUnit]
    new_result: bool
    asked: Sequence[Asked]
    own: bool = True  # whether it is the agency's own document

    @property
    def audit(self) -> Audit | None:
        """The document's result, worked out again."""
        return audit(self.reading.result) if self.reading.result else None

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
    pairs = _pairs(plan, known.plan)
    kept = [replace(new, **_settled(old, new)) if old else new for new, old in pairs]
    met = {old.id for _, old in pairs if old}
    new_units = [one for one in reading.units if not _known_unit(one, known.units)]
    units = [*known.units, *(Unit(one.name, one.name, one.aliases) for one in new_units)]
    return Proposal(
        reading=reading,
        plan=kept,
        added=[new for new, old in pairs if old is None],
        differences=[*_of_measures(pairs), *_of_result(known.result, reading.result)],
        gone=[one for one in known.plan if one.id not in met and one.cancelled_on is None],
        new_units=new_units,
        new_result=reading.result is not None and known.result is None,
        own=sameness(reading, known.agency) is not Sameness.ANOTHER,
        asked=tuple(asked_of(reading, kept, units, known.agency)),
    )


def _measure(printed: PrintedMeasure, year: FiscalYear) -> Measure:
    return Measure(
        id="",
        plan_year=year,
        number=printed.number,
        title=printed.name or printed[Column.TITLE],
        owners=printed.owners,
        lead=printed.lead,
        period=printed[Column.PERIOD],
        follow_up=printed[Column.FOLLOW_UP],
        steps=printed.steps,
        questions=printed.questions,
        finding=printed[Column.FINDING],
        result=printed[Column.RESULT],
        suggestion=printed[Column.SUGGESTION],
        method=printed[Column.METHOD],
        indicators=printed.indicators,
    )


def _pairs(plan: Sequence[Measure], known: Sequence[Measure]) -> list[tuple[Measure, Measure | None]]:
    """Each measure with the one it is a newer printing of: the same words first, then the same number."""
    free = list(known)
    pairs: list[tuple[Measure, Measure | None]] = []
    exact = {
        index: old
        for index, new in enumerate(plan)
        if (old := _take(free, lambda one, new=new: _alike_in_words(one, new)))
    }
    for index, new in enumerate(plan):
        pairs.append((new, exact.get(index) or _take(free, lambda one, new=new: _alike(one, new))))
    return pairs


def _take(free: list[Measure], fits: Any) -> Measure | None:
    found = next((one for one in free if fits(one)), None)
    if found:
        free.remove(found)
    return found


def _alike_in_words(one: Measure, other: Measure) -> bool:
    return (folded(one.title), one.owners, one.questions, folded(one.method)) == (
        folded(other.title), other.owners, other.questions, folded(other.method)
    )  # fmt: skip


def _alike(one: Measure, other: Measure) -> bool:
    titles = folded(one.title), folded(other.title)
    if titles[0] == titles[1]:
        return True
    return one.number == other.number and SequenceMatcher(None, *titles, autojunk=False).ratio() >= ALIKE


def _settled(old: Measure, new: Measure) -> dict[str, Any]:
    """What stays of a measure when its document comes again: its id, and what people have settled."""
    names = ("id", "settled_period", "settled_follow_up", "target", "cancelled_on")
    return {**{name: getattr(old, name) for name in names}, "indicators": old.indicators or new.indicators}


def _of_measures(pairs: Sequence[tuple[Measure, Measure | None]]) -> Iterator[Difference]:
    for new, old in pairs:
        for name in COMPARED if old else ():
            before, after = getattr(old, name), getattr(new, name)
            if before != after:
                yield Difference(new.title, name, before, after)


def _of_result(old: Result | None, new: Result | None) -> Iterator[Difference]:
    for name in ("headlines", "tables", "weights") if old and new else ():
        before, after = getattr(old, name), getattr(new, name)
        if before != after and new:
            yield Difference(str(new.fiscal_year), name, before, after)


def _known_unit(printed: PrintedUnit, units: Sequence[Unit]) -> bool:
    return any(unit_named(units, name) for name in (printed.name, *printed.aliases))
