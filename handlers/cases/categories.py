"""How the agency takes up what people bring: what it can be about, which unit works on it, within which days.

admin    ตั้งค่าเรื่องร้องเรียน
bot      [card: ประเภทเรื่อง 16 ประเภท · ถนนและทางเท้า: กองช่าง · รับภายใน 3 ตอบภายใน 15 วันทำการ …]
         [ถนนและทางเท้า] … [เพิ่มประเภท] [จำนวนหมู่บ้าน]
admin    [ถนนและทางเท้า]
bot      [card: one category]   [เปลี่ยนชื่อ] [หน่วยงาน] [กำหนดวัน] [ต้องมีรูป] [เลิกใช้]
admin    [กำหนดวัน]
bot      รับเรื่องภายในกี่วันทำการ   [1] [3] [5] [7]
admin    [3]
bot      ตอบภายในกี่วันทำการ   [7] [15] [30] [60]
admin    20
bot      บันทึกแล้ว
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.cases.case_cards import category_name
from handlers.common import picking
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, Words, ask, say, show, words
from itadomain.cases.categories import OTHER, Category, complete, every, named, of_code, of_forms
from itadomain.cases.deadlines import Promise
from itadomain.people import Role
from itadomain.refusals import Refusal
from itadomain.villages import choose
from itadomain.villages import count as count_of_villages

feature = Feature("categories", roles=frozenset({Role.ADMIN}))

ACCEPT, REPLY = (1, 3, 5, 7), (7, 15, 30, 60)


@dataclass(frozen=True)
class Draft:
    """The category that it is about, and within how many days its cases are to be taken up."""

    code: str
    accept: int = 0


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every category
    known = complete(turn.store.categories.all())
    taps = [Go(category_name(one), "categories.one", {"id": one.code}) for one in known]
    page = picking.pages(taps, turn, "categories.all")
    shown = {tap.values["id"] for tap in page if isinstance(tap, Go) and tap.to == "categories.one"}
    card = Card(
        summary=words("categories.count", count=len(known)),
        title=words("categories.count", count=len(known)),
        rows=[Row(category_name(one), _in_short(turn, one)) for one in known if one.code in shown],
        notes=[words("categories.own_promise"), _villages(turn)],
        taps=[
            Go(words("categories.tap_add"), "categories.add"),
            _tap_forms(),
            Go(words("categories.tap_villages"), "categories.villages"),
            Go(words("retention.tap_set_years"), "retention.years"),
        ],
    )
    return show(card).offering(*page)


@feature.on()
def forms(turn: Turn) -> Reply:
    """The forms of requests: each with its unit and its promise."""
    known = of_forms(turn.store.categories.all())
    told = words("categories.of_forms", count=len(known))
    rows = [Row(category_name(one), _in_short(turn, one)) for one in known]
    taps = [Go(category_name(one), "categories.one", {"id": one.code}) for one in known]
    return show(Card(summary=told, title=told, rows=rows, notes=[words("categories.own_promise")])).offering(
        *taps, _tap_all()
    )


@feature.on()
def one(turn: Turn) -> Reply:
    return _shown(turn, _meant(turn))


@feature.on()
def add(turn: Turn) -> Reply:
    return ask("categories.new_name", then=hear_new_name)


@feature.step
def hear_new_name(turn: Turn) -> Reply:
    return _kept(turn, Category(turn.store.new_id(), _new_name(turn)))


@feature.on()
def rename(turn: Turn) -> Reply:
    found = _told_of(turn)
    return ask("categories.other_name", then=hear_name, draft=Draft(found.code), name=category_name(found))


@feature.step
def hear_name(turn: Turn, draft: Draft) -> Reply:
    return _kept(turn, replace(_known(turn, draft.code), name=_new_name(turn)))


@feature.on()
def unit(turn: Turn) -> Reply:
    return _which_unit(turn, Draft(_meant(turn).code))


@feature.step
def hear_unit(turn: Turn, draft: Draft) -> Reply:
    if picking.page_turned(turn) is not None:
        return _which_unit(turn, draft)
    chosen = picking.unit_chosen(turn)
    return _kept(turn, replace(_known(turn, draft.code), unit=chosen.id if chosen else ""))


@feature.on()
def days(turn: Turn) -> Reply:
    found = _meant(turn)
    return ask("categories.accept_within", then=hear_accept, draft=Draft(found.code), choices=_counts(ACCEPT))


@feature.step
def hear_accept(turn: Turn, draft: Draft) -> Reply:
    accept = _count(turn)
    Promise(accept, max(accept, Promise.answer))
    heard = replace(draft, accept=accept)
    return ask("categories.answer_within", then=hear_answer, draft=heard, choices=_counts(REPLY))


@feature.step
def hear_answer(turn: Turn, draft: Draft) -> Reply:
    return _kept(turn, replace(_known(turn, draft.code), promise=Promise(draft.accept, _count(turn))))


@feature.on()
def photo(turn: Turn) -> Reply:
    found = _told_of(turn)
    return _kept(turn, replace(found, photo=not found.photo))


@feature.on()
def offered(turn: Turn) -> Reply:
    """Offer it no more, or again; «other» is always there, so that everything can be told."""
    found = _told_of(turn)
    if found.code == OTHER:
        raise Refusal("categories.other_stays")
    return _kept(turn, replace(found, closed=not found.closed))


@feature.on()
def villages(turn: Turn) -> Reply:
    return ask("categories.how_many_villages", then=hear_villages)


@feature.step
def hear_villages(turn: Turn) -> Reply:
    count = _count(turn)
    choose(turn.store.settings, count)
    return say("categories.villages_kept", count=count).offering(_tap_all())


def _shown(turn: Turn, found: Category) -> Reply:
    promise, about = found.promise, {"id": found.code}
    rows = [
        Row(words("categories.unit"), _unit(turn, found)),
        Row(words("categories.accept"), words("categories.working_days", count=promise.accept)),
        Row(words("categories.answer"), words("categories.working_days", count=promise.answer)),
        *([] if found.form else _of_what_is_told(found)),
    ]
    told = words("categories.one", name=category_name(found))
    return show(Card(summary=told, title=told, rows=rows, notes=[words("categories.own_promise")])).offering(
        Go(words("categories.tap_unit"), "categories.unit", about),
        Go(words("categories.tap_days"), "categories.days", about),
        *([_tap_forms()] if found.form else [*_more_to_change(found), _tap_all()]),
    )


def _of_what_is_told(found: Category) -> list[Row]:
    """What a form has not: it needs no photo, and is always offered."""
    return [
        Row(words("categories.photo"), words("categories.yes") if found.photo else words("categories.no")),
        Row(words("categories.offered"), words("categories.no") if found.closed else words("categories.yes")),
    ]


def _more_to_change(found: Category) -> list[Go]:
    about = {"id": found.code}
    photo = words("categories.tap_photo_off") if found.photo else words("categories.tap_photo_on")
    close = words("categories.tap_reopen") if found.closed else words("categories.tap_close")
    return [
        Go(words("categories.tap_rename"), "categories.rename", about),
        Go(photo, "categories.photo", about),
        *([] if found.code == OTHER else [Go(close, "categories.offered", about)]),
    ]


def _kept(turn: Turn, category: Category) -> Reply:
    turn.store.categories.save(category)
    tap = Go(words("categories.tap_one"), "categories.one", {"id": category.code})
    back = _tap_forms() if category.form else _tap_all()
    return say("categories.kept", name=category_name(category)).offering(tap, back)


def _new_name(turn: Turn) -> str:
    """The name that was typed; Refusal where a category has it already."""
    name = named(turn.text)
    if any(one.name == name for one in complete(turn.store.categories.all())):
        raise Refusal("categories.name_taken", name=name)
    return name


def _which_unit(turn: Turn, draft: Draft) -> Reply:
    return ask("categories.which_unit", then=hear_unit, draft=draft, choices=picking.units(turn, none_too=True))


def _counts(some: Sequence[int]) -> list[Answer]:
    return [Answer(words("categories.tap_count", count=count), str(count)) for count in some]


def _count(turn: Turn) -> int:
    count = picking.count_said(turn)
    if not count:
        raise Refusal("categories.a_number")
    return count


def _in_short(turn: Turn, one: Category) -> list[object]:
    within = words("categories.within", accept=one.promise.accept, answer=one.promise.answer)
    return [_unit(turn, one), within, *([words("categories.closed")] if one.closed else [])]


def _unit(turn: Turn, one: Category) -> str | Words:
    found = turn.store.units.get(one.unit) if one.unit else None
    return found.name if found else words("categories.desk_decides")


def _villages(turn: Turn) -> Words:
    known = count_of_villages(turn.store.settings)
    return words("categories.has_villages", count=known) if known else words("categories.villages_unknown")


def _meant(turn: Turn) -> Category:
    return _known(turn, str(turn.values.get("id", "")))


def _told_of(turn: Turn) -> Category:
    """The one that is meant, which is for what people tell; Refusal for that of a form."""
    found = _meant(turn)
    if found.form:
        raise Refusal("categories.form_is_so")
    return found


def _known(turn: Turn, code: str) -> Category:
    known = every(turn.store.categories.all())
    if code not in {one.code for one in known}:
        raise Refusal("categories.unknown")
    return of_code(code, known)


def _tap_all() -> Go:
    return Go(words("categories.tap_all"), "categories.all")


def _tap_forms() -> Go:
    return Go(words("categories.tap_forms"), "categories.forms")
