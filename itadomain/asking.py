"""What bringing a document in asks: what it leaves open itself, whose its measures are, and when they are due."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from itadomain.documents.agency import Sameness, same_agency
from itadomain.documents.doubts import Ask
from itadomain.documents.reading import FollowUpRule, Reading
from itadomain.documents.shape import Place
from itadomain.duties import assigned
from itadomain.measures import Measure
from itadomain.organisation import Unit
from itadomain.periods import agree, follow_up
from itadomain.questions import About
from itadomain.timetable import Timetable, timetable


@dataclass(frozen=True)
class Asked:
    """A question that bringing a document in asks; `measures` are places in the plan, from 0."""

    about: About
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    choices: Sequence[str] = ()
    measures: Sequence[int] = ()


def asked_of(reading: Reading, plan: Sequence[Measure], units: Sequence[Unit], known: str) -> Iterator[Asked]:
    """All questions about a document whose measures are `plan`; `known` is the name of the agency that gets it."""
    yield from _of_agency(reading, known)
    yield from _of_print(reading)
    yield from _of_owners(plan, units)
    yield from _of_time(plan)
    yield from _of_rules(plan, reading.rules)


def sameness(reading: Reading, known: str) -> Sameness:
    """Whether the document is the agency's own, by the spelling that speaks most for it."""
    found = {same_agency(printed, known) for printed in reading.agencies} if known else set()
    return next((one for one in Sameness if one in found), Sameness.YES)


def timetables(plan: Sequence[Measure]) -> Sequence[Timetable]:
    """The days of each measure by the plan alone, before any meeting or holiday."""
    return [timetable(one) for one in plan]


def _of_agency(reading: Reading, known: str) -> Iterator[Asked]:
    """Another spelling of the agency's name may be the name of another agency."""
    if sameness(reading, known) is Sameness.SPELLED_DIFFERENTLY:
        yield Asked(About.PRINT, "questions.agency", {"printed": reading.agency, "known": known})


def _of_print(reading: Reading) -> Iterator[Asked]:
    """What the document itself leaves open, but for its owners: they are held against the agency's units."""
    for one in reading.questions:
        if one.code is Ask.OWNER:
            continue
        total = one.code is Ask.TOTAL and reading.result is not None
        year = {"year": reading.result.fiscal_year} if total and reading.result else {}
        about, of = About.TOTAL if total else About.PRINT, (one.measure - 1,) if one.measure else ()
        yield Asked(about, one.key, {**one.facts, **year}, one.place, one.choices, of)


def _of_owners(plan: Sequence[Measure], units: Sequence[Unit]) -> Iterator[Asked]:
    """Owners that are no unit, and measures without any."""
    names = [unit.name for unit in units if unit.open][:MOST_CHOICES]
    for index, measure in enumerate(plan):
        found = assigned(measure, units)
        for owner in found.unknown or ([] if found.obligations else [""]):
            facts = {"title": measure.title, "number": measure.number or str(index + 1), "printed": owner}
            yield Asked(About.OWNER, "questions.owner", facts, choices=names, measures=(index,))


def _of_time(plan: Sequence[Measure]) -> Iterator[Asked]:
    """Periods and follow-ups that name no days; those without any follow-up are asked about together."""
    silent = []
    for index, (measure, days) in enumerate(zip(plan, timetables(plan), strict=True)):
        facts: dict[str, Any] = {"title": measure.title, "number": measure.number or str(index + 1)}
        if days.period.doubt:
            yield Asked(About.PERIOD, "questions.period", {**facts, "printed": measure.when}, measures=(index,))
        if days.silent:
            silent.append(index)
        elif days.follow_up.doubt in days.doubts:
            printed = {**facts, "printed": measure.cadence}
            yield Asked(About.FOLLOW_UP, "questions.follow_up", printed, choices=CADENCES, measures=(index,))
    if silent:
        together = {"count": len(silent), "numbers": _numbers(plan, silent)}
        yield Asked(About.FOLLOW_UP, "questions.cadence", together, choices=CADENCES, measures=silent)


def _of_rules(plan: Sequence[Measure], rules: Sequence[FollowUpRule]) -> Iterator[Asked]:
    """Follow-ups that contradict what the document says for all its measures."""
    for rule in rules:
        against = [index for index, one in enumerate(plan) if not one.settled_follow_up and _contradicts(one, rule)]
        if against:
            own = plan[against[0]].follow_up
            facts = {"numbers": _numbers(plan, against), "own": own, "general": rule.wording}
            yield Asked(About.FOLLOW_UP, "questions.contradicts", facts, rule.place, (own, rule.wording), against)


def _numbers(plan: Sequence[Measure], places: Sequence[int]) -> list[str]:
    return [plan[at].number or str(at + 1) for at in places]


def _contradicts(measure: Measure, rule: FollowUpRule) -> bool:
    own, general = (follow_up(wording, measure.plan_year) for wording in (measure.follow_up, rule.wording))
    return agree(own, general) is not None


#: Units that are offered for an answer.
MOST_CHOICES = 11
#: What is offered where a document names no follow-up; wordings, as a plan would print them.
CADENCES = ("ทุกเดือน", "ทุกไตรมาส", "ทุก 6 เดือน", "ปีละ 1 ครั้ง")
