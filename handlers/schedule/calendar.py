"""A calendar for one's phone: what one's own units report, and the windows of the assessment.

officer  ปฏิทินของฉัน
bot      ปฏิทินของท่านมีวันครบกำหนดรายงานของหน่วยงานท่าน … โปรดเก็บที่อยู่นี้ไว้เป็นส่วนตัวค่ะ   [เปิดปฏิทิน] [เปลี่ยนที่อยู่ปฏิทิน]
officer  [เปลี่ยนที่อยู่ปฏิทิน]
bot      ที่อยู่เดิมจะใช้ไม่ได้อีก … เปลี่ยนหรือไม่คะ   [ใช่]
officer  [ใช่]
bot      เปลี่ยนแล้วค่ะ …   [เปิดปฏิทิน]

Where the service has no address of its own, it says that it needs one.
"""

from handlers.common import picking
from handlers.kit import Feature, Go, Link, Reply, Turn, ask, say, words
from itadomain.agenda import number_of, renew
from itadomain.people import INSIDERS

feature = Feature("calendar", roles=INSIDERS)


@feature.on()
def mine(turn: Turn) -> Reply:
    if not turn.store.office.site:
        return say("calendar.needs_an_address").offering(Go(words("help.tap_menu"), "help.menu"))
    another = Go(words("calendar.tap_renew"), "calendar.change")
    return say("calendar.here").offering(_open(turn), another, Go(words("help.tap_menu"), "help.menu"))


@feature.on()
def change(turn: Turn) -> Reply:
    if not turn.store.office.site:
        return mine(turn)
    return ask("calendar.really_change", then=confirm, choices=picking.yes())


@feature.step
def confirm(turn: Turn) -> Reply:
    picking.only_yes(turn)
    number = renew(turn.store, turn.who.id)
    return say("calendar.changed").offering(_link(number), Go(words("help.tap_menu"), "help.menu"))


def _open(turn: Turn) -> Link:
    return _link(number_of(turn.store, turn.who.id))


def _link(number: int) -> Link:
    """The renderer puts the address of whoever is spoken to in its place."""
    return Link(words("calendar.tap_open"), f"calendar:{number}")
