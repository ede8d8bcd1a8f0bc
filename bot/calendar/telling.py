"""What is said of an entry of a calendar."""

from handlers.common.assessment_cards import PHASES
from handlers.kit import Words, words
from itadomain.agenda import Entry, Kind
from itadomain.assessment.windows import Window
from itadomain.reminding.rungs import Rung

RUNGS = {
    Rung.OPENING: words("agenda.rung_opening"),
    Rung.HALFWAY: words("agenda.rung_halfway"),
    Rung.WEEK_BEFORE: words("agenda.rung_week_before"),
    Rung.DAY_BEFORE: words("agenda.rung_day_before"),
    Rung.ON_THE_DAY: words("agenda.rung_on_the_day"),
    Rung.LATE: words("agenda.rung_late"),
}


def said_of(entry: Entry) -> Words:
    """One line; whose unit it is about stands elsewhere."""
    if entry.window:
        told = _of_window(entry.window, entry.kind)
        return told if entry.window.confidence.confirmed else words("agenda.unconfirmed", told=told)
    if entry.meeting:
        return words("agenda.meeting", kind=entry.meeting.kind)
    title = entry.measure.title if entry.measure else ""
    if entry.rung:
        return words("agenda.plan_reminder", rung=RUNGS[entry.rung], title=title)
    return words("agenda.due_reported" if entry.reported else "agenda.due", title=title)


def _of_window(window: Window, kind: Kind) -> Words:
    phase = PHASES[window.phase]
    if kind is Kind.CLOSES:
        return words("agenda.closes", phase=phase)
    if window.first == window.last:
        return words("agenda.on_the_day", phase=phase)
    if window.last is None:
        return words("agenda.opens_only", phase=phase)
    return words("agenda.opens", phase=phase, last=window.last)
