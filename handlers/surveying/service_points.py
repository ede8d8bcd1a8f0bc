"""Where people are served and asked: each service point has a poster, a link and a code that is typed.

admin    [จุดบริการ]
bot      [card: จุดบริการ 2 จุด · งานทะเบียน สำนักปลัด K7Q2 · …]   [งานทะเบียน] [เพิ่มจุดบริการ]
admin    [เพิ่มจุดบริการ]
bot      จุดบริการนี้ชื่ออะไรคะ …
admin    เคาน์เตอร์จัดเก็บรายได้
bot      อยู่ในหน่วยงานใดคะ   [กองคลัง] … [ไม่สังกัดหน่วยงาน]
admin    [กองคลัง]
bot      เพิ่มแล้วค่ะ รหัส M4XT
         [card: เคาน์เตอร์จัดเก็บรายได้ · กองคลัง · ลิงก์ · พิมพ์ว่า]   [โปสเตอร์ A4 PDF] [โปสเตอร์ A6 รูปภาพ] … [ปิดจุดนี้]

Administrators and the secretariat keep them; a head of unit sees those of the own unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.common import picking
from handlers.common.calendar_keepers import is_keeper, keeper_only
from handlers.common.labels import shortened
from handlers.kit import Card, Feature, Go, Link, Reply, Row, Turn, ask, say, show, words
from handlers.surveying import survey_words
from itadomain.invitations import ACCOUNT
from itadomain.people import INSIDERS, Role
from itadomain.refusals import Refusal
from itadomain.surveys import points
from itadomain.surveys.survey import ServicePoint

feature = Feature("service_points", roles=INSIDERS)

#: Size and kind of the posters, by what stands on their tap.
POSTERS = (
    ("a4:pdf", words("service_points.tap_a4_pdf")),
    ("a4:png", words("service_points.tap_a4_png")),
    ("a6:pdf", words("service_points.tap_a6_pdf")),
    ("a6:png", words("service_points.tap_a6_png")),
)


@dataclass(frozen=True)
class Draft:
    """The name of a new one, or the code of the one that closes."""

    said: str


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every service point
    seen = _seen(turn)
    add = [Go(words("service_points.tap_add"), "service_points.add")] if is_keeper(turn) else []
    if not seen:
        nothing = say("service_points.none" if is_keeper(turn) else "service_points.none_of_unit")
        return nothing.offering(*add, survey_words.tap_desk())
    page = max(0, turn.number("page") or 0)
    taps = [Go(shortened(one.name), "service_points.one", {"code": one.code}) for one in seen]
    told = words("service_points.count", count=len(seen))
    here = seen[page * picking.PAGE :][: picking.PAGE]
    card = Card(
        summary=told,
        title=told,
        subtitle=turn.store.office.short,
        rows=[Row(one.name, [_unit(turn, one), one.code]) for one in here],
    )
    shown = picking.pages(taps, turn, "service_points.all")
    more = [*add, survey_words.tap_desk()] if len(shown) <= picking.PAGE + 1 else add
    return show(card).offering(*shown, *more)


@feature.on()
def one(turn: Turn) -> Reply:
    return Reply((_card(turn, _meant(turn)),)).offering(*_deeds(turn, _meant(turn)))


@feature.on()
def add(turn: Turn) -> Reply:
    keeper_only(turn)
    return ask("service_points.which_name", then=hear_name)


@feature.step
def hear_name(turn: Turn) -> Reply:
    keeper_only(turn)
    name = points.free_name(turn.store, turn.text)
    return _ask_unit(turn, Draft(name))


@feature.step
def pick_unit(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    if picking.page_turned(turn) is not None:
        return _ask_unit(turn, draft)
    unit = picking.unit_chosen(turn)
    made = points.add(turn.store, draft.said, unit.id if unit else "")
    survey_words.note(turn, made.code, "point_added")
    told = say("service_points.added", name=made.name, code=made.code)
    return told.adding(_card(turn, made)).offering(*_deeds(turn, made))


@feature.on()
def close(turn: Turn) -> Reply:
    keeper_only(turn)
    found = _meant(turn)
    draft = Draft(found.code)
    return ask("service_points.really_close", then=confirm_close, choices=picking.yes(), draft=draft, name=found.name)


@feature.step
def confirm_close(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    picking.only_yes(turn)
    gone = points.close(turn.store, draft.said, turn.today)
    survey_words.note(turn, gone.code, "point_closed")
    return say("service_points.is_closed", name=gone.name).offering(_tap_all())


def _ask_unit(turn: Turn, draft: Draft) -> Reply:
    choices = picking.units(turn, none_too=True)
    return ask("service_points.which_unit", then=pick_unit, choices=choices, draft=draft)


def _card(turn: Turn, point: ServicePoint) -> Card:
    """Where it is, what its poster leads to, and what is typed instead."""
    account = turn.store.settings.get(ACCOUNT)
    link = points.link(account, point.code) if account else words("service_points.no_account")
    told = words("service_points.one", name=point.name)
    return Card(
        summary=told,
        title=point.name,
        subtitle=_unit(turn, point),
        rows=[
            Row(words("service_points.row_typed"), points.typed(point.code)),
            Row(words("service_points.row_link"), link),
        ],
        notes=[words("service_points.what_it_does")],
        taps=[Link(label, f"paper:poster:{point.code}:{kind}") for kind, label in POSTERS],
    )


def _deeds(turn: Turn, point: ServicePoint) -> Sequence[Go]:
    close = [Go(words("service_points.tap_close"), "service_points.close", {"code": point.code})]
    return [*(close if is_keeper(turn) else ()), _tap_all()]


def _seen(turn: Turn) -> Sequence[ServicePoint]:
    """Those that a person looks after; Refusal for whoever looks after none."""
    serving = points.serving(turn.store)
    if is_keeper(turn):
        return serving
    own = turn.who.units(turn.today, Role.HEAD)
    if not own:
        raise Refusal("administration.secretariat_only")
    return [one for one in serving if one.unit in own]


def _meant(turn: Turn) -> ServicePoint:
    code = str(turn.values.get("code", ""))
    found = next((one for one in _seen(turn) if one.code == code), None)
    if found is None:
        raise Refusal("service_points.unknown")
    return found


def _unit(turn: Turn, point: ServicePoint) -> object:
    unit = turn.store.units.get(point.unit) if point.unit else None
    return unit.name if unit else words("service_points.no_unit")


def _tap_all() -> Go:
    return Go(words("service_points.tap_all"), "service_points.all")
