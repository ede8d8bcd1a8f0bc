"""The figures of a year by its halves: what was brought to the agency, and how its services were used. Totals alone.

Of disclosures there is one number a half and nothing else: whatever is told of their parts follows rules of its own
(`integrity/counting.py`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from itadomain.cases.case import Kind
from itadomain.cases.categories import OF_A_FORM
from itadomain.cases.counting import Counted, Figures, figures
from itadomain.fiscal import BUDDHIST_ERA, first_day, last_day
from itadomain.ports import Store
from itadomain.surveys import survey as surveys
from itadomain.surveys.results import whole_view

APRIL, MARCH, LAST_OF_MARCH = 4, 3, 31
#: Those who were served answer these; staff answer the others about their own work.
OF_SERVICES = frozenset({surveys.Kind.OUTSIDERS, surveys.Kind.VISIT})


@dataclass(frozen=True)
class Half:
    """Half of a fiscal year, with what was brought in it."""

    first: date
    last: date
    begun: bool
    complaints: Figures
    said: Mapping[Kind, int]  # suggestions and praise: they are no complaints
    disclosures: int
    questions: Figures
    requests: Mapping[str, int]  # by the code of the form; empty for those of none

    @property
    def asked(self) -> int:
        """How many requests there were."""
        return sum(self.requests.values())


def halves(year: int) -> Sequence[tuple[date, date]]:
    """October to March, and April to September."""
    spring = year - BUDDHIST_ERA
    return ((first_day(year), date(spring, MARCH, LAST_OF_MARCH)), (date(spring, APRIL, 1), last_day(year)))


def by_halves(store: Store, year: int, today: date) -> Sequence[Half]:
    """Both halves of a year; one that is still to come has nothing in it."""
    return [_half(store, first, last, today) for first, last in halves(year)]


def answered_by(store: Store, year: int) -> Mapping[surveys.Kind, int]:
    """How many people who were served answered the agency's own surveys of a year, as many as are told of anyway."""
    told: Counter[surveys.Kind] = Counter()
    for one in store.surveys.all():
        if one.kind in OF_SERVICES and one.fiscal_year == year:
            told[one.kind] += whole_view(store, one).people
    return told


def _half(store: Store, first: date, last: date, today: date) -> Half:
    counted = store.cases.counted(first, last)
    requests = [one for one in counted if one.kind is Kind.REQUEST]
    return Half(
        first=first,
        last=last,
        begun=first <= today,
        complaints=figures([one for one in counted if one.kind is Kind.PROBLEM], today),
        said=Counter(one.kind for one in counted if one.kind in {Kind.SUGGESTION, Kind.PRAISE}),
        disclosures=len(store.disclosures.counted(first, last)),
        questions=figures([one for one in counted if one.kind is Kind.QUESTION], today),
        requests=Counter(_form(one) for one in requests),
    )


def _form(one: Counted) -> str:
    return one.category.removeprefix(OF_A_FORM) if one.category.startswith(OF_A_FORM) else ""
