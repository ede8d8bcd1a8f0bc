"""Rounds of reporting in memory, counted one by one as the rules say; and who was reminded."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from itadomain.measures import Measure, Obligation
from itadomain.progress import Approval
from itadomain.rounds import Gap, Round, State, round_of, state_of
from tests.fake_plans import Measures, Obligations, Reports


@dataclass
class Rounds:
    """What is counted of the plans of a store."""

    measures: Measures
    obligations: Obligations
    reports: Reports

    def by_unit(self, years: Sequence[int], today: date, units: Sequence[str] | None = None) -> Mapping[str, Round]:
        return _counted([(one.unit, one) for one in self._of(years, units)], today)

    def by_measure(
        self, years: Sequence[int], today: date, units: Sequence[str] | None, limit: int, offset: int = 0
    ) -> Sequence[tuple[str, Round]]:
        places = {one.measure: one.place for one in self._of(years, units)}
        counted = _counted([(one.measure, one) for one in self._of(years, units)], today)
        behind = [(measure, counts) for measure, counts in counted.items() if counts.late]
        return sorted(behind, key=lambda one: (-one[1].late, places[one[0]], one[0]))[offset : offset + limit]

    def by_indicators(self, years: Sequence[int], today: date) -> Mapping[tuple[int, ...], Round]:
        answered = {one.id: tuple(one.indicators) for one in self.measures.kept}
        found = [(answered[one.measure], one) for one in self._of(years, None) if one.measure in answered]
        return _counted(found, today)

    def measures_by_indicators(self, years: Sequence[int]) -> Mapping[tuple[int, ...], int]:
        return Counter(tuple(one.indicators) for one in self._standing(years))

    def waiting(self, units: Sequence[str] | None = None) -> Mapping[str, int]:
        undecided = [one for one in self.reports.kept.values() if one.approval is Approval.WAITING]
        return Counter(one.unit for one in undecided if not one.replaced_by and (units is None or one.unit in units))

    def unsettled(self, years: Sequence[int], gap: Gap, limit: int, offset: int = 0) -> Sequence[Measure]:
        found = [one for year in sorted(years, reverse=True) for one in self._standing([year]) if self._lacks(one, gap)]
        return found[offset : offset + limit]

    def count_unsettled(self, years: Sequence[int]) -> Mapping[Gap, int]:
        return {gap: len(self.unsettled(years, gap, 10**6)) for gap in Gap}

    def _lacks(self, measure: Measure, gap: Gap) -> bool:
        duties = self.obligations.of_measure(measure.id)
        match gap:
            case Gap.DATES:
                return any(state_of(one, date.min) is State.UNDATED for one in duties)
            case Gap.OWNER:
                return not duties
            case Gap.INDICATORS:
                return not measure.indicators

    def _standing(self, years: Sequence[int]) -> Sequence[Measure]:
        return [one for year in years for one in self.measures.of_year(year) if one.cancelled_on is None]

    def _of(self, years: Sequence[int], units: Sequence[str] | None) -> Sequence[Obligation]:
        found = self.obligations.kept.values()
        return [one for one in found if one.plan_year in years and (units is None or one.unit in units)]


@dataclass
class Nudges:
    """The newest day on which each was reminded."""

    kept: dict[str, date] = field(default_factory=dict)

    def on(self, day: date) -> frozenset[str]:
        return frozenset(one for one, nudged_on in self.kept.items() if nudged_on == day)

    def add(self, person_id: str, day: date) -> None:
        self.add_all([person_id], day)

    def add_all(self, people: Collection[str], day: date) -> None:
        self.kept |= dict.fromkeys(people, day)


def _counted(found: Sequence[tuple[object, Obligation]], today: date) -> dict:
    groups = defaultdict(list)
    for key, one in found:
        groups[key].append(one)
    return {key: round_of(some, today) for key, some in groups.items()}
