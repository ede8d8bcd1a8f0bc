"""The sheet of the next meeting: what was done, what is due, what waits; told of some days before, with its file.

         (three days before the meeting, under an answer to the secretariat; else as a message, once)
bot      วาระรายงานความก้าวหน้าของการประชุมวันที่ 4 ธ.ค. 2569 พร้อมแล้ว   [เปิดดู]
secretary [เปิดดู]   (or: วาระประชุม)
bot      [card: การประชุมวันที่ 4 ธ.ค. 2569 · รายงานแล้ว 3 · รอรายงาน 2 …]   [ไฟล์ Word] [ไฟล์ Excel] [ไฟล์ PDF] [บันทึกมติ]
secretary [แจ้งล่วงหน้า]
bot      แจ้งล่วงหน้ากี่วันก่อนประชุมคะ   [1] [3] [5] [7]
"""

from collections.abc import Sequence
from datetime import date

from handlers.common import picking
from handlers.common.calendar_keepers import is_keeper, keeper_only
from handlers.kit import Answer, At, Card, Feature, Go, Link, Notice, Reply, Row, Tap, Tick, Turn, ask, say, show, words
from itadomain import meeting_notice
from itadomain.lateness import sees_all
from itadomain.papers.meeting import agenda, last_meeting, next_meeting
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal
from itadomain.reminding import chosen
from itadomain.workdays import Calendar

feature = Feature("meeting_sheet", roles=INSIDERS)

LEADS = (1, 3, 5, 7)
#: The answers that it rides on: whoever asks after the work of the office. Every other answer costs no look for it.
WORK = ("help.menu", "administration.", "meetings.", "holidays.", "circulars.", "late.", "measures.", "paperwork.")
#: What one answer takes.
MOST_BUBBLES, MOST_TAPS = 3, 13


@feature.on()
def coming(turn: Turn) -> Reply:
    if not sees_all(turn.who, turn.store.units.all(), turn.today):
        raise Refusal("meeting_sheet.for_the_whole")
    on = next_meeting(turn.store, turn.today) or last_meeting(turn.store, turn.today)
    if on is None:
        taps = [Go(words("meetings.tap_set"), "meetings.set_day")] if is_keeper(turn) else []
        return say("meeting_sheet.no_meeting").offering(*taps, Go(words("help.tap_menu"), "help.menu"))
    if turn.who.id in {one.id for one in meeting_notice.hearing(turn.store, turn.today)}:
        meeting_notice.told(turn.store.settings, on)
    return show(_card(turn, on)).offering(*_files(on), *_ways(turn))


@feature.on()
def lead(turn: Turn) -> Reply:
    keeper_only(turn)
    now = meeting_notice.lead(turn.store.settings)
    choices = [Answer(words("meeting_sheet.tap_days", days=days), str(days)) for days in LEADS]
    return ask("meeting_sheet.how_early", then=hear_lead, choices=choices, days=now)


@feature.step
def hear_lead(turn: Turn) -> Reply:
    keeper_only(turn)
    days = picking.count_said(turn)
    meeting_notice.choose_lead(turn.store.settings, days or 0)
    return say("meeting_sheet.lead_kept", days=days).offering(_tap_coming(), Go(words("help.tap_menu"), "help.menu"))


@feature.every(At(11), At(13, 30), At(15, 30))
def tell(tick: Tick) -> Sequence[Notice]:
    """After the day's reminders: whoever had one is told on another day, while there is one."""
    store, today = tick.store, tick.now.date()
    on = meeting_notice.to_tell(store, today, free=False)
    working = Calendar(store.holidays.between(today, today)).is_working(today)
    if on is None or not working or not chosen.may_tell(store.settings, tick.now):
        return ()
    busy = store.reminders.in_conversation(tick.now)
    people = [one for one in meeting_notice.by_message(store, on, today) if one.id not in busy]
    if people:
        meeting_notice.told(store.settings, on)
    told = words("meeting_sheet.ready", day=on)
    return [Notice(one, show(Card(summary=told, title=told, taps=(_tap_coming(),)))) for one in people]


@feature.riding
def ride(turn: Turn, reply: Reply) -> Reply:
    """On the back of an answer about the office's work to whoever would be sent a message: then nobody is."""
    full = len(reply.bubbles) >= MOST_BUBBLES or len(reply.taps) >= MOST_TAPS
    if full or not reply.key.startswith(WORK) or not is_keeper(turn):
        return reply
    on = meeting_notice.to_tell(turn.store, turn.today, free=True)
    if on is None or turn.who.id not in {one.id for one in meeting_notice.hearing(turn.store, turn.today)}:
        return reply
    meeting_notice.told(turn.store.settings, on)
    return reply.adding(words("meeting_sheet.ready", day=on)).offering(_tap_coming())


def _card(turn: Turn, on: date) -> Card:
    found = agenda(turn.store, on, turn.today)
    told = words("meeting_sheet.of", day=on)
    counts = (
        (words("meeting_sheet.resolutions"), found.resolutions),
        (words("meeting_sheet.done"), found.done),
        (words("meeting_sheet.late"), found.late),
        (words("meeting_sheet.coming", until=found.span.until), found.coming),
        (words("meeting_sheet.obstacles"), found.obstacles),
        (words("meeting_sheet.asks"), found.asks),
    )
    rows = [Row(label, words("meeting_sheet.so_many", count=len(those))) for label, those in counts]
    return Card(summary=told, title=told, subtitle=turn.store.office.short, rows=rows)


def _files(on: date) -> list[Tap]:
    return [
        Link(words("meeting_sheet.tap_word"), f"paper:meeting:{on}:docx"),
        Link(words("meeting_sheet.tap_excel"), f"paper:meeting:{on}:xlsx"),
        Link(words("meeting_sheet.tap_pdf"), f"paper:meeting:{on}:pdf"),
    ]


def _ways(turn: Turn) -> list[Tap]:
    tasks = Go(words("resolution_tasks.tap_mine"), "resolution_tasks.mine")
    if not is_keeper(turn):
        return [tasks]
    write = Go(words("resolutions.tap_write"), "resolutions.start")
    return [tasks, write, Go(words("meeting_sheet.tap_lead"), "meeting_sheet.lead")]


def _tap_coming() -> Go:
    return Go(words("meeting_sheet.tap_open"), "meeting_sheet.coming")
