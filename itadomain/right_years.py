"""A plan or a result that was kept under the wrong fiscal year goes to the right one, with all that hangs on it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from itadomain.changes import Act
from itadomain.documents.doubts import Ask
from itadomain.documents.folding import arabic
from itadomain.documents.reading import Column, Reading
from itadomain.fiscal import FiscalYear
from itadomain.frameworks import framework_for
from itadomain.history import Deed, Entry
from itadomain.measures import Measure, Obligation
from itadomain.organisation import folded
from itadomain.periods import Due
from itadomain.ports import Store
from itadomain.progress import Report
from itadomain.questions import About, Question
from itadomain.refusals import Refusal
from itadomain.scores import Result
from itadomain.timetable import Timetable, due_for, scheduled, timetable

YEAR = re.compile(r"(?<!\d)25[4-9]\d(?!\d)")


def year_said(answer: str) -> FiscalYear:
    """The fiscal year that an answer names, «2570» or «ปีงบประมาณ ๒๕๗๐»; Refusal where it names none, or several."""
    found = set(YEAR.findall(arabic(answer)))
    if len(found) != 1:
        raise Refusal("questions.no_year", answer=answer)
    return FiscalYear(int(found.pop()))


def move_plan(store: Store, measures: Sequence[Measure], year: FiscalYear, act: Act) -> Sequence[Measure]:
    """Take a document's measures to their right year, with what units reached and reported; gives those that went.

    What people have added to the plan goes with it. Refusal where that year has a plan of its own.
    """
    going = {one.id: one for one in measures if one.plan_year != year}
    for before in {one.plan_year for one in going.values()}:
        going |= {one.id: one for one in _added(store, before, going)}
    if going and store.measures.count(year):
        raise Refusal("questions.year_has_plan", year=year)
    moved = store.measures.move(list(going.values()), year)
    _move_what_hangs_on(store, going, moved)
    for one in moved:
        was, now = {"plan_year": str(going[one.id].plan_year)}, {"plan_year": str(year)}
        store.history.add(Entry(one.id, Deed.CHANGED, act.today, act.by, "", was, now, act.why))
    return moved


def move_result(store: Store, question: Question, year: FiscalYear) -> None:
    """Take a document's result to its right year, and what is asked about it; Refusal where that has one of its own."""
    framework_for(year)
    before = int(question.facts["year"])
    if year == before or store.scores.of_year(before) is None:
        return
    if store.scores.of_year(year):
        raise Refusal("questions.year_has_result", year=year)
    store.scores.move(before, year)
    for one in store.questions.about(About.TOTAL):
        if (one.document, one.facts.get("year")) == (question.document, before):
            store.questions.save(replace(one, facts={**one.facts, "year": year}))


def in_right_years(store: Store, reading: Reading) -> Reading:
    """A document that comes again, under the years that people have settled for it since; else as it was read."""
    year = _of_plan(store, reading) or reading.fiscal_year
    result = reading.result
    if result and (of_scores := _of_scores(store, reading, result)):
        result = replace(result, fiscal_year=of_scores)
    if (year, result) == (reading.fiscal_year, reading.result):
        return reading
    asked = [one for one in reading.questions if one.code not in {Ask.PLAN_YEAR, Ask.SCORE_YEAR}]
    return replace(reading, fiscal_year=year, result=result, questions=asked)


def unanswered(store: Store, plan: Sequence[Measure]) -> Refusal | None:
    """Why a plan is not kept yet: its measures stand in another year, and it is asked which of them is right."""
    for question, year in _asked_about(store, [_title(one) for one in plan]):
        if question.open and year != plan[0].plan_year:
            return Refusal("importing.year_is_asked", year=year, other=plan[0].plan_year)
    return None


def _added(store: Store, year: FiscalYear, going: Collection[str]) -> Sequence[Measure]:
    """What people have added to a plan; none where it is another document's plan too, or the year before's."""
    others = [one for one in store.measures.of_year(year) if one.id not in going]
    return [] if any(one.printed.title or one.carried_from for one in others) else others


def _move_what_hangs_on(store: Store, going: dict[str, Measure], moved: Sequence[Measure]) -> None:
    """Duties are counted again where they stand, with their reports and what shows that those are true."""
    now = {one.id: one for one in moved}
    tables = {one.id: timetable(one, store.days(one.plan_year)) for one in moved}
    for before in sorted({one.plan_year for one in going.values()}):
        made = defaultdict(list)
        for report in store.reports.of_year(before):
            made[report.obligation].append(report)
        duties = [one for one in store.obligations.of_year(before) if one.measure in now]
        placed = [replace(one, plan_year=now[one.measure].plan_year, place=now[one.measure].place) for one in duties]
        store.obligations.save(*(_move_reports(store, one, made[one.id], tables[one.measure]) for one in placed))


def _move_reports(store: Store, duty: Obligation, reports: Sequence[Report], table: Timetable) -> Obligation:
    """Let the reports of a duty, oldest first, be for days of its right year, and give the duty with its next day."""
    began = _day_for(table, None, duty.start.reported_on)
    start = replace(duty.start, reported_for=began.slot if began else None)
    older, own = reports[: start.reports], reports[start.reports :]
    counted = [*_counted(duty, older, table, None), *_counted(duty, own, table, start.reported_for)]
    for report in counted:
        store.reports.save(report)
    slots = (one.slot for one in counted[len(older) :] if one.stands)
    after = replace(duty, start=start, reported_for=max(filter(None, (start.reported_for, *slots)), default=None))
    after = scheduled(after, table)
    now = {old.slot: new.slot for old, new in zip(reports, counted, strict=True)}
    for one in store.evidence.of_obligation(duty.id):
        store.evidence.save(one.attached(duty.id, now.get(one.slot, after.slot)))
    return after


def _counted(
    duty: Obligation, reports: Sequence[Report], table: Timetable, reported_for: date | None
) -> Iterator[Report]:
    """Each report for the due day that it would have been for, had the plan stood in its right year."""
    for one in reports:
        day = _day_for(table, reported_for, one.made_on)
        if day and one.stands:
            reported_for = day.slot
        yield replace(one, plan_year=duty.plan_year, slot=day.slot if day else None, due=day.day if day else None)


def _day_for(table: Timetable, reported_for: date | None, made_on: date | None) -> Due | None:
    """The due day of a report that was made on a day; none where the year had not begun."""
    return due_for(table, reported_for, made_on) if made_on and made_on >= table.began else None


def _of_plan(store: Store, reading: Reading) -> FiscalYear | None:
    """The year that the same measures stand in, where the same was asked about them."""
    asked = next((one.facts["years"] for one in reading.questions if one.code is Ask.PLAN_YEAR), None)
    titles = [folded(one.name or one[Column.TITLE]) for one in reading.measures] if asked else []
    found = (year for question, year in _asked_about(store, titles) if question.facts.get("years") == asked)
    return next(found, None)


def _of_scores(store: Store, reading: Reading, result: Result) -> FiscalYear | None:
    """The year under which the same figures are kept, where the document does not say it."""
    if not any(one.code is Ask.SCORE_YEAR for one in reading.questions):
        return None
    figures = _figures(result)
    return next((one.fiscal_year for one in store.scores.all() if _figures(one) == figures), None)


def _asked_about(store: Store, titles: Sequence[str]) -> Iterator[tuple[Question, FiscalYear]]:
    """What was asked about the year of the measures that have most of these titles, and the year they stand in."""
    named = set(titles)
    for question in store.questions.about(About.PLAN_YEAR) if named else ():
        measures = [one for measure_id in question.measures if (one := store.measures.get(measure_id))]
        if 2 * len(named & {_title(one) for one in measures}) > len(named):
            yield question, measures[0].plan_year


def _title(measure: Measure) -> str:
    return folded(measure.printed.title or measure.title)


def _figures(result: Result) -> tuple[object, ...]:
    return result.document, tuple(result.tables), sorted(one.total for one in result.headlines)
