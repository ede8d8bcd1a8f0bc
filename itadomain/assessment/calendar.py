"""The calendar of an assessment: what the agency entered goes before what the framework of the year says."""

from collections.abc import Sequence
from datetime import date

from itadomain.assessment.windows import Phase, Window, begins, ends, over
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks import FRAMEWORKS, usual
from itadomain.ports import Store

#: The assessment of a year may end after the year itself, and that of the next be announced before it.
AROUND = (-1, 0, 1)


def windows(store: Store, year: int) -> Sequence[Window]:
    """Every window of a fiscal year that is known, in the order of the days; none is guessed."""
    own = {one.phase: one for one in store.windows.of_year(year)}
    printed = {one.phase: one for one in of_framework(year)}
    return sorted({**printed, **own}.values(), key=lambda one: (begins(one), ends(one), tuple(Phase).index(one.phase)))


def of_framework(year: int) -> Sequence[Window]:
    """What the framework of a year itself knows; nothing where the year has none of its own."""
    own = next((one for known, one in FRAMEWORKS.items() if known == year), None)
    return own.windows if own else ()


def upcoming(store: Store, today: date) -> Sequence[Window]:
    """Those that run or are ahead, the one that ends first before the others."""
    running = fiscal_year_of(today)
    known = [one for around in AROUND for one in windows(store, running + around)]
    return sorted((one for one in known if not over(one, today)), key=lambda one: (ends(one), begins(one)))


def usually(store: Store, year: int) -> Sequence[Window]:
    """What former years had where nothing is known of this one: never a fact, and always told as not confirmed."""
    known = {one.phase for one in windows(store, year)}
    return [] if Phase.WHOLE in known else [one for one in usual(year) if one.phase not in known]
