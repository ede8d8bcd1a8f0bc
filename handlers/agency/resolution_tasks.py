"""What meetings gave the units to do: seen, reported as done; changed or taken back by the secretariat.

officer  งานตามมติ
bot      [card: งานตามมติที่ประชุม 2 เรื่อง · 1. ติดป้าย … กองช่าง ภายใน 15 ธ.ค. 2569]   [มติข้อ 1] [มติข้อ 2]
officer  [มติข้อ 1]
bot      [card: มติข้อ 1 ของการประชุมวันที่ 4 ธ.ค. 2569 …]   [ทำเสร็จแล้ว]
officer  [ทำเสร็จแล้ว]
bot      ทำอะไรไปแล้วบ้างคะ พิมพ์สั้น ๆ หนึ่งประโยค
officer  ติดป้ายหน้าสำนักงานแล้ว
bot      บันทึกแล้วค่ะ …
secretary [แก้มติ]
bot      แก้เรื่องใดคะ   [ข้อความ] [หน่วยงาน] [กำหนด]
secretary [กำหนด] … 30 ธ.ค. … ผู้รับจ้างขอขยายเวลา
bot      แก้มติแล้วค่ะ …
"""

from dataclasses import dataclass, replace
from datetime import date

from handlers.agency import resolution_cards as cards
from handlers.common import picking
from handlers.common.calendar_keepers import is_keeper, keeper_only
from handlers.kit import Answer, Card, Feature, Go, Reply, Turn, ask, say, show, words
from itadomain.papers.meeting import following
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal
from itadomain.resolutions import Resolution, cancelled, changed, done, due_after, in_words
from itadomain.resolving import due_said
from itadomain.thai import fold

feature = Feature("resolution_tasks", roles=INSIDERS)

WORDING, UNIT, DUE = "wording", "unit", "due"


@dataclass(frozen=True)
class Which:
    """The resolution that is spoken of."""

    id: str


@dataclass(frozen=True)
class Change:
    """What of a resolution is changed, and to what."""

    id: str
    part: str = ""
    to: str = ""


@feature.on()
def mine(turn: Turn) -> Reply:
    whole = cards.whole(turn)
    found = turn.store.resolutions.open(None if whole else turn.who.units(turn.today))
    write = [Go(words("resolutions.tap_write"), "resolutions.start")] if is_keeper(turn) else []
    named = [one for one in found if _typed(turn, one)]
    if len(named) == 1:  # «มติข้อ 2», typed; of two meetings both are shown
        return _shown(turn, named[0])
    if not found:
        return say("resolution_tasks.nothing").offering(*write, Go(words("help.tap_menu"), "help.menu"))
    page = min(max(0, turn.number("page") or 0), (len(found) - 1) // picking.PAGE)
    told = words("resolution_tasks.so_many", count=len(found))
    shown = found[page * picking.PAGE :][: picking.PAGE]
    card = Card(
        summary=told, title=told, subtitle=turn.store.office.short, rows=[cards.row(turn, one) for one in shown]
    )
    taps = [_tap_one(one) for one in found]
    at_page = replace(turn, values={"page": page})
    return show(card).offering(*picking.pages(taps, at_page, "resolution_tasks.mine"), *write)


@feature.on()
def one(turn: Turn) -> Reply:
    return _shown(turn, cards.meant(turn))


def _tap_one(one: Resolution) -> Go:
    return Go(words("resolution_tasks.tap_one", no=one.no), "resolution_tasks.one", {"id": one.id})


def _typed(turn: Turn, one: Resolution) -> bool:
    """Whether the words on its tap were typed."""
    label = turn.tell(_tap_one(one).label, turn.who.language)
    return fold(label).split() == fold(turn.text).split()


def _shown(turn: Turn, found: Resolution) -> Reply:
    named = {"id": found.id}
    taps = (
        [Go(words("resolution_tasks.tap_done"), "resolution_tasks.report", named)] if _may_report(turn, found) else []
    )
    if found.open and is_keeper(turn):
        taps.append(Go(words("resolution_tasks.tap_change"), "resolution_tasks.change", named))
        taps.append(Go(words("resolution_tasks.tap_cancel"), "resolution_tasks.cancel", named))
    return cards.onward(show(cards.card(turn, found)).offering(*taps))


@feature.on()
def report(turn: Turn) -> Reply:
    found = cards.meant(turn)
    _only_who_reports(turn, found)
    return ask("resolution_tasks.what_was_done", then=hear_done, draft=Which(found.id), wording=found.wording)


@feature.step
def hear_done(turn: Turn, draft: Which) -> Reply:
    found = cards.known(turn, draft.id)
    _only_who_reports(turn, found)
    turn.store.resolutions.save(done(found, turn.who, turn.text, turn.today))
    return cards.onward(say("resolution_tasks.reported", no=found.no))


@feature.on()
def change(turn: Turn) -> Reply:
    keeper_only(turn)
    parts = (
        (words("resolution_tasks.tap_wording"), WORDING),
        (words("resolution_tasks.tap_unit"), UNIT),
        (words("resolution_tasks.tap_due"), DUE),
    )
    choices, draft = [Answer(label, part) for label, part in parts], Change(cards.meant(turn).id)
    return ask("resolution_tasks.which_part", then=hear_part, choices=choices, draft=draft)


@feature.step
def hear_part(turn: Turn, draft: Change) -> Reply:
    keeper_only(turn)
    return _ask_to(turn, replace(draft, part=turn.chosen))


@feature.step
def hear_to(turn: Turn, draft: Change) -> Reply:
    keeper_only(turn)
    found = cards.known(turn, draft.id)
    if draft.part == UNIT and picking.page_turned(turn) is not None:
        return _ask_to(turn, draft)
    return ask("resolution_tasks.why", then=hear_why, draft=replace(draft, to=_said(turn, draft.part, found)))


@feature.step
def hear_why(turn: Turn, draft: Change) -> Reply:
    keeper_only(turn)
    found = cards.known(turn, draft.id)
    turn.store.resolutions.save(changed(found, _with(found, draft), turn.who, turn.text, turn.today))
    return cards.onward(say("resolution_tasks.is_changed", no=found.no))


@feature.on()
def cancel(turn: Turn) -> Reply:
    keeper_only(turn)
    found = cards.meant(turn)
    return ask("resolution_tasks.why_cancel", then=hear_cancel, draft=Which(found.id), wording=found.wording)


@feature.step
def hear_cancel(turn: Turn, draft: Which) -> Reply:
    keeper_only(turn)
    found = cards.known(turn, draft.id)
    turn.store.resolutions.save(cancelled(found, turn.who, turn.text, turn.today))
    return cards.onward(say("resolution_tasks.taken_back", no=found.no))


def _ask_to(turn: Turn, draft: Change) -> Reply:
    match draft.part:
        case "wording":
            return ask("resolution_tasks.new_wording", then=hear_to, draft=draft)
        case "unit":
            return ask("resolution_tasks.new_unit", then=hear_to, choices=picking.units(turn), draft=draft)
        case "due":
            return ask("resolution_tasks.new_due", then=hear_to, choices=picking.days(turn), draft=draft)
    raise Refusal("resolution_tasks.one_of_three")


def _said(turn: Turn, part: str, found: Resolution) -> str:
    """What is to stand in a part from now on; Refusal where it may not."""
    if part == WORDING:
        return in_words(turn.text)
    if part == DUE:
        due = due_said(turn.chosen or turn.text, found.meeting, following(turn.store, found.meeting))
        return due_after(found.meeting, due).isoformat()
    unit = picking.unit_chosen(turn)
    if unit is None:
        raise Refusal("picking.which_unit")
    return unit.id


def _with(found: Resolution, draft: Change) -> Resolution:
    match draft.part:
        case "wording":
            return replace(found, wording=draft.to)
        case "unit":
            return replace(found, unit=draft.to)
    return replace(found, due=date.fromisoformat(draft.to))


def _may_report(turn: Turn, found: Resolution) -> bool:
    return found.open and (is_keeper(turn) or found.unit in turn.who.units(turn.today))


def _only_who_reports(turn: Turn, found: Resolution) -> None:
    if found.open and not _may_report(turn, found):
        raise Refusal("resolution_tasks.unit_reports")
    if not found.open:
        raise Refusal("resolutions.is_over")
