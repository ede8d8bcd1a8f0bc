"""Printed results, kept word for word: every figure stays the string that the document prints."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument
from itadomain.scores import Headline, Result, ScoreTable


class ResultRow(Owned, Base):
    """One fiscal year's printed result."""

    __tablename__ = "result"

    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str]
    printed: Mapped[str]


class SqlScores:
    """One agency's results."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later

    def all(self) -> Sequence[Result]:
        """Every year's result, newest year first."""
        rows = self._session.scalars(select(ResultRow).order_by(ResultRow.fiscal_year.desc()))
        return [_result(row) for row in rows]

    def of_year(self, year: int) -> Result | None:
        """The result of one fiscal year."""
        row = self._session.scalar(select(ResultRow).where(ResultRow.fiscal_year == year))
        return _result(row) if row else None

    def save(self, result: Result) -> None:
        """Keep a year's result, in place of the one kept before; Changed where somebody else was faster."""
        seen = self.of_year(result.fiscal_year)

        def write(session: AgencySession) -> None:
            row = session.scalar(select(ResultRow).where(ResultRow.fiscal_year == result.fiscal_year))
            if (_result(row) if row else None) != seen:
                raise Changed(str(result.fiscal_year))
            row = row or ResultRow(fiscal_year=result.fiscal_year)
            row.document, row.printed = result.document, json.dumps(_printed(result), ensure_ascii=False)
            session.add(row)

        self._later(write)

    def move(self, year: int, to: int) -> None:
        """Keep a year's result as that of another year, which has none."""

        def write(session: AgencySession) -> None:
            row = session.scalars(select(ResultRow).where(ResultRow.fiscal_year == year)).one()
            row.fiscal_year = to

        self._later(write)


def _printed(result: Result) -> dict[str, Any]:
    return {
        "headlines": [{"total": str(h.total), "grade": h.grade, "where": h.where} for h in result.headlines],
        "tables": [
            {
                "name": table.name,
                "where": table.where,
                "indicators": {str(no): str(points) for no, points in table.indicators.items()},
                "instruments": _texts(table.instruments),
            }
            for table in result.tables
        ],
        "weights": _texts(result.weights),
        "years_printed": list(result.years_printed),
        "settled": None if result.settled is None else str(result.settled),
    }


def _result(row: ResultRow) -> Result:
    printed = json.loads(row.printed)
    settled = printed.get("settled")  # rows of older releases lack it
    return Result(
        fiscal_year=FiscalYear(row.fiscal_year),
        document=row.document,
        headlines=tuple(Headline(Decimal(h["total"]), h["grade"], h["where"]) for h in printed["headlines"]),
        tables=tuple(
            ScoreTable(
                name=table["name"],
                where=table["where"],
                indicators={int(no): Decimal(points) for no, points in table["indicators"].items()},
                instruments=_decimals(table["instruments"]),
            )
            for table in printed["tables"]
        ),
        weights=_decimals(printed["weights"]),
        years_printed=tuple(printed["years_printed"]),
        settled=Decimal(settled) if settled else None,
    )


def _texts(points: Mapping[Instrument, Decimal]) -> dict[str, str]:
    return {instrument.value: str(value) for instrument, value in points.items()}


def _decimals(texts: Mapping[str, str]) -> dict[Instrument, Decimal]:
    return {Instrument(name): Decimal(value) for name, value in texts.items()}
