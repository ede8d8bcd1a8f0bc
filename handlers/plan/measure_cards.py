"""What is said and shown about measures by several features: lists, one measure, a unit's share, a report."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.kit import Answer, Card, Go, Row, Turn, Words, words
from itadomain.cases.results import results
from itadomain.frameworks import OLDEST, framework_for
from itadomain.helping import why_of
from itadomain.history import Entry
from itadomain.measures import Measure, Obligation, Standing, Tally
from itadomain.people import INSIDERS
from itadomain.periods import Due, Period
from itadomain.progress import Approval, Report
from itadomain.surveys.feeding import Live, live
from itadomain.timetable import Timetable, timetable

A_PAGE = 10
#: A number with few signs around it: «7», «ข้อ ๗», «มาตรการที่ 7».
NUMBERED = re.compile(r"[^\d+-]{0,14}(\d{1,4})\D?")
LINES_OF_HISTORY, LINES_OF_LIVE = 3, 5
STANDINGS = {
    Standing.NOT_STARTED: words("measures.not_started"),
    Standing.WORKING: words("measures.working"),
    Standing.DONE: words("measures.done"),
    Standing.BLOCKED: words("measures.blocked"),
}
APPROVALS = {
    Approval.WAITING: words("measures.waits_for_approval"),
    Approval.APPROVED: words("measures.approved"),
    Approval.RETURNED: words("measures.returned"),
    Approval.OWN: words("measures.heads_own"),
    Approval.UNASKED: words("measures.counts_at_once"),
}


def duties(turn: Turn, mine: Sequence[Obligation], tally: Tally, units: Sequence[str]) -> Card:
    """What some units answer for, the most urgent first."""
    facts = {"units": units, "count": tally.open, "late": tally.late, "done": tally.done}
    return Card(
        summary=words("measures.mine_in_short", **facts),
        title=words("measures.mine_title"),
        subtitle=turn.store.office.short,
        rows_title=words("measures.mine_in_short", **facts),
        rows=[duty_row(one, turn.store.measures.get(one.measure), turn.today) for one in mine],
    )


def duty_row(duty: Obligation, measure: Measure | None, today: date) -> Row:
    """A measure, and how a unit stands with it."""
    return Row(titled(measure), standing_and_day(duty, today))


def titled(measure: Measure | None) -> Words:
    """A measure with its place in the plan."""
    if measure is None:
        return words("measures.gone")
    return words("measures.row", no=measure.place, title=measure.title)


def standing_and_day(duty: Obligation, today: date) -> Words:
    """How a unit stands, and when it is to report."""
    stands = standing(duty.standing, duty.percent)
    if not duty.open:
        return words("measures.stands_closed", standing=stands)
    if duty.due is None:
        return words("measures.stands_without_day", standing=stands)
    key = "measures.stands_late" if duty.late_on(today) else "measures.stands"
    return Words(key, {"standing": stands, "due": duty.due})


def standing(now: Standing, percent: int | None) -> Words:
    """One of the four words, with the percentage where one is told."""
    told = STANDINGS[now]
    return told if percent is None else words("measures.with_percent", standing=told, percent=percent)


def plan_rows(plan: Sequence[Measure]) -> list[Row]:
    """What everyone may know of measures: title and owner."""
    return [Row(titled(one), one.owners or words("measures.not_printed")) for one in plan]


def one(turn: Turn, measure: Measure, evidence: int) -> Card:
    """All about one measure; how far its units are is told to insiders only."""
    table = timetable(measure, turn.store.days(measure.plan_year))
    insider = turn.who.may(INSIDERS)
    return Card(
        summary=words("measures.one", title=measure.title, year=measure.plan_year),
        title=words("measures.one_title", title=measure.title),
        subtitle=words("measures.title", year=measure.plan_year),
        warning=words("measures.cancelled", day=measure.cancelled_on) if measure.cancelled_on else None,
        rows=[
            *_facts(turn, measure, table),
            *(_inside(turn, measure, evidence, table) if insider else ()),
        ],
        notes=[words("measures.step", step=step) for step in measure.steps],
        doubts=[Words(doubt.key, doubt.facts) for doubt in table.doubts] if insider else (),
    )


def _facts(turn: Turn, measure: Measure, table: Timetable) -> Iterable[Row]:
    unknown = words("measures.not_printed")
    yield Row(words("measures.owner"), measure.owners or unknown)
    yield Row(words("measures.period"), _period(measure.when, table.period))
    yield Row(words("measures.follow_up"), measure.cadence or unknown)
    coming = next((due for due in table.dues if due.day >= turn.today), None)
    if coming:
        yield Row(words("measures.next_due"), day_and_why(coming))
    if measure.target:
        yield Row(
            words("measures.target"), words("measures.amount", amount=measure.target.amount, of=measure.target.of)
        )
    if measure.indicators:
        yield Row(words("measures.indicators"), [_indicator(measure.plan_year, no) for no in measure.indicators])
    if measure.questions:
        yield Row(words("measures.questions"), measure.questions)
    if measure.method and not measure.steps:
        yield Row(words("measures.method"), measure.method)


def _inside(turn: Turn, measure: Measure, evidence: int, table: Timetable) -> Iterable[Row]:
    if measure.finding:
        yield Row(words("measures.finding"), measure.finding)
    if measure.must_publish:
        yield Row(words("changes.tap_published"), words("measures.must_publish"))
    for duty in turn.store.obligations.of_measure(measure.id):
        unit = turn.store.units.get(duty.unit)
        yield Row(unit.name if unit else words("measures.gone"), standing_and_day(duty, turn.today))
    hindered = sum(obstacle.open for obstacle in turn.store.obstacles.of_measure(measure.id))
    if hindered:
        yield Row(words("measures.obstacles"), words("measures.so_many", count=hindered))
    yield Row(words("measures.evidence"), words("measures.so_many", count=evidence))
    yield from _results(turn, measure, table)
    yield from (_live(one) for one in live(turn.store, measure, turn.today)[:LINES_OF_LIVE])
    for entry in turn.store.history.of_measure(measure.id, LINES_OF_HISTORY):
        yield happened(turn, entry)


def _results(turn: Turn, measure: Measure, table: Timetable) -> Iterable[Row]:
    """What the channel for citizens did in the time of the measure, where it serves outsiders; none is told too."""
    seen = results(turn.store, measure, table.period, turn.today)
    if seen is None:
        return
    cases = seen.cases
    yield Row(words("measures.channel", first=seen.first, last=seen.last), [
        words("measures.channel_cases", count=cases.all),
        words("measures.channel_answered", count=cases.answered, asking=seen.asking),
        *([words("measures.channel_days", days=cases.median_days)] if cases.median_days is not None else ()),
        words("measures.channel_overdue", count=cases.overdue),
        *([words("measures.channel_content", mean=cases.content, count=cases.ratings)] if cases.content else ()),
        *([words("measures.channel_requests", count=seen.requests)] if seen.requests else ()),
    ])  # fmt: skip


def _live(one: Live) -> Row:
    """What a question of the measure scores in the agency's own survey, and what it or its indicator had before."""
    now, item = one.now, one.item
    told = [words("survey_results.live_now", mean=now.mean, low=now.low, high=now.high, people=now.people)]
    if not item.counts:
        told.append(words("survey_results.live_unconfirmed"))
    if one.before is not None:
        told.append(_since(now.mean - one.before, one.before))
    if one.official:
        facts = {"no": item.indicator, "year": one.official.fiscal_year, "points": one.official.points}
        rehearsed = one.indicator and words("survey_results.live_indicator", mean=one.indicator.mean, **facts)
        told.append(rehearsed or words("survey_results.live_official", **facts))
    return Row(words("survey_results.live", code=item.code), told)


def _since(change: Decimal, before: Decimal) -> Words:
    if not change:
        return words("survey_results.live_same", before=before)
    key = "survey_results.live_more" if change > 0 else "survey_results.live_less"
    return Words(key, {"change": abs(change), "before": before})


def day_and_why(due: Due) -> Words:
    """A due day with its reason."""
    return words("measures.day_and_why", due=due.day, why=Words(due.why.key, due.why.facts))


def _period(wording: str, period: Period) -> Any:
    if not wording:
        return words("measures.not_printed")
    if period.start and period.end:
        return words("measures.from_to", wording=wording, start=period.start, end=period.end)
    return words("measures.until", wording=wording, end=period.end) if period.end else wording


def _indicator(year: int, no: int) -> Words:
    known = {one.no: one.name for one in framework_for(max(year, OLDEST)).framework.indicators}
    return words("measures.indicator", no=no, name=known.get(no, ""))


def happened(turn: Turn, entry: Entry) -> Row:
    """One line of the history: who, when, what, from what to what."""
    by = turn.store.people.get(entry.by, turn.today) if entry.by else None
    name = by.name if by and by.name else words("history.nobody")
    told = words("history.line", deed=Words(f"history.{entry.deed}"), by=name)
    why = why_of(turn.store, entry, turn.who, turn.today)
    return Row(entry.on, [told, *_changes(turn, entry), *([why] if why else [])])


def _changes(turn: Turn, entry: Entry) -> list[Words]:
    names = dict.fromkeys((*entry.before, *entry.after))
    return [
        Words("history.change", {
            "field": Words(f"history.field_{name}"),
            "before": _value(turn, name, entry.before.get(name, "")),
            "after": _value(turn, name, entry.after.get(name, "")),
        })
        for name in names
    ]  # fmt: skip


def _value(turn: Turn, name: str, fact: str) -> Any:
    """A fact as it was written down; who approved something is told by name."""
    approver = turn.store.people.get(fact, turn.today) if name == "approver" and fact else None
    if approver:
        return approver.name
    return STANDINGS[Standing(fact)] if fact in set(Standing) else fact or words("history.nothing")


def report_rows(report: Report, measure: Measure) -> list[Row]:
    """What a report says, part by part."""
    rows = [
        Row(words("progress.standing"), standing(report.standing, report.percent)),
        Row(words("progress.said"), report.said),
    ]
    if report.amount is not None and measure.target:
        facts = {"amount": report.amount, "most": measure.target.amount, "of": measure.target.of}
        rows.append(Row(words("progress.amount"), words("progress.amount_of", **facts)))
    if report.steps:
        steps = {"done": len(report.steps), "all": len(measure.steps)}
        rows.append(Row(words("progress.steps"), words("progress.steps_of", **steps)))
    if report.next_step:
        rows.append(Row(words("progress.next_step"), report.next_step))
    if report.why_back:
        rows.append(Row(words("progress.why_back"), report.why_back))
    if report.due:
        rows.append(
            Row(words("progress.for_day"), words(_punctual(report), due=report.due, days=abs(report.days_late)))
        )
    return rows


def _punctual(report: Report) -> str:
    if report.days_late > 0:
        return "progress.came_later"
    return "progress.came_early" if report.days_late < 0 else "progress.came_on_time"


def duty_answers(turn: Turn, duties: Sequence[Obligation]) -> list[Answer]:
    """A tap for each obligation, with its unit where one measure is there for two of them."""
    times = Counter(duty.place for duty in duties)
    return [
        Answer(_numbered(turn, duty) if times[duty.place] > 1 else _tap_label(duty.place), duty.id) for duty in duties
    ]


def _numbered(turn: Turn, duty: Obligation) -> Words:
    unit = turn.store.units.get(duty.unit)
    return words("measures.tap_one_of", no=duty.place, unit=unit.name if unit else "")


def _tap_label(place: int) -> Words:
    return words("measures.tap_one", no=place)


def number_in(text: str) -> int | None:
    """The whole number that an answer consists of, «3» or «ข้อ ๓»."""
    found = NUMBERED.fullmatch(text.strip())
    return int(found[1]) if found else None


def number_tap(measure: Measure | None, to: str, values: dict[str, str]) -> Go:
    """A tap with a measure's place in the plan."""
    return Go(_tap_label(measure.place if measure else 0), to, values)
