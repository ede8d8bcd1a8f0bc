"""What the calendar of an assessment usually was, for years of which nothing is known yet. It is never told as fact."""

from datetime import date

from itadomain.fiscal import BUDDHIST_ERA, FiscalYear
from itadomain.frameworks.shape import Confidence, Phase, Window

Day = tuple[int, int]  # month, day

#: Derived from 2565 and 2567, the announcements of the results from 2565 to 2568. When IIT and EIT are answered in,
#: no two sources agree on.
USUAL: tuple[tuple[Phase, Day, Day], ...] = (
    (Phase.REGISTRATION, (1, 1), (2, 28)),
    (Phase.OIT, (3, 1), (4, 30)),
    (Phase.CLARIFICATION, (6, 1), (6, 15)),
    (Phase.CONFIRMATION, (6, 16), (6, 30)),
    (Phase.RESULTS, (7, 30), (8, 15)),
)


def usual(year: int) -> tuple[Window, ...]:
    """The usual windows as days of a fiscal year, each of them not confirmed."""
    common = year - BUDDHIST_ERA
    return tuple(
        Window(FiscalYear(year), phase, date(common, *first), date(common, *last), Confidence.MEMORY, "usual")
        for phase, first, last in USUAL
    )
