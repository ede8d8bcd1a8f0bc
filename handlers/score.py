"""Ask what the agency scored.

    mayor    ปีนี้เราได้เกรดอะไร
    bot      [card: ปี 2565 · 94.97 · ระดับ A · three bars · weakest indicators · what is missing to AA]
             [ตัวชี้วัดต่ำสุด] [เปรียบเทียบรายปี] [มีอะไรไม่ตรงกัน]
    mayor    การสื่อสารได้เท่าไร
    bot      ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร ได้ 87.53 คะแนน (ปี 2565)

The published figures are everyone's; what does not add up is told to staff and executives, and a citizen sees a
contradicted figure as not confirmed.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from handlers.kit import Answer, Bar, Card, Feature, Go, Reply, Row, Tap, Turn, Words, ask, say, show, words
from itadomain.audit import Audit, Code, Finding, audit
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks import NEWEST, framework_for
from itadomain.frameworks.common import INSTRUMENT_NAMES
from itadomain.frameworks.shape import Instrument
from itadomain.people import SECRETS_OF_SCORES
from itadomain.refusals import Refusal
from itadomain.scores import weakest

feature = Feature("score")

WEAKEST_SHOWN = 3


@feature.on("intent:ask_score", in_groups=True)
def now(turn: Turn) -> Reply:
    seen = _seen(turn)
    if seen is None:
        return _nothing(turn)
    if turn.values.get("official") and turn.who.may(SECRETS_OF_SCORES):
        return show(_what_does_not_add_up(turn, seen))
    return show(_card(turn, seen))


@feature.on(roles=SECRETS_OF_SCORES)
def official(turn: Turn) -> Reply:
    seen = _seen(turn)
    return _nothing(turn) if seen is None else show(_what_does_not_add_up(turn, seen))


@feature.on("intent:ask_indicator_score", in_groups=True)
def part(turn: Turn) -> Reply:
    seen = _seen(turn)
    if seen is None:
        return _nothing(turn)
    if turn.values.get("lowest") or turn.values.get("indicator") == "all":
        return lowest(turn)
    return _one_part(turn, seen, turn.values) or which(turn)


@feature.on()
def which(turn: Turn) -> Reply:
    seen = _seen(turn)
    if seen is None or not seen.chosen:
        return _nothing(turn)
    numbered = [Answer(words("score.pick_one", no=no), str(no)) for no in sorted(seen.chosen.table.indicators)]
    return ask("score.which_part", then=pick_part, choices=numbered)


@feature.step
def pick_part(turn: Turn) -> Reply:
    seen = _seen(turn)
    said = turn.chosen or turn.text.strip()
    wanted = {"instrument": said.upper(), "indicator": said} if turn.chosen or len(said) <= len("OIT") else turn.values
    answer = _one_part(turn, seen, {**turn.values, **wanted}) if seen else _nothing(turn)
    if answer is None:
        raise Refusal("score.no_such_part")
    return answer


@feature.on()
def lowest(turn: Turn) -> Reply:
    seen = _seen(turn)
    if seen is None or not seen.chosen:
        return _nothing(turn)
    everything = weakest(seen.chosen.table, len(seen.chosen.table.indicators))
    no, points = everything[0]
    return show(
        Card(
            summary=words("score.lowest", name=_name(seen, no), points=points, **_years(turn, seen)),
            title=words("score.lowest_title", year=seen.result.fiscal_year),
            subtitle=turn.store.office.short,
            bars=[Bar(words("score.numbered", no=n, name=_name(seen, n)), p, _passes(seen, p)) for n, p in everything],
            notes=[*_doubts(turn, seen), words("score.running_year", **_years(turn, seen))],
            source=words("score.source", document=seen.result.document),
        )
    ).offering(Go(words("score.tap_now"), "score.now"))


@feature.on("intent:ask_trend", in_groups=True)
def compare(turn: Turn) -> Reply:
    wanted = {int(year) for year in turn.values.get("years", ())}
    years = [audit(r) for r in turn.store.scores.all() if not wanted or r.fiscal_year in wanted]
    if not years:
        return _nothing(turn)
    if len(years) == 1:
        only = years[0]
        return say("score.only_one_year", total=only.total, grade=_grade(only), **_years(turn, only)).offering(
            Go(words("score.tap_now"), "score.now")
        )
    new, old = years[0], years[1]
    change = (new.total or Decimal(0)) - (old.total or Decimal(0))
    return show(
        Card(
            summary=words(_direction(change), change=abs(change), old=old.result.fiscal_year, **_years(turn, new)),
            title=words("score.compare_title"),
            subtitle=turn.store.office.short,
            bars=[_year_bar(one) for one in reversed(years[:5])],
            notes=[*_new_rule(years), words("score.running_year", **_years(turn, new))],
        )
    )


def _seen(turn: Turn) -> Audit | None:
    """The audited result of the year that was asked for, or the newest."""
    year = turn.number("year")
    if year is not None:
        framework_for(year)  # a year before the ITA's present form is refused
        result = turn.store.scores.of_year(year)
    else:
        result = next(iter(turn.store.scores.all()), None)
    return audit(result) if result else None


def _nothing(turn: Turn) -> Reply:
    """No result to tell: say which year was asked for, and offer what there is."""
    year, running = turn.number("year"), fiscal_year_of(turn.today)
    known = [r.fiscal_year for r in turn.store.scores.all()]
    taps: list[Tap] = [Go(words("score.tap_year", year=y), "score.now", {"year": y}) for y in known[:5]]
    measures = turn.store.measures.of_newest_plan()
    if measures:
        taps.append(Go(words("score.tap_measures", count=len(measures)), "measures.mine"))
    key = "score.none_at_all" if year is None else "score.none_of_year"
    reply = say(key, year=year or running, running=running, known=known or words("score.no_year"))
    if year is not None and year > NEWEST:
        reply = reply.adding(words("score.framework_assumed", year=year, newest=NEWEST))
    return reply.offering(*taps, Go(words("help.tap_menu"), "help.menu"))


def _card(turn: Turn, seen: Audit) -> Card:
    insider = turn.who.may(SECRETS_OF_SCORES)
    return Card(
        summary=words("score.summary", total=seen.total, grade=_grade(seen), **_years(turn, seen)),
        title=words("score.title", year=seen.result.fiscal_year),
        subtitle=turn.store.office.short,
        number=seen.total,
        tag=words("score.grade", grade=_grade(seen)),
        warning=words("score.not_confirmed") if seen.contradicted else None,
        bars=[
            Bar(
                words("score.instrument", short=i.value, name=INSTRUMENT_NAMES[i]),
                seen.shown(p),
                _passes(seen, p),
            )
            for i, p in seen.instruments.items()
        ],
        rows_title=words("score.weakest_title") if seen.chosen and seen.chosen.table.indicators else None,
        rows=[
            Row(words("score.numbered", no=no, name=_name(seen, no)), points)
            for no, points in (weakest(seen.chosen.table, WEAKEST_SHOWN) if seen.chosen else ())
        ],
        notes=[
            *(_recomputed(seen) if insider else ()),
            *(_findings(seen) if insider else ()),
            *(_distance(seen) if insider else ()),
            *_rule(seen),
            words("score.running_year", **_years(turn, seen)),
        ],
        source=words("score.source", document=seen.result.document),
        taps=[
            Go(words("score.tap_lowest"), "score.lowest", _year(seen)),
            Go(words("score.tap_part"), "score.which", _year(seen)),
            *([Go(words("score.tap_official"), "score.official", _year(seen))] if insider and seen.findings else ()),
            Go(words("score.tap_compare"), "score.compare"),
        ],
    )


def _what_does_not_add_up(turn: Turn, seen: Audit) -> Card:
    key = "score.official_differs" if seen.findings else "score.official_agrees"
    return Card(
        summary=words(key, total=seen.total, count=len(seen.findings), **_years(turn, seen)),
        title=words("score.official_title", year=seen.result.fiscal_year),
        subtitle=turn.store.office.short,
        number=seen.total,
        tag=words("score.grade", grade=_grade(seen)),
        warning=words("score.not_confirmed") if seen.contradicted else None,
        rows_title=words("score.recomputed_title"),
        rows=[
            Row(one.table.name, words("score.total_and_grade", total=seen.shown(one.total), grade=grade.name))
            for one in seen.recomputed
            if one.total is not None and (grade := seen.grade_for(one))
        ],
        notes=[
            *_findings(seen),
            words("score.official_word"),
            words("score.running_year", **_years(turn, seen)),
        ],
        source=words("score.source", document=seen.result.document),
    )


def _one_part(turn: Turn, seen: Audit, values: Mapping[str, Any]) -> Reply | None:
    """The answer for one instrument or one indicator; None where neither is named."""
    taps = (
        Go(words("score.tap_now"), "score.now", _year(seen)),
        Go(words("score.tap_lowest"), "score.lowest"),
    )
    if values.get("instrument") in set(Instrument) & seen.instruments.keys():
        instrument = Instrument(values["instrument"])
        facts = {"short": instrument.value, "name": INSTRUMENT_NAMES[instrument]}
        points = seen.shown(seen.instruments[instrument])
        return say("score.one_instrument", points=points, **facts, **_years(turn, seen)).offering(*taps)
    no = int(values["indicator"]) if str(values.get("indicator", "")).isdigit() else None
    if no is None or not seen.disputed(no):
        return None
    points, *others = seen.disputed(no)
    reply = say("score.one_indicator", no=no, name=_name(seen, no), points=points, **_years(turn, seen))
    if others and turn.who.may(SECRETS_OF_SCORES):
        reply = reply.adding(words("score.also_printed", others=others))
    elif others:
        reply = reply.adding(words("score.not_confirmed"))
    return reply.offering(*taps)


def _recomputed(seen: Audit) -> Sequence[Words]:
    if seen.recomputed_total is None or seen.recomputed_grade is None:
        return ()
    return (words("score.recomputed", total=seen.recomputed_total, grade=seen.recomputed_grade.name),)


def _findings(seen: Audit) -> Sequence[Words]:
    return [_told(finding) for finding in seen.findings]


def _told(finding: Finding) -> Words:
    facts = dict(finding.facts)
    if "fits" in facts:
        facts["fits"] = words(f"finding.{finding.code}_{'fits' if facts['fits'] else 'fits_not'}")
    return Words(f"finding.{finding.code}", facts)


def _distance(seen: Audit) -> Sequence[Words]:
    ahead = seen.ahead
    if ahead is None:
        return ()
    notes = [words("score.to_next", points=ahead.total, grade=ahead.grade.name)] if ahead.total else []
    return notes + [
        words("score.instrument_to_next", short=i.value, points=seen.shown(lacking), grade=ahead.grade.name)
        for i, lacking in ahead.instruments.items()
    ]


def _rule(seen: Audit) -> Sequence[Words]:
    """What about the year's rule is not confirmed."""
    if seen.applied.assumed:
        return (words("score.framework_assumed", year=seen.result.fiscal_year, newest=NEWEST),)
    return () if seen.confirmed else (words("score.rule_unconfirmed", year=seen.result.fiscal_year),)


def _doubts(turn: Turn, seen: Audit) -> Sequence[Words]:
    disagree = [f for f in seen.findings if f.code is Code.TABLES_DISAGREE]
    if not disagree:
        return ()
    return _findings(seen) if turn.who.may(SECRETS_OF_SCORES) else (words("score.not_confirmed"),)


def _new_rule(years: Sequence[Audit]) -> Sequence[Words]:
    scales = {seen.applied.framework.scale.grades for seen in years}
    return (words("score.rules_changed"),) if len(scales) > 1 else ()


def _year_bar(seen: Audit) -> Bar:
    total = seen.total or Decimal(0)
    return Bar(
        words("score.year_and_grade", year=seen.result.fiscal_year, grade=_grade(seen)),
        total,
        _passes(seen, total),
    )


def _direction(change: Decimal) -> str:
    if change == 0:
        return "score.same"
    return "score.up" if change > 0 else "score.down"


def _passes(seen: Audit, points: Decimal) -> bool:
    return points >= seen.applied.framework.scale.passing


def _grade(seen: Audit) -> Any:
    return seen.grade.name if seen.grade else seen.printed_grade or "-"


def _name(seen: Audit, no: int) -> Any:
    return seen.applied.framework.indicator(no).name


def _year(seen: Audit) -> Mapping[str, int]:
    return {"year": seen.result.fiscal_year}


def _years(turn: Turn, seen: Audit) -> dict[str, int]:
    return {"year": seen.result.fiscal_year, "running": fiscal_year_of(turn.today)}
