"""Say where an item of the OIT is published, and look whether it opens.

staff    [ใส่ลิงก์] (under the card of an item of their unit)
bot      O5 เผยแพร่ที่ใดคะ โปรดวางที่อยู่เว็บ …
staff    https://www.example.go.th/contact
bot      บันทึกแล้วค่ะ กำลังตรวจว่าเปิดได้หรือไม่ …   [ดูผลตรวจ] [ทะเบียน OIT]
staff    [รูปป้ายประกาศ]
bot      โปรดส่งรูปป้ายประกาศของ O5
staff    [photo]
bot      ได้รับรูปแล้วค่ะ …

An address is looked at when it is given, when somebody asks, and by the clock: each once a week, those that did not
open the next night. Nobody is told by a message of what was found: the card of the item says it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.common import contents
from handlers.kit import SILENCE, Answer, At, Feature, Go, Notice, Reply, Task, Tick, Turn, ask, say, words
from handlers.oit import item_cards as cards
from itadomain.fiscal import fiscal_year_of
from itadomain.oit import register as registers
from itadomain.oit.items import Check, Item, Outcome, to_check
from itadomain.people import EVERYONE, INSIDERS, Person, Role
from itadomain.refusals import Refusal

feature = Feature("oit_publishing", roles=INSIDERS)

#: So many looks a night for an agency, at moments of its own: all agencies at once would flood the sites and the queue.
A_NIGHT, SPREAD = 12, timedelta(hours=4)
IMAGE, REMOVE = "heard:image", "remove"


@dataclass(frozen=True)
class Draft:
    """The item whose place is told."""

    year: int
    no: int


@feature.on()
def address(turn: Turn) -> Reply:
    item = _meant(turn)
    gone = [Answer(words("oit_publishing.tap_remove"), REMOVE)] if item.address else []
    return ask("oit_publishing.which_address", then=hear_address, draft=_draft(item), choices=gone, code=item.code)


@feature.step
def hear_address(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen == REMOVE:
        gone = registers.unpublish(turn.store, _again(turn, draft))
        return say("oit_publishing.removed", code=gone.code).offering(*cards.onward(gone))
    item = registers.publish(turn.store, _again(turn, draft), turn.text, turn.who, turn.today)
    told = say("oit_publishing.address_kept", code=item.code)
    return told.offering(_see(item), cards.to_register(item.year)).doing(_look(item))


@feature.on()
def board(turn: Turn) -> Reply:
    item = _meant(turn)
    return ask("oit_publishing.send_photo", then=hear_photo, draft=_draft(item), code=item.code)


@feature.hearing(IMAGE)
def hear_photo(turn: Turn, draft: Draft) -> Reply:
    """A photo; words are none."""
    item = _again(turn, draft)
    if turn.values.get("kind") != "image":
        raise Refusal("oit_publishing.only_a_photo")
    photo, tasks = contents.received(turn)
    turn.store.evidence.save(photo.attached(registers.board_of(item), None))
    kept = registers.put_up(turn.store, item, photo.id, turn.who, turn.today)
    return say("oit_publishing.photo_kept", code=kept.code).offering(*cards.onward(kept)).doing(*tasks)


@feature.on()
def updated(turn: Turn) -> Reply:
    item = registers.touch(turn.store, _meant(turn), turn.who, turn.today)
    return say("oit_publishing.updated", code=item.code, day=turn.today).offering(*cards.onward(item))


@feature.on()
def check(turn: Turn) -> Reply:
    item = _meant(turn)
    if not item.address:
        raise Refusal("oit_publishing.no_address_yet", code=item.code)
    registers.look_again(turn.store, item)
    told = say("oit_publishing.looking", code=item.code).offering(_see(item), cards.to_register(item.year))
    return told.doing(_look(item))


@feature.on("task:check_address", roles=EVERYONE, aside=True)
def looked(turn: Turn) -> Reply:
    """What was found stands with the item, as long as it has that address."""
    if "outcome" in turn.values:  # else it was given up, and the clock comes back to it
        year, no = turn.number("year") or 0, turn.number("no") or 0
        registers.looked_at(turn.store, year, no, str(turn.values["address"]), _check(turn))
    return SILENCE


@feature.every(At(1, 0))
def look_at_some(tick: Tick) -> Sequence[Notice]:
    """The looks of a night, spread over it; they are done in the lane of somebody who is told nothing."""
    whose = _somebody(tick)
    if whose is None:
        return []
    items = registers.register(tick.store, fiscal_year_of(tick.today)).items
    looks = [_look(one, tick) for one in to_check(items, tick.today, A_NIGHT)]
    return [Notice(whose, SILENCE.doing(*looks))] if looks else []


def _somebody(tick: Tick) -> Person | None:
    people = tick.store.people
    there = [*people.with_role(Role.ADMIN, tick.today), *people.insiders(tick.today)]
    return next((one for one in there if not one.away), None)


def _look(item: Item, tick: Tick | None = None) -> Task:
    at = tick.now + _by_chance(tick.store.new_id()) if tick else None
    return Task("check_address", {"year": int(item.year), "no": item.no, "address": item.address}, at)


def _by_chance(new_id: str) -> timedelta:
    """A moment of the night, as an id falls out."""
    return timedelta(seconds=int.from_bytes(new_id.encode(), "big") % int(SPREAD.total_seconds()))


def _check(turn: Turn) -> Check:
    values = turn.values
    changed = str(values["changed_on"])
    return Check(
        date.fromisoformat(str(values["on"])),
        Outcome(str(values["outcome"])),
        turn.number("status") or 0,
        bool(values["expired"]),
        date.fromisoformat(changed) if changed else None,
    )


def _see(item: Item) -> Go:
    return Go(words("oit_publishing.tap_see"), "oit.one", cards.named(item))


def _meant(turn: Turn) -> Item:
    """The item that a tap names, for those who may say where it is."""
    return _theirs(turn, cards.item_meant(turn, cards.year_of(turn)))


def _again(turn: Turn, draft: Draft) -> Item:
    return _theirs(turn, registers.item_of(turn.store, draft.year, draft.no))


def _theirs(turn: Turn, item: Item) -> Item:
    cards.publisher(turn, item)
    return item


def _draft(item: Item) -> Draft:
    return Draft(int(item.year), item.no)
