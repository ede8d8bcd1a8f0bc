"""The desk of surveys: which rounds are open, what each asks and how many have answered; close one.

admin    จัดการแบบสำรวจ
bot      [card: แบบสำรวจ · ซ้อม EIT ประชาชน ถึง 31 ม.ค. 2570 ตอบแล้ว 42 คน · …]   [ดู EIT 2570] [เปิดรอบใหม่] [ข้อคำถาม] …
admin    [ดู EIT 2570]
bot      [card: ซ้อม EIT ประชาชน ปี 2570 · เปิดเมื่อ … · 15 ข้อ · ตอบแล้ว 42 คน]   [ผล] [ดูข้อคำถาม] [เชิญให้ตอบ] [ปิดรอบ]
admin    [ปิดรอบ]
bot      จะปิดรอบนี้ใช่หรือไม่คะ …   [ใช่]
admin    [ใช่]
bot      ปิดรอบแล้วค่ะ …   [ผล]

Heads of units see their own service points and results; administrators and the secretariat do the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.common import assessment_cards, picking
from handlers.common.calendar_keepers import is_keeper, keeper_only
from handlers.kit import Card, Feature, Go, Reply, Row, Tap, Turn, Words, ask, say, show, words
from handlers.surveying import survey_item_cards, survey_result_cards, survey_words
from itadomain.people import INSIDERS, Role
from itadomain.refusals import Refusal
from itadomain.surveys import opening
from itadomain.surveys.questionnaire import Questionnaire
from itadomain.surveys.results import response
from itadomain.surveys.survey import FEWEST, Kind, Survey

feature = Feature("surveys", roles=INSIDERS)


@dataclass(frozen=True)
class Closing:
    """The round that nobody will be asked in any more."""

    id: str


@feature.on()
def desk(turn: Turn) -> Reply:
    if not is_keeper(turn) and turn.who.may(survey_words.SEEING_SURVEYS):
        return say("surveys.what").offering(*_of_heads(turn))
    keeper_only(turn)
    rows = [Row(survey_words.KINDS[kind], _standing(turn, kind)) for kind in Kind]
    near = [found for kind in Kind if (found := opening.official(turn.store, kind.instrument, turn.today))]
    card = Card(
        summary=words("surveys.desk"),
        title=words("surveys.desk"),
        subtitle=turn.store.office.short,
        rows=rows,
        notes=[words("surveys.is_rehearsal"), *(_near(one) for one in near)],
    )
    opened = [one for kind in Kind if (one := opening.current(turn.store, kind))]
    return show(card).offering(*(survey_words.look(one) for one in opened), *_of_keepers(turn))


@feature.on()
def one(turn: Turn) -> Reply:
    keeper_only(turn)
    found = _meant(turn)
    seen, asked = response(turn.store, found, turn.today), found.questionnaire
    rows = [
        Row(words("surveys.row_opened"), found.opened_on),
        *([Row(words("surveys.row_last"), found.closes_on or words("surveys.no_end"))] if found.open else []),
        Row(words("surveys.row_questions"), survey_item_cards.count(asked)),
        Row(words("surveys.row_population"), found.population or words("surveys.not_told")),
        Row(words("surveys.row_answered"), _people(seen.answered)),
        Row(words("surveys.row_elsewhere"), _people(seen.elsewhere)),
    ]
    name = survey_words.KINDS[found.kind]
    card = Card(
        summary=words("surveys.one", kind=name, year=found.fiscal_year),
        title=words("surveys.one", kind=name, year=found.fiscal_year),
        subtitle=words("surveys.closed_on", day=found.closed_on) if found.closed_on else words("surveys.open_now"),
        rows=rows,
        notes=[words("surveys.is_frozen")] if found.open else [],
    )
    about = {"id": found.id}
    asked_for = Go(words("surveys.tap_questions"), "surveys.preview", about)
    results = Go(words("surveys.tap_results"), "survey_results.of", about)
    while_open = [
        Go(words("surveys.tap_invite"), "survey_inviting.start", about),
        Go(words("surveys.tap_close"), "surveys.close", about),
    ]
    return show(card).offering(results, asked_for, *(while_open if found.open else ()), survey_words.tap_desk())


@feature.on()
def preview(turn: Turn) -> Reply:
    """What an open round asks, or what one of a kind would ask if it opened now."""
    keeper_only(turn)
    page = max(0, turn.number("page") or 0)
    if turn.values.get("id"):
        found = _meant(turn)
        about: dict[str, str | int] = {"id": found.id}
        return _questions(found.questionnaire, page, about)
    kind, year = survey_words.kind_meant(turn), survey_words.year_meant(turn)
    return _questions(opening.asked(turn.store, kind, year), page, {"kind": kind.value, "year": year})


@feature.on()
def past(turn: Turn) -> Reply:
    """The rounds that are over."""
    keeper_only(turn)
    rounds = turn.store.surveys.all()
    over = [one for one in rounds if not one.open]
    if not over:
        return say("surveys.none_over").offering(survey_words.tap_desk())
    taps = picking.pages([survey_words.look(one, rounds) for one in over], turn, "surveys.past")
    return say("surveys.over", count=len(over)).offering(*taps, survey_words.tap_desk())


@feature.on()
def close(turn: Turn) -> Reply:
    keeper_only(turn)
    found = _meant(turn)
    if not found.open:
        raise Refusal("surveys.closed_already")
    name = survey_words.KINDS[found.kind]
    return ask("surveys.really_close", then=confirm_close, choices=picking.yes(), draft=Closing(found.id), kind=name)


@feature.step
def confirm_close(turn: Turn, draft: Closing) -> Reply:
    keeper_only(turn)
    picking.only_yes(turn)
    closed = opening.close(turn.store, draft.id, turn.today)
    survey_words.note(turn, closed.id, "closed", kind=closed.kind.value)
    results = Go(words("surveys.tap_results"), "survey_results.of", {"id": closed.id})
    return say("surveys.is_closed", kind=survey_words.KINDS[closed.kind]).offering(results, survey_words.tap_desk())


def _questions(asked: Questionnaire, page: int, about: dict[str, str | int]) -> Reply:
    reply = show(survey_item_cards.listed(asked, page))
    back = [Go(words("picking.tap_back"), "surveys.preview", {**about, "page": page - 1})] if page else []
    more = [Go(words("picking.tap_on"), "surveys.preview", {**about, "page": page + 1})]
    last = (page + 1) * survey_item_cards.A_PAGE >= len(asked.items)
    return reply.offering(*back, *(() if last else more), survey_words.tap_desk())


def _standing(turn: Turn, kind: Kind) -> object:
    found = opening.current(turn.store, kind)
    if found is None:
        return words("surveys.none_open_now")
    seen = response(turn.store, found, turn.today)
    few = words("survey_results.response_few", fewest=FEWEST)
    return [survey_words.ends(found), words("surveys.answered", count=seen.answered) if seen.answered else few]


def _people(count: int | None) -> object:
    return words("surveys.people", count=count) if count else survey_result_cards.people(count)


def _near(one: opening.Official) -> Words:
    key = "surveys.official_runs" if one.running else "surveys.official_ahead"
    rests = words("surveys.rests_with_link" if one.link else "surveys.rests_without_link")
    instrument, days = one.window.phase.value.upper(), assessment_cards.span(one.window)
    return words(key, rests=rests, instrument=instrument, days=days)


def _meant(turn: Turn) -> Survey:
    found = turn.store.surveys.get(str(turn.values.get("id", "")))
    if found is None:
        raise Refusal("surveys.unknown")
    return found


def _of_heads(turn: Turn) -> Sequence[Tap]:
    points = [Go(words("surveys.tap_points"), "service_points.all")]
    return [*(points if Role.HEAD in turn.who.roles else ()), Go(words("surveys.tap_results"), "survey_results.newest")]


def _of_keepers(turn: Turn) -> Sequence[Tap]:
    items = [Go(words("surveys.tap_items"), "survey_items.which")] if Role.ADMIN in turn.who.roles else []
    return [
        Go(words("surveys.tap_start"), "survey_opening.start"),
        *items,
        Go(words("surveys.tap_points"), "service_points.all"),
        Go(words("surveys.tap_results"), "survey_results.newest"),
        Go(words("surveys.tap_invite"), "survey_inviting.start"),
        Go(words("surveys.tap_meter"), "sample_meter.now"),
        Go(words("surveys.tap_official"), "survey_official.all"),
        Go(words("surveys.tap_past"), "surveys.past"),
    ]
