"""Hand a measure from one unit to another, or give one that is nobody's to a unit.

secretary [ย้ายหน่วยงาน]
bot       ย้ายมาตรการ 3 จาก กองคลัง ไปที่หน่วยงานใดคะ   [สำนักปลัด] [กองช่าง] …
secretary [กองช่าง]
bot       ย้ายจาก กองคลัง ไป กองช่าง …   [บันทึก]
secretary [บันทึก]
bot       บันทึกแล้วค่ะ ได้แจ้งกองช่างแล้ว 1 คน
          (the head of กองช่าง)  bot  มีเรื่องที่มอบให้หน่วยงานของท่าน 1 เรื่อง   [เปิดดู]

What the old unit reported stays on record; the new one goes on from there.
"""

from dataclasses import dataclass, replace

from handlers.common import picking
from handlers.common.notices import tell_of_move
from handlers.kit import Answer, Feature, Go, Reply, Turn, Words, ask, say, words
from handlers.plan import secretariat
from handlers.plan.measure_cards import titled
from itadomain.changes import answers_for, give, hearing, move, owners_of
from itadomain.measures import Measure
from itadomain.organisation import Unit
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal

feature = Feature("handover", roles=INSIDERS)


@dataclass(frozen=True)
class Handing:
    """The measure, the unit that has it (none where it is nobody's), and the one that gets it."""

    measure: str
    old: str = ""
    new: str = ""


@feature.on()
def start(turn: Turn) -> Reply:
    if "id" not in turn.values:
        return secretariat.which(turn, then=pick)
    return _from_whom(turn, secretariat.meant(turn))


@feature.step
def pick(turn: Turn) -> Reply:
    return _from_whom(turn, secretariat.typed(turn))


@feature.step
def pick_old(turn: Turn, draft: Handing) -> Reply:
    owners, unit = owners_of(turn.store, secretariat.meant(turn, draft.measure)), picking.unit_chosen(turn)
    if unit is None or unit.id not in owners:
        raise Refusal("picking.which_unit")
    return _to_whom(turn, replace(draft, old=unit.id))


@feature.step
def pick_new(turn: Turn, draft: Handing) -> Reply:
    if picking.page_turned(turn) is not None:
        return _to_whom(turn, draft)
    measure, unit = secretariat.meant(turn, draft.measure), picking.unit_chosen(turn)
    if unit is None or answers_for(turn.store, measure, unit):
        raise Refusal("changes.not_movable", unit=unit.name if unit else "-")
    facts = {"measure": titled(measure), "old": _name(turn, draft.old), "new": unit.name}
    return ask("handover.sure", then=save, choices=[secretariat.yes()], draft=replace(draft, new=unit.id), **facts)


@feature.step
def save(turn: Turn, draft: Handing) -> Reply:
    secretariat.confirmed(turn)
    measure, old, new = (
        secretariat.meant(turn, draft.measure),
        turn.store.units.get(draft.old),
        turn.store.units.get(draft.new),
    )
    if new is None:
        raise Refusal("picking.which_unit")
    _hand(turn, measure, old, new)
    others = hearing(new.id, turn.store.people.insiders(turn.today), turn.who, turn.today)
    told = (
        words("handover.told", unit=new.name, count=len(others)) if others else words("handover.nobody", unit=new.name)
    )
    reply = say("changes.saved").adding(told).offering(Go(words("changes.tap_another"), "changes.start"))
    return tell_of_move(reply, others, measure.id)


def _hand(turn: Turn, measure: Measure, old: Unit | None, new: Unit) -> None:
    if old:
        move(turn.store, measure, old, new, secretariat.act(turn))
    else:
        give(turn.store, measure, new, secretariat.act(turn))


def _from_whom(turn: Turn, measure: Measure) -> Reply:
    owners = owners_of(turn.store, measure)
    if len(owners) <= 1:
        return _to_whom(turn, Handing(measure.id, *owners))
    choices = [Answer(_name(turn, one), one) for one in owners[: picking.PAGE]]
    draft = Handing(measure.id)
    return ask("handover.from_whom", then=pick_old, choices=choices, draft=draft, measure=titled(measure))


def _to_whom(turn: Turn, draft: Handing) -> Reply:
    facts = {"measure": titled(turn.store.measures.get(draft.measure)), "old": _name(turn, draft.old)}
    return ask("handover.to_whom", then=pick_new, choices=picking.units(turn), draft=draft, **facts)


def _name(turn: Turn, unit_id: str) -> str | Words:
    found = turn.store.units.get(unit_id) if unit_id else None
    return found.name if found else words("history.nothing")
