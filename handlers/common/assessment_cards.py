"""How the windows of an assessment are told: their names, their days, how long they still run."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.kit import Card, Row, Turn, Words, words
from itadomain.assessment.entering import ENTERED
from itadomain.assessment.windows import Phase, When, Window, standing
from itadomain.frameworks.named import sites
from itadomain.people import INSIDERS

PHASES: Mapping[Phase, Words] = {
    Phase.WHOLE: words("assessment.phase_whole"),
    Phase.REGISTRATION: words("assessment.phase_registration"),
    Phase.IIT: words("assessment.phase_iit"),
    Phase.EIT: words("assessment.phase_eit"),
    Phase.OIT: words("assessment.phase_oit"),
    Phase.CLARIFICATION: words("assessment.phase_clarification"),
    Phase.CONFIRMATION: words("assessment.phase_confirmation"),
    Phase.RESULTS: words("assessment.phase_results"),
}


def left(window: Window, today: date) -> Words:
    """How many days are left of a window, or until it begins; the number stands first."""
    found, phase = standing(window, today), PHASES[window.phase]
    match found.when:
        case When.RUNNING:
            return words("assessment.left_running", days=found.days, last=window.last, phase=phase)
        case When.LAST_DAY:
            return words("assessment.left_last_day", last=window.last, phase=phase)
        case When.AHEAD:
            return words("assessment.left_ahead", days=found.days, phase=phase, span=span(window))
        case When.OPEN_END:
            return words("assessment.left_open_end", first=window.first, phase=phase)
        case When.OVER:
            return words("assessment.left_over", last=window.last, phase=phase)


def span(window: Window) -> Words:
    """From when to when, as far as it is known."""
    first, last = window.first, window.last
    if window.by_month:
        return words("assessment.span_months", first=first, last=last)
    if first == last:
        return words("assessment.span_day", day=first)
    if first is None:
        return words("assessment.span_until", last=last)
    if last is None:
        return words("assessment.span_from", first=first)
    return words("assessment.span_days", first=first, last=last)


def told(window: Window) -> Words:
    """A window with how sure it is, and who says so."""
    if window.own:
        said = "assessment.row_own_noted" if window.source else "assessment.row_own"
        noted = {"note": window.source} if window.source else {}
        return words(said, span=span(window), **noted)
    key = "assessment.row_confirmed" if window.confidence.confirmed else "assessment.row_unconfirmed"
    return words(key, span=span(window), source=list(sites(window.source)))


def of_year(turn: Turn, year: int, known: Sequence[Window], usually: Sequence[Window]) -> Card:
    """Every window of a year, what is known of it and what is not, in the order of the year."""
    there, usual = {one.phase: told(one) for one in known}, {one.phase: _usual(one) for one in usually}
    asked = () if Phase.WHOLE in there else ENTERED
    nothing: dict[Phase, Words] = dict.fromkeys(asked, words("assessment.row_none"))
    rows = {**nothing, **usual, **there}
    notes = [words("assessment.usual_is_no_fact")] if usual else []
    return Card(
        summary=words("assessment.year", year=year),
        title=words("assessment.year", year=year),
        subtitle=turn.store.office.short,
        rows=[Row(PHASES[one], rows[one]) for one in Phase if one in rows],
        notes=[*notes, *([words("assessment.how_to_enter")] if usual and turn.who.may(INSIDERS) else [])],
    )


def _usual(window: Window) -> Words:
    return words("assessment.row_usual", span=span(window))
