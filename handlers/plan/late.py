"""See who has not reported yet, and remind them.

secretary ใครยังไม่รายงาน
bot       [card: 12 จาก 18 · a bar a unit · ยังไม่ครบกำหนด 4 · รอรับรอง 2]   [เตือนผู้ที่ยังไม่รายงาน (5)]
          [กองช่าง] [กองคลัง] … [รายมาตรการ] [รายตัวชี้วัด] [เรื่องที่ควรตั้งค่า]
secretary [เตือนผู้ที่ยังไม่รายงาน (5)]
bot       ส่งคำเตือนแล้ว 5 คน ใช้ 5 ข้อความ …
          (each of the five)  bot  มีเรื่องที่ถึงกำหนดรายงาน 3 เรื่อง   [เปิดดู]
secretary [กองคลัง]   (or: กองคลังค้างอะไรบ้าง)
bot       [card: กองคลัง · 2 จาก 3 · each measure: since when it waits, or by when it is due]

The card says what reminding costs before the button is tapped; where that has changed meanwhile, it is asked again.
A head sees the own unit; the secretariat, executives and administrators see all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.common.notices import tell_of_late, to_use
from handlers.kit import Answer, Card, Feature, Go, Reply, Tap, Turn, ask, say, show, words
from handlers.plan import late_cards as cards
from handlers.plan import measure_cards
from itadomain.fiscal import FiscalYear
from itadomain.lateness import (
    Reminding,
    Sight,
    afford,
    answers,
    deserted,
    reminding,
    sight,
    write_down,
)
from itadomain.measures import years_at_hand
from itadomain.organisation import Unit, unit_named
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal
from itadomain.rounds import Round
from itadomain.scores import Result

feature = Feature("late", roles=INSIDERS)

A_PAGE = 9  # beside the taps that lead on
SEND = "send"


@dataclass(frozen=True)
class Whom:
    """The unit that is to be reminded (none for all that one may remind), and how many people were told of."""

    unit: str = ""
    count: int = 0


@feature.on("intent:overdue_list")
def overview(turn: Turn) -> Reply:
    seen, named = _sight(turn), unit_named(turn.store.units.all(), str(turn.values.get("owner", "")))
    if named or (len(seen.units) == 1 and not seen.whole):
        return _unit(turn, seen, seen.one(named.id) if named else seen.units[0])
    rounds = _rounds(turn, seen)
    if not rounds:
        return say("late.nothing_yet").offering(Go(words("help.tap_menu"), "help.menu"))
    waiting = turn.store.rounds.waiting(None if seen.whole else list(rounds))
    card = cards.overview(
        turn, cards.in_order(rounds, seen.units), sum(waiting.values()), _reminder(turn, seen, rounds)
    )
    taps = (*cards.unit_taps(rounds, seen.units), *_ways(seen))
    return Reply((card,), taps=taps, then=pick_unit)


@feature.step
def pick_unit(turn: Turn) -> Reply:
    """A unit of the overview: tapped, or typed by its name or the number at its bar."""
    seen = _sight(turn)
    named = turn.chosen or _typed(turn, seen)
    if not named:
        raise Refusal("late.which_unit")
    return _unit(turn, seen, seen.one(named))


@feature.on()
def unit(turn: Turn) -> Reply:
    seen = _sight(turn)
    return _unit(turn, seen, seen.one(str(turn.values.get("unit", ""))))


@feature.on()
def measures(turn: Turn) -> Reply:
    seen, page = _sight(turn), _page(turn)
    units = None if seen.whole else [one.id for one in seen.units]
    behind = turn.store.rounds.by_measure(_years(turn), turn.today, units, A_PAGE + 1, page * A_PAGE)
    if not behind:
        return say("late.all_sent").offering(_back())
    found = [(turn.store.measures.get(measure), counts) for measure, counts in behind[:A_PAGE]]
    told = words("late.by_measure")
    rows = [cards.measure_row(measure, counts) for measure, counts in found]
    taps = [measure_cards.number_tap(one, "measures.one", {"id": one.id}) for one, _ in found if one]
    more = _onward(len(behind) > A_PAGE, "late.measures", {"page": page + 1})
    return show(Card(summary=told, title=told, rows=rows)).offering(*taps, *more, _back())


@feature.on()
def indicators(turn: Turn) -> Reply:
    result = _whole(turn) and next(iter(turn.store.scores.all()), None)
    if not result or not any(table.indicators for table in result.tables):
        return say("late.no_result").offering(_back())
    rounds, years = turn.store.rounds, _answering(turn, result)
    found = answers(result, rounds.measures_by_indicators(years), rounds.by_indicators(years, turn.today))
    return show(cards.indicators(result, found)).offering(*_tap_gaps(), _back())


@feature.on()
def gaps(turn: Turn) -> Reply:
    seen, years, rounds = _whole(turn), _years(turn), turn.store.rounds
    result = next(iter(turn.store.scores.all()), None)
    answered = answers(result, rounds.measures_by_indicators(_answering(turn, result)), {}) if result else ()
    empty = deserted(_rounds(turn, seen), turn.store.people.insiders(turn.today), turn.today)
    found = cards.Gaps(
        unsettled=rounds.count_unsettled(years),
        left_out=[one.no for one in answered if one.left_out],
        deserted=[cards.unit_name(turn, unit_id) for unit_id in empty],
    )
    return show(cards.gaps(found, result)).offering(*cards.gap_taps(found), _back())


@feature.on()
def nudge(turn: Turn) -> Reply:
    return _remind(turn, Whom(str(turn.values.get("unit", "")), turn.number("count") or 0))


@feature.step
def send(turn: Turn, draft: Whom) -> Reply:
    if turn.chosen != SEND:
        raise Refusal("late.not_confirmed")
    return _remind(turn, draft)


def _remind(turn: Turn, whom: Whom) -> Reply:
    """Remind those who are to be, and write it down; where it costs more than was told, ask first."""
    found = _reminding(turn, whom)
    more = cards.not_told(turn, found)
    if not found.cost:
        return say("late.nobody_to_remind").adding(*more).offering(_back())
    if found.cost > whom.count:
        return _ask_first(turn, Whom(whom.unit, found.cost))
    for person, _ in found.people:
        turn.store.nudges.add(person.id, turn.today)
    write_down(turn.store, found.units, _years(turn), turn.who, turn.today)
    return tell_of_late(say("late.reminded", count=found.cost).adding(*more), found.people).offering(_back())


def _ask_first(turn: Turn, whom: Whom) -> Reply:
    told = to_use(turn.store, turn.today)
    yes = Answer(words("late.tap_send"), SEND)
    return ask("late.cost", then=send, choices=[yes], draft=whom, count=whom.count, left=told)


def _reminding(turn: Turn, whom: Whom) -> Reminding:
    """Who would be reminded now; Refusal where it is not theirs to do, or the month's messages do not suffice."""
    seen = _sight(turn)
    if not seen.reminds or (whom.unit and whom.unit not in seen.reminds):
        raise Refusal("late.heads_remind")
    found = _planned(turn, _rounds(turn, seen), {whom.unit} if whom.unit else seen.reminds)
    afford(turn.store, found.cost, turn.today)
    return found


def _planned(turn: Turn, rounds: dict[str, Round], units: Sequence[str] | frozenset[str] | set[str]) -> Reminding:
    late = {one: counts.late for one, counts in rounds.items() if one in units}
    store = turn.store
    return reminding(late, store.people.insiders(turn.today), store.nudges.on(turn.today), turn.who, turn.today)


def _reminder(turn: Turn, seen: Sight, rounds: dict[str, Round], unit: str = "") -> cards.Reminder | None:
    """The button that reminds, with what it costs; none where nobody is to be reminded by this person."""
    units = seen.reminds & {unit} if unit else seen.reminds
    found = _planned(turn, rounds, units)
    return cards.Reminder(unit, found.cost, to_use(turn.store, turn.today)) if found.cost else None


def _unit(turn: Turn, seen: Sight, one: Unit) -> Reply:
    """A unit's obligations, the most urgent first."""
    page, years = _page(turn), _years(turn)
    rounds = turn.store.rounds.by_unit(years, turn.today, [one.id])
    duties = turn.store.obligations.of_units([one.id], years, A_PAGE + 1, page * A_PAGE)
    if not duties and not page:
        return say("late.unit_owes_nothing", unit=one.name).offering(*_ways(seen)[:1])
    card = cards.unit(
        turn, one, rounds.get(one.id, Round()), duties[:A_PAGE], _reminder(turn, seen, dict(rounds), one.id)
    )
    taps = [cards.duty_tap(turn, duty) for duty in duties[:A_PAGE]]
    more = _onward(len(duties) > A_PAGE, "late.unit", {"unit": one.id, "page": page + 1})
    return show(card).offering(*taps, *more, *([_back()] if len(seen.units) > 1 else ()))


def _typed(turn: Turn, seen: Sight) -> str:
    """The id of a unit that was typed; empty where it is none."""
    listed, number = cards.in_order(_rounds(turn, seen), seen.units), measure_cards.number_in(turn.text) or 0
    if 0 < number <= len(listed):
        return listed[number - 1][0].id
    named = unit_named(turn.store.units.all(), turn.text)
    return named.id if named else ""


def _sight(turn: Turn) -> Sight:
    return sight(turn.who, turn.store.units.all(), turn.today)


def _whole(turn: Turn) -> Sight:
    """What somebody sees who looks after the whole agency; Refusal for everyone else."""
    seen = _sight(turn)
    if not seen.whole:
        raise Refusal("late.for_the_whole")
    return seen


def _rounds(turn: Turn, seen: Sight) -> dict[str, Round]:
    units = None if seen.whole else [one.id for one in seen.units]
    found = turn.store.rounds.by_unit(_years(turn), turn.today, units)
    return {unit: counts for unit, counts in found.items() if counts.all}


def _years(turn: Turn) -> Sequence[FiscalYear]:
    return years_at_hand(turn.store.measures.years(), turn.today)


def _answering(turn: Turn, result: Result) -> Sequence[FiscalYear]:
    """The plan years whose measures answer a result: those that come after it."""
    return [year for year in _years(turn) if year > result.fiscal_year]


def _page(turn: Turn) -> int:
    return max(0, min(turn.number("page") or 0, 10_000))


def _ways(seen: Sight) -> list[Tap]:
    by_measure = Go(words("late.tap_measures"), "late.measures")
    return (
        [by_measure, Go(words("late.tap_indicators"), "late.indicators"), *_tap_gaps()] if seen.whole else [by_measure]
    )


def _tap_gaps() -> list[Tap]:
    return [Go(words("late.tap_gaps"), "late.gaps")]


def _onward(more: bool, to: str, values: dict[str, object]) -> list[Go]:  # noqa: FBT001 - reads as a sentence
    return [Go(words("measures.tap_next_page"), to, values)] if more else []


def _back() -> Go:
    return Go(words("late.tap_overview"), "late.overview")
