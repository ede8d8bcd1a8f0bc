"""Set up one item of the OIT: its name, the unit that answers for it, its own day; or take it out.

secretary [หน่วยงาน] (under the card of an item)
bot       O5 ให้หน่วยงานใดรับผิดชอบคะ   [สำนักปลัด] [กองคลัง] …
secretary กองคลัง
bot       บันทึกแล้วค่ะ O5 เป็นของ กองคลัง   [O5] [ทะเบียน OIT]
secretary [กำหนด]
bot       O5 ต้องเผยแพร่ภายในวันใดคะ …   [เลือกวัน] [ตามปฏิทิน]
secretary 31 มี.ค. 70
bot       บันทึกแล้วค่ะ O5 ครบกำหนด 31 มี.ค. 2570
"""

from dataclasses import dataclass

from handlers.common import picking
from handlers.kit import Answer, Feature, Reply, Turn, ask, say, words
from handlers.oit import item_cards as cards
from itadomain.oit import register as registers
from itadomain.oit.items import Item
from itadomain.people import INSIDERS

feature = Feature("oit_items", roles=INSIDERS)

FOR_ALL = "for all"


@dataclass(frozen=True)
class Draft:
    """The item that is set up."""

    year: int
    no: int


@feature.on()
def rename(turn: Turn) -> Reply:
    item = _meant(turn)
    return ask("oit_items.which_name", then=hear_name, draft=_draft(item), code=item.code, name=item.name)


@feature.step
def hear_name(turn: Turn, draft: Draft) -> Reply:
    item = registers.rename(turn.store, _again(turn, draft), turn.text)
    return say("oit_items.renamed", code=item.code, name=item.name).offering(*cards.onward(item))


@feature.on()
def unit(turn: Turn) -> Reply:
    return _ask_unit(turn, _meant(turn))


@feature.step
def pick_unit(turn: Turn, draft: Draft) -> Reply:
    item = _again(turn, draft)
    if picking.page_turned(turn) is not None:
        return _ask_unit(turn, item)
    found = picking.unit_chosen(turn)
    kept = registers.give(turn.store, item, found.id if found else "")
    if found is None:
        return say("oit_items.nobodys", code=kept.code).offering(*cards.onward(kept))
    return say("oit_items.given", code=kept.code, unit=found.name).offering(*cards.onward(kept))


@feature.on()
def due(turn: Turn) -> Reply:
    item = _meant(turn)
    for_all = Answer(words("oit_items.tap_for_all"), FOR_ALL)
    choices = picking.days(turn, for_all)
    return ask("oit_items.which_day", then=hear_due, draft=_draft(item), choices=choices, code=item.code)


@feature.step
def hear_due(turn: Turn, draft: Draft) -> Reply:
    day = None if turn.chosen == FOR_ALL else picking.day_chosen(turn)
    item = registers.set_due(turn.store, _again(turn, draft), day)
    if day is None:
        return say("oit_items.due_for_all", code=item.code).offering(*cards.onward(item))
    return say("oit_items.due", code=item.code, due=day).offering(*cards.onward(item))


@feature.on()
def drop(turn: Turn) -> Reply:
    item = _meant(turn)
    facts = {"code": item.code, "name": item.name, "year": item.year}
    return ask("oit_items.drop_it", then=confirm_drop, draft=_draft(item), choices=picking.yes(), **facts)


@feature.step
def confirm_drop(turn: Turn, draft: Draft) -> Reply:
    picking.only_yes(turn)
    item = registers.drop(turn.store, _again(turn, draft))
    return say("oit_items.dropped", code=item.code, year=item.year).offering(cards.to_register(item.year))


def _ask_unit(turn: Turn, item: Item) -> Reply:
    choices = picking.units(turn, none_too=True)
    return ask("oit_items.which_unit", then=pick_unit, draft=_draft(item), choices=choices, code=item.code)


def _meant(turn: Turn) -> Item:
    """The item that a tap names, for those who look after the register."""
    cards.keeper(turn)
    return cards.item_meant(turn, cards.year_of(turn))


def _again(turn: Turn, draft: Draft) -> Item:
    cards.keeper(turn)
    return registers.item_of(turn.store, draft.year, draft.no)


def _draft(item: Item) -> Draft:
    return Draft(int(item.year), item.no)
