"""See the measures: one's own with what is due, the whole plan, one of them with all about it.

staff    มาตรการของฉัน
bot      [card: กองคลัง · ยังต้องทำ 12 ข้อ · ถึงกำหนดแล้ว 2 ข้อ · the most urgent first]   [ข้อ 4] [ข้อ 7] [รายงาน]
staff    [ข้อ 4]
bot      [card: who · when · next due day and why · how far each unit is · steps]   [รายงาน] [แจ้งปัญหา] [ประวัติ]
citizen  มาตรการ
bot      [card: แผนปี 2570 · the plan as it is published]   [ข้อ 1] [ข้อ 2] …

Every night the due days are counted again: a new unit has its share of what is everyone's, a new holiday its effect.

How far a unit is, what it found and what happened is for the people of the agency; the plan itself is everyone's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.kit import At, Card, Feature, Go, Link, Notice, Reply, Tap, Tick, Turn, Words, say, show, words
from handlers.plan import measure_cards as cards
from itadomain.evidence import live
from itadomain.lateness import sees_all
from itadomain.measures import Measure, Obligation, Tally, years_at_hand
from itadomain.organisation import folded, unit_named
from itadomain.people import INSIDERS
from itadomain.plans import keep_current
from itadomain.refusals import Refusal

feature = Feature("measures")

LAST = 10_000  # page, or place in a plan
EVERY_UNIT = "ทุก"  # ทุกสำนัก/กอง


@feature.on("intent:my_measures", in_groups=True)
def mine(turn: Turn) -> Reply:
    owner = str(turn.values.get("owner", ""))
    if not turn.store.measures.years():
        return _none()
    if owner:
        return _of_owner(turn, owner)
    return _duties(turn, turn.who.units(turn.today)) or everything(turn)


@feature.on(in_groups=True)
def everything(turn: Turn) -> Reply:
    years, page = turn.store.measures.years(), _page(turn)
    if not years:
        return _none()
    year = turn.number("year") if turn.number("year") in years else years[0]
    all_of_them = turn.store.measures.count(year or years[0])
    plan = turn.store.measures.of_year(year or years[0], cards.A_PAGE, page * cards.A_PAGE)
    listed = words("measures.list", all=all_of_them, year=year)
    onward = _onward(
        "measures.everything", {"year": year, "page": page + 1}, more=all_of_them > (page + 1) * cards.A_PAGE
    )
    file = [Link(words("plan_paper.tap"), f"paper:plan:{year}:docx")] if turn.who.may(INSIDERS) else []
    return _listed(turn, plan, listed, *onward, *file)


@feature.on("intent:measure_detail", in_groups=True)
def one(turn: Turn) -> Reply:
    years = turn.store.measures.years()
    if not years:
        return _none()
    found = _find(turn, years[0])
    if found is None:
        raise Refusal("measures.no_such", count=turn.store.measures.count(years[0]))
    return show(cards.one(turn, found, _evidence(turn, found))).offering(*_next(turn, found))


@feature.on(roles=INSIDERS)
def history(turn: Turn) -> Reply:
    measure, page = turn.store.measures.get(str(turn.values.get("id", ""))), _page(turn)
    if measure is None:
        return mine(turn)
    entries = turn.store.history.of_measure(measure.id, cards.A_PAGE + 1, page * cards.A_PAGE)
    told = words("measures.history", title=measure.title)
    rows = [cards.happened(turn, entry) for entry in entries[: cards.A_PAGE]]
    again = {"id": measure.id, "page": page + 1}
    card = Card(summary=told, title=told, rows=rows, notes=() if rows else (words("measures.no_history"),))
    back = Go(words("measures.tap_back"), "measures.one", {"id": measure.id})
    return show(card).offering(*_onward("measures.history", again, more=len(entries) > cards.A_PAGE), back)


@feature.every(At(2))
def count_again(tick: Tick) -> Sequence[Notice]:
    keep_current(tick.store, tick.today)
    return ()


def _none() -> Reply:
    return say("measures.none").offering(Go(words("help.tap_menu"), "help.menu"))


def _duties(turn: Turn, units: Sequence[str], **named: str) -> Reply | None:
    """What some units answer for; None where that is nothing."""
    page, years = _page(turn), years_at_hand(turn.store.measures.years(), turn.today)
    tally = sum(turn.store.obligations.tallies(years, turn.today, units).values(), Tally())
    if not tally.all:
        return None
    duties = turn.store.obligations.of_units(units, years, cards.A_PAGE, page * cards.A_PAGE)
    found = [turn.store.units.get(unit) for unit in units]
    resolved = [] if named or not turn.store.resolutions.open(units) else [_tap_resolved()]
    card = replace(cards.duties(turn, duties, tally, [unit.name for unit in found if unit]), taps=resolved)
    more = _onward("measures.mine", {"page": page + 1, **named}, more=tally.open > (page + 1) * cards.A_PAGE)
    report = [Go(words("measures.tap_report"), "progress.start")] if not named else []
    return show(card).offering(*_one_each(turn, duties), *more, *report, _tap_all())


def _of_owner(turn: Turn, owner: str) -> Reply:
    """The measures of a unit that is named: with its standing for insiders, as printed for everyone else."""
    unit = unit_named(turn.store.units.all(), owner)
    standing = _duties(turn, [unit.id], owner=owner) if unit and turn.who.may(INSIDERS) else None
    if standing:
        return standing
    plan = turn.store.measures.of_newest_plan()
    own = [measure for measure in plan if _carries(owner, measure)]
    if not own:
        return everything(turn)
    listed = words("measures.list_of_unit", unit=owner, count=len(own), all=len(plan), year=own[0].plan_year)
    return _listed(turn, own[: cards.A_PAGE], listed, _tap_all())


def _carries(unit: str, measure: Measure) -> bool:
    named = folded(unit)
    printed = [folded(owner) for owner in measure.owners]
    return any(named in owner or owner in named or owner.startswith(EVERY_UNIT) for owner in printed)


def _listed(turn: Turn, plan: Sequence[Measure], listed: Words, *taps: Tap) -> Reply:
    title = words("measures.title", year=plan[0].plan_year) if plan else listed
    card = Card(
        summary=listed, title=title, subtitle=turn.store.office.short, rows_title=listed, rows=cards.plan_rows(plan)
    )
    return show(card).offering(*(cards.number_tap(m, "measures.one", {"id": m.id}) for m in plan), *taps)


def _one_each(turn: Turn, duties: Sequence[Obligation]) -> list[Go]:
    found = [turn.store.measures.get(duty.measure) for duty in duties]
    return [cards.number_tap(measure, "measures.one", {"id": measure.id}) for measure in found if measure]


def _onward(to: str, values: Mapping[str, object], *, more: bool) -> list[Go]:
    return [Go(words("measures.tap_next_page"), to, values)] if more else []


def _tap_resolved() -> Go:
    return Go(words("resolution_tasks.tap_mine"), "resolution_tasks.mine")


def _tap_all() -> Go:
    return Go(words("measures.tap_all"), "measures.everything")


def _page(turn: Turn) -> int:
    return max(0, min(turn.number("page") or 0, LAST))


def _find(turn: Turn, year: int) -> Measure | None:
    wanted, title = turn.number("measure"), str(turn.values.get("measure_text", ""))
    if "id" in turn.values:
        return turn.store.measures.get(str(turn.values["id"]))
    if wanted is not None:
        return turn.store.measures.numbered(year, wanted) if 0 < wanted <= LAST else None
    plan = turn.store.measures.of_year(year) if title else ()
    return next((measure for measure in plan if title.casefold() in measure.title.casefold()), None)


def _evidence(turn: Turn, measure: Measure) -> int:
    if not turn.who.may(INSIDERS):
        return 0
    duties = turn.store.obligations.of_measure(measure.id)
    return sum(len(live(turn.store.evidence.of_obligation(duty.id))) for duty in duties)


def _next(turn: Turn, measure: Measure) -> list[Tap]:
    own = set(turn.who.units(turn.today))
    duties = [duty for duty in turn.store.obligations.of_measure(measure.id) if duty.unit in own and duty.open]
    taps: list[Tap] = []
    for duty in duties[:1]:
        taps.append(Go(words("measures.tap_report"), "progress.start", {"id": duty.id}))
        taps.append(Go(words("measures.tap_obstacle"), "obstacle.start", {"id": duty.id}))
    if turn.who.may(INSIDERS):
        taps.append(Go(words("evidence.tap_see"), "evidence.listed", {"id": measure.id}))
        taps.append(Go(words("measures.tap_history"), "measures.history", {"id": measure.id}))
        if sees_all(turn.who, turn.store.units.all(), turn.today) and measure.cancelled_on is None:
            taps.append(Go(words("changes.tap_change"), "changes.one", {"id": measure.id}))
    return [*taps, _tap_all()]
