"""What the result of a year comes to before it is written down: ranked, strong and weak, changed, and answered by what.

The plan that answers a result is that of the year after it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from itadomain.audit import Audit, audit
from itadomain.frameworks import Applied, framework_for
from itadomain.frameworks.shape import Framework
from itadomain.lateness import answers
from itadomain.measures import Measure
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.scores import Result
from itadomain.surveys.feeding import for_indicator
from itadomain.surveys.known import known
from itadomain.surveys.questionnaire import Item
from itadomain.surveys.survey import REHEARSALS


@dataclass(frozen=True)
class Ranked:
    """An indicator of a result; those with the same points share a place. It is weak or strong, by the house's rule."""

    place: int
    no: int
    points: Decimal
    lacking: Decimal  # to the score that passes, 0 where it does
    weak: bool


@dataclass(frozen=True)
class Change:
    """What an indicator, or the total where `no` is 0, had the year before and has now."""

    no: int
    before: Decimal
    now: Decimal

    @property
    def by(self) -> Decimal:
        """So many points more, or fewer."""
        return self.now - self.before


@dataclass(frozen=True)
class Disputed:
    """An indicator of which the tables print different points, in the order of the tables; None where one has none."""

    no: int
    points: Sequence[Decimal | None]


@dataclass(frozen=True)
class Analysis:
    """A year's result, None where nobody has brought it in; that of the year before; the plan of the year after."""

    year: int
    applied: Applied
    seen: Audit | None
    before: Audit | None
    plan: Sequence[Measure]

    @cached_property
    def ranked(self) -> Sequence[Ranked]:
        """The indicators, the highest first."""
        return ranked(self.seen.result) if self.seen else ()

    @cached_property
    def to_fix(self) -> Sequence[Ranked]:
        """Those that are weak, the weakest first."""
        return sorted((one for one in self.ranked if one.weak), key=lambda one: (one.points, one.no))

    @property
    def change(self) -> Change | None:
        """How the total has changed; None where one of the two is not known."""
        if not self.seen or not self.before or self.seen.total is None or self.before.total is None:
            return None
        return Change(0, self.before.total, self.seen.total)

    @property
    def changes(self) -> Mapping[int, Change]:
        """How the indicators have changed that both years have."""
        old, new = (one.indicators if one else {} for one in (self.before, self.seen))
        return {no: Change(no, old[no], new[no]) for no in sorted(new) if no in old}

    @cached_property
    def answering(self) -> Mapping[int, Sequence[Measure]]:
        """The measures that answer each indicator: those that name it, or a question that was asked about it."""
        asked = _asked(self.year)
        return {one.no: for_indicator(self.plan, one.no, asked, self.year) for one in self.framework.indicators}

    def answers(self, measure: Measure) -> Sequence[int]:
        """The indicators that a measure answers."""
        return [no for no, those in self.answering.items() if measure in those]

    @property
    def framework(self) -> Framework:
        """That of the year, or the one that stands in for it."""
        return self.applied.framework

    @property
    def left_out(self) -> Sequence[Ranked]:
        """What is weak and answered by no measure."""
        return [one for one in self.to_fix if not self.answering[one.no]]

    @property
    def beside(self) -> Sequence[Measure]:
        """The measures with a finding that belongs to nothing weak."""
        weak = {one.no for one in self.to_fix}
        return [one for one in self.plan if one.finding and not weak & set(self.answers(one))]


def analysis(store: Store, year: int) -> Analysis:
    """What is known of a year; Refusal where there is neither its result nor a plan that tells of findings."""
    applied = framework_for(year)
    results = [store.scores.of_year(one) for one in (year, year - 1)]
    now, before = (audit(one) if one else None for one in results)
    plan = _answering(store, year)
    if now is None and not _tells(plan):
        raise Refusal("analysis_paper.none", year=year)
    return Analysis(year, applied, now, before, plan)


def analysed(store: Store) -> Iterator[int]:
    """The years that can be analysed: those with a result, the newest first, then those of which a plan tells."""
    assessed = {one.fiscal_year for one in store.scores.all()}
    yield from sorted(assessed, reverse=True)
    before = sorted({one - 1 for one in store.measures.years()} - assessed, reverse=True)
    yield from (year for year in before if _tells(_answering(store, year)))


def ranked(result: Result) -> Sequence[Ranked]:
    """The indicators of a result, the highest first; what is weak, the chat tells by the same rule."""
    judged = answers(result, {}, {})
    passing = audit(result).applied.framework.scale.passing
    return [
        Ranked(
            place=1 + sum(other.points > one.points for other in judged),
            no=one.no,
            points=one.points,
            lacking=max(passing - one.points, Decimal(0)),
            weak=one.weak,
        )
        for one in sorted(judged, key=lambda one: (-one.points, one.no))
    ]


def disputed(seen: Audit) -> Sequence[Disputed]:
    """The indicators of which the printed tables disagree, by their numbers."""
    tables = [one.indicators for one in seen.result.tables]
    return [
        Disputed(no, [one.get(no) for one in tables])
        for no in sorted({no for one in tables for no in one})
        if len({one[no] for one in tables if no in one}) > 1
    ]


def _answering(store: Store, year: int) -> Sequence[Measure]:
    return [one for one in store.measures.of_year(year + 1) if one.cancelled_on is None]


def _tells(plan: Sequence[Measure]) -> bool:
    return any(one.finding for one in plan)


def _asked(year: int) -> Sequence[Item]:
    """The questions of which it is confirmed what they ask and what for."""
    return [item for kind in REHEARSALS.values() for item in known(kind, year) if item.counts]
