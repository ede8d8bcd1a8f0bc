"""Invite to a survey: whom, with a sentence that is ready; what it costs, the broadcast itself tells.

admin    [เชิญให้ตอบ]
bot      [card: เชิญให้ตอบ ซ้อม EIT ประชาชน ปี 2570 · the sentence as it is prepared · ผู้ที่ยังไม่ตอบ ยังไม่ได้เตือน]
         [ทุกคน] [หมู่บ้าน] [ผู้ที่ยังไม่ตอบ] [จุดบริการ]
admin    [ผู้ที่ยังไม่ตอบ]
bot      (the broadcast goes on from there: preview, cost, the second person)

While the official questionnaire runs, that one is told of instead, to everybody alike.
"""

from collections.abc import Sequence

from handlers.broadcasting import survey_invitation
from handlers.broadcasting.broadcast_picking import REACHES
from handlers.common import assessment_cards
from handlers.common.calendar_keepers import keeper_only
from handlers.kit import Card, Feature, Go, Reply, Row, Turn, Words, say, show, words
from handlers.surveying import survey_words
from itadomain.broadcasts.broadcast import NOT_ANSWERED
from itadomain.frameworks.shape import Instrument
from itadomain.people import INSIDERS
from itadomain.surveys import inviting, opening
from itadomain.surveys.opening import Official
from itadomain.surveys.survey import Kind, Survey

feature = Feature("survey_inviting", roles=INSIDERS)


@feature.on()
def start(turn: Turn) -> Reply:
    """The survey that was named, else the one that is open, else which of them; or the official one."""
    keeper_only(turn)
    named = turn.store.surveys.get(str(turn.values.get("id", "")))
    opened = [named] if named else [one for kind in Kind if (one := opening.current(turn.store, kind))]
    near = [(one, found) for one in opening.PHASES if (found := opening.official(turn.store, one, turn.today))]
    ours = [one for one in opened if one.kind.instrument not in {instrument for instrument, _ in near}]
    if len(ours) == 1 and not near:
        return _of(turn, ours[0])
    if not ours and len(near) == 1:
        return _of_official(*near[0])
    if not ours and not near:
        return say("survey_inviting.nothing_open").offering(_tap_open(), survey_words.tap_desk())
    taps = [_tap(one) for one in ours] + [_tap_official(instrument) for instrument, _ in near]
    return say("survey_inviting.to_which").offering(*taps, survey_words.tap_desk())


@feature.on()
def of(turn: Turn) -> Reply:
    keeper_only(turn)
    found = turn.store.surveys.get(str(turn.values.get("id", "")))
    return _of(turn, found) if found else start(turn)


@feature.on()
def official(turn: Turn) -> Reply:
    keeper_only(turn)
    instrument = survey_words.instrument_meant(turn)
    near = opening.official(turn.store, instrument, turn.today)
    return _of_official(instrument, near) if near else start(turn)


def _of(turn: Turn, survey: Survey) -> Reply:
    opening.answerable(turn.store, survey.kind, turn.today)
    told = words("survey_inviting.title", kind=survey_words.KINDS[survey.kind], year=survey.fiscal_year)
    card = Card(
        summary=told,
        title=told,
        text=survey_invitation.text(turn, survey.kind),
        rows=[*_reminded(turn, survey)],
        notes=[words("survey_inviting.no_leading"), *_no_button(turn)],
    )
    reaches = [one for one in survey_invitation.REACHES[survey.kind] if one not in _used(turn, survey)]
    taps = [Go(REACHES[one], "broadcast.inviting", {"id": survey.id, "to": one.value}) for one in reaches]
    posters = [Go(words("surveys.tap_points"), "service_points.all")] if survey.kind is not Kind.INSIDERS else []
    return show(card).offering(*taps, *posters, survey_words.tap_desk())


def _of_official(instrument: Instrument, near: Official) -> Reply:
    days = assessment_cards.span(near.window)
    if not near.link:
        enter = Go(words("surveys.tap_official"), "survey_official.all", {"year": near.window.fiscal_year})
        told = say("survey_inviting.official_no_link", instrument=instrument, days=days)
        return told.offering(enter, survey_words.tap_desk())
    if not near.running:
        told = say("survey_inviting.official_soon", instrument=instrument, days=days)
        return told.offering(survey_words.tap_desk())
    said = words("survey_inviting.title_official", instrument=instrument)
    card = Card(
        summary=said,
        title=said,
        text=survey_invitation.OFFICIAL[instrument],
        notes=[words("survey_inviting.to_everybody")],
    )
    values = {"official": instrument.value}
    taps = [
        Go(REACHES[one], "broadcast.inviting", {**values, "to": one.value})
        for one in survey_invitation.TO_OFFICIAL[instrument]
    ]
    return show(card).offering(*taps, survey_words.tap_desk())


def _reminded(turn: Turn, survey: Survey) -> Sequence[Row]:
    """Whether those who have not answered were reminded already: they are once."""
    if survey.kind is Kind.VISIT:
        return []
    once = inviting.reminded(turn.store, survey.id)
    told = words("survey_inviting.was_reminded") if once else words("survey_inviting.not_reminded")
    return [Row(words("survey_inviting.row_reminder"), told)]


def _used(turn: Turn, survey: Survey) -> frozenset[str]:
    """The audiences that have had theirs."""
    return frozenset(NOT_ANSWERED) if inviting.reminded(turn.store, survey.id) else frozenset()


def _no_button(turn: Turn) -> list[Words]:
    return [] if inviting.link(turn.store) else [words("survey_inviting.no_button")]


def _tap(one: Survey) -> Go:
    return Go(survey_words.SHORT[one.kind], "survey_inviting.of", {"id": one.id})


def _tap_official(instrument: Instrument) -> Go:
    return Go(
        words("survey_inviting.tap_official", instrument=instrument),
        "survey_inviting.official",
        {"instrument": instrument.value},
    )


def _tap_open() -> Go:
    return Go(words("surveys.tap_start"), "survey_opening.start")
