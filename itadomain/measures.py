"""Measures (มาตรการ): what an agency has decided to do, as its plan prints it."""

from collections.abc import Sequence
from dataclasses import dataclass

from itadomain.fiscal import FiscalYear


@dataclass(frozen=True)
class Measure:
    """One row of a plan. `number` is for display only; `period` and `follow_up` are the printed wordings."""

    id: str
    plan_year: FiscalYear
    number: str
    title: str
    owners: Sequence[str] = ()
    lead: str = ""
    period: str = ""
    follow_up: str = ""
    steps: Sequence[str] = ()
    questions: Sequence[str] = ()
    finding: str = ""
    result: str = ""
    suggestion: str = ""
