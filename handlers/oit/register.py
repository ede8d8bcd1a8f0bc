"""What must be published for the OIT: what is missing, and the list of the year's items.

officer  ข้อไหนยังไม่ครบ
bot      [card: OIT ปี 2569 ครบ 12 จาก 22 ข้อ · O5 …: เลยกำหนด, ยังไม่มีลิงก์ …]   [O5] [O9] … [ทุกข้อ]
officer  [O5]
bot      [card: O5 ข้อมูลการติดต่อ · หน่วยงาน · กำหนด · ลิงก์ · ตรวจล่าสุด …]   [ใส่ลิงก์] [รูปป้ายประกาศ] …
secretary เพิ่มรายการ OIT
bot      พิมพ์หรือวางรายการ ข้อละบรรทัด …   [ใช้ของปีก่อน]
secretary O1 โครงสร้าง
         O2 ข้อมูลผู้บริหาร …
bot      [card: อ่านได้ 26 ข้อ …]   [ยืนยัน]
secretary [ยืนยัน]
bot      บันทึกแล้ว 26 ข้อค่ะ

Of a year that no source tells the items of, nothing is shown as fact: the agency enters them, or takes those of the
year before as a draft, whose names count as not confirmed until somebody says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.common import picking
from handlers.common.calendar_keepers import is_keeper
from handlers.kit import Answer, Card, Feature, Go, Link, Reply, Row, Tap, Turn, ask, say, words
from handlers.oit import item_cards as cards
from itadomain.fiscal import FiscalYear
from itadomain.oit import register as registers
from itadomain.oit.entering import Lines, Named, is_list, lines_said, number_said
from itadomain.oit.items import Register
from itadomain.people import INSIDERS

feature = Feature("oit", roles=INSIDERS)

LAST_YEARS = "last year's"
SHOWN, SHOWN_UNREAD = 12, 3


@dataclass(frozen=True)
class Draft:
    """The items that are about to be kept: numbers, and the names beside them."""

    year: int
    numbers: Sequence[int] = ()
    names: Sequence[str] = ()


@dataclass(frozen=True)
class OfYear:
    """The year whose register it is about."""

    year: int


@feature.on("intent:oit_register")
def missing(turn: Turn) -> Reply:
    """What is missing, the most urgent first; one item where it is named; a list where one is added."""
    year = cards.year_of(turn)
    if is_list(turn.text):
        cards.keeper(turn)
        return _ask_if_right(turn, lines_said(turn.text), year)
    if number_said(str(turn.values.get("question", ""))):
        return one(turn)
    register = registers.register(turn.store, year)
    if not register.items:
        return _nothing_yet(turn, year)
    found = register.missing(turn.today)
    file = Link(words("register_paper.tap_word"), f"paper:register:{int(year)}:docx")
    return cards.listed(turn, register, found, "oit.missing", words("oit.all_complete")).offering(
        *_ways(turn, register), file
    )


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every item
    register = registers.register(turn.store, cards.year_of(turn))
    if not register.items:
        return _nothing_yet(turn, register.year)
    every = [(one, register.gaps(one, turn.today)) for one in register.items]
    file = Link(words("register_paper.tap_excel"), f"paper:register:{int(register.year)}:xlsx")
    return cards.listed(turn, register, every, "oit.all", words("oit.all_complete")).offering(
        file, cards.to_register(register.year)
    )


@feature.on()
def mine(turn: Turn) -> Reply:
    """What is missing of the items of one's own units."""
    register = registers.register(turn.store, cards.year_of(turn))
    if not register.items:
        return _nothing_yet(turn, register.year)
    units = turn.who.units(turn.today)
    if not any(one.unit in units for one in register.items if one.unit):
        return say("oit.none_of_yours", year=register.year).offering(cards.to_register(register.year))
    found = register.missing(turn.today, units)
    return cards.listed(turn, register, found, "oit.mine", words("oit.yours_complete")).offering(
        cards.to_register(register.year)
    )


@feature.on()
def one(turn: Turn) -> Reply:
    year = cards.year_of(turn)
    return cards.one(turn, registers.register(turn.store, year), cards.item_meant(turn, year))


@feature.on()
def add(turn: Turn) -> Reply:
    cards.keeper(turn)
    year = cards.year_of(turn)
    before = registers.register(turn.store, year - 1).items if year > registers.EARLIEST else ()
    choices = [Answer(words("oit.tap_last_year"), LAST_YEARS)] if before else []
    return ask("oit.which_items", then=hear_items, draft=OfYear(year), choices=choices, year=year)


@feature.step
def hear_items(turn: Turn, draft: OfYear) -> Reply:
    cards.keeper(turn)
    if turn.chosen == LAST_YEARS:
        return _ask_to_carry(turn, draft.year)
    return _ask_if_right(turn, lines_said(turn.text), draft.year)


@feature.step
def confirm_items(turn: Turn, draft: Draft) -> Reply:
    cards.keeper(turn)
    picking.only_yes(turn)
    items = [Named(no, name) for no, name in zip(draft.numbers, draft.names, strict=True)]
    kept = registers.add(turn.store, draft.year, items)
    more = Go(words("oit.tap_add"), "oit.add", {"year": draft.year})
    return say("oit.kept", count=len(kept), year=draft.year).offering(cards.to_register(draft.year), more)


@feature.on()
def carry(turn: Turn) -> Reply:
    cards.keeper(turn)
    return _ask_to_carry(turn, cards.year_of(turn))


@feature.step
def confirm_carry(turn: Turn, draft: OfYear) -> Reply:
    cards.keeper(turn)
    picking.only_yes(turn)
    count = registers.carry(turn.store, draft.year)
    return say("oit.carried", count=count, year=draft.year).offering(cards.to_register(draft.year))


@feature.on()
def confirm_names(turn: Turn) -> Reply:
    cards.keeper(turn)
    year = cards.year_of(turn)
    count = registers.confirm_names(turn.store, year)
    return say("oit.names_confirmed", count=count, year=year).offering(cards.to_register(year))


def _nothing_yet(turn: Turn, year: FiscalYear) -> Reply:
    """Nothing is known of the year: who may enter its items is asked to."""
    if not is_keeper(turn):
        return say("oit.nothing_yet", year=year).offering(Go(words("help.tap_menu"), "help.menu"))
    add_them = Go(words("oit.tap_add"), "oit.add", {"year": int(year)})
    return say("oit.nothing_yet_add", year=year).offering(add_them, *_carrying(turn, year))


def _ways(turn: Turn, register: Register) -> list[Tap]:
    """What else can be done with the register, by whom."""
    year = {"year": int(register.year)}
    taps: list[Tap] = [Go(words("oit.tap_all"), "oit.all", year)]
    if turn.who.units(turn.today):
        taps.append(Go(words("oit.tap_mine"), "oit.mine", year))
    if is_keeper(turn):
        loose = any(not one.confirmed for one in register.items)
        manage = Go(words("oit.tap_confirm_names"), "oit.confirm_names", year)
        taps.append(manage if loose else Go(words("oit.tap_add"), "oit.add", year))
    return taps


def _carrying(turn: Turn, year: FiscalYear) -> list[Tap]:
    before = registers.register(turn.store, year - 1).items if year > registers.EARLIEST else ()
    return [Go(words("oit.tap_last_year"), "oit.carry", {"year": int(year)})] if before else []


def _ask_if_right(turn: Turn, lines: Lines, year: int) -> Reply:
    """What was read, to be agreed to before anything is kept."""
    have = {one.no: one.name for one in registers.register(turn.store, year).items}
    changed = sum(one.no in have and have[one.no] != one.name for one in lines.items)
    told = words("oit.read", count=len(lines.items), year=year)
    left = len(lines.items) - SHOWN
    card = Card(
        summary=told,
        title=told,
        rows=[Row(f"O{one.no}", one.name) for one in lines.items[:SHOWN]],
        notes=[
            *([words("oit.and_more", count=left)] if left > 0 else []),
            *([words("oit.takes_the_place", count=changed)] if changed else []),
            *(words("oit.unread", line=line[:80]) for line in lines.unread[:SHOWN_UNREAD]),
        ],
    )
    numbers, names = [one.no for one in lines.items], [one.name for one in lines.items]
    draft = Draft(year, numbers, names)
    return Reply((card, words("oit.is_it_right")), taps=picking.yes(), then=confirm_items, draft=draft)


def _ask_to_carry(turn: Turn, year: int) -> Reply:
    """What of last year's would stand here, to be agreed to; what only shares a number is told, and left."""
    found = registers.carried(turn.store, year)
    if not found.items:
        return say("oit.nothing_to_carry", year=year - 1).offering(cards.to_register(year))
    told = words("oit.would_carry", count=len(found.items), before=year - 1, year=year)
    left = len(found.items) - SHOWN
    card = Card(
        summary=told,
        title=told,
        rows=[Row(f"O{one.no}", one.name) for one in found.items[:SHOWN]],
        notes=[
            *([words("oit.and_more", count=left)] if left > 0 else []),
            *([words("oit.only_a_draft", year=year)] if found.draft else []),
            *([words("oit.other_names", codes=[new.code for _, new in found.others])] if found.others else []),
        ],
    )
    return Reply((card, words("oit.is_it_right")), taps=picking.yes(), then=confirm_carry, draft=OfYear(year))
