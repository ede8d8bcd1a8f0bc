"""Take a measure out of its plan, with a reason and who approved it.

secretary [ยกเลิกมาตรการ]
bot       ขอเหตุผลที่ยกเลิกมาตรการ 3 … คะ
secretary รวมกับมาตรการที่ 5
bot       ผู้ใดอนุมัติให้ยกเลิกคะ   [นายก …] [ปลัด …]
secretary [นายก …]
bot       ยกเลิกมาตรการ 3 … เหตุผล … ผู้อนุมัติ …   [บันทึก]
secretary [บันทึก]
bot       บันทึกแล้วค่ะ … หน่วยงานไม่ต้องรายงานมาตรการนี้อีก
"""

from dataclasses import dataclass, replace

from handlers.common import picking
from handlers.kit import Answer, Feature, Go, Reply, Turn, ask, say, words
from handlers.plan import secretariat
from handlers.plan.measure_cards import titled
from itadomain.changes import cancel
from itadomain.corrections import in_words
from itadomain.measures import Measure
from itadomain.people import INSIDERS, Role

feature = Feature("cancellation", roles=INSIDERS)

LONGEST_REASON, LONGEST_APPROVER = 1000, 100


@dataclass(frozen=True)
class Cancelling:
    """The measure, why it is taken out, and who approved that (the id of a person, or an office in words)."""

    measure: str
    why: str = ""
    approver: str = ""


@feature.on()
def start(turn: Turn) -> Reply:
    if "id" not in turn.values:
        return secretariat.which(turn, then=pick)
    return _ask_why(secretariat.meant(turn))


@feature.step
def pick(turn: Turn) -> Reply:
    return _ask_why(secretariat.typed(turn))


@feature.step
def hear_why(turn: Turn, draft: Cancelling) -> Reply:
    why = in_words(turn.text, LONGEST_REASON)
    executives = picking.by_name(turn.store.people.with_role(Role.EXECUTIVE, turn.today))
    choices = [Answer(one.name, one.id) for one in executives[: picking.PAGE]]
    return ask("cancellation.who_approved", then=hear_approver, choices=choices, draft=replace(draft, why=why))


@feature.step
def hear_approver(turn: Turn, draft: Cancelling) -> Reply:
    approver = in_words(secretariat.said(turn), LONGEST_APPROVER)
    measure, person = secretariat.meant(turn, draft.measure), turn.store.people.get(approver, turn.today)
    facts = {"measure": titled(measure), "why": draft.why, "approver": person.name if person else approver}
    return ask(
        "cancellation.sure", then=save, choices=[secretariat.yes()], draft=replace(draft, approver=approver), **facts
    )


@feature.step
def save(turn: Turn, draft: Cancelling) -> Reply:
    secretariat.confirmed(turn)
    closed = cancel(
        turn.store, secretariat.meant(turn, draft.measure), draft.approver, secretariat.act(turn, draft.why)
    )
    return say("cancellation.saved", count=len(closed)).offering(
        Go(words("changes.tap_another"), "changes.start"), Go(words("help.tap_menu"), "help.menu")
    )


def _ask_why(measure: Measure) -> Reply:
    return ask("cancellation.why", then=hear_why, draft=Cancelling(measure.id), measure=titled(measure))
