"""The questions of a year: read, and confirmed where they stand as on the official form.

admin    [ข้อคำถาม]
bot      ข้อคำถามของแบบใดคะ   [EIT] [IIT] [หลังรับบริการ]
admin    [EIT]
bot      [card: ข้อคำถามปี 2570 · E1 … ยังไม่ยืนยัน · E2 …]   [E1] [E2] … [ต่อไป] [ยืนยันทุกข้อ] [เพิ่มข้อของเรา]
admin    [E1]
bot      [card: E1 · คำถาม · ส่วนที่ 1 … · ยังไม่ยืนยัน]   [ตรงกับแบบของปีนี้] [แก้ข้อความ] [แก้ภาษาอังกฤษ] [เปลี่ยนตัวเลือก] …
admin    [ตรงกับแบบของปีนี้]
bot      ยืนยันข้อ E1 แล้วค่ะ …   [ดูข้อ E1] [ดูทุกข้อ]

What is to be changed goes on in `survey_rewording`.
"""

from dataclasses import dataclass, replace

from handlers.common import picking
from handlers.kit import Feature, Go, Reply, Turn, ask, say, show, words
from handlers.surveying import survey_item_cards as cards
from handlers.surveying import survey_words
from itadomain.people import Role
from itadomain.surveys import entering, opening
from itadomain.surveys.survey import Kind

feature = Feature("survey_items", roles=frozenset({Role.ADMIN}))


@dataclass(frozen=True)
class Draft:
    """The questions that are confirmed at once."""

    kind: str
    year: int


@feature.on()
def which(turn: Turn) -> Reply:
    year = survey_words.year_meant(turn)
    taps = [Go(survey_words.SHORT[kind], "survey_items.all", {"kind": kind.value, "year": year}) for kind in Kind]
    return say("survey_items.of_which").offering(*taps, survey_words.tap_desk())


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every question
    kind, year = cards.list_meant(turn)
    asked, page = opening.asked(turn.store, kind, year), max(0, turn.number("page") or 0)
    card = replace(
        cards.listed(asked, page),
        subtitle=words("survey_items.of", kind=survey_words.KINDS[kind], year=year),
        notes=cards.notes(turn, kind),
        doubts=[words("surveys.missing", codes=cards.named(asked.missing))] if asked.missing else [],
    )
    here = asked.items[page * cards.A_PAGE :][: cards.A_PAGE]
    more = (page + 1) * cards.A_PAGE < len(asked.items)
    taps = [Go(item.code, "survey_items.one", cards.about(kind, year, item.code)) for item in here]
    back = [cards.turn_to(kind, year, page - 1, "picking.tap_back")] if page else []
    on = [cards.turn_to(kind, year, page + 1, "picking.tap_on")] if more else []
    return show(card).offering(*taps, *back, *on, *cards.ways(turn, kind, year), survey_words.tap_desk())


@feature.on()
def one(turn: Turn) -> Reply:
    kind, year, item = cards.meant(turn)
    shown = show(cards.whole(turn, kind, year, item))
    return shown.offering(*cards.deeds(turn, kind, year, item), cards.tap_all(kind, year))


@feature.on()
def confirm(turn: Turn) -> Reply:
    """One question is worded as on the form."""
    kind, year, item = cards.meant(turn)
    entering.confirm(turn.store, [item], year, turn.who, turn.today)
    survey_words.note(turn, "", "confirmed", item=item.code)
    return say("survey_items.is_confirmed", code=item.code).offering(
        cards.tap_one(kind, year, item), cards.tap_all(kind, year)
    )


@feature.on()
def confirm_all(turn: Turn) -> Reply:
    kind, year = cards.list_meant(turn)
    doubtful = entering.open_to_doubt(turn.store, kind, year)
    if not doubtful:
        return say("survey_items.nothing_to_confirm").offering(cards.tap_all(kind, year))
    draft = Draft(kind.value, year)
    return ask(
        "survey_items.really_all", then=hear_all, choices=picking.yes(), draft=draft, count=len(doubtful), year=year
    )


@feature.step
def hear_all(turn: Turn, draft: Draft) -> Reply:
    picking.only_yes(turn)
    doubtful = entering.open_to_doubt(turn.store, Kind(draft.kind), draft.year)
    count = entering.confirm(turn.store, doubtful, draft.year, turn.who, turn.today)
    survey_words.note(turn, "", "confirmed", item="all")
    return say("survey_items.all_confirmed", count=count).offering(cards.tap_all(Kind(draft.kind), draft.year))
