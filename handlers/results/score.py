"""Ask what the agency scored.

    mayor    ปีนี้เราได้เกรดอะไร
    bot      [card: ปี 2565 · 94.97 · ระดับ A · three bars · weakest indicators · what is missing to AA]
             [คะแนนน้อยที่สุด] [ดูรายตัวชี้วัด] [มีอะไรไม่ตรงกัน] [เปรียบเทียบรายปี]
    mayor    การสื่อสารได้เท่าไร
    bot      ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร ได้ 87.53 คะแนน … ปี 2565

The published figures are everyone's; what does not add up is told to staff and executives, and a citizen sees a
contradicted figure as not confirmed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handlers.kit import Answer, Feature, Go, Reply, Tap, Turn, Words, ask, say, show, words
from handlers.results import score_cards as cards
from itadomain.audit import Audit, audit
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks import NEWEST, framework_for
from itadomain.frameworks.common import INSTRUMENT_NAMES
from itadomain.frameworks.shape import Instrument
from itadomain.lateness import sees_all
from itadomain.people import INSIDERS, SECRETS_OF_SCORES
from itadomain.refusals import Refusal

feature = Feature("score")

MOST_YEARS = 5
POSSIBLE_YEARS = range(2400, 2700)
#: A number with few signs around it: «7», «ข้อ ๗», «ข้อที่ 7.»
NUMBERED = re.compile(r"[^\d+-]{0,12}(\d{1,2})\D?")


@dataclass(frozen=True)
class Asked:
    """The year that the question about a part was asked for."""

    year: int


@feature.on("intent:ask_score", in_groups=True)
def now(turn: Turn) -> Reply:
    seen = _seen(turn)
    if seen is None:
        return _nothing(turn)
    if turn.values.get("official") and turn.who.may(SECRETS_OF_SCORES):
        return official(turn)
    asked_too_much = [words("score.checks_are_for_staff")] if turn.values.get("official") else []
    return Reply((*_instead(turn, seen), cards.grade(turn, seen), *asked_too_much)).offering(*_what_if(turn, seen))


@feature.on(roles=SECRETS_OF_SCORES)
def official(turn: Turn) -> Reply:
    seen = _seen(turn)
    if seen is None:
        return _nothing(turn)
    return Reply((*_instead(turn, seen), cards.what_does_not_add_up(turn, seen))).offering(_tap_now(seen))


@feature.on("intent:ask_indicator_score", in_groups=True)
def part(turn: Turn) -> Reply:
    seen = _seen(turn)
    if seen is None:
        return _nothing(turn)
    if turn.values.get("highest"):
        return highest(turn)
    if turn.values.get("lowest") or turn.values.get("indicator") == "all":
        return lowest(turn)
    return _one_part(turn, seen, turn.values) or which(turn)


@feature.on()
def which(turn: Turn) -> Reply:
    seen = _seen(turn)
    if seen is None:
        return _nothing(turn)
    if not seen.indicators:
        return _total_only(turn, seen)
    numbered = [Answer(words("score.pick_one", no=no), str(no)) for no in sorted(seen.indicators)]
    asked = ask("score.which_part", then=pick_part, choices=numbered, draft=Asked(seen.result.fiscal_year))
    return replace(asked, bubbles=(*_instead(turn, seen), *asked.bubbles))


@feature.step
def pick_part(turn: Turn, asked: Asked) -> Reply:
    turn = replace(turn, values={"year": asked.year, **turn.values})
    seen = _seen(turn)
    answer = _one_part(turn, seen, {**turn.values, **_named_part(turn, seen)}) if seen else _nothing(turn)
    if answer is None:
        raise Refusal("score.no_such_part")
    return answer


@feature.on(in_groups=True)
def lowest(turn: Turn) -> Reply:
    return _ranked(turn, highest_first=False)


@feature.on(in_groups=True)
def highest(turn: Turn) -> Reply:
    return _ranked(turn, highest_first=True)


@feature.on("intent:ask_trend", in_groups=True)
def compare(turn: Turn) -> Reply:
    named = turn.values.get("years")
    wanted = set(named) if isinstance(named, list) else set()
    kept = [seen for result in turn.store.scores.all() if (seen := audit(result)).total is not None]
    chosen = [seen for seen in kept if seen.result.fiscal_year in wanted]
    years = chosen if len(chosen) > 1 else kept
    if not years:
        return _nothing(turn)
    if len(years) == 1:
        only = years[0]
        facts = {"total": only.total, "grade": cards.grade_name(only), **cards.years(turn, only)}
        told = say("score.only_one_year", **facts).offering(_tap_now(only))
        return told.adding(*cards.doubts_of_year(only))
    return show(cards.compare(turn, years[:MOST_YEARS]))


def _seen(turn: Turn) -> Audit | None:
    """The audited result of the year that was asked for; the newest where none was, or none is out yet."""
    year, kept = _year(turn), turn.store.scores
    if year is not None:
        framework_for(year)  # a year before the ITA's present form is refused
    asked = kept.of_year(year) if year is not None else None
    if asked is None and (year is None or year >= fiscal_year_of(turn.today)):
        asked = next(iter(kept.all()), None)
    return audit(asked) if asked else None


def _instead(turn: Turn, seen: Audit) -> tuple[Words, ...]:
    """Why another year is told than the one that was asked for."""
    year = _year(turn)
    if year is None or year == seen.result.fiscal_year:
        return ()
    not_yet = words("score.not_published_yet", year=year, newest=seen.result.fiscal_year)
    return (not_yet, words("score.framework_assumed", year=year, newest=NEWEST)) if year > NEWEST else (not_yet,)


def _year(turn: Turn) -> int | None:
    """The fiscal year that was named; a number that is none of this age is as good as none."""
    year = turn.number("year")
    return year if year is not None and year in POSSIBLE_YEARS else None


def _named_part(turn: Turn, seen: Audit) -> Mapping[str, Any]:
    """What is named where a part was asked for: «7», «ข้อ ๗», «oit», or words of an indicator's name."""
    said = turn.chosen or turn.text.strip()
    number = NUMBERED.fullmatch(said)
    if number:
        return {"indicator": str(int(number[1]))}
    if said.upper() in set(Instrument):
        return {"instrument": said.upper()}
    indicator = seen.applied.framework.named(said)
    return {"indicator": str(indicator.no)} if indicator else {}


def _nothing(turn: Turn) -> Reply:
    """No result to tell: say which year was asked for, and offer what there is."""
    year, running = _year(turn), fiscal_year_of(turn.today)
    known = [result.fiscal_year for result in turn.store.scores.all()]
    taps: list[Tap] = [Go(words("score.tap_year", year=y), "score.now", {"year": y}) for y in known[:MOST_YEARS]]
    measures = turn.store.measures.of_newest_plan()
    if measures:
        taps.append(Go(words("score.tap_measures"), "measures.everything"))
    taps.append(Go(words("help.tap_menu"), "help.menu"))
    if not known or year is None:
        instead = [words("score.has_measures", count=len(measures))] if measures else []
        return say("score.none_at_all", running=running).adding(*instead).offering(*taps)
    return say("score.none_of_year", year=year, known=known, running=running).offering(*taps)


def _total_only(turn: Turn, seen: Audit) -> Reply:
    return say("score.total_only", total=seen.total, **cards.years(turn, seen)).offering(_tap_now(seen))


def _ranked(turn: Turn, *, highest_first: bool) -> Reply:
    seen = _seen(turn)
    if seen is None:
        return _nothing(turn)
    if not seen.indicators:
        return _total_only(turn, seen)
    card = cards.ranked(turn, seen, highest_first=highest_first)
    return Reply((*_instead(turn, seen), card)).offering(_tap_now(seen))


def _one_part(turn: Turn, seen: Audit, values: Mapping[str, Any]) -> Reply | None:
    """The answer for one instrument or one indicator; None where neither is named."""
    if values.get("instrument") in set(Instrument) & seen.instruments.keys():
        instrument = Instrument(values["instrument"])
        facts = {"short": instrument.value, "name": INSTRUMENT_NAMES[instrument], **cards.years(turn, seen)}
        told = say("score.one_instrument", points=seen.shown(seen.instruments[instrument]), **facts)
        told = told.adding(*cards.doubts_of_parts(seen))
    else:
        no = int(values["indicator"]) if str(values.get("indicator", "")).isdecimal() else 0
        points = seen.disputed(no)
        if not points:
            return None
        facts = {"no": no, "name": cards.indicator_name(seen, no), **cards.years(turn, seen)}
        told = say("score.one_indicator", points=points[0], **facts).adding(*cards.other_figures(turn, points[1:]))
    told = replace(told, bubbles=(*_instead(turn, seen), *told.bubbles))
    return told.offering(_tap_now(seen), Go(words("score.tap_lowest"), "score.lowest", cards.year(seen)))


def _what_if(turn: Turn, seen: Audit) -> Sequence[Tap]:
    """For those who look after the whole agency: what the running year would come to, while it has no result."""
    ahead = seen.result.fiscal_year < fiscal_year_of(turn.today)
    whole = turn.who.may(INSIDERS) and sees_all(turn.who, turn.store.units.all(), turn.today)
    return [Go(words("forecast.tap_now"), "forecast.now")] if ahead and whole else []


def _tap_now(seen: Audit) -> Go:
    return Go(words("score.tap_now"), "score.now", cards.year(seen))
