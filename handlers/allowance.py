"""How many messages a month are left: an administrator asks, or is told before reminders stop.

admin    โควตาข้อความ
bot      เดือนนี้ส่งข้อความแจ้งเตือนได้อีก 258 จาก 300 ข้อความ …
         (Monday 08.30, when four fifths are used)
bot      เดือนนี้เหลือข้อความแจ้งเตือนอีก 42 จาก 300 ข้อความ …
         (all are used: nothing can be sent, so it stands under the next menu or greeting)
admin    เมนู
bot      ท่านต้องการเรื่องใดคะ …
         เดือนนี้ใช้ข้อความแจ้งเตือนครบ 300 ข้อความแล้ว …
"""

from collections.abc import Sequence

from handlers.kit import At, Feature, Notice, Reply, Tick, Turn, say
from itadomain.allowance import Allowance
from itadomain.people import Role

feature = Feature("allowance", roles=frozenset({Role.ADMIN}))

MONDAY = 0


@feature.on()
def now(turn: Turn) -> Reply:
    allowance = turn.store.allowance(turn.today)
    return _left(allowance) if allowance else say("allowance.unknown")


@feature.every(At(8, 30, weekday=MONDAY))
def warn(tick: Tick) -> Sequence[Notice]:
    """Once a week, not once a day: each notice uses one message of the few that are left."""
    allowance = tick.store.allowance(tick.today)
    if allowance is None or not allowance.short or allowance.used_up:
        return []  # with none left a notice would not arrive either: the menu tells it
    return [Notice(admin, _left(allowance)) for admin in tick.store.people.with_role(Role.ADMIN, tick.today)]


def _left(allowance: Allowance) -> Reply:
    if allowance.most is None:
        return say("allowance.unlimited", used=allowance.used)
    if allowance.used_up:
        return say("allowance.used_up", most=allowance.most)
    key = "allowance.short" if allowance.short else "allowance.left"
    return say(key, left=allowance.left, most=allowance.most)
