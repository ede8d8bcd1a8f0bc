"""Open a round: whom it asks, with the questions of which year, until when; what it asks is settled from then on.

admin    [เปิดรอบใหม่]
bot      จะเปิดรอบใดคะ   [ซ้อม EIT] [ซ้อม IIT] [หลังรับบริการ]
admin    [ซ้อม IIT]
bot      ใช้ข้อคำถามของปีใดคะ   [2570] [2569]
admin    [2570]
bot      รับคำตอบถึงวันใดคะ   [30 วัน] [60 วัน] [ไม่กำหนด] [เลือกวัน]
admin    [30 วัน]
bot      ผู้ที่จะตอบได้มีทั้งหมดกี่คนคะ …   [ไม่ทราบ]
admin    120
bot      [card: ก่อนเปิดรอบ · 29 ข้อ · ข้อที่ยังไม่ยืนยัน … · เปิดแล้วข้อคำถามจะไม่เปลี่ยน]   [เปิดรอบ] [ดูข้อคำถาม]
admin    [เปิดรอบ]
bot      เปิดรอบแล้วค่ะ …   [ดูรอบนี้] [เชิญให้ตอบ] [จุดบริการ]
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.common import picking
from handlers.common.calendar_keepers import keeper_only
from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, Words, ask, say, words
from handlers.surveying import survey_item_cards, survey_words
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks import OLDEST
from itadomain.people import INSIDERS, Role
from itadomain.refusals import Refusal
from itadomain.surveys import entering, opening
from itadomain.surveys.questionnaire import Questionnaire
from itadomain.surveys.survey import Kind

feature = Feature("survey_opening", roles=INSIDERS)

DAYS = (30, 60)
NO_END, UNKNOWN, LOOK = "no_end", "unknown", "look"


@dataclass(frozen=True)
class Draft:
    """A round as far as it was told; `last` in ISO, both empty where they are not known."""

    kind: str
    year: int = 0
    last: str = ""
    population: int = 0
    page: int = 0

    @property
    def closes_on(self) -> date | None:
        """Its last day."""
        return date.fromisoformat(self.last) if self.last else None


@feature.on()
def start(turn: Turn) -> Reply:
    keeper_only(turn)
    free = [kind for kind in Kind if opening.current(turn.store, kind) is None]
    if not free:
        return say("survey_opening.all_open").offering(survey_words.tap_desk())
    choices = [Answer(survey_words.SHORT[kind], kind.value) for kind in free]
    return ask("survey_opening.which_kind", then=hear_kind, choices=choices)


@feature.step
def hear_kind(turn: Turn) -> Reply:
    keeper_only(turn)
    kind = survey_words.kind_meant(turn)
    opening.free(turn.store, kind, turn.today)
    if kind is Kind.VISIT:
        return _review(turn, Draft(kind.value, fiscal_year_of(turn.today)))
    return _ask_year(turn, Draft(kind.value), Words("survey_opening.which_year"))


@feature.step
def hear_year(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    year, running = survey_words.number_said(turn), fiscal_year_of(turn.today)
    if year is None or not OLDEST <= year <= running + 1:
        raise Refusal("survey_opening.which_year_again", oldest=OLDEST, newest=running + 1)
    try:
        opening.ready(turn.store, Kind(draft.kind), year, turn.today)
    except Refusal as no:
        return _ask_year(turn, draft, Words(no.key, no.facts)).offering(
            *_tap_items(turn, Kind(draft.kind), year, words("surveys.tap_items"))
        )
    ends = [Answer(words("survey_opening.tap_days", count=days), _after(turn, days)) for days in DAYS]
    choices = picking.days(turn, *ends, Answer(words("survey_opening.tap_no_end"), NO_END))
    return ask("survey_opening.which_last", then=hear_last, choices=choices, draft=replace(draft, year=year))


@feature.step
def hear_last(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    last = None if turn.chosen == NO_END else picking.day_chosen(turn)
    opening.ends(last, turn.today)
    told = replace(draft, last=last.isoformat() if last else "")
    unknown = Answer(words("survey_opening.tap_unknown"), UNKNOWN)
    return ask("survey_opening.which_population", then=hear_population, choices=[unknown], draft=told)


@feature.step
def hear_population(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    number = None if turn.chosen == UNKNOWN else survey_words.number_said(turn)
    if number is None and turn.chosen != UNKNOWN:
        raise Refusal("surveys.how_many_people", most=opening.MOST_PEOPLE)
    opening.people(number)
    return _review(turn, replace(draft, population=number or 0))


@feature.step
def confirm(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    if turn.chosen == LOOK:
        return _review(turn, draft, look=True)
    if (page := picking.page_turned(turn)) is not None:
        return _review(turn, replace(draft, page=page), look=True)
    if turn.chosen != picking.YES:
        raise Refusal("survey_opening.open_or_cancel")
    made = opening.open_survey(
        turn.store,
        Kind(draft.kind),
        draft.year,
        by=turn.who.id,
        today=turn.today,
        closes_on=draft.closes_on,
        population=draft.population or None,
    )
    survey_words.note(turn, made.id, "opened", kind=made.kind.value)
    invite = Go(words("surveys.tap_invite"), "survey_inviting.start", {"id": made.id})
    points = [Go(words("surveys.tap_points"), "service_points.all")] if made.kind is not Kind.INSIDERS else []
    key = "survey_opening.is_open_insiders" if made.kind is Kind.INSIDERS else "survey_opening.is_open"
    told = say(key, kind=survey_words.KINDS[made.kind])
    return told.offering(survey_words.look(made), invite, *points, survey_words.tap_desk())


def _review(turn: Turn, draft: Draft, *, look: bool = False) -> Reply:
    """What will be open, before it is: from then on its questions stay as they are."""
    kind = Kind(draft.kind)
    asked = opening.ready(turn.store, kind, draft.year, turn.today)
    doubtful = [one.code for one in entering.open_to_doubt(turn.store, kind, draft.year)]
    name, last = survey_words.KINDS[kind], draft.closes_on or words("surveys.no_end")
    card = Card(
        summary=words("survey_opening.before_opening", kind=name, year=draft.year),
        title=words("survey_opening.before_opening", kind=name, year=draft.year),
        rows=[
            Row(words("surveys.row_questions"), survey_item_cards.count(asked)),
            Row(words("surveys.row_last"), last),
            Row(words("surveys.row_population"), draft.population or words("surveys.not_told")),
        ],
        notes=[words("survey_opening.will_freeze"), words("surveys.is_rehearsal")],
        doubts=[*_doubts(doubtful, asked)],
    )
    shown = survey_item_cards.listed(asked, draft.page) if look else None
    pages = _pages(asked, draft.page) if look else [Answer(words("surveys.tap_questions"), LOOK)]
    taps = [Answer(words("survey_opening.tap_open_it"), picking.YES), *pages]
    reply = Reply((shown or card,), taps=taps, then=confirm, draft=draft)
    confirming = words("survey_opening.tap_confirm")
    return reply.offering(*_tap_items(turn, kind, draft.year, confirming)) if doubtful else reply


def _ask_year(turn: Turn, draft: Draft, told: Words) -> Reply:
    running = fiscal_year_of(turn.today)
    years = [Answer(str(year), str(year)) for year in (running, running - 1)]
    return Reply((told,), taps=years, then=hear_year, draft=draft)


def _tap_items(turn: Turn, kind: Kind, year: int, label: Words) -> Sequence[Go]:
    """To where what is missing is entered, for those who may."""
    items = Go(label, "survey_items.all", {"kind": kind.value, "year": year})
    return [items] if Role.ADMIN in turn.who.roles else []


def _doubts(doubtful: Sequence[str], asked: Questionnaire) -> Sequence[Words]:
    """What is asked and will count for no indicator, and what is not asked at all."""
    found = []
    if doubtful:
        found.append(words("survey_opening.not_confirmed", codes=survey_item_cards.named(doubtful)))
    if asked.missing:
        found.append(words("surveys.missing", codes=survey_item_cards.named(asked.missing)))
    return found


def _pages(asked: Questionnaire, page: int) -> Sequence[Answer]:
    """The answers that turn the pages of a list inside a question."""
    places = [Answer("", str(no)) for no in range(len(asked.items))]
    return [
        one for one in picking.on_page(places, page, survey_item_cards.A_PAGE) if one.value.startswith(picking.TURNED)
    ]


def _after(turn: Turn, days: int) -> str:
    return (turn.today + timedelta(days=days)).isoformat()
