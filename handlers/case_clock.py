"""What happens with cases by itself: due days follow new days off, old answers are closed, and late cases climb.

         (01.30)  due days are counted again; what was answered eight days ago is closed
         (09.00, on a working day, to whoever works on them)
bot      มี 3 เรื่องที่ครบกำหนดหรือใกล้ครบกำหนด   ใกล้ครบกำหนด 2 เรื่อง … เกินกำหนด 1 เรื่อง …   [เปิดดู]
officer  [เปิดดู]
bot      [card: the list, the most urgent first]
"""

from collections.abc import Sequence

from handlers.kit import At, Card, Feature, Go, Notice, Reply, Tick, show, words
from itadomain.cases import ladder, upkeep
from itadomain.cases.deadlines import NEAR
from itadomain.cases.ladder import OVER, Call, Rung
from itadomain.people import INSIDERS

feature = Feature("case_clock", roles=INSIDERS)

WHY = {
    Rung.NEAR: "case_clock.near",
    Rung.OVERDUE: "case_clock.overdue",
    Rung.LONG: "case_clock.long",
    Rung.LONGEST: "case_clock.longest",
}


@feature.every(At(1, 30))
def overnight(tick: Tick) -> Sequence[Notice]:
    """Before anybody is reminded: a day off that was announced yesterday moves what is due."""
    upkeep.expire(tick.store, tick.today)
    upkeep.recount(tick.store)
    return []


@feature.every(At(9))
def remind(tick: Tick) -> Sequence[Notice]:
    return [Notice(call.to, _told(call)) for call in ladder.climb(tick.store, tick.today)]


def _told(call: Call) -> Reply:
    """How many cases, and why this person hears of them; never which."""
    told = words("case_clock.waits", count=sum(call.cases.values()))
    days = {Rung.NEAR: NEAR, **OVER}
    why = [words(WHY[rung], count=call.cases[rung], days=days[rung]) for rung in Rung if call.cases.get(rung)]
    tap = Go(words("measures.tap_open"), "casework.all")
    return show(Card(summary=told, title=told, notes=why, taps=(tap,)))
