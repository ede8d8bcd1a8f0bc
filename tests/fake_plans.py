"""Plans in memory: measures, what units answer for, their reports, what stands in the way, and the history."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from itadomain.fiscal import FiscalYear
from itadomain.history import Entry
from itadomain.measures import Closing, Measure, Obligation, Standing, Tally, natural_keys
from itadomain.obstacles import Obstacle
from itadomain.progress import Approval, Report


@dataclass
class Measures:
    """Measures in printed order."""

    kept: list[Measure] = field(default_factory=list)

    def years(self) -> Sequence[FiscalYear]:
        return sorted({one.plan_year for one in self.kept}, reverse=True)

    def of_newest_plan(self) -> Sequence[Measure]:
        return self.of_year(max((one.plan_year for one in self.kept), default=0))

    def of_year(self, year: int, limit: int | None = None, offset: int = 0) -> Sequence[Measure]:
        plan = [one for one in self.kept if one.plan_year == year]
        placed = [replace(one, place=place) for place, one in enumerate(plan, 1)]
        return placed[offset:][:limit]

    def count(self, year: int) -> int:
        return len(self.of_year(year))

    def numbered(self, year: int, number: int) -> Measure | None:
        plan = self.of_year(year)
        in_order = [one for one in plan if one.place == number]
        return next(iter([*in_order, *(one for one in plan if one.number == str(number))]), None)

    def get(self, measure_id: str) -> Measure | None:
        found = next((one for one in self.kept if one.id == measure_id), None)
        return next(one for one in self.of_year(found.plan_year) if one.id == measure_id) if found else None

    def some(self, ids: Collection[str]) -> Sequence[Measure]:
        return [one for year in self.years() for one in self.of_year(year) if one.id in ids]

    def save(self, measure: Measure) -> None:
        self.kept = [measure if one.id == measure.id else one for one in self.kept]

    def add(self, measure: Measure) -> Measure:
        self.kept.append(replace(measure, place=self.count(measure.plan_year) + 1))
        return self.kept[-1]

    def move(self, measures: Sequence[Measure], year: int) -> Sequence[Measure]:
        last, here = self.count(year), {one.id for one in measures}
        moved = [replace(one, plan_year=FiscalYear(year), place=last + nth) for nth, one in enumerate(measures, 1)]
        self.kept = [*(one for one in self.kept if one.id not in here), *moved]
        return moved

    def save_plan(self, measures: Sequence[Measure]) -> Sequence[Measure]:
        ids = {one.id for one in self.kept}
        by_key = {
            key: one.id
            for year in self.years()
            for key, one in zip(natural_keys(self.of_year(year)), self.of_year(year), strict=True)
        }
        plan = []
        for place, (key, one) in enumerate(zip(natural_keys(measures), measures, strict=True), 1):
            own = one.id if one.id in ids else by_key.get(key) or one.id or f"m{len(self.kept) + place}"
            plan.append(replace(one, id=own, place=place))
        here = {one.id for one in plan}
        self.kept = [*(one for one in self.kept if one.id not in here), *plan]
        return plan


@dataclass
class Obligations:
    """Obligations by their ids."""

    kept: dict[str, Obligation] = field(default_factory=dict)

    def of_units(self, units: Sequence[str], years: Sequence[int], limit: int, offset: int = 0) -> Sequence[Obligation]:
        found = [one for one in self._of(years) if one.unit in units and one.open]
        return sorted(found, key=lambda one: (one.due or date.max, one.place))[offset : offset + limit]

    def tallies(self, years: Sequence[int], today: date, units: Sequence[str] | None = None) -> Mapping[str, Tally]:
        found: dict[str, Tally] = defaultdict(Tally)
        for one in self._of(years):
            if units is None or one.unit in units:
                late, done = one.open and one.late_on(today), one.closed_as is Closing.DONE
                found[one.unit] += Tally(1, int(one.open), int(late), int(done))
        return dict(found)

    def of_measure(self, measure_id: str) -> Sequence[Obligation]:
        return sorted((one for one in self.kept.values() if one.measure == measure_id), key=lambda one: one.id)

    def coming(self, until: date, oldest: int) -> Sequence[Obligation]:
        owed = [one for one in self.kept.values() if one.open and one.standing is not Standing.DONE]
        found = [one for one in owed if one.plan_year >= oldest and one.due and one.due <= until]
        return sorted(found, key=lambda one: (one.due or until, one.place, one.id))

    def of_year(self, year: int) -> Sequence[Obligation]:
        return sorted(self._of([year]), key=lambda one: (one.place, one.id))

    def get(self, obligation_id: str) -> Obligation | None:
        return self.kept.get(obligation_id)

    def save(self, *obligations: Obligation) -> None:
        self.kept.update({one.id: one for one in obligations})

    def _of(self, years: Sequence[int]) -> Sequence[Obligation]:
        return [one for one in self.kept.values() if one.plan_year in years]


@dataclass
class Reports:
    """Reports by their ids, in the order in which they were made."""

    kept: dict[str, Report] = field(default_factory=dict)

    def of_obligation(self, obligation_id: str) -> Sequence[Report]:
        return [one for one in self.kept.values() if one.obligation == obligation_id][::-1]

    def of_year(self, year: int) -> Sequence[Report]:
        return sorted((one for one in self.kept.values() if one.plan_year == year), key=lambda one: one.obligation)

    def newest_by(self, obligation_ids: Collection[str]) -> Mapping[str, str]:
        return {one.obligation: one.by for one in self.kept.values() if one.obligation in obligation_ids}

    def waiting(self, units: Sequence[str]) -> Sequence[Report]:
        undecided = [one for one in self.kept.values() if one.approval is Approval.WAITING and not one.replaced_by]
        return sorted((one for one in undecided if one.unit in units), key=lambda one: (one.made_on, one.id))

    def get(self, report_id: str) -> Report | None:
        return self.kept.get(report_id)

    def save(self, report: Report) -> None:
        self.kept[report.id] = report


@dataclass
class Obstacles:
    """Obstacles by their ids."""

    kept: dict[str, Obstacle] = field(default_factory=dict)

    def open(self, units: Sequence[str] | None = None) -> Sequence[Obstacle]:
        return [one for one in self._in_order() if one.open and (units is None or one.unit in units)]

    def of_measure(self, measure_id: str) -> Sequence[Obstacle]:
        return [one for one in self._in_order() if one.measure == measure_id]

    def get(self, obstacle_id: str) -> Obstacle | None:
        return self.kept.get(obstacle_id)

    def save(self, obstacle: Obstacle) -> None:
        self.kept[obstacle.id] = obstacle

    def _in_order(self) -> Sequence[Obstacle]:
        return sorted(self.kept.values(), key=lambda one: (one.told.on, one.id))


@dataclass
class History:
    """All that happened, oldest first."""

    kept: list[Entry] = field(default_factory=list)

    def of_measure(self, measure_id: str, limit: int, offset: int = 0) -> Sequence[Entry]:
        return [one for one in self.kept[::-1] if one.measure == measure_id][offset:][:limit]

    def add(self, *entries: Entry) -> None:
        self.kept.extend(entries)


@dataclass
class Settings:
    """Choices by name."""

    kept: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.kept.get(name, "")

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value
