"""What a year's assessment came to as a paper: รายงานการวิเคราะห์ผลการประเมิน, in the order that offices know."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from bot.papers.asking import Asking, Says
from bot.papers.document import About, Block, Document, Paragraph, Signature, Signatures, Style
from bot.papers.says.analysis_tables import (
    by_instrument,
    by_place,
    changes,
    framework,
    grades,
    measures,
    of_tables,
    other_findings,
    to_fix,
    totals,
)
from handlers.kit import Words, words
from handlers.results.score_cards import doubts_of_year, finding_told, grade_name
from itadomain.audit import Audit
from itadomain.frameworks import NEWEST
from itadomain.frameworks.shape import Instrument
from itadomain.lateness import ALWAYS_WEAK
from itadomain.papers.analysis import Analysis, Change, Ranked, analysis

#: What stands under a heading.
Section = Callable[[Analysis, Asking], Iterator[Block]]
SIGNING = (words("analysis_paper.prepared"), words("analysis_paper.agreed"))


def analysis_paper(asking: Asking) -> Document:
    """The analysis of the result of a fiscal year; Refusal where there is nothing to analyse."""
    found, says = analysis(asking.store, asking.year), asking.says
    title, agency = says(words("analysis_paper.title", year=found.year)), says(asking.store.office.name)
    blocks: list[Block] = [Paragraph(title, Style.TITLE), Paragraph(agency, Style.TITLE)]
    for no, (heading, section) in enumerate(_sections(found), 1):
        blocks.append(Paragraph(says(words("analysis_paper.heading", no=no, title=heading)), Style.HEADING))
        blocks += section(found, asking)
    blocks += [_gap(), Signatures([Signature(says(one)) for one in SIGNING])]
    about = About(title, agency, asking.by, asking.made, says(_data(found)))
    return Document(about, blocks, draft=says(words("analysis_paper.draft")))


def _sections(found: Analysis) -> Iterator[tuple[Words, Section]]:
    """Without a result only what the plan says is left to tell."""
    yield words("analysis_paper.framework"), _framework
    yield words("analysis_paper.result"), _result
    if found.ranked:
        yield words("analysis_paper.strong_and_weak"), _strong_and_weak
    if found.seen:
        yield words("analysis_paper.changes"), _changes
        yield words("analysis_paper.doubts"), _doubts
    yield words("analysis_paper.to_fix"), _to_fix
    yield words("analysis_paper.to_do"), _to_do


def _data(found: Analysis) -> Words:
    plan = {"count": len(found.plan), "plan_year": found.year + 1, "year": found.year}
    if found.seen is None:
        return words("analysis_paper.data_of_plan", **plan)
    return words("analysis_paper.data", document=found.seen.result.document, **plan)


def _framework(found: Analysis, asking: Asking) -> Iterator[Block]:
    says, year = asking.says, found.year
    counted = {"count": len(found.framework.indicators), "instruments": len(Instrument)}
    yield _text(says, words("analysis_paper.what_is_measured", year=year, **counted))
    yield framework(found, says)
    yield _gap()
    if found.applied.assumed:
        yield _text(says, words("analysis_paper.assumed", year=year, newest=NEWEST))
    elif found.applied.confirmed:
        yield _text(says, words("analysis_paper.grades"))
        yield grades(found, says)
    else:
        yield _text(says, words("analysis_paper.rule_unconfirmed", year=year))


def _result(found: Analysis, asking: Asking) -> Iterator[Block]:
    says, seen = asking.says, found.seen
    if seen is None:
        yield _text(says, words("analysis_paper.no_result", year=found.year))
        return
    yield _text(says, _reached(seen, asking))
    if seen.contradicted:
        yield _text(says, words("analysis_paper.contradicted", where=words("analysis_paper.doubts")))
    elif not seen.confirmed:
        yield _text(says, words("analysis_paper.grade_unconfirmed", year=found.year))
    if seen.instruments:
        yield _text(says, words("analysis_paper.by_instrument"))
        yield by_instrument(seen, says)
        yield _gap()
    if found.ranked:
        yield _text(says, words("analysis_paper.by_place"))
        yield by_place(found, says)
    else:
        yield _text(says, words("analysis_paper.no_indicators"))
    yield Paragraph(says(words("analysis_paper.source", document=seen.result.document)), Style.NOTE)


def _reached(seen: Audit, asking: Asking) -> Words:
    if seen.total is None:
        return words("analysis_paper.no_total")
    facts = {"agency": asking.store.office.name, "total": seen.total, "grade": grade_name(seen)}
    if seen.result.headline is None:
        return words("analysis_paper.reached_by_parts", **facts)
    return words("analysis_paper.reached", **facts)


def _strong_and_weak(found: Analysis, asking: Asking) -> Iterator[Block]:
    says, strong = asking.says, [one for one in found.ranked if not one.weak]
    facts = {"passing": _passing(found), "lowest": ALWAYS_WEAK}
    if strong:
        yield _text(says, words("analysis_paper.strong", count=len(strong), **facts))
    else:
        yield _text(says, words("analysis_paper.none_strong", **facts))
    yield from (_text(says, _listed(found, nth, one)) for nth, one in enumerate(strong, 1))
    if found.to_fix:
        yield _text(says, words("analysis_paper.weak", count=len(found.to_fix)))
        yield from (_text(says, _listed(found, nth, one)) for nth, one in enumerate(found.to_fix, 1))


def _passing(found: Analysis) -> Words:
    scale = found.framework.scale
    if found.applied.confirmed:
        return words("analysis_paper.passing", points=scale.passing)
    return words("analysis_paper.passing_unconfirmed", points=scale.passing)


def _listed(found: Analysis, nth: int, one: Ranked) -> Words:
    facts = {"nth": nth, "no": one.no, "name": found.framework.indicator(one.no).name, "points": one.points}
    if one.lacking:
        return words("analysis_paper.listed_lacking", lacking=one.lacking, **facts)
    if one.weak:
        return words("analysis_paper.listed_low", lowest=ALWAYS_WEAK, **facts)
    return words("analysis_paper.listed", **facts)


def _changes(found: Analysis, asking: Asking) -> Iterator[Block]:
    says, seen, before = asking.says, found.seen, found.before
    if seen is None or before is None:
        yield _text(says, words("analysis_paper.nothing_before", before=found.year - 1))
        return
    told = _total_changed(found.year, found.change) if found.change else words("analysis_paper.no_totals")
    yield _text(says, told)
    if before.applied.framework.scale.grades != seen.applied.framework.scale.grades:
        yield _text(says, words("analysis_paper.rules_changed"))
    yield from (_text(says, doubt) for one in (before, seen) for doubt in doubts_of_year(one))
    if found.changes:
        yield changes(found, says)


def _total_changed(year: int, change: Change) -> Words:
    facts = {"year": year, "now": change.now, "old": year - 1}
    if not change.by:
        return words("analysis_paper.same", **facts)
    facts |= {"before": change.before, "by": abs(change.by)}
    return words("analysis_paper.up", **facts) if change.by > 0 else words("analysis_paper.down", **facts)


def _doubts(found: Analysis, asking: Asking) -> Iterator[Block]:
    says, seen = asking.says, found.seen
    if seen is None:
        return
    if seen.findings:
        yield _text(says, words("analysis_paper.does_not_add_up", count=len(seen.findings)))
        for nth, one in enumerate(seen.findings, 1):
            yield _text(says, words("analysis_paper.counted", nth=nth, told=finding_told(one)))
    else:
        yield _text(says, _adds_up(seen.recomputed_total))
    if any(one.total is not None for one in seen.recomputed):
        yield _text(says, words("analysis_paper.compared"))
        yield totals(seen, says)
        yield _gap()
        if not found.framework.weights_confidence.confirmed:
            yield _text(says, words("analysis_paper.weights_unconfirmed", year=found.year))
    table = of_tables(found, says)
    if table:
        yield _text(says, words("analysis_paper.disputed"))
        yield table
        yield _gap()
    yield _text(says, words("analysis_paper.official"))


def _adds_up(recomputed: Decimal | None) -> Words:
    if recomputed is None:
        return words("analysis_paper.cannot_be_checked")
    return words("analysis_paper.adds_up", recomputed=recomputed)


def _to_fix(found: Analysis, asking: Asking) -> Iterator[Block]:
    says, plan_year = asking.says, found.year + 1
    told = any(one.finding or one.questions for weak in found.to_fix for one in found.answering[weak.no])
    if told:
        yield _text(says, words("analysis_paper.weakest_first", plan_year=plan_year))
        yield to_fix(found, says)
    elif found.to_fix:
        names = [found.framework.indicator(one.no).name for one in found.to_fix]
        yield _text(says, words("analysis_paper.in_this_order", names=names, plan_year=plan_year))
    if found.beside:
        yield from [_gap()] if told else []
        beside = words("analysis_paper.found_beside", plan_year=plan_year)
        yield _text(says, beside if told else words("analysis_paper.found_in_plan", plan_year=plan_year))
        yield other_findings(found, says)
    if not found.to_fix and not found.beside:
        yield _text(says, words("analysis_paper.nothing_to_fix", plan_year=plan_year))


def _to_do(found: Analysis, asking: Asking) -> Iterator[Block]:
    says, plan_year = asking.says, found.year + 1
    if not found.plan:
        yield _text(says, words("analysis_paper.no_plan", plan_year=plan_year))
        return
    yield _text(says, words("analysis_paper.planned", plan_year=plan_year))
    yield measures(found, says)


def _text(says: Says, told: Words) -> Paragraph:
    return Paragraph(says(told), Style.TEXT)


def _gap() -> Paragraph:
    return Paragraph("", Style.NOTE)
