"""What happens with disclosures by itself: rounds bring them to their receivers, and near days are told of.

         (8.30, 12.30 and 16.30, every day, to the receivers who may read something new)
bot      มีรายการรอท่าน   [เปิดดู]
         (9.00, on a working day, to those who may read one whose day is near or over)
bot      มีรายการรอท่าน   ใกล้ครบกำหนด 1 เรื่อง …   [เปิดดู]
receiver [เปิดดู]
bot      [card: the list, the most urgent first]

A round comes at the same hours whether anything waits or not, so that no hour leads to whoever wrote.
"""

from collections.abc import Sequence
from dataclasses import replace

from handlers.disclosures.integrity_cards import something_waits
from handlers.kit import At, Card, Feature, Notice, Reply, Tick, words
from itadomain.integrity import ladder
from itadomain.integrity.arriving import arrive
from itadomain.integrity.ladder import Call, Rung
from itadomain.people import Role

feature = Feature("integrity_clock", roles=frozenset({Role.INTEGRITY}))

WHY = {
    Rung.NEAR: "integrity.rung_near",
    Rung.OVERDUE: "integrity.rung_overdue",
    Rung.LONG: "integrity.rung_long",
    Rung.SILENT: "integrity.rung_silent",
}


@feature.every(At(8, 30))
def morning(tick: Tick) -> Sequence[Notice]:
    return _round(tick)


@feature.every(At(12, 30))
def noon(tick: Tick) -> Sequence[Notice]:
    return _round(tick)


@feature.every(At(16, 30))
def afternoon(tick: Tick) -> Sequence[Notice]:
    return _round(tick)


@feature.every(At(9))
def remind(tick: Tick) -> Sequence[Notice]:
    return [Notice(call.to, _told(call)) for call in ladder.climb(tick.store, tick.today)]


def _round(tick: Tick) -> Sequence[Notice]:
    return [Notice(one, something_waits()) for one in arrive(tick.store, tick.today)]


def _told(call: Call) -> Reply:
    """How many, and why this receiver hears of them; never which."""
    why = [words(WHY[rung], count=call.rungs[rung]) for rung in Rung if call.rungs.get(rung)]
    waits = something_waits()
    (card,) = (one for one in waits.bubbles if isinstance(one, Card))
    return replace(waits, bubbles=(replace(card, notes=why),))
