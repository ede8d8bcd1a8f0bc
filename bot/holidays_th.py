"""Thai public holidays as offices of the state keep them, with their Thai names and the days given for lost ones."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

#: Banks and private employers are closed on it; offices of the state are open.
NOT_THE_STATES = "วันแรงงานแห่งชาติ"


@lru_cache
def holidays_th(first_year: int, last_year: int) -> Mapping[date, str]:
    """The holidays from one year to another (A.D., both included) by their day."""
    import holidays  # noqa: PLC0415 - a tenth of a second that only reckoning with working days needs

    found = holidays.country_holidays(
        "TH", years=range(first_year, last_year + 1), categories=("public", "government"), language="th"
    )
    named = {day: _name(found.get_list(day)) for day in sorted(found) if first_year <= day.year <= last_year}
    return MappingProxyType({day: name for day, name in named.items() if name})


def _name(names: list[str]) -> str:
    """The first name that the state keeps; empty where it keeps none."""
    return next((name for name in names if NOT_THE_STATES not in name), "")
