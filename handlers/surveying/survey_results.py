"""See what a survey of the agency came to: scores and their range, what is weak, who answered, what they said.

mayor    ผลแบบสำรวจ
bot      ต้องการดูผลรอบใด   [ผู้รับบริการ 2570] [หลังรับบริการ 2570]
mayor    [ผู้รับบริการ 2570]
bot      [card: คะแนนจำลอง EIT · 86.40 · 120 คน · a bar an indicator, beside the last official one · the weakest]
         [รายข้อ] [รายเดือน] [จำนวนผู้ตอบ] [ความเห็น] [รายหน่วยงาน] [รายจุดบริการ] [ไฟล์ Excel] …
mayor    [ความเห็น]
bot      [card: ความเห็น 64 ข้อความ · ความรวดเร็ว 21 · …]   [อ่านข้อความ]
head     ผลแบบสำรวจ
bot      [card: กองคลัง · of those who were asked at the unit's own service points]

Executives, administrators and the secretariat see the whole, a head the own unit. Of fewer than five nothing is told.
"""

from collections.abc import Sequence

from handlers.common.calendar_keepers import is_keeper
from handlers.common.labels import shortened
from handlers.kit import Feature, Go, Link, Reply, Row, Tap, Turn, Words, say, show, words
from handlers.plan.measure_cards import A_PAGE
from handlers.surveying import survey_result_cards as cards
from handlers.surveying.survey_words import year_of
from itadomain.lateness import sees_all
from itadomain.people import INSIDERS, Role
from itadomain.refusals import Refusal
from itadomain.surveys import inviting
from itadomain.surveys.feeding import officials
from itadomain.surveys.results import View, by_month, by_point, by_unit, response, whole_view
from itadomain.surveys.survey import FEWEST, Kind, Survey
from itadomain.surveys.themes import themes

feature = Feature("survey_results", roles=INSIDERS)

MOST_ROUNDS = 8


@feature.on()
def newest(turn: Turn) -> Reply:
    _sight(turn)
    kept = turn.store.surveys.all()
    if not kept:
        opens = [Go(words("surveys.tap_start"), "survey_opening.start")] if is_keeper(turn) else []
        return say("survey_results.none").offering(*opens, Go(words("help.tap_menu"), "help.menu"))
    if len(kept) == 1:
        return _told(turn, kept[0])
    return say("survey_results.which").offering(*[_tap_round(one, kept) for one in kept[:MOST_ROUNDS]])


@feature.on()
def of(turn: Turn) -> Reply:
    return _told(turn, _survey(turn))


@feature.on()
def unit(turn: Turn) -> Reply:
    survey, named = _survey(turn), str(turn.values.get("unit", ""))
    own = _sight(turn)
    if own is not None and named not in own:
        raise Refusal("survey_results.not_yours")
    return _of_unit(turn, survey, named)


@feature.on()
def items(turn: Turn) -> Reply:
    survey, page = _whole(turn), max(0, turn.number("page") or 0)
    view = whole_view(turn.store, survey)
    asked = sorted(survey.questionnaire.items, key=lambda one: not one.counts)
    shown = asked[page * A_PAGE :][:A_PAGE]
    if not shown or view.people < FEWEST:
        return _too_few(survey)
    onward = _go("survey_results.tap_more", "survey_results.items", survey, page=page + 1)
    more = [onward] if len(asked) > (page + 1) * A_PAGE else []
    return Reply(tuple(cards.items(survey, view, shown))).offering(*more, _back(survey))


@feature.on()
def months(turn: Turn) -> Reply:
    survey = _whole(turn)
    parts = [(cards.month(first), view) for first, view in by_month(turn.store, survey).items()]
    return _apart(survey, words("survey_results.months"), parts)


@feature.on()
def units(turn: Turn) -> Reply:
    survey = _whole(turn)
    parts = [(cards.unit_name(turn, one), view) for one, view in by_unit(turn.store, survey).items()]
    return _apart(survey, words("survey_results.units"), parts)


@feature.on()
def points(turn: Turn) -> Reply:
    survey = _whole(turn)
    parts = [(cards.point_name(turn, one), view) for one, view in by_point(turn.store, survey).items()]
    return _apart(survey, words("survey_results.points"), parts)


@feature.on()
def answered(turn: Turn) -> Reply:
    survey = _whole(turn)
    told = inviting.announced(turn.store, survey)
    far = words("survey_inviting.announced", times=told.times, people=told.people)
    also = [Row(words("survey_inviting.row_announced"), far)] if told.times else []
    return show(cards.answered(survey, response(turn.store, survey, turn.today), also)).offering(_back(survey))


@feature.on()
def said(turn: Turn) -> Reply:
    survey = _whole(turn)
    spoken = turn.store.ballots.words(survey.id)
    if not spoken:
        return say("survey_results.nothing_said", fewest=FEWEST).offering(_back(survey))
    read = _go("survey_results.tap_read", "survey_results.read", survey)
    return show(cards.said(survey, len(spoken), themes(spoken))).offering(read, _back(survey))


@feature.on()
def read(turn: Turn) -> Reply:
    survey, page = _whole(turn), max(0, turn.number("page") or 0)
    spoken = turn.store.ballots.words(survey.id)
    shown = spoken[page * A_PAGE :][:A_PAGE]
    if not shown:
        return say("survey_results.nothing_said", fewest=FEWEST).offering(_back(survey))
    onward = _go("survey_results.tap_more", "survey_results.read", survey, page=page + 1)
    more = [onward] if len(spoken) > (page + 1) * A_PAGE else []
    return show(cards.spoken(survey, shown, len(spoken))).offering(*more, _back(survey))


def _told(turn: Turn, survey: Survey) -> Reply:
    """The whole, or the own unit's; the others of somebody who heads several are offered."""
    own = _sight(turn)
    if own is not None:
        others = [_tap_unit(turn, survey, one) for one in own[1:]]
        return _of_unit(turn, survey, own[0]).offering(*others)
    view = whole_view(turn.store, survey)
    if view.people < FEWEST:
        return _too_few(survey).offering(_go("survey_results.tap_answered", "survey_results.answered", survey))
    return show(cards.whole(turn, survey, view, officials(turn.store))).offering(*_ways(survey))


def _of_unit(turn: Turn, survey: Survey, unit_id: str) -> Reply:
    view = by_unit(turn.store, survey).get(unit_id, View())
    named = cards.unit_name(turn, unit_id)
    if view.people < FEWEST:
        return say("survey_results.too_few_of", part=named, fewest=FEWEST)
    return show(cards.part(survey, view, named))


def _apart(survey: Survey, told: Words, parts: Sequence[tuple[object, View]]) -> Reply:
    """Each part by itself; of too small ones it is said that they are."""
    return show(cards.apart(survey, told, parts)).offering(_back(survey))


def _ways(survey: Survey) -> Sequence[Tap]:
    ways: list[Tap] = [
        _go("survey_results.tap_items", "survey_results.items", survey),
        _go("survey_results.tap_months", "survey_results.months", survey),
        _go("survey_results.tap_answered", "survey_results.answered", survey),
        _go("survey_results.tap_said", "survey_results.said", survey),
        _go("survey_results.tap_units", "survey_results.units", survey),
        _go("survey_results.tap_points", "survey_results.points", survey),
        Link(words("survey_results.tap_xlsx"), f"paper:survey:{survey.id}:xlsx"),
        Link(words("survey_results.tap_csv"), f"paper:survey:{survey.id}:csv"),
    ]
    if survey.kind is not Kind.VISIT:
        ways += [
            Go(words("survey_gaps.tap_gaps"), "survey_gaps.overview"),
            Go(words("forecast.tap_now"), "forecast.now"),
        ]
    return ways


def _sight(turn: Turn) -> Sequence[str] | None:
    """The ids of the units whose answers somebody sees; None for all of them. Refusal where it is nobody's."""
    if sees_all(turn.who, turn.store.units.all(), turn.today):
        return None
    own = turn.who.units(turn.today, Role.HEAD)
    if not own:
        raise Refusal("survey_results.not_yours")
    return own


def _survey(turn: Turn) -> Survey:
    found = turn.store.surveys.get(str(turn.values.get("id", "")))
    if found is None:
        raise Refusal("survey_results.gone")
    return found


def _whole(turn: Turn) -> Survey:
    """A survey for those who see the whole of it."""
    if _sight(turn) is not None:
        raise Refusal("survey_results.not_yours")
    return _survey(turn)


def _too_few(survey: Survey) -> Reply:
    return say("survey_results.too_few", kind=cards.KINDS[survey.kind], fewest=FEWEST)


def _go(label: str, to: str, survey: Survey, **more: object) -> Go:
    return Go(words(label), to, {"id": survey.id, **more})


def _back(survey: Survey) -> Go:
    return _go("survey_results.tap_back", "survey_results.of", survey)


def _tap_round(survey: Survey, rounds: Sequence[Survey]) -> Go:
    label = words("survey_results.tap_round", kind=cards.KINDS[survey.kind], year=year_of(survey, rounds))
    return Go(label, "survey_results.of", {"id": survey.id})


def _tap_unit(turn: Turn, survey: Survey, unit_id: str) -> Go:
    found = turn.store.units.get(unit_id)
    name = shortened(found.name) if found else words("measures.gone")
    return Go(name, "survey_results.unit", {"id": survey.id, "unit": unit_id})
