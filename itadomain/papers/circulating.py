"""The papers of the agency that are sent round to be acknowledged (แจ้งเวียน), and what each is called in full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itadomain.ports import Store

#: Their own names, as they stand on the papers themselves.
NAMES: Mapping[str, str] = {
    "plan": "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {year}",
    "report": "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {year}",
    "analysis": "รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน (ITA) ประจำปีงบประมาณ พ.ศ. {year}",
}


@dataclass(frozen=True)
class Enclosed:
    """One of them: its kind, and the fiscal year that it is of."""

    kind: str
    year: int

    @property
    def key(self) -> str:
        """What a circular knows it by: «plan:2570»."""
        return f"{self.kind}:{self.year}"

    @property
    def name(self) -> str:
        """What it is called."""
        return NAMES[self.kind].format(year=self.year)


def at_hand(store: Store) -> Sequence[Enclosed]:
    """The plan that is worked on with its report, and the analysis of the newest result."""
    plans, results = store.measures.years(), store.scores.all()
    planned = [Enclosed(kind, plans[0]) for kind in ("plan", "report")] if plans else []
    return [*planned, *([Enclosed("analysis", results[0].fiscal_year)] if results else [])]


def enclosed(key: str) -> Enclosed | None:
    """The paper of a key; None for what is none."""
    kind, _, year = key.partition(":")
    return Enclosed(kind, int(year)) if kind in NAMES and year.isdecimal() else None
