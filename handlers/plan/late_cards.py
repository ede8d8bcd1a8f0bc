"""What the answers of `late` look like: who has reported, as one number and a bar a unit. Nobody loses face."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.common.labels import shortened
from handlers.kit import Answer, Bar, Card, Go, Row, Tap, Turn, Words, words
from handlers.plan.measure_cards import number_tap, titled
from itadomain.audit import audit
from itadomain.lateness import Answered, Reminding
from itadomain.measures import Measure, Obligation
from itadomain.organisation import Unit
from itadomain.progress import Approval
from itadomain.rounds import Gap, Round, State, state_of
from itadomain.scores import Result

MOST_BARS = 10
MOST_UNIT_TAPS = 8
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Reminder:
    """The button that reminds: of which unit (or all), how many people, and what is left of the month's messages."""

    unit: str
    count: int
    left: Words


@dataclass(frozen=True)
class Gaps:
    """What should be settled, so that nothing is forgotten."""

    unsettled: Mapping[Gap, int]
    left_out: Sequence[int]  # weak indicators that no measure answers
    deserted: Sequence[str]  # names of units


def overview(turn: Turn, units: Sequence[tuple[Unit, Round]], waiting: int, reminder: Reminder | None) -> Card:
    """All units that one sees: one number first, a bar a unit."""
    total = sum((counts for _, counts in units), Round())
    return Card(
        summary=_in_short(total),
        title=words("late.title"),
        subtitle=turn.store.office.short,
        number=words("late.number", sent=total.sent, expected=total.expected) if total.expected else None,
        tag=words("late.sent") if total.expected else None,
        bars=[_bar(no, unit, counts) for no, (unit, counts) in enumerate(units[:MOST_BARS], 1) if counts.expected],
        rows=[*_counts(total, waiting), *_without_bar(units)],
        notes=[*_notes(reminder), words("late.how_to_pick")],
        taps=_nudge(reminder),
    )


def unit(turn: Turn, one: Unit, counts: Round, duties: Sequence[Obligation], reminder: Reminder | None) -> Card:
    """One unit: its number, then each measure with its day."""
    return Card(
        summary=words("late.unit_in_short", unit=one.name, sent=counts.sent, expected=counts.expected),
        title=one.name,
        subtitle=words("late.title"),
        number=words("late.number", sent=counts.sent, expected=counts.expected) if counts.expected else None,
        tag=words("late.sent") if counts.expected else None,
        rows=[_duty_row(turn, duty) for duty in duties],
        notes=_notes(reminder),
        taps=_nudge(reminder),
    )


def measure_row(measure: Measure | None, counts: Round) -> Row:
    """A measure, and how many of its units have reported."""
    return Row(titled(measure), words("late.units_sent", sent=counts.sent, expected=counts.expected))


def indicators(result: Result, found: Sequence[Answered]) -> Card:
    """The indicators of the newest result, the lowest first, and whether measures answer them."""
    told = words("late.by_indicator", year=result.fiscal_year)
    return Card(summary=told, title=told, rows=[Row(_indicator(result, one.no), _answered(one)) for one in found])


def gaps(found: Gaps, result: Result | None) -> Card:
    """What should be settled; where it is nothing, that is said."""
    left_out = [_indicator(result, no) for no in found.left_out] if result else []
    rows = [
        (words("late.gap_left_out"), left_out),
        (words("late.gap_deserted"), list(found.deserted)),
        *((GAPS[gap], words("late.so_many", count=count) if count else None) for gap, count in found.unsettled.items()),
    ]
    shown = [Row(label, value) for label, value in rows if value]
    told = words("late.gaps") if shown else words("late.no_gaps")
    return Card(summary=told, title=told, rows=shown)


def gap_taps(found: Gaps) -> list[Tap]:
    """A way to settle each."""
    return [Go(GAP_TAPS[gap], "changes.unsettled", {"gap": gap}) for gap, count in found.unsettled.items() if count]


def in_order(rounds: Mapping[str, Round], units: Sequence[Unit]) -> list[tuple[Unit, Round]]:
    """The units with the most to come first; one that is closed and still answers for something has no name."""
    known = {unit.id: unit for unit in units}
    found = [(known.get(unit) or Unit(unit, "-"), counts) for unit, counts in rounds.items()]
    return sorted(found, key=lambda one: (-one[1].late, one[1].share, one[0].name))


def unit_taps(rounds: Mapping[str, Round], units: Sequence[Unit]) -> list[Tap]:
    """A tap for each unit, by its name; the number at its bar stands before those that are alike when shortened."""
    known = {unit.id for unit in units}
    shown = [(no, one) for no, (one, _) in enumerate(in_order(rounds, units), 1) if one.id in known][:MOST_UNIT_TAPS]
    alike = Counter(shortened(one.name) for _, one in shown)
    return [
        Answer(shortened(one.name) if alike[shortened(one.name)] == 1 else shortened(f"{no}. {one.name}"), one.id)
        for no, one in shown
    ]


def duty_tap(turn: Turn, duty: Obligation) -> Tap:
    """A tap that opens a unit's measure."""
    return number_tap(turn.store.measures.get(duty.measure), "measures.one", {"id": duty.measure})


def unit_name(turn: Turn, unit_id: str) -> str:
    """The name of a unit, closed ones too."""
    found = turn.store.units.get(unit_id)
    return found.name if found else "-"


def not_told(turn: Turn, found: Reminding) -> list[Words]:
    """Who is not reminded: those who were today, and units with nobody to tell."""
    already = [words("late.already", count=found.already)] if found.already else []
    empty = [unit_name(turn, unit_id) for unit_id in found.empty]
    return [*already, *([words("late.nobody_there", units=empty)] if empty else [])]


def _in_short(total: Round) -> Words:
    if not total.expected:
        return words("late.none_expected", ahead=total.ahead)
    return words("late.in_short", sent=total.sent, expected=total.expected)


def _bar(no: int, unit: Unit, counts: Round) -> Bar:
    label = words("late.bar", no=no, unit=unit.name, sent=counts.sent, expected=counts.expected)
    return Bar(label, counts.share, counts.share == WHOLE)


def _counts(total: Round, waiting: int) -> list[Row]:
    rows = (
        (words("late.ahead"), total.ahead),
        (words("late.waiting"), waiting),
        (words("late.undated"), total.undated),
    )
    return [Row(label, count) for label, count in rows if count]


def _without_bar(units: Sequence[tuple[Unit, Round]]) -> list[Row]:
    """The units of which nothing was due yet."""
    shown = [(no, unit, counts) for no, (unit, counts) in enumerate(units[:MOST_BARS], 1) if not counts.expected]
    return [
        Row(words("late.numbered_unit", no=no, unit=unit.name), words("late.not_yet", count=counts.all))
        for no, unit, counts in shown
    ]


def _notes(reminder: Reminder | None) -> list[Words]:
    return [words("late.costs", count=reminder.count, left=reminder.left)] if reminder else []


def _nudge(reminder: Reminder | None) -> list[Tap]:
    if reminder is None:
        return []
    values = {"count": reminder.count, **({"unit": reminder.unit} if reminder.unit else {})}
    return [Go(words("late.remind_them", count=reminder.count), "late.nudge", values)]


def _duty_row(turn: Turn, duty: Obligation) -> Row:
    return Row(titled(turn.store.measures.get(duty.measure)), _when(turn, duty))


def _when(turn: Turn, duty: Obligation) -> Words:
    """Since when it waits, or by when it is due."""
    newest = next(iter(turn.store.reports.of_obligation(duty.id)), None) if duty.reported_on else None
    if newest and newest.approval is Approval.WAITING:
        return words("late.row_waits", day=newest.made_on)
    if duty.due is None:
        return words("late.row_reported") if duty.reported_for else words("late.row_undated")
    if state_of(duty, turn.today) is State.LATE:
        return words("late.row_late", due=duty.due, days=(turn.today - duty.due).days)
    return words("late.row_sent" if duty.reported_for else "late.row_ahead", due=duty.due)


def _indicator(result: Result, no: int) -> Words:
    return words("score.numbered", no=no, name=audit(result).applied.framework.indicator(no).name)


def _answered(one: Answered) -> Words:
    if not one.measures:
        return words("late.unanswered" if one.weak else "late.no_measure", points=one.points)
    facts = {"points": one.points, "measures": one.measures, "sent": one.round.sent, "expected": one.round.expected}
    return words("late.answered", **facts)


GAPS = {
    Gap.DATES: words("late.gap_dates"),
    Gap.OWNER: words("late.gap_owner"),
    Gap.INDICATORS: words("late.gap_indicators"),
}
GAP_TAPS = {
    Gap.DATES: words("late.tap_dates"),
    Gap.OWNER: words("late.tap_owner"),
    Gap.INDICATORS: words("late.tap_no_indicator"),
}
