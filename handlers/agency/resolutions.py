"""Write down what a meeting resolved: each becomes a task of a unit.

secretary มติที่ประชุม
bot      มติที่ประชุมวันที่ 4 ธ.ค. 2569 มีอะไรบ้างคะ พิมพ์บรรทัดละ 1 ข้อ …   [ประชุมวันอื่น]
secretary 1. ให้กองช่างติดป้ายค่าธรรมเนียม ภายใน 15 ธ.ค. 69
         2. เผยแพร่แผนจัดซื้อบนเว็บไซต์
bot      «เผยแพร่แผนจัดซื้อบนเว็บไซต์» ให้หน่วยงานใดทำคะ   [สำนักปลัด] [กองคลัง] [กองช่าง]
secretary [กองคลัง]
bot      «เผยแพร่แผนจัดซื้อบนเว็บไซต์» ให้แล้วเสร็จวันใดคะ   [ประชุมครั้งหน้า] [สิ้นเดือนนี้] [เลือกวัน]
secretary สิ้นเดือนหน้า
bot      [card: มติ 2 ข้อ · 1. … กองช่าง ภายใน 15 ธ.ค. 2569 …]   [บันทึก] [เพิ่มมติ] [แก้ข้อ 1] [แก้ข้อ 2]
secretary [บันทึก]
bot      บันทึกมติ 2 ข้อแล้วค่ะ …   [งานตามมติ]
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.agency import resolution_cards as cards
from handlers.common import picking
from handlers.common.calendar_keepers import keeper_only
from handlers.kit import Answer, Card, Feature, Reply, Row, Tap, Turn, ask, say, show, words
from itadomain.fiscal import fiscal_year_of
from itadomain.papers.meeting import A_MONTH, following, last_meeting
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal
from itadomain.resolutions import MOST, Resolution, due_after, in_words, resolved
from itadomain.resolving import due_said, lines, meant
from itadomain.thai import fold, tidy

feature = Feature("resolutions", roles=INSIDERS)

OTHER, MORE = "other", "more"
MOST_TAPS = 8  # beside those that keep, add and cancel
NEXT_MEETING, END_OF_MONTH, NEXT_MONTH = "ประชุมครั้งหน้า", "เดือนนี้", "เดือนหน้า"
#: «แก้ข้อ 2», «ลบข้อ 3»: typed, where there are more of them than taps.
MENDED = re.compile(r"(แก้|ลบ|edit|drop)(?:ไข)?\s*(?:ข้อ|มติ)?\s*(?:ที่)?\s*(\d{1,2})")
DROPPED = {"ลบ", "drop"}


@dataclass(frozen=True)
class Draft:
    """The day of the meeting, and what it resolved: of each the wording, the unit, the due day, the measure."""

    meeting: str = ""
    items: Sequence[Sequence[str]] = ()
    at: int = -1  # which of them is typed anew

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return date.fromisoformat(self.meeting)


@feature.on()
def start(turn: Turn) -> Reply:
    keeper_only(turn)
    newest = last_meeting(turn.store, turn.today)
    if newest is None or newest < turn.today - A_MONTH:
        return _ask_meeting(turn, Draft())
    return _ask_lines(Draft(newest.isoformat()))


@feature.step
def hear_meeting(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    day = picking.day_chosen(turn)
    if day > turn.today:
        raise Refusal("resolutions.not_held", day=day)
    return _ask_lines(replace(draft, meeting=day.isoformat()))


@feature.step
def hear_lines(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    if turn.chosen == OTHER:
        return _ask_meeting(turn, draft)
    new = _understood(turn, draft)
    at = draft.at if draft.at >= 0 else len(draft.items)
    items = [*draft.items[:at], *new, *draft.items[at + 1 :]]
    if len(items) > MOST:
        raise Refusal("resolutions.too_many", most=MOST)
    return _go_on(turn, replace(draft, items=items, at=-1))


@feature.step
def hear_unit(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    if picking.page_turned(turn) is not None:
        return _go_on(turn, draft)
    unit = picking.unit_chosen(turn)
    if unit is None:
        raise Refusal("picking.which_unit")
    return _go_on(turn, _filled(draft, 1, unit.id))


@feature.step
def hear_due(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    due = due_said(turn.chosen or turn.text, draft.day, following(turn.store, draft.day))
    return _go_on(turn, _filled(draft, 2, due_after(draft.day, due).isoformat()))


@feature.step
def confirm(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    if turn.chosen == MORE:
        return ask("resolutions.more", then=hear_lines, draft=draft)
    if mended := MENDED.fullmatch(turn.chosen or fold(tidy(turn.text))):
        return _mend(turn, draft, int(mended[2]) - 1, drop=mended[1] in DROPPED)
    if turn.chosen != picking.YES:
        raise Refusal("resolutions.keep_or_mend")
    first = max((one.no for one in turn.store.resolutions.of_meeting(draft.day)), default=0) + 1
    made = [_made(turn, draft, item, no) for no, item in enumerate(draft.items, first)]
    turn.store.resolutions.save(*made)
    return cards.onward(say("resolutions.kept", count=len(made)))


def _mend(turn: Turn, draft: Draft, nth: int, *, drop: bool) -> Reply:
    if not 0 <= nth < len(draft.items):
        raise Refusal("resolutions.no_such", count=len(draft.items))
    if not drop:
        return ask("resolutions.again", then=hear_lines, draft=replace(draft, at=nth), no=nth + 1)
    left = [item for at, item in enumerate(draft.items) if at != nth]
    return _go_on(turn, replace(draft, items=left)) if left else _ask_lines(replace(draft, items=()))


def _ask_meeting(turn: Turn, draft: Draft) -> Reply:
    today = Answer(words("resolutions.tap_today"), turn.today.isoformat())
    return ask("resolutions.which_meeting", then=hear_meeting, choices=picking.days(turn, today), draft=draft)


def _ask_lines(draft: Draft) -> Reply:
    other = Answer(words("resolutions.tap_other"), OTHER)
    return ask("resolutions.write", then=hear_lines, choices=[other], draft=draft, day=draft.day)


def _go_on(turn: Turn, draft: Draft) -> Reply:
    """Ask for the first thing that is missing; show all of it once nothing is."""
    for wording, unit, due, _measure in draft.items:
        if not unit:
            return ask(
                "resolutions.which_unit", then=hear_unit, choices=picking.units(turn), draft=draft, wording=wording
            )
        if not due:
            return ask("resolutions.which_due", then=hear_due, choices=_days(turn, draft), draft=draft, wording=wording)
    told = words("resolutions.all", count=len(draft.items), day=draft.day)
    card = Card(
        summary=told,
        title=told,
        rows=[
            Row(words("resolution_tasks.numbered", no=no, wording=item[0]), _whose(turn, item))
            for no, item in enumerate(draft.items, 1)
        ],
        notes=[words("resolutions.how_to_mend")],
    )
    mend = [Answer(words("resolutions.tap_mend", no=no), f"แก้ {no}") for no in range(1, len(draft.items) + 1)]
    keep, more = Answer(words("resolutions.tap_keep"), picking.YES), Answer(words("resolutions.tap_more"), MORE)
    return replace(show(card), taps=(keep, more, *mend[:MOST_TAPS]), then=confirm, draft=draft)


def _days(turn: Turn, draft: Draft) -> Sequence[Tap]:
    taps: list[Tap] = [
        Answer(words("resolutions.tap_end_of_month"), END_OF_MONTH),
        Answer(words("resolutions.tap_next_month"), NEXT_MONTH),
    ]
    if following(turn.store, draft.day):
        taps.insert(0, Answer(words("resolutions.tap_next_meeting"), NEXT_MEETING))
    return picking.days(turn, *taps)


def _whose(turn: Turn, item: Sequence[str]) -> Sequence[object]:
    _wording, unit, due, measure = item
    found = turn.store.measures.get(measure) if measure else None
    about = [words("resolutions.of_measure", no=found.place)] if found else []
    return [cards.unit_name(turn, unit), words("resolution_tasks.due", due=date.fromisoformat(due)), *about]


def _understood(turn: Turn, draft: Draft) -> list[list[str]]:
    """Each line with what is understood of it; Refusal where nothing was typed, or a line is too long."""
    found = lines(turn.text)
    if not found:
        raise Refusal("resolutions.say_what")
    units, ahead, new = turn.store.units.all(), following(turn.store, draft.day), list[list[str]]()
    for line in found:
        said = meant(in_words(line), units, draft.day, ahead)
        measure = turn.store.measures.numbered(fiscal_year_of(draft.day), said.measure) if said.measure else None
        new.append([said.wording, said.unit, said.due.isoformat() if said.due else "", measure.id if measure else ""])
    return new


def _filled(draft: Draft, column: int, value: str) -> Draft:
    """The draft with what was missing in the first item that lacks it."""
    items = [list(item) for item in draft.items]
    next(item for item in items if not item[column])[column] = value
    return replace(draft, items=items)


def _made(turn: Turn, draft: Draft, item: Sequence[str], no: int) -> Resolution:
    wording, unit, due, measure = item
    by = date.fromisoformat(due)
    return resolved(Resolution(turn.store.new_id(), draft.day, no, wording, unit, by, turn.who.id, measure))
