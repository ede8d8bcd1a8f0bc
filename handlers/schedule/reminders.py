"""Remind people of what they report on: once a day at most, and for nothing where they write anyway.

         (09.00 on a working day, to whoever has not reported; at 11.00, 13.30 or 15.30 to who was amid a question)
bot      ขอความกรุณารายงานความก้าวหน้า 2 เรื่อง
         4. เผยแพร่แผนจัดซื้อจัดจ้าง · ครบกำหนด 31 มี.ค. 2570 …   [รายงานข้อ 4] [รายงานข้อ 7] [ดูทั้งหมด] [เตือนอีกที]
staff    [เตือนอีกที]
bot      ให้เตือนอีกครั้งเมื่อใดคะ   [พรุ่งนี้] [อีก 3 วัน] [เลือกวัน]
staff    [อีก 3 วัน]
bot      จะเตือนอีกครั้งวันที่ 27 มี.ค. 2570 ค่ะ
         (whoever asks something before the push is told of it there, and is not pushed)
staff    คะแนนปีนี้เท่าไร
bot      [card: the grade]
         มีเรื่องที่รอรายงาน 2 เรื่อง กำหนดใกล้ที่สุด 31 มี.ค. 2570   [เรื่องที่รอรายงาน]
         (Tuesday, to an executive who asked nothing on Monday)
bot      สรุปประจำสัปดาห์   [card: the grade · units that wait · cases · the assessment's next day]
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from handlers.common import picking
from handlers.kit import Answer, At, Feature, Go, Notice, Reply, Tick, Turn, ask, say, words
from handlers.schedule import reminder_cards as cards
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal
from itadomain.reminding import digests, ladder, planner, told
from itadomain.reminding.chosen import RUNS
from itadomain.reminding.digest import Digest, Item
from itadomain.said_days import day_said
from itadomain.workdays import Calendar

feature = Feature("reminders", roles=INSIDERS)

#: What one answer takes.
MOST_BUBBLES, MOST_TAPS = 3, 13
#: Who wants to be reminded in more days than that has put it off, not asked for a reminder.
LONGEST = timedelta(days=30)
#: What stands before the day in «เตือนอีกทีพรุ่งนี้»; the rest tells the day.
WISH = re.compile(r"(?:ช่วย|ให้)?เตือน(?:ใหม่|ฉัน|ผม)?\s*(?:อีกที|อีกครั้ง)?\s*|remind me (?:again )?(?:on )?", re.IGNORECASE)
SOON, LATER = timedelta(days=1), timedelta(days=3)


@feature.every(*(At(run.hour, run.minute) for run in RUNS))
def send(tick: Tick) -> Sequence[Notice]:
    """What is due is a state: a run that was missed, or found somebody busy, is made good by the next one."""
    found = digests.look(tick.store, tick.now)
    today = tick.now.date()
    # The ladder goes on: they were told so when they asked to be left alone.
    ladder.note(tick.store, today, *(Digest(one.to, one.items) for one in found.held))
    if found.covered:
        told.note_all(tick.store, found.covered, tick.now, pushed=False)
    chosen = planner.chosen(found.waiting, planner.budget(tick.store, today)) if found.waiting else []
    return _notices(tick, chosen) if chosen else []


def _notices(tick: Tick, chosen: Sequence[Digest]) -> Sequence[Notice]:
    known = cards.book(tick.store, chosen)
    told.note_all(tick.store, chosen, tick.now, pushed=True)
    alike = {_told(one): one for one in chosen}  # those of a unit are told the same
    replies = {said: Reply(cards.cards(one, known, tick.now.date())) for said, one in alike.items()}
    return [Notice(one.to, replies[_told(one)]) for one in chosen]


def _told(digest: Digest) -> tuple[object, ...]:
    items = [(one.obligation.id, one.rung, one.next) for one in digest.items]
    return (*items, *((one.obligation.id, one.level, one.days) for one in digest.raised), digest.week)


@feature.riding
def ride(turn: Turn, reply: Reply) -> Reply:
    """What is due, on the back of an answer: it costs nothing, and is not pushed any more.

    Once a day it is looked for at most; the own list says all of it already, but for who hears next.
    """
    own = _is_own_list(reply)
    bears = (own or _room(reply)) and not reply.key.startswith("reminders.")
    if not bears or turn.store.reminders.of(turn.who.id).looked_on == turn.today:
        return reply
    now = datetime.combine(turn.today, turn.at.timetz())
    digest = digests.of(turn.store, turn.who, now)
    if digest.empty:
        told.looked(turn.store, turn.who.id, turn.today)
        return reply
    unseen = [item for item in digest.items if item.next or not own or not item.obligation.measure]
    reply, rode = _loaded(turn, reply, digest, unseen)
    if not rode.empty:  # else there was no room on this answer
        told.note(turn.store, rode, now, pushed=False)
    return reply


def _loaded(turn: Turn, reply: Reply, digest: Digest, unseen: Sequence[Item]) -> tuple[Reply, Digest]:
    """The reply with as much of a digest as there is room for, and what of it is told by that."""
    rode = Digest(digest.to, digest.items if not unseen else ())
    if unseen and _room(reply):
        resolved = all(not item.obligation.measure for item in unseen)
        look = Go(words("reminders.tap_look"), "resolution_tasks.mine" if resolved else "measures.mine")
        reply, rode = reply.adding(cards.line(unseen)).offering(look), replace(rode, items=digest.items)
    known = cards.book(turn.store, [digest]) if digest.raised else cards.Book({}, {})
    if digest.raised and _room(reply):
        reply, rode = reply.adding(cards.raised(digest.raised, known)), replace(rode, raised=digest.raised)
    if digest.week and _room(reply):
        reply, rode = reply.adding(cards.week(digest.week, turn.today)), replace(rode, week=digest.week)
    return reply, rode


def _room(reply: Reply) -> bool:
    return len(reply.bubbles) < MOST_BUBBLES and len(reply.taps) < MOST_TAPS


def _is_own_list(reply: Reply) -> bool:
    """Whether somebody sees what they report on, all units of theirs."""
    report = any(isinstance(tap, Go) and tap.to == "progress.start" for tap in reply.taps)
    return reply.key == "measures.mine_in_short" and report


@feature.on()
def later(turn: Turn) -> Reply:
    taps = [
        Answer(words("reminders.tap_tomorrow"), (turn.today + SOON).isoformat()),
        Answer(words("reminders.tap_in_days", days=LATER.days), (turn.today + LATER).isoformat()),
    ]
    return ask("reminders.when", then=hear_day, choices=picking.days(turn, *taps))


@feature.step
def hear_day(turn: Turn) -> Reply:
    """Never past the due day of what is not late: then it would be."""
    return _again(turn, picking.day_chosen(turn))


def typed(turn: Turn) -> Reply | None:
    """«เตือนอีก 3 วัน», «เตือนพรุ่งนี้»: the wish and its day in one sentence; None where it is no such one."""
    wish = WISH.match(turn.text.strip())
    if not wish or not turn.who.may(INSIDERS):
        return None
    try:
        day = day_said(turn.text.strip()[wish.end() :], turn.today)
    except Refusal:
        return None
    return _again(turn, day)


def _again(turn: Turn, picked: date) -> Reply:
    wanted = _wanted(turn, picked)
    owed = digests.owed(turn.store, turn.who, turn.today, wanted)
    day = min((one.due for one in owed if one.due and one.due > turn.today), default=wanted)
    told.remind_again(turn.store, turn.who.id, datetime.combine(day, time(), turn.at.tzinfo))
    reply = say("reminders.again_on_its_day" if day < wanted else "reminders.again", day=day)
    if any(one.late_on(turn.today) for one in owed):
        reply = reply.adding(words("reminders.goes_on"))
    return reply.offering(Go(words("measures.tap_mine"), "measures.mine"), Go(words("help.tap_menu"), "help.menu"))


def _wanted(turn: Turn, wanted: date) -> date:
    """The working day from the one that was picked or typed on, which is neither over nor too far ahead."""
    last = turn.today + LONGEST
    if wanted <= turn.today:
        raise Refusal("reminders.day_is_over", day=wanted)
    if wanted > last:
        raise Refusal("reminders.too_far", last=last)
    holidays = turn.store.holidays.between(wanted, wanted + LONGEST)
    return Calendar(holidays).next_working(wanted)  # on a day off nobody is reminded
