"""Which reminders an agency has, and from when on in the day.

admin    ตั้งค่าการเตือน
bot      [card: เตือนเสมอ ล่วงหน้า 7 วัน · วันครบกำหนด · ทุกสัปดาห์หลังจากนั้น … เริ่มเวลา 09.00 น.]
         [เพิ่ม: ล่วงหน้า 1 วัน] [เพิ่ม: เมื่อเปิดรอบ] [เพิ่ม: กลางรอบ] [เปลี่ยนเวลา]
admin    [เพิ่ม: ล่วงหน้า 1 วัน]
bot      [card: … ล่วงหน้า 1 วัน: เตือน]
admin    [เปลี่ยนเวลา]
bot      ให้เริ่มเตือนเวลาใดคะ   [08.00] [09.00] [11.00] [13.30] [15.30]
admin    10 โมง
bot      จะเริ่มเตือนเวลา 11.00 น. ในวันทำการค่ะ …
"""

import re

from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, ask, say, show, words
from itadomain.people import Role
from itadomain.refusals import Refusal
from itadomain.reminding import chosen
from itadomain.reminding.rungs import ADDITIONAL, ALWAYS, Rung
from itadomain.thai import fold

feature = Feature("reminding", roles=frozenset({Role.ADMIN}))

NAMES = {
    Rung.OPENING: words("reminding.opening"),
    Rung.HALFWAY: words("reminding.halfway"),
    Rung.WEEK_BEFORE: words("reminding.week_before"),
    Rung.DAY_BEFORE: words("reminding.day_before"),
    Rung.ON_THE_DAY: words("reminding.on_the_day"),
    Rung.LATE: words("reminding.late"),
}
TAPS = {
    Rung.OPENING: words("reminding.tap_opening"),
    Rung.HALFWAY: words("reminding.tap_halfway"),
    Rung.DAY_BEFORE: words("reminding.tap_day_before"),
}
#: «10 โมง», «13.30», «๙:๐๐ น.»
TIME = re.compile(r"\D{0,10}(\d{1,2})(?:[.:](\d{2}))?\D{0,10}")
YES, NO = "yes", "no"


@feature.on()
def settings(turn: Turn) -> Reply:
    return _shown(turn, chosen.rungs(turn.store.settings))


@feature.on()
def choose(turn: Turn) -> Reply:
    """One rung more, or one less; told twice it is the same."""
    rung, before = str(turn.values.get("rung", "")), chosen.rungs(turn.store.settings)
    if rung not in set(ADDITIONAL):
        return settings(turn)
    after = before | {Rung(rung)} if turn.values.get("wanted") == YES else before - {Rung(rung)}
    chosen.choose_rungs(turn.store.settings, after)
    return _shown(turn, after)


@feature.on()
def hour(_turn: Turn) -> Reply:
    taps = [Answer(f"{run:%H.%M}", f"{run:%H.%M}") for run in chosen.RUNS]
    return ask("reminding.from_when", then=hear_hour, choices=taps)


@feature.step
def hear_hour(turn: Turn) -> Reply:
    said = TIME.fullmatch(fold(turn.chosen or turn.text).strip())
    if said is None:
        raise Refusal("reminding.which_hour")
    begins = chosen.choose_hour(turn.store.settings, int(said[1]), int(said[2] or 0))
    return say("reminding.begins_at", time=f"{begins:%H.%M}").offering(_tap_settings())


def _shown(turn: Turn, wanted: frozenset[Rung]) -> Reply:
    told, begins = words("reminding.title"), f"{chosen.begins(turn.store.settings):%H.%M}"
    always = [NAMES[rung] for rung in Rung if rung in ALWAYS]
    card = Card(
        summary=told,
        title=told,
        subtitle=turn.store.office.short,
        rows=[
            Row(words("reminding.always"), always),
            *(Row(NAMES[rung], words("reminding.on" if rung in wanted else "reminding.off")) for rung in ADDITIONAL),
            Row(words("reminding.hour"), words("reminding.at", time=begins)),
        ],
        notes=(words("reminding.how"),),
    )
    taps = [_tap(rung, wanted) for rung in ADDITIONAL]
    return show(card).offering(*taps, Go(words("reminding.tap_hour"), "reminding.hour"))


def _tap(rung: Rung, wanted: frozenset[Rung]) -> Go:
    more = rung not in wanted
    label = words("reminding.tap_add" if more else "reminding.tap_drop", rung=TAPS[rung])
    return Go(label, "reminding.choose", {"rung": rung.value, "wanted": YES if more else NO})


def _tap_settings() -> Go:
    return Go(words("reminding.tap_settings"), "reminding.settings")
