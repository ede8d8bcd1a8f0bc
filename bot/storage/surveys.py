"""What surveys ask, where people are asked, and what ITAS shows of the official one; none of it is about a person."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned, keep
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Confidence, Instrument, Name
from itadomain.surveys.questionnaire import Answering, Item, Questionnaire
from itadomain.surveys.survey import Kind, Sample, ServicePoint, Survey


class SurveyRow(Owned, Base):
    """A round, the `nth` of its agency: two opened at once would be the same one, so the second looks again."""

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("agency_id", "nth"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    nth: Mapped[int]
    kind: Mapped[str]
    asks: Mapped[str]  # the questionnaire, as it was when it opened, and when answering began anew
    opened_on: Mapped[str]
    closes_on: Mapped[str]
    closed_on: Mapped[str]
    population: Mapped[int | None]
    opened_by: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class SurveyItemRow(Owned, Base):
    """A question of a year as the agency entered or confirmed it."""

    __tablename__ = "survey_item"

    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(primary_key=True)
    asks: Mapped[str]


class ServicePointRow(Owned, Base):
    """A place where people are served, under the code of its poster."""

    __tablename__ = "service_point"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    unit: Mapped[str]
    closed_on: Mapped[str]


class SampleRow(Owned, Base):
    """What ITAS showed on a day."""

    __tablename__ = "survey_sample"

    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    instrument: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    answered: Mapped[int]
    wanted: Mapped[int]
    by: Mapped[str]


class SqlSurveys:
    """One agency's surveys."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def all(self) -> Sequence[Survey]:
        """Every survey, the newest first."""
        return [_survey(row) for row in self._session.scalars(select(SurveyRow).order_by(SurveyRow.nth.desc()))]

    def get(self, survey_id: str) -> Survey | None:
        """One by its id."""
        row = self._session.get(SurveyRow, (self._agency, survey_id))
        return _survey(row) if row else None

    def save(self, survey: Survey) -> None:
        """Keep a new one, or what has changed, once a turn; Changed where another did since it was read."""
        last = _last(self._session)

        def write(session: AgencySession) -> None:
            row = session.get(SurveyRow, (self._agency, survey.id))
            if (row.version if row else 0) != survey.version or (row is None and _last(session) != last):
                raise Changed(survey.id)
            row = row or SurveyRow(id=survey.id, nth=last + 1)
            _put(row, survey)
            session.add(row)

        self._later(write)

    def items(self, year: int) -> Sequence[Item]:
        """What the agency entered or confirmed of a year's questions, in the order of their codes."""
        rows = self._session.scalars(select(SurveyItemRow).where(SurveyItemRow.fiscal_year == year))
        return [_item(json.loads(row.asks)) for row in sorted(rows, key=lambda row: row.code)]

    def save_item(self, year: int, item: Item) -> None:
        """Keep a question in place of the one of the same code; Changed where another entered it meanwhile."""
        key = (self._agency, year, item.code)
        seen, asks = _asks(self._session.get(SurveyItemRow, key)), _written(item)

        def write(session: AgencySession) -> None:
            row = session.get(SurveyItemRow, key)
            if _asks(row) not in {seen, asks}:
                raise Changed(item.code)
            row = row or SurveyItemRow(fiscal_year=year, code=item.code)
            row.asks = asks
            session.add(row)

        self._later(write)

    def drop_item(self, year: int, code: str) -> None:
        """Forget one: what is known of the year counts again."""

        def write(session: AgencySession) -> None:
            row = session.get(SurveyItemRow, (self._agency, year, code))
            if row is not None:
                session.delete(row)

        self._later(write)

    def points(self) -> Sequence[ServicePoint]:
        """The service points, closed ones too, by name."""
        rows = self._session.scalars(select(ServicePointRow))
        return sorted((_point(row) for row in rows), key=lambda one: (one.name, one.code))

    def save_point(self, point: ServicePoint) -> None:
        """Keep a new one, or what has changed; Changed where another changed it meanwhile."""
        key = (self._agency, point.code)
        seen = _point_of(self._session.get(ServicePointRow, key))

        def write(session: AgencySession) -> None:
            row = session.get(ServicePointRow, key)
            if _point_of(row) not in {seen, point}:
                raise Changed(point.code)
            row = row or ServicePointRow(code=point.code)
            row.name, row.unit, row.closed_on = point.name, point.unit, days.kept(point.closed_on)
            session.add(row)

        self._later(write)

    def samples(self, year: int, instrument: Instrument) -> Sequence[Sample]:
        """What ITAS showed, in the order of the days."""
        those = select(SampleRow).where(SampleRow.fiscal_year == year, SampleRow.instrument == instrument.value)
        return [_sample(row) for row in self._session.scalars(those.order_by(SampleRow.day))]

    def save_sample(self, sample: Sample) -> None:
        """Keep what was shown on a day, in place of what was entered for it before."""
        day = sample.on.isoformat()
        told = {"answered": sample.answered, "wanted": sample.wanted, "by": sample.by}
        year, of = int(sample.fiscal_year), sample.instrument.value
        self._later(
            lambda session: keep(
                session, SampleRow(agency_id=self._agency, fiscal_year=year, instrument=of, day=day, **told)
            )
        )


def _last(session: AgencySession) -> int:
    return session.scalar(select(func.max(SurveyRow.nth))) or 0


def _put(row: SurveyRow, survey: Survey) -> None:
    asks = survey.questionnaire
    told = {
        "fiscal_year": int(asks.fiscal_year),
        "items": [_told(item) for item in asks.items],
        "points": {of.value: [str(one) for one in points] for of, points in asks.points.items()},
        "missing": list(asks.missing),
        "settled_on": days.kept(survey.settled_on),
    }
    row.kind, row.asks = survey.kind.value, json.dumps(told, ensure_ascii=False)
    row.opened_on, row.opened_by = survey.opened_on.isoformat(), survey.opened_by
    row.closes_on, row.closed_on = days.kept(survey.closes_on), days.kept(survey.closed_on)
    row.population = survey.population


def _survey(row: SurveyRow) -> Survey:
    told = json.loads(row.asks)
    questionnaire = Questionnaire(
        FiscalYear(told["fiscal_year"]),
        tuple(_item(item) for item in told["items"]),
        {Answering(of): tuple(Decimal(one) for one in points) for of, points in told["points"].items()},
        tuple(told["missing"]),
    )
    opened_on = days.read(row.opened_on)
    assert opened_on is not None
    return Survey(
        row.id, Kind(row.kind), questionnaire, opened_on, days.read(row.closes_on), days.read(row.closed_on),
        row.population, row.opened_by, days.read(told.get("settled_on", "")), row.version,
    )  # fmt: skip


def _told(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "wording": [item.wording.th, item.wording.en],
        "answering": item.answering.value,
        "instrument": item.instrument.value if item.instrument else "",
        "indicator": item.indicator,
        "parts": [[part.th, part.en] for part in item.parts],
        "reversed": item.reversed,
        "reversed_parts": list(item.reversed_parts),
        "confidence": item.confidence.value,
        "source": item.source,
    }


def _item(told: dict[str, Any]) -> Item:
    return Item(
        code=told["code"],
        wording=Name(*told["wording"]),
        answering=Answering(told["answering"]),
        instrument=Instrument(told["instrument"]) if told["instrument"] else None,
        indicator=told["indicator"],
        parts=tuple(Name(*part) for part in told["parts"]),
        reversed=told["reversed"],
        reversed_parts=tuple(told["reversed_parts"]),
        confidence=Confidence(told["confidence"]),
        source=told["source"],
    )


def _written(item: Item) -> str:
    return json.dumps(_told(item), ensure_ascii=False)


def _asks(row: SurveyItemRow | None) -> str | None:
    return row.asks if row else None


def _point_of(row: ServicePointRow | None) -> ServicePoint | None:
    return _point(row) if row else None


def _point(row: ServicePointRow) -> ServicePoint:
    return ServicePoint(row.code, row.name, row.unit, days.read(row.closed_on))


def _sample(row: SampleRow) -> Sample:
    on = days.read(row.day)
    assert on is not None
    return Sample(FiscalYear(row.fiscal_year), Instrument(row.instrument), on, row.answered, row.wanted, row.by)
