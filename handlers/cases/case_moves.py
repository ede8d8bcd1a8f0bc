"""What an officer does with a case that is shown: take it up, give it to a unit, ask, answer, end it.

officer  [แก้ไขแล้ว]
bot      พิมพ์ข้อความถึงผู้แจ้ง หรือเลือกแบบ   1. ดำเนินการแก้ไขเรียบร้อยแล้วค่ะ …   [แบบที่ 1] [แบบที่ 2] …
officer  [แบบที่ 1]
bot      ขอรูปหลังแก้ไขอย่างน้อย 1 รูป
officer  [photo]
bot      [card: ข้อความที่จะส่งถึงผู้แจ้ง …]   [ส่งเลย] [แก้ข้อความ]
officer  [ส่งเลย]
bot      บันทึกว่าแก้ไขแล้ว ผู้แจ้งจะได้รับแจ้ง
         (its reporter)  bot  มีความคืบหน้าในเรื่องที่ท่านแจ้ง   [เปิดดู]
officer  [มอบหมาย]
bot      มอบหมายให้หน่วยงานใด   [กองช่าง] …
officer  [กองช่าง]
bot      ให้ผู้ใดรับผิดชอบ   [ให้หน่วยงานจัดการ] [สมชาย] …

Who reported it at the counter or by phone is told another way, which is said.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.cases import case_cards as cards
from handlers.cases.case_deeds import NOTE, TAPS, Doing, doable, found, make, tap_list, too_late
from handlers.common import case_log, contents, picking
from handlers.kit import Answer, Card, Feature, Reply, Row, Turn, Words, ask, words
from itadomain.cases import news, working
from itadomain.cases.case import Case, Voice, line
from itadomain.cases.lists import Which, listed
from itadomain.cases.moves import Move
from itadomain.cases.phrases import phrases
from itadomain.evidence import DRAFT
from itadomain.people import INSIDERS, LANGUAGES, Person
from itadomain.refusals import Refusal
from itadomain.superiors import members_of

feature = Feature("case_moves", roles=INSIDERS)

SEND, AGAIN, SKIP = "send", "again", "skip"
MOST_COUNTED = 20
AT_ONCE = {Move.ACCEPT, Move.START, Move.GO_ON}  # nothing is to be said with them


def shown(turn: Turn, case: Case) -> Reply:
    """A case, and what this person can do with it."""
    case_log.looked(turn, case)
    taps = [Answer(TAPS[what], f"{what}:{case.id}") for what in doable(turn, case)]
    reply = Reply((cards.card(turn, case), *_others_wait(turn, case))).offering(*taps, tap_list())
    return replace(reply, then=act) if taps else reply


def begin(turn: Turn, case: Case, what: str) -> Reply:
    """Something that is to be done with a case, where its card was not shown before."""
    return _go_on(turn, Doing(case.id, what))


@feature.step
def act(turn: Turn) -> Reply:
    """Something that can be done with the case that was shown."""
    what, _, case_id = turn.chosen.partition(":")
    if what not in TAPS:
        raise Refusal("casework.which_deed")
    return _go_on(turn, Doing(case_id, what))


@feature.step
def pick_unit(turn: Turn, draft: Doing) -> Reply:
    if picking.page_turned(turn) is not None:
        return _which_unit(turn, draft)
    unit = picking.unit_chosen(turn)
    if unit is None:
        raise Refusal("case.no_such_unit")
    return _which_person(turn, replace(draft, unit=unit.id))


@feature.step
def pick_person(turn: Turn, draft: Doing) -> Reply:
    if picking.page_turned(turn) is not None:
        return _which_person(turn, draft)
    if turn.chosen == SKIP:
        return make(turn, draft)
    return make(turn, draft, picking.person_chosen(turn, _of_unit(turn, draft)).id)


@feature.step
def hear_words(turn: Turn, draft: Doing) -> Reply:
    """Words of one's own, or one of those that were offered, by its number."""
    said = picking.ready_or_own(turn, _offered(turn, draft))
    return _go_on(turn, replace(draft, words=line(Voice.NOTE, turn.who.id, turn.today, said).words))


@feature.step
def hear_day(turn: Turn, draft: Doing) -> Reply:
    day = picking.day_chosen(turn)
    if day <= turn.today:
        raise Refusal("case.review_when")
    return _go_on(turn, replace(draft, day=day.isoformat()))


@feature.step
def hear_body(turn: Turn, draft: Doing) -> Reply:
    named = "" if turn.chosen == SKIP else line(Voice.AGENCY, turn.who.id, turn.today, turn.text).words
    return _go_on(turn, replace(draft, body=named))


@feature.hearing("heard:image")
def hear_photo(turn: Turn, draft: Doing) -> Reply:
    if not _is_photo(turn):
        raise Refusal("casework.photo_please")
    return _with_photo(turn, draft)


@feature.hearing("heard:image")
def confirm(turn: Turn, draft: Doing) -> Reply:
    if _is_photo(turn) and draft.what == Move.RESOLVE:
        shown_again = _with_photo(turn, draft)
        return replace(shown_again, bubbles=()) if draft.photos else shown_again  # the rest of an album needs no word
    if turn.chosen == AGAIN:
        return _go_on(turn, replace(draft, words=""))
    if turn.chosen != SEND:
        raise Refusal("casework.send_or_mend")
    return make(turn, draft)


def _others_wait(turn: Turn, case: Case) -> Sequence[Words]:
    """Who is told of something new once a day hears, when they look, how much more nobody has taken up."""
    if not news.looked(turn.store, turn.who):
        return []
    waiting = listed(turn.store, Which.NEW, turn.who, turn.today, MOST_COUNTED)
    others = [one for one in waiting if one.id != case.id]
    return [words("casework.others_wait", count=len(others))] if others else []


def _go_on(turn: Turn, doing: Doing) -> Reply:
    """Ask for what is still needed, then show what will be sent."""
    case, what = found(turn, doing.case), doing.what
    if what not in doable(turn, case):
        return too_late(case)
    if what == Move.ASSIGN:
        return _which_unit(turn, doing)
    if what in AT_ONCE or (what == NOTE and doing.words):
        return make(turn, doing)
    return _missing(turn, case, doing) or _confirm(turn, case, doing)


def _missing(turn: Turn, case: Case, doing: Doing) -> Reply | None:
    """What is asked next, None once all is there."""
    what = doing.what
    if not doing.words:
        return _which_words(turn, doing)
    if what == Move.DEFER and not doing.day:
        return ask("casework.review_when", then=hear_day, draft=doing, choices=picking.days(turn))
    if what == Move.REFUSE and doing.body is None:
        skip = Answer(words("casework.tap_skip"), SKIP)
        return ask("casework.which_body", then=hear_body, draft=doing, choices=[skip])
    if what == Move.RESOLVE and not doing.photos and working.wants_photo(turn.store, case):
        return ask("casework.photo_after", then=hear_photo, draft=doing)
    return None


def _which_unit(turn: Turn, doing: Doing) -> Reply:
    return ask("casework.which_unit", then=pick_unit, draft=doing, choices=picking.units(turn))


def _which_person(turn: Turn, doing: Doing) -> Reply:
    """Who of the unit works on it; nobody is asked where nobody is there."""
    those = _of_unit(turn, doing)
    if not those:
        return make(turn, doing)
    whole = Answer(words("casework.tap_whole_unit"), SKIP)
    choices = [whole, *picking.people(turn, those)]
    return ask("casework.which_person", then=pick_person, draft=doing, choices=choices)


def _of_unit(turn: Turn, doing: Doing) -> Sequence[Person]:
    reporter = found(turn, doing.case).reporter
    people = members_of(doing.unit, turn.store.people.insiders(turn.today), turn.today)
    return [one for one in people if one.id != reporter]


def _which_words(turn: Turn, doing: Doing) -> Reply:
    """What is to be said: written, or one of the ready sentences."""
    if doing.what == NOTE:
        return ask("casework.write_note", then=hear_words, draft=doing)
    asked, offered = words("casework.write_or_pick"), list(enumerate(_offered(turn, doing), 1))
    rows = [Row(words("casework.ready", no=no), ready) for no, ready in offered]
    taps = [Answer(words("casework.tap_ready", no=no), str(no)) for no, _ in offered]
    return Reply((Card(summary=asked, title=asked, rows=rows),), taps=taps, then=hear_words, draft=doing)


def _offered(turn: Turn, doing: Doing) -> Sequence[str]:
    if doing.what == NOTE:
        return ()
    keys = phrases(Move(doing.what) if doing.what in set(Move) else None)
    return [turn.tell(Words(key), _language_of_reporter(turn, doing)) for key in keys]


def _language_of_reporter(turn: Turn, doing: Doing) -> str:
    reporter = turn.store.people.get(found(turn, doing.case).reporter, turn.today)
    return reporter.language if reporter else LANGUAGES[0]


def _confirm(turn: Turn, case: Case, doing: Doing) -> Reply:
    told = words("casework.will_be_sent") if case.reporter else words("casework.will_be_kept")
    facts = (
        (words("casework.words"), doing.words),
        (words("casework.review_on"), date.fromisoformat(doing.day) if doing.day else ""),
        (words("casework.body"), doing.body),
        (words("casework.photos"), str(len(doing.photos)) if doing.photos else ""),
    )
    card = Card(summary=told, title=told, rows=[Row(label, value) for label, value in facts if value])
    taps = (Answer(words("casework.tap_send"), SEND), Answer(words("casework.tap_again"), AGAIN))
    return Reply((card,), taps=taps, then=confirm, draft=doing)


def _with_photo(turn: Turn, draft: Doing) -> Reply:
    photo, tasks = contents.received(turn, DRAFT)
    turn.store.evidence.save(photo)
    return _go_on(turn, replace(draft, photos=[*draft.photos, photo.id])).doing(*tasks)


def _is_photo(turn: Turn) -> bool:
    return turn.values.get("kind") == "image"
