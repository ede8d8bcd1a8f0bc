"""What happens with cases by itself: due days follow new days off, old answers are closed, and late cases climb.

         (01.30)  due days are counted again; what was answered eight days ago is closed
         (09.00, on a working day, to whoever works on them)
bot      มี 3 เรื่องที่ครบกำหนดหรือใกล้ครบกำหนด   ใกล้ครบกำหนด 2 เรื่อง … เกินกำหนด 1 เรื่อง …   [เปิดดู]
officer  [เปิดดู]
bot      [card: the list, the most urgent first]
         (09.00, once a case has waited 15 working days for its reporter, to whoever works on it and to its reporter)
bot      มี 1 เรื่องที่รอข้อมูลจากผู้แจ้งครบ 15 วันทำการแล้ว ยังไม่มีคำตอบ   [ดำเนินการต่อ] [ปิดเรื่อง] [ดูเรื่องนี้]
bot      (villager) หน่วยงานยังรอข้อความจากท่าน   [เปิดดู]
"""

from collections.abc import Sequence

from handlers.kit import At, Card, Feature, Go, Notice, Reply, Tick, show, words
from itadomain.cases import ladder, upkeep
from itadomain.cases.case import Case
from itadomain.cases.deadlines import NEAR
from itadomain.cases.ladder import OVER, Call, Rung
from itadomain.cases.moves import Move
from itadomain.cases.unanswered import PATIENCE, unanswered
from itadomain.people import INSIDERS

feature = Feature("case_clock", roles=INSIDERS)

MOST_TAPS = 4

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


@feature.every(At(9))
def wait_no_longer(tick: Tick) -> Sequence[Notice]:
    found = unanswered(tick.store, tick.today)
    officers = [Notice(one, _no_answer(found.cases[one.id])) for one in found.officers]
    asked: dict[str, list[Case]] = {}
    for one, case in found.reporters:
        asked.setdefault(one.id, []).append(case)
    reporters = {one.id: one for one, _ in found.reporters}
    return [*officers, *(Notice(one, _still_waits(asked[name])) for name, one in reporters.items())]


def _no_answer(cases: Sequence[Case]) -> Reply:
    """How many cases, and what can be done about a single one; never what they are about."""
    told = words("case_clock.no_answer", count=len(cases), days=PATIENCE)
    if len(cases) > 1:
        listed = [Go(str(one.ticket), "casework.one", {"id": one.id}) for one in cases[:MOST_TAPS]]
        return show(Card(summary=told, title=told, taps=(*listed, Go(words("casework.tap_list"), "casework.all"))))
    (case,) = cases
    deeds = ((words("casework.tap_go_on"), Move.GO_ON), (words("case_clock.tap_close"), Move.RESOLVE))
    taps = [Go(label, "casework.waited", {"id": case.id, "what": move.value}) for label, move in deeds]
    look = Go(words("casework.tap_one"), "casework.one", {"id": case.id})
    return show(Card(summary=told, title=told, taps=(*taps, look)))


def _still_waits(cases: Sequence[Case]) -> Reply:
    """One message a person: a month has few."""
    told, open_it = words("case_clock.waits_for_you"), words("measures.tap_open")
    tap = Go(open_it, "following.one", {"id": cases[0].id}) if len(cases) == 1 else Go(open_it, "following.mine")
    return show(Card(summary=told, title=told, taps=(tap,)))


def _told(call: Call) -> Reply:
    """How many cases, and why this person hears of them; never which."""
    told = words("case_clock.waits", count=sum(call.cases.values()))
    days = {Rung.NEAR: NEAR, **OVER}
    why = [words(WHY[rung], count=call.cases[rung], days=days[rung]) for rung in Rung if call.cases.get(rung)]
    tap = Go(words("measures.tap_open"), "casework.all")
    return show(Card(summary=told, title=told, notes=why, taps=(tap,)))
