"""What bringing a document in asks: what it leaves open itself, whose its measures are, and when they are due."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from itadomain.documents.agency import Sameness, same_agency
from itadomain.documents.doubts import Ask
from itadomain.documents.folding import packed
from itadomain.documents.reading import FollowUpRule, Reading
from itadomain.documents.shape import Place
from itadomain.duties import assigned
from itadomain.measures import Measure
from itadomain.organisation import Unit
from itadomain.periods import Cadence, agree, follow_up
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
    yield from _of_agency(reading, plan, known)
    yield from _of_print(reading, plan)
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


def _of_agency(reading: Reading, plan: Sequence[Measure], known: str) -> Iterator[Asked]:
    """Another spelling of the agency's name may be the name of another agency, and so may be none at all.

    A document without a name is asked about when it first comes, not when it is corrected.
    """
    if sameness(reading, known) is Sameness.SPELLED_DIFFERENTLY:
        spelled = {"printed": reading.agency, "known": known}
        yield Asked(About.PRINT, SPELLED_DIFFERENTLY, spelled, choices=(YES, NO))
    elif known and not reading.agencies and not any(one.id for one in plan):
        year = reading.fiscal_year or (reading.result.fiscal_year if reading.result else "-")
        yield Asked(About.PRINT, NO_AGENCY, {"known": known, "year": year}, choices=(YES, NO))


def _of_print(reading: Reading, plan: Sequence[Measure]) -> Iterator[Asked]:
    """What the document itself leaves open, but for its owners: they are held against the agency's units."""
    for one in reading.questions:
        if one.code is Ask.OWNER:
            continue
        about = OF_RESULTS.get(one.code, About.PRINT) if reading.result else About.PRINT
        year = {"year": reading.result.fiscal_year} if reading.result and about is not About.PRINT else {}
        of: Sequence[int] = (one.measure - 1,) if one.measure else ()
        if one.code is Ask.PLAN_YEAR:
            about, of = About.PLAN_YEAR, range(len(plan))
        yield Asked(about, one.key, {**one.facts, **year}, one.place, one.choices, of)


def _of_owners(plan: Sequence[Measure], units: Sequence[Unit]) -> Iterator[Asked]:
    """Owners that are no unit, and measures without any."""
    names = [unit.name for unit in units if unit.open][:MOST_CHOICES]
    for index, measure in _standing(plan):
        found = assigned(measure, units)
        for owner in found.unknown or ([] if found.obligations else [""]):
            facts = {"title": measure.title, "number": measure.number or str(index + 1), "printed": owner}
            yield Asked(About.OWNER, "questions.owner", facts, choices=names, measures=(index,))


def _of_time(plan: Sequence[Measure]) -> Iterator[Asked]:
    """Periods and follow-ups that name no days; those that nothing tells apart are asked about together."""
    silent, often = [], []
    for index, measure in _standing(plan):
        days = timetable(measure)
        facts: dict[str, Any] = {"title": measure.title, "number": measure.number or str(index + 1)}
        if days.period.doubt:
            yield Asked(About.PERIOD, "questions.period", {**facts, "printed": measure.when}, measures=(index,))
        if days.silent:
            silent.append(index)
        elif days.follow_up.doubt in days.doubts:
            printed = {**facts, "printed": measure.cadence}
            yield Asked(About.FOLLOW_UP, "questions.follow_up", printed, choices=CADENCES, measures=(index,))
        elif days.follow_up.cadence in TOO_OFTEN and not days.dues:
            often.append(index)
    if silent:
        together = {"count": len(silent), "numbers": _numbers(plan, silent)}
        yield Asked(About.FOLLOW_UP, "questions.cadence", together, choices=CADENCES, measures=silent)
    for wording, places in _by_wording((plan[at].cadence, at) for at in often):
        facts = {"count": len(places), "numbers": _numbers(plan, places), "printed": wording}
        yield Asked(About.FOLLOW_UP, "questions.often", facts, choices=CADENCES, measures=places)


def _of_rules(plan: Sequence[Measure], rules: Sequence[FollowUpRule]) -> Iterator[Asked]:
    """Follow-ups that contradict what the document says for all its measures; each wording is one question."""
    for rule in rules:
        against = [at for at, one in _standing(plan) if not one.settled_follow_up and _contradicts(one, rule)]
        for own, places in _by_wording((plan[at].follow_up, at) for at in against):
            facts = {"numbers": _numbers(plan, places), "own": own, "general": rule.wording}
            yield Asked(About.FOLLOW_UP, "questions.contradicts", facts, rule.place, (own, rule.wording), places)


def _standing(plan: Sequence[Measure]) -> Iterator[tuple[int, Measure]]:
    """The measures that were not cancelled, with their places: nothing is asked about the others."""
    return ((at, one) for at, one in enumerate(plan) if not one.cancelled_on)


def _by_wording(found: Iterable[tuple[str, int]]) -> Iterable[tuple[str, Sequence[int]]]:
    """Places in the plan by the wording that stands there, as it is spelled first, blanks aside."""
    first: dict[str, str] = {}
    places: dict[str, list[int]] = defaultdict(list)
    for wording, at in found:
        places[first.setdefault(packed(wording), wording)].append(at)
    return places.items()


def _numbers(plan: Sequence[Measure], places: Sequence[int]) -> list[str]:
    return [plan[at].number or str(at + 1) for at in places]


def _contradicts(measure: Measure, rule: FollowUpRule) -> bool:
    own, general = (follow_up(wording, measure.plan_year) for wording in (measure.follow_up, rule.wording))
    return agree(own, general) is not None


#: What is asked about a document that may be another agency's, and the answers that are offered.
SPELLED_DIFFERENTLY, NO_AGENCY = "questions.agency", "questions.no_agency"
OF_AGENCY = {SPELLED_DIFFERENTLY, NO_AGENCY}
YES, NO = "ใช่", "ไม่ใช่"
#: What is asked about figures, and whose answer changes the result that is kept.
OF_RESULTS = {Ask.TOTAL: About.TOTAL, Ask.SCORE_YEAR: About.SCORE_YEAR}
#: Work that comes so often that nobody reports on each time; a plan must say when it is reported on.
TOO_OFTEN = {Cadence.DAILY, Cadence.WEEKLY}
#: Units that are offered for an answer.
MOST_CHOICES = 11
#: What is offered where a document names no follow-up; wordings, as a plan would print them.
CADENCES = ("ทุกเดือน", "ทุกไตรมาส", "ทุก 6 เดือน", "ปีละ 1 ครั้ง")
