"""When meetings are held: what is due at one is due on that day.

secretary วันประชุม
bot      [card: วันประชุม ปีงบประมาณ 2570 · ประชุมพนักงาน ก.พ. 2570: 15 ก.พ. 2570 …]   [กำหนดวันประชุม]
secretary [กำหนดวันประชุม]
bot      เป็นการประชุมใดคะ …   [ประชุมพนักงาน] [ประชุมประจำเดือน] [ประชุมสภา] [ประชุมคณะผู้บริหาร]
secretary ประชุมพนักงานเดือน ก.พ. วันที่ 15
bot      ประชุมพนักงาน วันที่ 15 ก.พ. 2570 ถูกต้องหรือไม่คะ   [ยืนยัน]
secretary [ยืนยัน]
bot      บันทึกแล้วค่ะ กำหนดรายงานที่เลื่อนตาม 3 รายการ
"""

from dataclasses import dataclass
from datetime import date

from handlers.common import picking
from handlers.common.calendar_keepers import is_keeper, keeper_only
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, ask, say, show, words
from itadomain.fiscal import fiscal_year_of
from itadomain.meetings import Meeting
from itadomain.people import INSIDERS
from itadomain.periods import MeetingKind
from itadomain.plans import keep_up
from itadomain.refusals import Refusal
from itadomain.said_days import kind_said, meeting_said
from itadomain.timetable import with_meeting

feature = Feature("meetings", roles=INSIDERS)

KINDS = {
    MeetingKind.STAFF: words("meetings.pick_staff"),
    MeetingKind.MONTHLY: words("meetings.pick_monthly"),
    MeetingKind.COUNCIL: words("meetings.pick_council"),
    MeetingKind.EXECUTIVES: words("meetings.pick_executives"),
}


@dataclass(frozen=True)
class Draft:
    """The kind of the meeting and its day."""

    kind: str
    on: str = ""


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every meeting of the year
    year = fiscal_year_of(turn.today)
    known = turn.store.meetings.of(year)
    card = Card(
        summary=words("meetings.year", year=year, count=len(known)),
        title=words("meetings.year", year=year, count=len(known)),
        subtitle=turn.store.office.short,
        rows=[Row(KINDS[one.kind], one.on) for one in known],
        notes=[] if known else [words("meetings.none")],
    )
    sheet = [Go(words("meeting_sheet.tap_open"), "meeting_sheet.coming")] if known else []
    change = [Go(words("meetings.tap_set"), "meetings.set_day")] if is_keeper(turn) else []
    if change:
        change += [*sheet, Go(words("resolutions.tap_write"), "resolutions.start")]
    tasks = Go(words("resolution_tasks.tap_mine"), "resolution_tasks.mine")
    return show(card).offering(*change, tasks, Go(words("help.tap_menu"), "help.menu"))


@feature.on()
def set_day(turn: Turn) -> Reply:
    keeper_only(turn)
    choices = [Answer(told, kind.value) for kind, told in KINDS.items()]
    return ask("meetings.which", then=hear_which, choices=choices)


@feature.step
def hear_which(turn: Turn) -> Reply:
    """A kind that was tapped or named, or the whole meeting in one sentence."""
    keeper_only(turn)
    if turn.chosen in set(MeetingKind):
        return _ask_day(turn, MeetingKind(turn.chosen))
    kind = kind_said(turn.text)
    try:
        return _ask_if_right(meeting_said(turn.text, turn.today))
    except Refusal:
        return _ask_day(turn, kind)


@feature.step
def hear_day(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    on = picking.day_chosen(turn)
    return _ask_if_right(Meeting(MeetingKind(draft.kind), on.replace(day=1), on))


@feature.step
def confirm(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    picking.only_yes(turn)
    on = date.fromisoformat(draft.on)
    meeting = Meeting(MeetingKind(draft.kind), on.replace(day=1), on)
    turn.store.meetings.save(meeting)
    year = fiscal_year_of(meeting.month)
    moved = keep_up(turn.store, turn.store.measures.of_year(year), with_meeting(turn.store.days(year), meeting))
    told = say("meetings.saved", kind=KINDS[meeting.kind], on=on, count=len(moved))
    return told.offering(Go(words("meetings.tap_all"), "meetings.all"))


def _ask_day(turn: Turn, kind: MeetingKind) -> Reply:
    draft, choices = Draft(kind.value), picking.days(turn)
    return ask("meetings.which_day", then=hear_day, choices=choices, draft=draft, kind=KINDS[kind])


def _ask_if_right(meeting: Meeting) -> Reply:
    draft, kind = Draft(meeting.kind.value, meeting.on.isoformat()), KINDS[meeting.kind]
    return ask("meetings.is_it_right", then=confirm, choices=picking.yes(), draft=draft, kind=kind, on=meeting.on)
