"""A survey that people answered, counted as the clock counts it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Confidence
from itadomain.surveys.known import known
from itadomain.surveys.questionnaire import STEPS, Item, Questionnaire
from itadomain.surveys.releasing import release
from itadomain.surveys.survey import Ballot, Kind, ServicePoint, Survey
from tests.fakes import TODAY, MemoryStore

YEAR = FiscalYear(2570)


def confirmed(kind: Kind, year: int = 2565) -> Sequence[Item]:
    """The known questions of a kind, as if somebody had confirmed every one."""
    return [replace(one, confidence=Confidence.HIGH) for one in known(kind, year)]


def a_survey(
    store: MemoryStore,
    kind: Kind = Kind.OUTSIDERS,
    *,
    year: int = YEAR,
    items: Sequence[Item] | None = None,
    missing: Sequence[str] = (),
    opened_on: date = TODAY,
) -> Survey:
    """A round that is open, with confirmed questions unless others are named."""
    asked = Questionnaire(FiscalYear(year), confirmed(kind) if items is None else items, missing=missing)
    store.surveys.save(Survey(f"s{len(store.surveys.kept) + 1}", kind, asked, opened_on))
    return store.surveys.all()[0]


def answer(
    store: MemoryStore,
    survey: Survey,
    people: int,
    *,
    best: float = 1,
    weak: Sequence[str] = (),
    point: str = "",
    why: Sequence[str] = (),
    on: date = TODAY,
) -> None:
    """So many people answer everything, the share `best` of them with the most points and the rest with the fewest.

    Those codes that are `weak` get the fewest points from everybody.
    """
    for nth in range(people):
        good = nth < round(people * best)
        steps = {one.code: _step(one, good=good and one.item.code not in weak) for one in survey.questionnaire.slots}
        store.ballots.put(Ballot(survey.id, point, steps, why[nth] if nth < len(why) else ""))
    release(store, on)


def points(store: MemoryStore, units: Mapping[str, str]) -> None:
    """Service points by code, each in a unit."""
    for code, unit in units.items():
        store.surveys.save_point(ServicePoint(code, f"จุด{unit}", unit))


def _step(slot, *, good: bool) -> int:
    highest = good is not slot.reversed
    return STEPS[slot.item.answering] - 1 if highest else 0
