"""How many have answered the official questionnaire: what ITAS shows each day, and when it will be enough.

officer  ITAS 120/300
bot      บันทึกแล้วค่ะ
         [card: EIT ปี 2570 · 120 จาก 300 · bar · วันละ 8 คน · ถึงเกณฑ์ประมาณวันที่ 13 ก.พ. 2570 · รอบของเรา ตอบแล้ว 85 คน …]
officer  [บันทึกยอดวันนี้]
bot      ยอดของแบบใดคะ   [EIT] [IIT]
officer  [EIT]
bot      วันนี้ ITAS แสดงว่าตอบแล้วกี่คน จากที่ต้องการกี่คนคะ …
officer  90/300
bot      ยอดนี้น้อยกว่าที่บันทึกไว้ (120 จาก 300) ถูกต้องหรือไม่คะ   [ใช่]

Administrators and the secretariat enter it. Of our own rounds fewer than five people are never told apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from handlers.common import picking
from handlers.common.calendar_keepers import keeper_only
from handlers.kit import Answer, Bar, Card, Feature, Go, Reply, Row, Turn, Words, ask, words
from handlers.surveying import survey_words
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks.named import sites
from itadomain.frameworks.shape import Instrument
from itadomain.people import INSIDERS
from itadomain.surveys import meter, opening, results
from itadomain.surveys.meter import Meter
from itadomain.surveys.survey import FEWEST, REHEARSALS, Sample, Survey

feature = Feature("sample_meter", roles=INSIDERS)

MOST_SHOWN = 10
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Draft:
    """Of which questionnaire, and what was said that is looked at twice."""

    instrument: str
    answered: int = 0
    wanted: int = 0


@feature.on()
def now(turn: Turn) -> Reply:
    keeper_only(turn)
    return Reply([_card(turn, one) for one in REHEARSALS]).offering(*_ways())


@feature.on()
def enter(turn: Turn) -> Reply:
    keeper_only(turn)
    choices = [Answer(one.value, one.value) for one in REHEARSALS]
    return ask("sample_meter.which", then=hear_which, choices=choices)


@feature.step
def hear_which(turn: Turn) -> Reply:
    keeper_only(turn)
    if whole := meter.said_whole(turn.text):
        return _heard(turn, *whole)
    instrument = survey_words.instrument_meant(turn)
    return ask("sample_meter.how_many", then=hear_count, draft=Draft(instrument.value), instrument=instrument)


@feature.step
def hear_count(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    instrument = Instrument(draft.instrument)
    if whole := meter.said_whole(turn.text):
        return _heard(turn, whole[0] or instrument, *whole[1:])
    kept = meter.meter(turn.store, _year(turn, instrument), instrument, turn.today)
    return _heard(turn, instrument, *meter.said(turn.text, kept.sample.wanted if kept else None))


@feature.step
def confirm(turn: Turn, draft: Draft) -> Reply:
    keeper_only(turn)
    picking.only_yes(turn)
    return _keep(turn, _sample(turn, Instrument(draft.instrument), draft.answered, draft.wanted))


def typed(turn: Turn) -> Reply | None:
    """«ITAS 120/300» where no question is open; None for other words, and from outside the agency."""
    whole = meter.said_whole(turn.text) if turn.who.may(INSIDERS) else None
    if whole is None:
        return None
    keeper_only(turn)
    return _heard(turn, *whole)


def _heard(turn: Turn, instrument: Instrument | None, answered: int, wanted: int) -> Reply:
    """Keep it, unless it is worth a second look."""
    sample = _sample(turn, instrument or Instrument.EIT, answered, wanted)
    earlier = meter.before(turn.store, sample)
    if not meter.odd(turn.store, sample) or earlier is None:
        return _keep(turn, sample)
    draft = Draft(sample.instrument.value, answered, wanted)
    facts = {"instrument": sample.instrument, "answered": answered, "wanted": wanted}
    before = {"before": earlier.answered, "before_wanted": earlier.wanted, "day": earlier.on}
    return ask("sample_meter.is_it_right", then=confirm, choices=picking.yes(), draft=draft, **facts, **before)


def _sample(turn: Turn, instrument: Instrument, answered: int, wanted: int) -> Sample:
    return meter.entered(_year(turn, instrument), instrument, answered, wanted, turn.today, turn.who.id)


def _keep(turn: Turn, sample: Sample) -> Reply:
    turn.store.surveys.save_sample(sample)
    survey_words.note(turn, "", "sample", instrument=sample.instrument.value)
    told = Reply((words("sample_meter.kept"), _card(turn, sample.instrument, sample)))
    return told.offering(*_ways())


def _year(turn: Turn, instrument: Instrument) -> int:
    """The year of the official one that is near or runs, else the running one."""
    near = opening.official(turn.store, instrument, turn.today)
    return near.window.fiscal_year if near else fiscal_year_of(turn.today)


def _ways() -> Sequence[Go]:
    return [Go(words("sample_meter.tap_enter"), "sample_meter.enter"), survey_words.tap_desk()]


def _card(turn: Turn, instrument: Instrument, just_now: Sample | None = None) -> Card:
    year = _year(turn, instrument)
    found = meter.meter(turn.store, year, instrument, turn.today, just_now)
    title = words("sample_meter.title", instrument=instrument, year=year)
    answered = words("sample_meter.of", answered=found.sample.answered, wanted=found.sample.wanted) if found else None
    bar = words("sample_meter.answered")
    return Card(
        summary=words("sample_meter.said", title=title, answered=answered or words("sample_meter.nothing_yet")),
        title=title,
        subtitle=words("sample_meter.as_of", day=found.sample.on) if found else words("sample_meter.nothing_yet"),
        number=answered,
        bars=[Bar(bar, found.share.quantize(TENTH, ROUND_HALF_UP), found.enough)] if found else [],
        rows=[*(_progress(found) if found else ()), *_rule(turn, year, instrument), *_ours(turn, instrument)],
        notes=[words("sample_meter.by_hand")],
    )


def _progress(found: Meter) -> Sequence[Row]:
    """How fast it goes, and when it will be enough; where nobody can tell, that is said."""
    pace = words("sample_meter.a_day", count=_tenth(found.pace)) if found.pace is not None else None
    when = (
        words("sample_meter.about", day=found.enough_on) if found.enough_on else words("sample_meter.not_at_this_pace")
    )
    reached = words("sample_meter.reached") if found.enough else when if pace else words("sample_meter.pace_unknown")
    late = [Row(words("sample_meter.row_warning"), words("sample_meter.too_late"))] if found.too_late else []
    needed = words("sample_meter.a_day", count=found.a_day)
    return [
        *([Row(words("sample_meter.row_pace"), pace)] if pace else []),
        Row(words("sample_meter.row_reached"), reached),
        *([Row(words("sample_meter.row_needed"), needed)] if found.a_day else []),
        *late,
    ]


def _rule(turn: Turn, year: int, instrument: Instrument) -> Sequence[Row]:
    """The rule of a year where it is known; of the years since, that ITAS reckons it."""
    rule = meter.RULES.get((year, instrument))
    if rule is None:
        known = words("sample_meter.by_itas") if year >= meter.BY_ITAS_SINCE else words("sample_meter.rule_unknown")
        return [Row(words("sample_meter.row_rule"), known)]
    facts = {"least": rule.least, "above": rule.above, "suffices": rule.suffices}
    told = words("sample_meter.rule", **facts, source=list(sites(rule.source)))
    sure = [] if rule.confidence.confirmed else [words("sample_meter.unconfirmed")]
    return [Row(words("sample_meter.row_rule"), [told, *sure])]


def _ours(turn: Turn, instrument: Instrument) -> Sequence[Row]:
    """How many have answered our own round, in all and where; five people or more, or nothing."""
    found = opening.current(turn.store, REHEARSALS[instrument])
    if found is None:
        return []
    told = results.response(turn.store, found, turn.today).answered
    where = [*_by_unit(turn, found), *_by_point(turn, found)]
    return [Row(words("sample_meter.row_ours"), _people(told)), *where[:MOST_SHOWN]]


def _by_unit(turn: Turn, survey: Survey) -> Sequence[Row]:
    counted = {key: view.people for key, view in results.by_unit(turn.store, survey).items() if key}
    named = [(turn.store.units.get(key), people) for key, people in counted.items()]
    return [Row(unit.name, _people(people)) for unit, people in named if unit]


def _by_point(turn: Turn, survey: Survey) -> Sequence[Row]:
    counted = {key: view.people for key, view in results.by_point(turn.store, survey).items() if key}
    names = {one.code: one.name for one in turn.store.surveys.points()}
    return [Row(names.get(code, code), _people(people)) for code, people in counted.items()]


def _people(count: int) -> Words:
    return words("surveys.people", count=count) if count >= FEWEST else words("sample_meter.too_few")


def _tenth(pace: Fraction) -> Decimal:
    """To the tenth, and «18 คน» rather than «18.0 คน»."""
    tenth = (Decimal(pace.numerator) / pace.denominator).quantize(TENTH, ROUND_HALF_UP)
    return tenth.quantize(Decimal(1)) if tenth == tenth.to_integral_value() else tenth
