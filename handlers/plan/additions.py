"""Add a measure to the plan.

secretary เพิ่มมาตรการ
bot       ชื่อมาตรการคืออะไรคะ …
secretary จัดทำช่องทางออนไลน์สำหรับคำขอทั่วไป
bot       หน่วยงานใดรับผิดชอบคะ   [สำนักปลัด] [กองคลัง] … [ทุกหน่วยงาน]
secretary [กองคลัง]
bot       ดำเนินการช่วงใดคะ   [ตลอดปีงบประมาณ]
secretary ม.ค. - มิ.ย. 2570
bot       รายงานบ่อยเพียงใดคะ   [ทุกเดือน] [ทุกไตรมาส] [ทุก 6 เดือน]
secretary [ทุกไตรมาส]
bot       ตอบตัวชี้วัดข้อใดคะ …   [ข้อ 7] [ข้อ 3] [ยังไม่ระบุ]
secretary [ข้อ 7]
bot       [card: the measure with its days]   [บันทึก]
secretary [บันทึก]
bot       เพิ่มแล้วค่ะ เป็นมาตรการที่ 8 … ครบกำหนดรายงานครั้งแรก 31 มี.ค. 2570
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from handlers.common import picking
from handlers.common.notices import tell_of_move
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, Words, ask, say, words
from handlers.plan import secretariat
from itadomain.audit import audit
from itadomain.changes import add, hearing
from itadomain.corrections import LONGEST, in_words, indicators_of, new_measure, with_period
from itadomain.fiscal import FiscalYear, fiscal_year_of
from itadomain.measures import Measure
from itadomain.organisation import Unit
from itadomain.people import INSIDERS
from itadomain.periods import follow_up, period
from itadomain.refusals import Refusal
from itadomain.scores import weakest

feature = Feature("additions", roles=INSIDERS)

EVERY, NONE_YET = "*", "-"
WEAKEST_OFFERED = 5


@dataclass(frozen=True)
class Adding:
    """What was said of the new measure so far; `unit` is an id, or EVERY."""

    title: str
    unit: str = ""
    when: str = ""
    cadence: str = ""
    indicators: Sequence[int] = field(default_factory=list)


@feature.on()
def start(turn: Turn) -> Reply:
    secretariat.check(turn)
    return ask("additions.title", then=hear_title)


@feature.step
def hear_title(turn: Turn) -> Reply:
    return _ask_unit(turn, Adding(in_words(turn.text, LONGEST)))


@feature.step
def pick_unit(turn: Turn, draft: Adding) -> Reply:
    if picking.page_turned(turn) is not None:
        return _ask_unit(turn, draft)
    unit = EVERY if turn.chosen == EVERY else (picking.unit_chosen(turn) or _nobody()).id
    choices = [secretariat.whole_year()]
    return ask("additions.when", then=hear_when, choices=choices, draft=replace(draft, unit=unit), year=_year(turn))


@feature.step
def hear_when(turn: Turn, draft: Adding) -> Reply:
    when = with_period(Measure("", _year(turn), "", draft.title), secretariat.said(turn).strip()).when
    return ask(
        "additions.how_often", then=hear_cadence, choices=secretariat.cadences(), draft=replace(draft, when=when)
    )


@feature.step
def hear_cadence(turn: Turn, draft: Adding) -> Reply:
    measure = new_measure(_year(turn), draft.title, draft.when, secretariat.said(turn).strip())
    weak = [Answer(words("score.pick_one", no=no), str(no)) for no in _weakest(turn)]
    choices = [*weak, Answer(words("additions.tap_none_yet"), NONE_YET)]
    draft = replace(draft, cadence=measure.cadence)
    return ask("additions.which_indicators", then=hear_indicators, choices=choices, draft=draft)


@feature.step
def hear_indicators(turn: Turn, draft: Adding) -> Reply:
    named = () if turn.chosen == NONE_YET else indicators_of(secretariat.said(turn), _year(turn))
    draft = replace(draft, indicators=list(named))
    reply = ask("additions.sure", then=save, choices=[secretariat.yes()], draft=draft)
    return replace(reply, bubbles=(_card(turn, draft), *reply.bubbles))


@feature.step
def save(turn: Turn, draft: Adding) -> Reply:
    secretariat.confirmed(turn)
    secretariat.check(turn)
    kept, duties = add(turn.store, _measure(turn, draft), _units(turn, draft), secretariat.act(turn))
    dues = [one.due for one in duties if one.due]
    coming = [words("additions.first_day", due=min(dues))] if dues else []
    reply = (
        say("additions.saved", no=kept.place)
        .adding(*coming)
        .offering(
            Go(words("additions.tap_another"), "additions.start"),
            Go(words("changes.tap_more"), "changes.one", {"id": kept.id}),
        )
    )
    return _telling(turn, reply, kept, draft)


def _telling(turn: Turn, reply: Reply, kept: Measure, draft: Adding) -> Reply:
    """The unit hears of its new measure; all units are told by the secretariat in its own way."""
    people = turn.store.people.insiders(turn.today) if draft.unit != EVERY else ()
    return tell_of_move(reply, hearing(draft.unit, people, turn.who, turn.today), kept.id)


def _ask_unit(turn: Turn, draft: Adding) -> Reply:
    choices = [*picking.units(turn), Answer(words("additions.tap_every_unit"), EVERY)]
    return ask("additions.which_unit", then=pick_unit, choices=choices[:12], draft=draft)


def _measure(turn: Turn, draft: Adding) -> Measure:
    return new_measure(_year(turn), draft.title, draft.when, draft.cadence, draft.indicators)


def _units(turn: Turn, draft: Adding) -> list[Unit]:
    return [unit for unit in turn.store.units.all() if draft.unit in {unit.id, EVERY}]


def _year(turn: Turn) -> FiscalYear:
    """The newest plan's year, but never one that is over."""
    return max([*turn.store.measures.years()[:1], fiscal_year_of(turn.today)])


def _weakest(turn: Turn) -> list[int]:
    newest = next(iter(turn.store.scores.all()), None)
    return [no for no, _ in weakest(audit(newest).indicators, WEAKEST_OFFERED)] if newest else []


def _card(turn: Turn, draft: Adding) -> Card:
    measure, names = _measure(turn, draft), [unit.name for unit in _units(turn, draft)]
    when = period(measure.when, measure.plan_year)
    after = follow_up(measure.cadence, measure.plan_year, when.span)
    rows = (
        (words("changes.units"), names),
        (words("changes.tap_period"), Words(when.rule.key, when.rule.facts)),
        (words("changes.tap_follow_up"), Words(after.rule.key, after.rule.facts)),
        (words("changes.tap_indicators"), list(draft.indicators) or words("history.nothing")),
    )
    told = words("measures.title", year=measure.plan_year)
    return Card(summary=told, title=measure.title, subtitle=told, rows=[Row(label, value) for label, value in rows])


def _nobody() -> Unit:
    raise Refusal("picking.which_unit")
