"""What bringing a document in came to, as JSON for programs and as lines for people."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from bot.imports.applying import Brought
from handlers.kit import Words
from itadomain.asking import timetables
from itadomain.documents.reading import Column, PrintedMeasure
from itadomain.documents.shape import Place
from itadomain.importing import Difference, Proposal
from itadomain.measures import Measure
from itadomain.scores import Headline, ScoreTable
from itadomain.timetable import Timetable

Tell = Callable[[Any], str]
NOT_PLACED = {"", 0}


def as_json(brought: Brought, tell: Tell) -> dict[str, Any]:
    """One object for one document; dates ISO, figures as the strings that are printed."""
    proposal = brought.proposal
    reading = proposal.reading
    refusal = brought.refusal
    return {
        "agency": reading.agency,
        "fiscal_year": reading.title_year or reading.fiscal_year,
        "plan_year": proposal.plan[0].plan_year if proposal.plan else None,
        "scores": _scores(proposal),
        "measures": [
            _measure(*one) for one in zip(reading.measures, proposal.plan, timetables(proposal.plan), strict=True)
        ],
        "findings": [
            {"code": str(one.code), "text": tell(Words(one.key, one.facts)), "where": tell_place(one.place, tell)}
            for one in proposal.findings
        ],
        "questions": [
            {
                "where": tell_place(one.place, tell),
                "text": tell(Words(one.key, one.facts)),
                "choices": list(one.choices),
            }
            for one in proposal.asked
        ],
        "differences": [{k: _plain(v) for k, v in asdict(one).items()} for one in proposal.differences],
        "gone": [one.title for one in proposal.gone],
        "new_units": [one.name for one in proposal.new_units],
        "kept": brought.kept,
        **({"error": {"code": refusal.key, "text": tell(Words(refusal.key, refusal.facts))}} if refusal else {}),
    }


def as_lines(brought: Brought, tell: Tell) -> Iterator[str]:
    """The same in sentences."""
    proposal = brought.proposal
    yield tell(Words("importing.read", {"agency": proposal.reading.agency or None, "count": len(proposal.plan)}))
    for measure, days in zip(proposal.plan, timetables(proposal.plan), strict=True):
        yield tell(Words("importing.measure", {"measure": _numbered(measure), "days": _days(days)}))
    for one in proposal.findings:
        yield tell(Words("importing.finding", {"text": Words(one.key, one.facts)}))
    for asked in proposal.asked:
        yield tell(Words("importing.asked", {"text": Words(asked.key, asked.facts)}))
    for difference in proposal.differences:
        yield tell(_difference(difference))
    for gone in proposal.gone:
        yield tell(Words("importing.gone", {"measure": _numbered(gone)}))
    if brought.refusal:
        yield tell(Words(brought.refusal.key, brought.refusal.facts))
    elif brought.kept:
        yield tell(Words("importing.nothing_new" if proposal.changes_nothing else "importing.kept", {}))


def tell_place(place: Place, tell: Tell) -> str:
    """Where something stands, in words; empty where that is not known."""
    parts = [(name, value) for name, value in asdict(place).items() if value not in NOT_PLACED]
    return " ".join(tell(Words(f"importing.place_{name}", {"at": value})) for name, value in parts)


def _scores(proposal: Proposal) -> dict[str, Any] | None:
    seen = proposal.audit
    if seen is None:
        return None
    return {
        "fiscal_year": seen.result.fiscal_year,
        "headline": str(seen.result.headline.total) if seen.result.headline else None,
        "grade": seen.printed_grade,
        "instruments": _figures(seen.chosen.table.instruments) if seen.chosen else {},
        "computed": {**_figures({i: seen.shown(v) for i, v in seen.chosen.instruments.items()})} if seen.chosen else {},
        "total_computed": None if seen.recomputed_total is None else str(seen.recomputed_total),
        "indicators": _figures(seen.indicators),
    }


def _measure(printed: PrintedMeasure, measure: Measure, days: Timetable) -> dict[str, Any]:
    """The cells of a row as printed, and what they are taken to mean."""
    return {
        **{str(column): text for column, text in printed.cells.items()},
        "no": measure.number,
        "title": printed[Column.TITLE],
        "name": measure.title,
        "owners": list(measure.owners),
        "lead": measure.lead,
        "period": measure.period,
        "start": _iso(days.period.start),
        "end": _iso(days.period.end),
        "segments": [f"{one.start}..{one.end}" for one in days.period.segments],
        "follow_up": measure.follow_up,
        "due": [one.slot.isoformat() for one in days.dues],
        "steps": list(measure.steps),
        "questions": list(measure.questions),
        "indicators": list(measure.indicators),
    }


def _difference(one: Difference) -> Words:
    what = Words(f"history.field_{one.what}" if one.measure else f"importing.part_{one.what}", {})
    before, after = (_in_words(fact) or Words("history.nothing", {}) for fact in (one.before, one.after))
    return Words("importing.difference", {"about": one.about, "what": what, "before": before, "after": after})


def _in_words(fact: Any) -> Any:
    match fact:
        case Headline():
            return f"{fact.total} ({fact.grade})" if fact.grade else str(fact.total)
        case ScoreTable():
            return ", ".join(
                f"{name} = {value}" for name, value in _figures({**fact.indicators, **fact.instruments}).items()
            )
        case Mapping():
            return ", ".join(f"{name} = {value}" for name, value in _figures(fact).items())
        case list() | tuple():
            return [_in_words(one) for one in fact]
    return fact


def _figures(points: Mapping[Any, Decimal]) -> dict[str, str]:
    return {str(name): f"{value:f}" for name, value in points.items()}


def _numbered(measure: Measure) -> str:
    return f"{measure.number}. {measure.title}" if measure.number else measure.title


def _days(days: Timetable) -> list[Any]:
    return [one.day for one in days.dues] or [None]


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    match value:
        case str() | int() | None:
            return value
        case list() | tuple():
            return [_plain(one) for one in value]
        case Mapping():
            return {str(name): _plain(one) for name, one in value.items()}
    return str(value)
