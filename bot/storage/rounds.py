"""How far units have come with reporting: counted by the database, in one look at an index, never row by row."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from bot.storage.measures import MeasureRow, measure_of
from bot.storage.obligations import NEVER, ObligationRow
from bot.storage.reports import ReportRow
from bot.storage.tenancy import AgencySession
from itadomain.measures import Closing, Measure, Standing
from itadomain.progress import Approval
from itadomain.rounds import Gap, Round

OPEN = ObligationRow.closed_on == ""
DONE = ObligationRow.standing == Standing.DONE.value
UNREPORTED = ObligationRow.reported_for == ""
UNDATED = and_(OPEN, ~DONE, UNREPORTED, ObligationRow.due == NEVER)


class SqlRounds:
    """The rounds of one agency."""

    def __init__(self, session: AgencySession) -> None:
        self._session = session

    def by_unit(self, years: Sequence[int], today: date, units: Sequence[str] | None = None) -> Mapping[str, Round]:
        """The round of each unit."""
        asked = select(ObligationRow.unit_id, *_counts(today)).group_by(ObligationRow.unit_id)
        return {unit: Round(*counts) for unit, *counts in self._session.execute(_of(asked, years, units))}

    def by_measure(
        self, years: Sequence[int], today: date, units: Sequence[str] | None, limit: int, offset: int = 0
    ) -> Sequence[tuple[str, Round]]:
        """The measures that some unit has not reported on, those first that most have not."""
        counts = _counts(today)
        late = counts[1]
        asked = select(ObligationRow.measure_id, *counts).group_by(ObligationRow.measure_id).having(late > 0)
        asked = asked.order_by(late.desc(), func.min(ObligationRow.place), ObligationRow.measure_id)
        rows = self._session.execute(_of(asked, years, units).limit(limit).offset(offset))
        return [(measure, Round(*counted)) for measure, *counted in rows]

    def by_indicators(self, years: Sequence[int], today: date) -> Mapping[tuple[int, ...], Round]:
        """The round of the measures that answer the same indicators."""
        asked = select(MeasureRow.indicators, *_counts(today)).join(ObligationRow, _same_measure())
        rows = self._session.execute(_of(asked, years).group_by(MeasureRow.indicators))
        return {_numbers(indicators): Round(*counts) for indicators, *counts in rows}

    def measures_by_indicators(self, years: Sequence[int]) -> Mapping[tuple[int, ...], int]:
        """How many measures answer the same indicators, without those that were cancelled."""
        asked = select(MeasureRow.indicators, func.count()).where(*_standing(years)).group_by(MeasureRow.indicators)
        return {_numbers(indicators): count for indicators, count in self._session.execute(asked)}

    def waiting(self, units: Sequence[str] | None = None) -> Mapping[str, int]:
        """How many reports of each unit wait for approval."""
        asked = select(ReportRow.unit_id, func.count()).where(
            ReportRow.approval == Approval.WAITING.value, ReportRow.replaced_by == ""
        )
        if units is not None:
            asked = asked.where(ReportRow.unit_id.in_(units))
        rows = self._session.execute(asked.group_by(ReportRow.unit_id))
        return {row[0]: row[1] for row in rows}

    def unsettled(self, years: Sequence[int], gap: Gap, limit: int, offset: int = 0) -> Sequence[Measure]:
        """The measures of which something is not known, in the order of their plans."""
        asked = select(MeasureRow).where(*_standing(years), _missing(gap))
        ordered = asked.order_by(MeasureRow.plan_year.desc(), MeasureRow.position, MeasureRow.id)
        return [measure_of(row) for row in self._session.scalars(ordered.limit(limit).offset(offset))]

    def count_unsettled(self, years: Sequence[int]) -> Mapping[Gap, int]:
        """How many measures each thing is not known of."""
        return {gap: self._count(years, gap) for gap in Gap}

    def _count(self, years: Sequence[int], gap: Gap) -> int:
        asked = select(func.count()).select_from(MeasureRow).where(*_standing(years), _missing(gap))
        return self._session.scalar(asked) or 0


def _counts(today: date) -> Sequence[Any]:
    """Sent, late, ahead, undated: what `itadomain.rounds.state_of` says of one, for many at once."""
    over = ObligationRow.due < today.isoformat()
    sent = or_(ObligationRow.closed_as == Closing.DONE.value, and_(OPEN, or_(DONE, and_(~over, ~UNREPORTED))))
    ahead = and_(OPEN, ~DONE, ~over, UNREPORTED, ObligationRow.due != NEVER)
    late = and_(OPEN, ~DONE, over)
    return [func.count().filter(state) for state in (sent, late, ahead, UNDATED)]


def _of(asked: Select[Any], years: Sequence[int], units: Sequence[str] | None = None) -> Select[Any]:
    asked = asked.where(ObligationRow.plan_year.in_(years))
    return asked if units is None else asked.where(ObligationRow.unit_id.in_(units))


def _missing(gap: Gap) -> Any:
    match gap:
        case Gap.DATES:
            return select(ObligationRow.id).where(_same_measure(), UNDATED).exists()
        case Gap.OWNER:
            return ~select(ObligationRow.id).where(_same_measure()).exists()
        case Gap.INDICATORS:
            return MeasureRow.indicators == ""


def _standing(years: Sequence[int]) -> Sequence[Any]:
    return [MeasureRow.plan_year.in_(years), MeasureRow.cancelled_on == ""]


def _same_measure() -> Any:
    return and_(ObligationRow.agency_id == MeasureRow.agency_id, ObligationRow.measure_id == MeasureRow.id)


def _numbers(indicators: str) -> tuple[int, ...]:
    return tuple(int(number) for number in indicators.split(",") if number)
