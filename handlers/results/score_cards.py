"""What the answers of `score` look like: cards, and the sentences on them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from handlers.kit import Bar, Card, Go, Row, Tap, Turn, Words, words
from itadomain.audit import Audit, Code, Finding
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks import NEWEST
from itadomain.frameworks.shape import Instrument
from itadomain.people import SECRETS_OF_SCORES
from itadomain.scores import weakest

WEAKEST_SHOWN = 3
#: Whom an instrument asks, in a villager's words.
PLAIN = {
    Instrument.IIT: words("score.plain_iit"),
    Instrument.EIT: words("score.plain_eit"),
    Instrument.OIT: words("score.plain_oit"),
}


def grade(turn: Turn, seen: Audit) -> Card:
    """The grade of a year: one number, three bars, what is weakest, how far the next grade is."""
    insider = turn.who.may(SECRETS_OF_SCORES)
    return Card(
        summary=_summary(turn, seen),
        title=words("score.title", year=seen.result.fiscal_year),
        subtitle=turn.store.office.short,
        number=seen.total,
        tag=words("score.grade", grade=grade_name(seen)),
        warning=_warning(seen),
        bars=[Bar(_instrument(i), seen.shown(points), _passes(seen, points)) for i, points in seen.instruments.items()],
        rows_title=words("score.weakest_title") if seen.indicators else None,
        rows=[
            Row(words("score.numbered", no=no, name=indicator_name(seen, no)), points)
            for no, points in weakest(seen.indicators, WEAKEST_SHOWN)
        ],
        notes=[
            *((*_distance(seen), *_recomputed(seen)) if insider else ()),
            *_means(seen),
            *_rule(seen),
            _running(turn, seen),
        ],
        doubts=_findings(seen) if insider else () if seen.contradicted else doubts_of_parts(seen),
        source=words("score.source", document=seen.result.document),
        taps=_next_taps(seen, insider=insider),
    )


def what_does_not_add_up(turn: Turn, seen: Audit) -> Card:
    """Which figure is official, what each printed table comes to, and every finding."""
    return Card(
        summary=_verdict(turn, seen),
        title=words("score.official_title", year=seen.result.fiscal_year),
        subtitle=turn.store.office.short,
        number=seen.total,
        tag=words("score.grade", grade=grade_name(seen)),
        warning=_warning(seen),
        rows_title=words("score.recomputed_title"),
        rows=[
            Row(one.table.name, words("score.total_and_grade", total=seen.shown(one.total), grade=worked_out.name))
            for one in seen.recomputed
            if one.total is not None and (worked_out := seen.grade_for(one))
        ],
        notes=[words("score.official_word"), *_rule(seen), _running(turn, seen)],
        doubts=_findings(seen),
        source=words("score.source", document=seen.result.document),
    )


def ranked(turn: Turn, seen: Audit, *, highest_first: bool) -> Card:
    """All indicators as bars, in the order of their points; there is one at least."""
    order = weakest(seen.indicators, len(seen.indicators))
    rows = order[::-1] if highest_first else order
    title = "score.highest_title" if highest_first else "score.lowest_title"
    summary = "score.highest" if highest_first else "score.lowest"
    no, points = rows[0]
    return Card(
        summary=words(summary, name=indicator_name(seen, no), points=points, **years(turn, seen)),
        title=words(title, year=seen.result.fiscal_year),
        subtitle=turn.store.office.short,
        bars=[Bar(words("score.numbered", no=n, name=indicator_name(seen, n)), p, _passes(seen, p)) for n, p in rows],
        notes=[*_rule(seen), _running(turn, seen)],
        doubts=_doubts(turn, seen),
        source=words("score.source", document=seen.result.document),
    )


def compare(turn: Turn, kept: Sequence[Audit]) -> Card:
    """A bar a year, oldest first; `kept` comes newest first, two at least."""
    new, old = kept[0], kept[1]
    change = (new.total or Decimal(0)) - (old.total or Decimal(0))
    scales = {seen.applied.framework.scale.grades for seen in kept}
    return Card(
        summary=words(_direction(change), change=abs(change), old=old.result.fiscal_year, **years(turn, new)),
        title=words("score.compare_title"),
        subtitle=turn.store.office.short,
        bars=[_year_bar(seen) for seen in reversed(kept)],
        notes=[*([words("score.rules_changed")] if len(scales) > 1 else ()), _running(turn, new)],
        doubts=[doubt for seen in kept for doubt in doubts_of_year(seen)],
    )


def other_figures(turn: Turn, others: Sequence[Decimal]) -> Sequence[Words]:
    """What is said where the document prints other points for the same indicator."""
    if not others:
        return ()
    if turn.who.may(SECRETS_OF_SCORES):
        return (words("score.also_printed", others=others),)
    return (words("score.parts_not_confirmed"),)


def doubts_of_year(seen: Audit) -> Sequence[Words]:
    """That a year's total or grade is not confirmed, where it is not."""
    certain = seen.confirmed and not seen.contradicted
    return () if certain else (words("score.year_not_confirmed", year=seen.result.fiscal_year),)


def doubts_of_parts(seen: Audit) -> Sequence[Words]:
    """That the points of the parts are not confirmed, where tables or total contradict them."""
    disagree = seen.contradicted or any(finding.code is Code.TABLES_DISAGREE for finding in seen.findings)
    return (words("score.parts_not_confirmed"),) if disagree else ()


def grade_name(seen: Audit) -> Any:
    """The grade, in the document's word where the year does not know it."""
    return seen.grade.name if seen.grade else seen.printed_grade or "-"


def indicator_name(seen: Audit, no: int) -> Any:
    """The official name of an indicator."""
    return seen.applied.framework.indicator(no).name


def finding_told(finding: Finding) -> Words:
    """The sentence of what does not add up, in the chat and in papers."""
    facts = dict(finding.facts)
    if "fits" in facts:
        fits = "fits" if facts["fits"] else "fits_not"
        facts["fits"] = Words(f"finding.{finding.code}_{fits}", finding.facts)
    return Words(f"finding.{finding.code}", facts)


def year(seen: Audit) -> Mapping[str, int]:
    """What a tap carries to stay with this year."""
    return {"year": seen.result.fiscal_year}


def years(turn: Turn, seen: Audit) -> dict[str, Any]:
    """The year that is told, whether it is the newest, and the one that runs: every answer names them."""
    told, newest = seen.result.fiscal_year, next(iter(turn.store.scores.all()))
    key = "score.newest_result" if told == newest.fiscal_year else "score.result_of"
    return {"told": Words(key, {"year": told}), "year": told, "running": fiscal_year_of(turn.today)}


def _verdict(turn: Turn, seen: Audit) -> Words:
    facts = {"total": seen.total, "count": len(seen.findings), **years(turn, seen)}
    if seen.findings:
        return Words("score.official_differs", facts)
    return Words("score.official_agrees" if seen.recomputed_total is not None else "score.official_alone", facts)


def _instrument(instrument: Instrument) -> Words:
    return words("score.bar", short=instrument.value, plain=PLAIN[instrument])


def _summary(turn: Turn, seen: Audit) -> Words:
    key = "score.summary_unconfirmed" if seen.contradicted else "score.summary"
    return words(key, total=seen.total, grade=grade_name(seen), **years(turn, seen))


def _warning(seen: Audit) -> Words | None:
    return words("score.not_confirmed") if seen.contradicted else None


def _recomputed(seen: Audit) -> Sequence[Words]:
    if seen.recomputed_total is None or seen.recomputed_grade is None:
        return ()
    told = words("score.recomputed", total=seen.recomputed_total, grade=seen.recomputed_grade.name)
    if seen.applied.framework.weights_confidence.confirmed:
        return (told,)
    return (told, words("score.weights_unconfirmed", year=seen.result.fiscal_year))


def _means(seen: Audit) -> Sequence[Words]:
    """That the instruments are means of the printed indicators, where the document does not print them."""
    printed = seen.chosen.table.instruments if seen.chosen else seen.instruments
    return () if seen.instruments.keys() == printed.keys() else (words("score.instruments_are_means"),)


def _findings(seen: Audit) -> Sequence[Words]:
    return [finding_told(finding) for finding in seen.findings]


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
    """What is said beside points that are printed in two ways or do not give the total."""
    doubts = doubts_of_parts(seen)
    return _findings(seen) if doubts and turn.who.may(SECRETS_OF_SCORES) else doubts


def _running(turn: Turn, seen: Audit) -> Words:
    return words("score.running_year", **years(turn, seen))


def _next_taps(seen: Audit, *, insider: bool) -> Sequence[Tap]:
    differs = [Go(words("score.tap_official"), "score.official", year(seen))] if insider and seen.findings else []
    return [
        Go(words("score.tap_lowest"), "score.lowest", year(seen)),
        Go(words("score.tap_part"), "score.which", year(seen)),
        *differs,
        Go(words("score.tap_compare"), "score.compare"),
    ]


def _year_bar(seen: Audit) -> Bar:
    total = seen.total or Decimal(0)
    label = words("score.year_and_grade", year=seen.result.fiscal_year, grade=grade_name(seen))
    return Bar(label, total, _passes(seen, total))


def _direction(change: Decimal) -> str:
    if change == 0:
        return "score.same"
    return "score.up" if change > 0 else "score.down"


def _passes(seen: Audit, points: Decimal) -> bool:
    return points >= seen.applied.framework.scale.passing
