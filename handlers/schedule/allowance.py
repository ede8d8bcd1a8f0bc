"""How many messages a month are left, what they are kept for, and whether those of the next month suffice.

admin    โควตาข้อความ
bot      เดือนนี้ส่งข้อความแจ้งเตือนได้อีก 258 จาก 300 ข้อความ …
         กันไว้ 60 ข้อความสำหรับตอบเรื่องของประชาชน … ใช้เตือนการรายงานได้ 198 ข้อความ …
         [กันข้อความไว้เท่าไร] [เดือนหน้าเตือนครบไหม]
admin    [กันข้อความไว้เท่าไร]
bot      ให้กันข้อความไว้ตอบเรื่องของประชาชนร้อยละเท่าไรคะ …   [10] [20] [30]
admin    30
bot      บันทึกแล้วค่ะ …
admin    เดือนหน้าเตือนครบไหม
bot      เดือนหน้าจะเตือนประมาณ 96 ข้อความ ถึง 24 คน ส่งได้ครบค่ะ
         (08.30 on the first working day from the 25th, where the next month's messages are limited)
bot      [card: เดือนหน้าต้องใช้ 310 ข้อความ แต่มี 240 · those for whom none is left, by name · what can be done]
         (08.30, when the account's plan has become smaller)
bot      จำนวนข้อความต่อเดือนของบัญชีนี้ลดจาก 35000 เหลือ 300 ข้อความ …
         (Monday 08.30, when four fifths are used)
bot      เดือนนี้เหลือข้อความแจ้งเตือนอีก 42 จาก 300 ข้อความ …
         (all are used: nothing can be sent, so it stands under the next menu or greeting)
admin    เมนู
bot      ท่านต้องการเรื่องใดคะ …
         เดือนนี้ใช้ข้อความแจ้งเตือนครบ 300 ข้อความแล้ว …
"""

from collections.abc import Sequence

from handlers.kit import (
    Answer,
    At,
    Card,
    Feature,
    Go,
    Notice,
    Reply,
    Row,
    Tap,
    Tick,
    Turn,
    Words,
    ask,
    say,
    show,
    words,
)
from handlers.plan.measure_cards import number_in
from itadomain.allowance import Allowance
from itadomain.people import Role
from itadomain.refusals import Refusal
from itadomain.reminding import planner, reserve
from itadomain.reminding.forecast import Forecast, forecast, to_tell

feature = Feature("allowance", roles=frozenset({Role.ADMIN}))

MONDAY = 0
PERCENTAGES = (10, 20, 30)
MOST_NAMED = 20
#: The agency's setting that has the newest limit that was seen.
MOST_KNOWN = "messages:most"


@feature.on()
def now(turn: Turn) -> Reply:
    allowance = turn.store.allowance(turn.today)
    told = _left(allowance) if allowance else say("allowance.unknown")
    return told.adding(*_kept_back(turn, allowance)).offering(*_ways())


@feature.on()
def keep_back(turn: Turn) -> Reply:
    choices = [Answer(str(one), str(one)) for one in PERCENTAGES]
    return ask("allowance.how_much", then=hear_percent, choices=choices, percent=reserve.percent(turn.store.settings))


@feature.step
def hear_percent(turn: Turn) -> Reply:
    chosen = number_in(turn.chosen or turn.text)
    if chosen is None:
        raise Refusal("allowance.which_percent", most=reserve.MOST)
    reserve.choose(turn.store.settings, chosen)
    return say("allowance.kept", percent=chosen).offering(*_ways()[1:])


@feature.on()
def next_month(turn: Turn) -> Reply:
    return _ahead(forecast(turn.store, turn.today))


@feature.every(At(8, 30, weekday=MONDAY))
def warn(tick: Tick) -> Sequence[Notice]:
    """Once a week, not once a day: each notice uses one message of the few that are left."""
    allowance = tick.store.allowance(tick.today)
    if allowance is None or not allowance.short or allowance.used_up:
        return []  # with none left a notice would not arrive either: the menu tells it
    return _to_admins(tick, [_left(allowance)])


@feature.every(At(8, 30))
def look_ahead(tick: Tick) -> Sequence[Notice]:
    """What the administrators should know of the account's plan and of the next month, each once."""
    allowance = tick.store.allowance(tick.today)
    if allowance is None or allowance.most is None or allowance.used_up:
        return []
    return _to_admins(tick, [*_smaller(tick, allowance.most), *_forecast(tick)])


def _to_admins(tick: Tick, told: Sequence[Reply]) -> Sequence[Notice]:
    admins = tick.store.people.with_role(Role.ADMIN, tick.today) if told else ()
    return [Notice(admin, reply) for admin in admins for reply in told]


def _smaller(tick: Tick, most: int) -> Sequence[Reply]:
    """An account's plan can change in LINE without anybody here knowing: whoever does should hear before reminders."""
    before = tick.store.settings.get(MOST_KNOWN)
    if before != str(most):
        tick.store.settings.put(MOST_KNOWN, str(most))
    return [say("allowance.smaller", before=int(before), most=most)] if before and most < int(before) else []


def _forecast(tick: Tick) -> Sequence[Reply]:
    """Once a month, where anybody is to be reminded in the next."""
    found = forecast(tick.store, tick.today) if to_tell(tick.store, tick.today) else None
    return [_ahead(found)] if found and found.reminders else []


def _left(allowance: Allowance) -> Reply:
    if allowance.most is None:
        return say("allowance.unlimited", used=allowance.used)
    if allowance.used_up:
        return say("allowance.used_up", most=allowance.most)
    key = "allowance.short" if allowance.short else "allowance.left"
    return say(key, left=allowance.left, most=allowance.most)


def _kept_back(turn: Turn, allowance: Allowance | None) -> Sequence[Words]:
    """What is kept for citizens, what remains for reminders, and for whom one of those is meant."""
    if allowance is None or allowance.most is None or allowance.used_up:
        return ()
    percent, found = reserve.percent(turn.store.settings), planner.budget(turn.store, turn.today)
    facts = {"kept": reserve.still_kept(allowance, percent), "percent": percent, "for_cases": allowance.for_cases}
    if found.coming:
        return (words("allowance.kept_back_coming", left=found.left, coming=len(found.coming), **facts),)
    return (words("allowance.kept_back", left=found.left, **facts),)


def _ahead(found: Forecast) -> Reply:
    facts = {"reminders": found.reminders, "people": found.people}
    if found.fits is None:
        return say("allowance.next_unlimited", **facts)
    if not found.short:
        return say("allowance.next_suffices", **facts, fits=found.fits)
    told = words("allowance.next_short", reminders=found.reminders, fits=found.fits)
    named = [Row(one.name, words("allowance.not_reached")) for one in found.unreached[:MOST_NAMED]]
    more = len(found.unreached) - len(named)
    notes = [*([words("allowance.more_people", count=more)] if more else []), *_what_helps(found)]
    fewer = Go(words("allowance.tap_fewer"), "reminding.settings")
    return show(Card(summary=told, title=told, rows=named, notes=notes, taps=(fewer,)))


def _what_helps(found: Forecast) -> Sequence[Words]:
    """What can be done about a month that is too short."""
    reached = words("allowance.all_reached") if not found.unreached else words("allowance.so_many", count=found.short)
    return [reached, words("allowance.open_the_chat"), words("allowance.larger_plan"), words("allowance.fewer_rungs")]


def _ways() -> Sequence[Tap]:
    keep, ahead = words("allowance.tap_keep_back"), words("allowance.tap_next_month")
    return [Go(keep, "allowance.keep_back"), Go(ahead, "allowance.next_month")]
