"""Destroy records after their time: proposed by one, approved by another, and written into a register that stays.

admin    กำหนดเวลาเก็บเรื่อง
bot      [card: เก็บเรื่องที่จบแล้วนานเท่าใด · ปัญหา/ร้องเรียน: ยังไม่กำหนด (ไม่ทำลาย) · …]   [ปัญหา/ร้องเรียน] …
admin    [ปัญหา/ร้องเรียน]
bot      เก็บกี่ปีหลังจบเรื่อง   [1 ปี] [5 ปี] [10 ปี] [ไม่กำหนด]
         (09.00, on the first working day of a month, to the desk)   มีรายการรอท่าน   [เปิดดู]
desk     [เปิดดู]
bot      [card: ครบกำหนดเก็บ 3 เรื่อง · 66-000123-C ปัญหา/ร้องเรียน จบเมื่อ …]   [เสนอทำลาย] [66-000123-C] …
desk     [66-000123-C]
bot      เก็บเรื่องนี้ไว้ต่อเพราะอะไร
desk     ยังมีคดีอยู่
bot      เก็บไว้ต่อแล้ว
desk     [เสนอทำลาย]
bot      เสนอทำลาย 2 เรื่องแล้ว ผู้ดูแลระบบหรือผู้บริหารจะพิจารณา
         (admin)   มีรายการรอท่าน   [เปิดดู]
admin    [เปิดดู]
bot      [card: เสนอให้ทำลาย 2 เรื่อง …]   [อนุมัติทำลาย] …
admin    [อนุมัติทำลาย]
bot      ทำลายข้อความและไฟล์ของ 2 เรื่อง เอาคืนไม่ได้   [ยืนยัน]
admin    [ยืนยัน]
bot      ทำลายแล้ว 2 เรื่อง   [ทะเบียนทำลาย]

Disclosures go the same way among those who hold a key of them, and nobody else sees that there are any.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.common import case_log, picking
from handlers.disclosures import integrity_log
from handlers.kit import Answer, At, Feature, Go, Notice, Reply, Task, Tick, Turn, ask, say, words
from handlers.records import retention_cards as cards
from itadomain import disposing
from itadomain.cases.keeping import APPROVERS, CASES
from itadomain.disposing import Side
from itadomain.integrity.keeping import DISCLOSURES
from itadomain.people import Role
from itadomain.refusals import Refusal

KEEPERS = frozenset({Role.OFFICER, *APPROVERS})
RECEIVERS = frozenset({Role.INTEGRITY})
feature = Feature("retention", roles=KEEPERS | RECEIVERS)

SIDES = {side.name: side for side in (CASES, DISCLOSURES)}
PROPOSE, APPROVE = "propose", "approve"
#: Copies of evidence may be shared by several cases; what came with a disclosure lies on the shelf for it alone.
REMOVAL = {CASES.name: "remove_evidence", DISCLOSURES.name: "remove_disclosed"}
USUAL = (1, 5, 10)
FOR_EVER = "0"


@dataclass(frozen=True)
class Shown:
    """The records that are shown, so that nothing else is decided on; and the page of them."""

    side: str
    ids: Sequence[str] = ()
    page: int = 0
    about: str = ""  # the one that is kept on


@dataclass(frozen=True)
class Keeping:
    """The kind of record that is spoken of."""

    side: str
    kind: str = ""


@feature.every(At(9))
def remind(tick: Tick) -> Sequence[Notice]:
    steps = {CASES.name: "retention.due", DISCLOSURES.name: "retention.disclosures"}
    return [
        Notice(one, cards.something_waits(steps[side.name]))
        for side in SIDES.values()
        for one in disposing.to_remind(tick.store, side, tick.today)
    ]


@feature.on(roles=KEEPERS)
def due(turn: Turn) -> Reply:
    return _shown(turn, Shown(CASES.name))


@feature.on(roles=RECEIVERS)
def disclosures(turn: Turn) -> Reply:
    return _shown(turn, Shown(DISCLOSURES.name))


@feature.step
def pick(turn: Turn, draft: Shown) -> Reply:
    side, page = _side(turn, draft.side), picking.page_turned(turn)
    if page is not None:
        return _shown(turn, replace(draft, page=page))
    if turn.chosen == PROPOSE:
        return _proposed(turn, side, draft)
    if turn.chosen == APPROVE:
        return ask("retention.sure", then=confirm, draft=draft, choices=picking.yes(), count=len(draft.ids))
    if turn.chosen not in draft.ids:
        raise Refusal("retention.one_of_these")
    return ask("retention.why_kept", then=hear_why, draft=replace(draft, about=turn.chosen))


@feature.step
def hear_why(turn: Turn, draft: Shown) -> Reply:
    side = _side(turn, draft.side)
    disposing.hold(turn.store, side, draft.about, turn.text, turn.who, turn.at)
    return say("retention.kept_on").offering(cards.tap_due(side), cards.tap_held(side))


@feature.step
def confirm(turn: Turn, draft: Shown) -> Reply:
    picking.only_yes(turn)
    side = _side(turn, draft.side)
    destroyed = disposing.approve(turn.store, side, draft.ids, turn.who, turn.at)
    for one in destroyed.done:
        case_log.disposed(turn, one)
    removal = [Task(REMOVAL[side.name], {"sha256": copy}) for copy in destroyed.copies]
    told = say("retention.destroyed", count=len(destroyed.done)).doing(*removal)
    return told.offering(cards.tap_register(side), cards.tap_due(side))


@feature.on()
def register(turn: Turn) -> Reply:
    side, page = _named(turn), max(0, turn.number("page") or 0)
    return cards.register(turn, side, page)


@feature.on()
def kept_on(turn: Turn) -> Reply:
    side = _named(turn)
    held = disposing.held(turn.store, side, turn.who, turn.today)
    if not held:
        return say("retention.none_kept_on").offering(cards.tap_due(side))
    card, taps = cards.held(turn, held)
    return Reply((card,), taps=taps, then=release, draft=Shown(side.name, [one.about for one in held]))


@feature.step
def release(turn: Turn, draft: Shown) -> Reply:
    side = _side(turn, draft.side)
    if turn.chosen not in draft.ids:
        raise Refusal("retention.one_of_these")
    disposing.release(turn.store, side, turn.chosen, turn.who, turn.today)
    return say("retention.released").offering(cards.tap_due(side), cards.tap_held(side))


@feature.on(roles=frozenset({Role.ADMIN}))
def years(turn: Turn) -> Reply:
    return _which_years(turn, CASES)


@feature.on(roles=RECEIVERS)
def years_of_disclosures(turn: Turn) -> Reply:
    return _which_years(turn, DISCLOSURES)


@feature.step
def pick_kind(turn: Turn, draft: Keeping) -> Reply:
    side = _side(turn, draft.side)
    if turn.chosen not in side.kinds:
        raise Refusal("retention.which_kind")
    usual = [Answer(words("retention.tap_years", count=count), str(count)) for count in USUAL]
    choices = [*usual, Answer(words("retention.tap_for_ever"), FOR_EVER)]
    heard = replace(draft, kind=turn.chosen)
    return ask("retention.how_long", then=hear_years, draft=heard, choices=choices, kind=cards.kind_name(turn.chosen))


@feature.step
def hear_years(turn: Turn, draft: Keeping) -> Reply:
    side, count = _side(turn, draft.side), picking.count_said(turn)
    if not _sets_years(turn, side):
        raise Refusal("retention.nothing")
    if count is None:
        raise Refusal("retention.how_many", most=disposing.MOST_YEARS)
    disposing.keep_for(turn.store, side, draft.kind, count)
    if side is DISCLOSURES:
        integrity_log.set_up(turn, "years")
    return say("retention.years_kept").offering(cards.tap_years(side))


def _shown(turn: Turn, draft: Shown) -> Reply:
    """What waits for this person's word, else what they may propose."""
    side = _side(turn, draft.side)
    waiting = disposing.waiting(turn.store, side, turn.who, turn.today)
    some = waiting or disposing.due(turn.store, side, turn.who, turn.today)
    if not some:
        return _nothing(turn, side)
    do = Answer(words("retention.tap_approve"), APPROVE) if waiting else Answer(words("retention.tap_propose"), PROPOSE)
    card, taps = cards.listed(turn, some, draft.page, waiting=bool(waiting))
    kept = Shown(side.name, [one.about for one in some], draft.page)
    return Reply((card,), taps=(do, *taps), then=pick, draft=kept)


def _nothing(turn: Turn, side: Side) -> Reply:
    """Nothing is due, perhaps because nobody said how long records are kept."""
    unset = not any(disposing.years(turn.store, kind) for kind in side.kinds)
    told = say("retention.no_years" if unset else "retention.nothing_due")
    years_too = [cards.tap_years(side)] if _sets_years(turn, side) else []
    return told.offering(*years_too, cards.tap_register(side), cards.tap_held(side))


def _proposed(turn: Turn, side: Side, draft: Shown) -> Reply:
    made = disposing.propose(turn.store, side, draft.ids, turn.who, turn.at)
    others = disposing.to_approve(turn.store, side, made, turn.today)
    told = words("retention.proposed", count=len(made))
    step = "retention.due" if side is CASES else "retention.disclosures"
    more = () if others else (words("retention.alone"),)
    reply = Reply((told, *more)).telling(*others, reply=cards.something_waits(step))
    return reply.offering(cards.tap_register(side), Go(words("help.tap_menu"), "help.menu"))


def _which_years(turn: Turn, side: Side) -> Reply:
    card, taps = cards.years(turn, side)
    return Reply((card,), taps=taps, then=pick_kind, draft=Keeping(side.name))


def _sets_years(turn: Turn, side: Side) -> bool:
    """Whether this person says how long its records are kept: of cases an administrator, of disclosures a receiver."""
    return turn.who.may(RECEIVERS) if side is DISCLOSURES else Role.ADMIN in turn.who.roles


def _named(turn: Turn) -> Side:
    return _side(turn, str(turn.values.get("side", "")))


def _side(turn: Turn, name: str) -> Side:
    """The side that a tap or a draft names, for whoever has to do with it."""
    side = SIDES.get(name, CASES)
    if not turn.who.may(RECEIVERS if side is DISCLOSURES else KEEPERS):
        raise Refusal("retention.nothing")
    return side
