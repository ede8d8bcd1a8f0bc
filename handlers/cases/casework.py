"""Work on what citizens brought, from the first look to the answer.

officer  เรื่องร้องเรียน
bot      [card: เรื่องร้องเรียน 12 เรื่อง · 69-000123-C ไฟฟ้าสาธารณะ · เกินกำหนด 2 วัน · …]
         [69-000123-C] … [ของฉัน] [ยังไม่รับ] [เกินกำหนด] [ถัดไป]
officer  [69-000123-C]   (or types a number)
bot      [card: what was told, where, by when and why, what was said]   [แผนที่] [สิ่งที่ส่งมา 1]
         [รับเรื่อง] [มอบหมาย] [ขอข้อมูลเพิ่ม] [ตอบผู้แจ้ง] [บันทึกภายใน] [แก้ไขแล้ว] …
villager เรื่องร้องเรียน
bot      ต้องการแจ้งเรื่อง หรือติดตามเรื่องที่แจ้งไว้   [แจ้งเรื่อง] [ติดตามเรื่อง]
"""

from dataclasses import dataclass, replace

from handlers.cases import case_cards as cards
from handlers.cases.case_deeds import ANSWER
from handlers.cases.case_moves import begin, shown
from handlers.common import case_log, picking
from handlers.kit import Answer, Card, Feature, Go, Reply, Turn, say, words
from itadomain.cases import news, working
from itadomain.cases.case import Case, Kind
from itadomain.cases.lists import Which, by_number, listed, works_with_cases
from itadomain.cases.moves import Actor, Move
from itadomain.people import EVERYONE, INSIDERS
from itadomain.refusals import Refusal

feature = Feature("casework", roles=INSIDERS)

A_PAGE, LINES = 6, 4
NO_ANSWER = {Move.GO_ON, Move.RESOLVE}  # what can be done where its reporter does not answer
PARTS = {
    Which.ALL: (words("casework.tap_all"), words("casework.all")),
    Which.OVERDUE: (words("casework.tap_overdue"), words("casework.overdue")),
    Which.NEW: (words("casework.tap_new"), words("casework.new")),
    Which.MINE: (words("casework.tap_mine"), words("casework.mine")),
}


@dataclass(frozen=True)
class Listing:
    """The part of the list, and the page of it, that is shown."""

    which: str = Which.ALL.value
    page: int = 0


@feature.on(roles=EVERYONE)
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every case
    return _listed(turn, Listing()) if turn.who.may(INSIDERS) and _has_cases(turn) else _door(turn)


@feature.step
def pick(turn: Turn, draft: Listing) -> Reply:
    """Another part, another page, or a case: tapped, or typed by its number."""
    if turn.chosen in set(Which):
        return _listed(turn, Listing(turn.chosen))
    page = picking.page_turned(turn)
    if page is not None:
        return _listed(turn, replace(draft, page=page))
    if turn.chosen:
        return shown(turn, _found(turn, turn.chosen))
    return shown(turn, by_number(turn.store, turn.text, turn.who, turn.today))


@feature.on()
def one(turn: Turn) -> Reply:
    return shown(turn, _found(turn, str(turn.values.get("id", ""))))


@feature.on()
def waited(turn: Turn) -> Reply:
    """What is done about a case whose reporter did not answer."""
    case, what = _found(turn, str(turn.values.get("id", ""))), str(turn.values.get("what", ""))
    if what not in NO_ANSWER:
        raise Refusal("casework.which_deed")
    settled_by_words = case.kind is Kind.QUESTION and what == Move.RESOLVE
    return begin(turn, case, ANSWER if settled_by_words else what)


@feature.on()
def said(turn: Turn) -> Reply:
    """All that was told and said, a page at a time, the newest last."""
    case = _found(turn, str(turn.values.get("id", "")))
    case_log.looked(turn, case)
    page = max(0, turn.number("page") or 0)
    told = words("casework.said_of", ticket=case.ticket)
    rows = [cards.said(turn, one) for one in list(case.talk)[page * LINES :][:LINES]]
    story = say("casework.whole_story", story=case.story or "-") if not page else Reply()
    more = [Go(words("picking.tap_on"), "casework.said", {"id": case.id, "page": page + 1})]
    reply = story.adding(Card(summary=told, title=told, rows=rows)) if rows else story
    return reply.offering(*(more if len(case.talk) > (page + 1) * LINES else ()), _tap_one(case))


@feature.on()
def taken_back(turn: Turn) -> Reply:
    """What its reporter took back, a message at a time: for whoever receives all cases, and written down."""
    case = _found(turn, str(turn.values.get("id", "")))
    if Actor.DESK not in working.acting(turn.store, case, turn.who, turn.today):
        raise Refusal("case.not_yours")
    if not case.hidden:
        raise Refusal("casework.nothing_taken_back")
    case_log.read_hidden(turn, case)
    page = min(max(0, turn.number("page") or 0), len(case.hidden) - 1)
    more = [Go(words("picking.tap_on"), "casework.taken_back", {"id": case.id, "page": page + 1})]
    reply = say("casework.was_taken_back", words=case.hidden[page])
    return reply.offering(*(more if page + 1 < len(case.hidden) else ()), _tap_one(case))


def _door(turn: Turn) -> Reply:
    """What everyone can do with cases; whoever works for the agency sees how many there are."""
    tell, follow = Go(words("casework.tap_tell"), "complaint.start"), Go(words("casework.tap_follow"), "following.mine")
    return say("casework.tell_or_follow").offering(tell, follow, *([_tap_figures()] if turn.who.may(INSIDERS) else ()))


def _listed(turn: Turn, draft: Listing) -> Reply:
    news.looked(turn.store, turn.who)
    which, page = Which(draft.which), max(0, draft.page)
    found = listed(turn.store, which, turn.who, turn.today, A_PAGE + 1, page * A_PAGE)
    case_log.listed(turn, which, len(found[:A_PAGE]))
    told = PARTS[which][1] if found else words("casework.none_here")
    card = Card(summary=told, title=told, rows=[cards.row(turn, one) for one in found[:A_PAGE]])
    back = [Answer(words("picking.tap_back"), f"{picking.TURNED}{page - 1}")] if page else []
    on = [Answer(words("picking.tap_on"), f"{picking.TURNED}{page + 1}")] if len(found) > A_PAGE else []
    parts = [Answer(label, other.value) for other, (label, _) in PARTS.items() if other is not which]
    taps = [Answer(str(one.ticket), one.id) for one in found[:A_PAGE]]
    return Reply((card,), taps=(*taps, *back, *on, *parts, _tap_figures()), then=pick, draft=draft)


def _has_cases(turn: Turn) -> bool:
    return works_with_cases(turn.store, turn.who, turn.today) or bool(
        listed(turn.store, Which.MINE, turn.who, turn.today, 1)
    )


def _found(turn: Turn, case_id: str) -> Case:
    return working.find(turn.store, case_id, turn.who, turn.today)


def _tap_figures() -> Go:
    return Go(words("casework.tap_figures"), "figures.of_year")


def _tap_one(case: Case) -> Go:
    return Go(words("casework.tap_one"), "casework.one", {"id": case.id})
