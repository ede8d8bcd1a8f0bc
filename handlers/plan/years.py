"""From one year to the next: enter the result that is out in August, carry over on 1 October what is not done.

(1 ส.ค.)  bot   มีเรื่องรอท่านพิจารณา 1 เรื่อง   [เปิดดู]
secretary [เปิดดู]
bot       ผลการประเมินปี 2570 ได้คะแนนรวมเท่าไรคะ
secretary 94.97
bot       คะแนนตัวชี้วัดที่ 1 ถึง 10 ตามลำดับคะ …
secretary 97.1 88.2 …
bot       [card: total · what the indicators come to]   [บันทึก]
secretary [บันทึก]
bot       บันทึกแล้วค่ะ มาตรการปี 2571 ตอบผลนี้ …
(1 ต.ค.)  bot   มีเรื่องรอท่านพิจารณา 1 เรื่อง   [เปิดดู]
secretary [เปิดดู]
bot       [card: มาตรการปี 2570 ที่ยังไม่เสร็จ 3 ข้อ …]   [ยกข้อ 2] [ยกข้อ 5] [ยกข้อ 7]
secretary [ยกข้อ 2]
bot       ยกมาตรการนี้มาปี 2571 แล้วค่ะ …   [ข้ออื่น]

Nothing is carried over by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.common.notices import something_waits
from handlers.kit import At, Card, Feature, Go, Notice, Reply, Row, Tick, Turn, ask, say, show, words
from handlers.plan import secretariat
from handlers.plan.measure_cards import titled
from itadomain.audit import Audit, audit
from itadomain.fiscal import FIRST_MONTH, FiscalYear, fiscal_year_of
from itadomain.new_year import PUBLISHED, asked, carry_over, result_due, result_of, total_of, unfinished
from itadomain.people import INSIDERS, Role
from itadomain.periods import period
from itadomain.refusals import Refusal
from itadomain.scores import Result

feature = Feature("years", roles=INSIDERS)

A_PAGE = 9
#: The years for which the clock has asked already.
RESULT_ASKED, CARRYING_ASKED = "result_asked", "carrying_over_asked"


@dataclass(frozen=True)
class Entering:
    """A result as it is read off: its year, the total, the indicators in their order."""

    year: int
    total: str = ""
    points: str = ""


@feature.every(At(9))
def ask_for_result(tick: Tick) -> Sequence[Notice]:
    """Once a year, from August on, as long as the year's result is not kept."""
    year = result_due([one.fiscal_year for one in tick.store.scores.all()], tick.today)
    return _asking(tick, RESULT_ASKED, year, "years.enter") if year and not _asked(tick, RESULT_ASKED, year) else []


@feature.every(At(9))
def ask_to_carry_over(tick: Tick) -> Sequence[Notice]:
    """Once a year, on 1 October or the first day after it that the clock runs, where something is not done."""
    year = fiscal_year_of(tick.today)
    if tick.today.month != FIRST_MONTH or _asked(tick, CARRYING_ASKED, year) or not unfinished(tick.store, year - 1):
        return []
    return _asking(tick, CARRYING_ASKED, year, "years.carry")


@feature.on()
def enter(turn: Turn) -> Reply:
    secretariat.check(turn)
    year = _year_of_result(turn)
    return _is_kept(turn, year) or ask("years.which_total", then=hear_total, draft=Entering(year), year=year)


@feature.step
def hear_total(turn: Turn, draft: Entering) -> Reply:
    total = str(total_of(turn.text))
    return ask("years.which_points", then=hear_points, draft=replace(draft, total=total))


@feature.step
def hear_points(turn: Turn, draft: Entering) -> Reply:
    draft = replace(draft, points=turn.text)
    reply = ask("years.sure", then=save, choices=[secretariat.yes()], draft=draft)
    return replace(reply, bubbles=(_card(audit(_result(draft))), *reply.bubbles))


@feature.step
def save(turn: Turn, draft: Entering) -> Reply:
    secretariat.confirmed(turn)
    secretariat.check(turn)
    if kept := _is_kept(turn, draft.year):
        return kept
    turn.store.scores.save(_result(draft))
    taps = (Go(words("late.tap_indicators"), "late.indicators"), Go(words("late.tap_gaps"), "late.gaps"))
    return say("years.saved", year=draft.year, next=draft.year + 1).offering(*taps)


@feature.on()
def carry(turn: Turn) -> Reply:
    secretariat.check(turn)
    year, page = fiscal_year_of(turn.today), max(0, turn.number("page") or 0)
    waiting = unfinished(turn.store, year - 1)
    shown = waiting[page * A_PAGE :][:A_PAGE]
    if not shown:
        return say("years.nothing_to_carry", year=year).offering(Go(words("changes.tap_add"), "additions.start"))
    told = words("years.unfinished", year=year, last=year - 1, count=len(waiting))
    taps = [Go(words("years.tap_carry", no=one.place), "years.carry_one", {"id": one.id}) for one in shown]
    onward, more = (
        len(waiting) > (page + 1) * A_PAGE,
        [Go(words("measures.tap_next_page"), "years.carry", {"page": page + 1})],
    )
    rows = [Row(titled(one), one.owners or secretariat.fact("")) for one in shown]
    return show(Card(summary=told, title=told, rows=rows, taps=taps)).offering(*(more if onward else ()))


@feature.on()
def carry_one(turn: Turn) -> Reply:
    measure, year = secretariat.meant(turn), fiscal_year_of(turn.today)
    if measure.plan_year != year - 1 or measure.id not in {one.id for one in unfinished(turn.store, year - 1)}:
        raise Refusal("years.not_to_carry")
    kept = carry_over(turn.store, measure, secretariat.act(turn)).measure
    undated = period(kept.when, year).doubt is not None
    settle = Go(words("changes.tap_period"), "changes.part", {"id": kept.id, "part": "period"})
    reply = say("years.carried", year=year, title=kept.title)
    reply = reply.adding(words("years.say_when")).offering(settle) if undated else reply
    return reply.offering(Go(words("years.tap_more"), "years.carry"))


def _asked(tick: Tick, name: str, year: FiscalYear) -> bool:
    return tick.store.settings.get(name) == str(year)


def _asking(tick: Tick, name: str, year: FiscalYear, to: str) -> Sequence[Notice]:
    """A notice to those who decide, and a note that it was given for a year."""
    tick.store.settings.put(name, str(year))
    store, today = tick.store, tick.today
    secretariat = next((unit.id for unit in store.units.all() if unit.secretariat), "")
    hearing = asked(store.people.insiders(today), secretariat, store.people.with_role(Role.ADMIN, today), today)
    return [Notice(one, something_waits(to)) for one in hearing]


def _year_of_result(turn: Turn) -> FiscalYear:
    """The year whose result may be out: this one from August on, the one before until then."""
    kept = [one.fiscal_year for one in turn.store.scores.all()]
    return result_due(kept, turn.today) or FiscalYear(fiscal_year_of(turn.today) - 1)


def _is_kept(turn: Turn, year: int) -> Reply | None:
    """That a year's result is there already: somebody else was faster, or a document brought it."""
    if turn.store.scores.of_year(year) is None:
        return None
    return say("years.is_kept", year=year).offering(Go(words("score.tap_year", year=year), "score.now", {"year": year}))


def _result(draft: Entering) -> Result:
    return result_of(FiscalYear(draft.year), draft.total, draft.points, PUBLISHED)


def _card(seen: Audit) -> Card:
    told = words("score.title", year=seen.result.fiscal_year)
    framework = seen.applied.framework
    rows = [
        Row(words("score.numbered", no=no, name=framework.indicator(no).name), points)
        for no, points in seen.indicators.items()
    ]
    came_to = words("years.came_to", total=seen.recomputed_total)
    return Card(summary=told, title=told, number=seen.total, rows=rows, notes=(came_to,))
