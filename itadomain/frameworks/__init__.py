"""The assessment year by year. A new fiscal year is a new module here and one more name in the list below."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from itadomain.fiscal import FiscalYear
from itadomain.frameworks import y2562, y2563, y2564, y2565, y2566, y2567, y2568, y2569, y2570
from itadomain.frameworks.shape import Framework
from itadomain.frameworks.usual import usual as usual
from itadomain.refusals import Refusal

_YEARS = (y2562, y2563, y2564, y2565, y2566, y2567, y2568, y2569, y2570)

FRAMEWORKS: Mapping[FiscalYear, Framework] = MappingProxyType(
    {module.FRAMEWORK.fiscal_year: module.FRAMEWORK for module in _YEARS}
)
NEWEST = max(FRAMEWORKS)
OLDEST = min(FRAMEWORKS)


@dataclass(frozen=True)
class Applied:
    """The framework used for a year; `assumed` where the year has none of its own and the newest stands in."""

    framework: Framework
    assumed: bool

    @property
    def confirmed(self) -> bool:
        """Whether grades of this year may be told as fact."""
        return not self.assumed and self.framework.scale.confidence.confirmed


def framework_for(year: int) -> Applied:
    """The framework of fiscal `year`, or the newest for a later one; before 2562 the ITA had another form."""
    if year < OLDEST:
        raise Refusal("score.before_frameworks", year=year, oldest=OLDEST)
    own = FRAMEWORKS.get(FiscalYear(year))
    return Applied(own or FRAMEWORKS[NEWEST], assumed=own is None)
