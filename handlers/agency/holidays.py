"""Days off: the country's are known, and an administrator adds the agency's own or takes one out.

admin    วันหยุด
bot      [card: วันหยุดต่อจากนี้ · 5 ธ.ค. 2569 วันคล้ายวันพระบรมราชสมภพ … · 31 ธ.ค. 2569 วันสิ้นปี]   [เพิ่มวันหยุด] [ยกเลิกวันหยุด]
admin    [เพิ่มวันหยุด]
bot      เป็นวันใดคะ   [เลือกวัน]
admin    24 ธ.ค. 69
bot      วันหยุดนี้ชื่ออะไรคะ
admin    วันหยุดพิเศษของจังหวัด
bot      บันทึกวันหยุด 24 ธ.ค. 2569 วันหยุดพิเศษของจังหวัด แล้วค่ะ
"""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.common import picking
from handlers.common.calendar_keepers import is_keeper, keeper_only
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, ask, say, show, words
from itadomain.fiscal import fiscal_year_of
from itadomain.people import EVERYONE, INSIDERS
from itadomain.plans import keep_up
from itadomain.refusals import Refusal
from itadomain.timetable import with_holiday

feature = Feature("holidays", roles=INSIDERS)

AHEAD = timedelta(days=400)
MOST_SHOWN = 20
LONGEST_NAME = 80
#: Days off in a row: what was due before them may have been moved past the end of its year.
LONGEST_ROW = timedelta(days=31)


@dataclass(frozen=True)
class Draft:
    """The day that becomes a day off."""

    day: str


@feature.on(roles=EVERYONE)
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every day off to come
    coming = turn.store.holidays.between(turn.today, turn.today + AHEAD)
    card = Card(
        summary=words("holidays.coming", count=len(coming)),
        title=words("holidays.coming", count=len(coming)),
        subtitle=turn.store.office.short,
        rows=[Row(day, name) for day, name in list(coming.items())[:MOST_SHOWN]],
    )
    change = [Go(words("holidays.tap_add"), "holidays.add"), Go(words("holidays.tap_remove"), "holidays.remove")]
    return show(card).offering(*(change if is_keeper(turn) else ()), Go(words("help.tap_menu"), "help.menu"))


@feature.on()
def add(turn: Turn) -> Reply:
    keeper_only(turn)
    return ask("holidays.which_day", then=hear_day, choices=picking.days(turn))


@feature.step
def hear_day(turn: Turn) -> Reply:
    keeper_only(turn)
    day = picking.day_chosen(turn)
    return ask("holidays.which_name", then=hear_name, draft=Draft(day.isoformat()), day=day)


@feature.step
def hear_name(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    day, name = date.fromisoformat(draft.day), " ".join(turn.text.split())
    if not 1 < len(name) <= LONGEST_NAME:
        raise Refusal("holidays.no_name", most=LONGEST_NAME)
    return _saved(turn, "holidays.added", day, name, kept=name)


@feature.on()
def remove(turn: Turn) -> Reply:
    keeper_only(turn)
    return _ask_which(turn)


@feature.step
def pick_removed(turn: Turn) -> Reply:
    keeper_only(turn)
    if picking.page_turned(turn) is not None:
        return _ask_which(turn)
    day = picking.day_chosen(turn)
    name = turn.store.holidays.between(day, day).get(day)
    if name is None:
        raise Refusal("holidays.not_off", day=day)
    return _saved(turn, "holidays.removed", day, name, kept="")


def _ask_which(turn: Turn) -> Reply:
    coming = turn.store.holidays.between(turn.today, turn.today + AHEAD)
    return ask(
        "holidays.remove_which",
        then=pick_removed,
        choices=picking.choices([Answer(day, day.isoformat()) for day in coming], turn),
    )


def _saved(turn: Turn, key: str, day: date, name: str, kept: str) -> Reply:
    """Keep the day under the name `kept`, and count again what falls on it or just before it."""
    turn.store.holidays.save(day, kept)
    moved = 0
    for year in sorted({fiscal_year_of(day), fiscal_year_of(day - LONGEST_ROW)}):
        plan = turn.store.measures.of_year(year)
        moved += len(keep_up(turn.store, plan, with_holiday(turn.store.days(year), day, kept)))
    told = say(key, day=day, name=name, count=moved)
    return told.offering(Go(words("holidays.tap_all"), "holidays.all"))
