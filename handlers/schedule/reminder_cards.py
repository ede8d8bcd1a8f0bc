"""What a digest looks like: what is due, what units above hear of, the week. Nobody is named, nobody is blamed.

A lock screen shows the summaries: they say how many, never what.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.common import assessment_cards
from handlers.kit import Card, Go, Row, Tap, Words, words
from handlers.plan.measure_cards import titled
from itadomain.measures import Measure, Obligation
from itadomain.organisation import Unit
from itadomain.ports import Store
from itadomain.reminding.digest import Digest, Item, Raised, Week
from itadomain.reminding.reminded import Level

MOST_ROWS, MOST_REPORTS = 10, 2
LEVELS: Mapping[Level, Words] = {
    Level.HEAD: words("reminders.head"),
    Level.SECRETARIAT: words("reminders.secretariat"),
    Level.EXECUTIVE: words("reminders.executive"),
}
WHY: Mapping[Level, str] = {
    Level.HEAD: "reminders.why_head",
    Level.SECRETARIAT: "reminders.why_secretariat",
    Level.EXECUTIVE: "reminders.why_executive",
}


@dataclass(frozen=True)
class Book:
    """The measures and units that digests speak of, looked up once for all of them."""

    measures: Mapping[str, Measure]
    units: Mapping[str, Unit]


def book(store: Store, digests: Sequence[Digest]) -> Book:
    """What these digests speak of."""
    wanted = {one.measure for digest in digests for one in _obligations(digest) if one.measure}
    measures = {one.id: one for one in store.measures.some(wanted)}
    named = any(one.items or one.raised for one in digests)
    return Book(measures, {one.id: one for one in store.units.all()} if named else {})


def cards(digest: Digest, known: Book, today: date) -> list[Card]:
    """One card for each thing that a digest tells, what the person can do something about first."""
    return [
        *([due(digest.items, known)] if digest.items else ()),
        *([raised(digest.raised, known)] if digest.raised else ()),
        *([week(digest.week, today)] if digest.week else ()),
    ]


def due(items: Sequence[Item], known: Book) -> Card:
    """What waits for a person's reports, the most urgent first."""
    told = words("reminders.please_report", count=len(items))
    several = len({item.obligation.unit for item in items}) > 1
    return Card(
        summary=told,
        title=told,
        rows=[_item(item, known, several=several) for item in items[:MOST_ROWS]],
        notes=[*_more(len(items)), *_coming(items)],
        taps=[*_reports(items, known), *ways(items), later()],
    )


def raised(those: Sequence[Raised], known: Book) -> Card:
    """What units have not reported on, for those above them: unit and measure, no person."""
    told = words("reminders.to_know", count=len(those))
    levels = dict.fromkeys(one.level for one in those)
    return Card(
        summary=told,
        title=told,
        rows=[_raised(one, known) for one in those[:MOST_ROWS]],
        notes=[*(words(WHY[level]) for level in levels if level in WHY), *_more(len(those))],
        taps=[Go(words("late.tap_overview"), "late.overview")],
    )


def week(one: Week, today: date) -> Card:
    """The week of an executive, a row for each thing; what nobody knows is left out."""
    told = words("reminders.week")
    return Card(
        summary=told,
        title=told,
        subtitle=words("reminders.week_of", monday=one.monday),
        rows=list(_week_rows(one, today)),
        taps=[Go(words("late.tap_overview"), "late.overview")],
    )


def line(items: Sequence[Item]) -> Words:
    """What rides on an answer: how many, by when, and who hears next where somebody does."""
    facts = {"count": len(items), "due": items[0].obligation.due}
    coming = {item.next for item in items}
    levels = [called for level, called in LEVELS.items() if level in coming]
    return words("reminders.rides_on", **facts, levels=levels) if levels else words("reminders.rides", **facts)


def ways(items: Sequence[Item]) -> list[Tap]:
    """Where all of it stands: among one's measures, among what meetings resolved, or in both."""
    measures = [Go(words("reminders.tap_all"), "measures.mine")] if any(one.obligation.measure for one in items) else []
    resolved = any(not one.obligation.measure for one in items)
    return [*measures, *([Go(words("resolution_tasks.tap_mine"), "resolution_tasks.mine")] if resolved else [])]


def later() -> Go:
    """The way to be reminded again."""
    return Go(words("reminders.tap_later"), "reminders.later")


def _obligations(digest: Digest) -> Iterator[Obligation]:
    """What is named on its cards."""
    yield from (item.obligation for item in digest.items[:MOST_ROWS])
    yield from (one.obligation for one in digest.raised[:MOST_ROWS])


def _item(item: Item, known: Book, *, several: bool) -> Row:
    """A measure and its day; its unit too where somebody reports for more than one."""
    one = item.obligation
    unit = known.units.get(one.unit) if several else None
    told: list[str | Words] = [*([unit.name] if unit else ()), words("reminders.due", due=one.due)]
    return Row(titled(known.measures.get(one.measure)) if one.measure else _resolution(one), told)


def _resolution(one: Obligation) -> Words:
    """What a meeting resolved, by its number: its words are for the chat, not for a lock screen."""
    return words("reminders.resolution", no=one.place)


def _coming(items: Sequence[Item]) -> Iterator[Words]:
    """Who hears of what next, once for all of it; also of what has no row of its own."""
    for level, called in LEVELS.items():
        those = [item for item in items if item.next is level]
        if those and len(those) == len(items):
            yield words("reminders.next", level=called)
        elif those:
            which = list(dict.fromkeys(item.obligation.place for item in those))
            yield words("reminders.next_of", which=which, level=called)


def _raised(one: Raised, known: Book) -> Row:
    unit, measure = known.units.get(one.obligation.unit), known.measures.get(one.obligation.measure)
    told = words("reminders.so_late", due=one.obligation.due, days=one.days)
    return Row(unit.name if unit else words("measures.gone"), [titled(measure), told])


def _reports(items: Sequence[Item], known: Book) -> list[Tap]:
    """A way straight into the report of what is most urgent."""
    return [
        Go(words("reminders.tap_report", no=item.obligation.place), "progress.start", {"id": item.obligation.id})
        for item in items[:MOST_REPORTS]
        if item.obligation.measure in known.measures
    ]


def _more(count: int) -> list[Words]:
    return [words("reminders.more", count=count - MOST_ROWS)] if count > MOST_ROWS else []


def _week_rows(one: Week, today: date) -> Iterator[Row]:
    if one.fiscal_year is not None:
        told = words("reminders.result", year=one.fiscal_year, total=one.total, grade=one.grade)
        yield Row(words("reminders.newest_result"), told)
    yield Row(words("reminders.late_units"), words("reminders.units", count=one.late_units))
    cases = words("reminders.cases", count=one.open_cases, overdue=one.overdue_cases)
    yield Row(words("reminders.open_cases"), cases)
    if one.published:
        done, whole = one.published
        yield Row(words("reminders.published"), words("reminders.so_many_published", done=done, all=whole))
    if one.next_window:
        yield Row(words("reminders.next_window"), assessment_cards.left(one.next_window, today))
