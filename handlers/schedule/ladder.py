"""Settle after how many working days superiors hear of what is late.

admin    ตั้งค่าการแจ้งผู้บังคับบัญชา
bot      [card: หัวหน้าหน่วยงาน 5 วันทำการ · สำนักปลัด 10 วันทำการ · ผู้บริหาร 15 วันทำการ …]   [เปลี่ยนจำนวนวัน]
admin    [เปลี่ยนจำนวนวัน]
bot      ให้แจ้งหัวหน้าหน่วยงาน สำนักปลัด และผู้บริหาร เมื่อเลยกำหนดกี่วันทำการคะ …   [6 11 16]
admin    ๓ ๗ ๑๒
bot      [card: หัวหน้าหน่วยงาน 3 วันทำการ · สำนักปลัด 7 วันทำการ · ผู้บริหาร 12 วันทำการ …]   [เปลี่ยนจำนวนวัน]

Whoever reports is told a working day before each of them is, so it may be a day later, and is never earlier.
"""

from collections.abc import Sequence

from handlers.kit import Answer, At, Card, Feature, Go, Notice, Reply, Row, Tick, Turn, ask, show, words
from itadomain.people import Role
from itadomain.reminding import ladder
from itadomain.reminding.reminded import Level
from itadomain.reminding.steps import Steps, choose, said, steps

feature = Feature("ladder", roles=frozenset({Role.ADMIN}))

SUNDAY = 6
LEVELS = {
    Level.HEAD: words("ladder.head"),
    Level.SECRETARIAT: words("ladder.secretariat"),
    Level.EXECUTIVE: words("ladder.executive"),
}


@feature.on()
def now(turn: Turn) -> Reply:
    return _card(steps(turn.store.settings))


@feature.on()
def change(turn: Turn) -> Reply:
    usual = " ".join(str(count) for count in Steps().days.values())
    return ask("ladder.which_days", then=hear_days, choices=[Answer(usual, usual)])


@feature.step
def hear_days(turn: Turn) -> Reply:
    chosen = said(turn.chosen or turn.text)
    choose(turn.store.settings, chosen)
    return _card(chosen)


@feature.every(At(1, 45, weekday=SUNDAY))
def forget(tick: Tick) -> Sequence[Notice]:
    """What is reported by now needs no memory of who heard of it."""
    ladder.forget(tick.store, tick.today)
    return []


def _card(found: Steps) -> Reply:
    told = words("ladder.title")
    rows = [Row(LEVELS[level], words("ladder.days", count=count)) for level, count in found.days.items()]
    notes = (words("ladder.before"), words("ladder.nobody"))
    taps = (Go(words("ladder.tap_change"), "ladder.change"), Go(words("ladder.tap_reminders"), "reminding.settings"))
    return show(Card(summary=told, title=told, rows=rows, notes=notes)).offering(*taps)
