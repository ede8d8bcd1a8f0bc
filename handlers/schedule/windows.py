"""Enter the calendar of the assessment: what the agency enters goes before what is known from elsewhere.

admin    กำหนดปฏิทิน ITA
bot      จะกำหนดช่วงใดคะ   [ลงทะเบียนในระบบ] [ตอบแบบวัด IIT] [ตอบแบบวัด EIT] [ส่งข้อมูล OIT] …
admin    [ตอบแบบวัด EIT]   (or the whole in one sentence: EIT 1 เม.ย. 70 ถึง 30 มิ.ย. 70)
bot      ตอบแบบวัด EIT เริ่มวันใดคะ   [เลือกวัน]
admin    1 เม.ย. 70
bot      สิ้นสุดวันใดคะ   [เลือกวัน] [วันเดียวกัน]
admin    30 มิ.ย. 70
bot      ตอบแบบวัด EIT ปี 2570: 1 เม.ย. ถึง 30 มิ.ย. 2570 ถูกต้องหรือไม่คะ   [ใช่]
admin    [ใช่]
bot      บันทึกแล้วค่ะ …   [กำหนดช่วงอื่น] [ดูปฏิทิน]
"""

from dataclasses import dataclass, replace
from datetime import date

from handlers.common import assessment_cards as cards
from handlers.common import picking
from handlers.kit import Answer, Feature, Go, Reply, Turn, Words, ask, say, words
from itadomain.assessment.calendar import windows
from itadomain.assessment.entering import ENTERED, YEARS_AHEAD, entered, keep
from itadomain.assessment.entering import remove as take_out
from itadomain.assessment.printed import any_day_said, phases_said, sentence_said, span_said
from itadomain.assessment.windows import Phase, Window, over
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks import OLDEST
from itadomain.people import Role
from itadomain.refusals import Refusal

feature = Feature("windows", roles=frozenset({Role.ADMIN}))


@dataclass(frozen=True)
class Draft:
    """The phase, its first day and its last; and what counted when it was last shown."""

    phase: str
    first: str = ""
    last: str = ""
    before: str = ""


@feature.on()
def enter(turn: Turn) -> Reply:
    return _which()


@feature.step
def hear_which(turn: Turn) -> Reply:
    """A phase that was tapped or named, or the whole window in one sentence: an answer, even where it cannot be."""
    try:
        if whole := None if turn.chosen else sentence_said(turn.text, turn.today):
            return _ask_if_right(turn, *whole)
    except Refusal as no:
        return _anew(no, _which())
    return _first_day(turn, phases_said(turn.chosen or turn.text)[0])


@feature.step
def hear_first(turn: Turn, draft: Draft) -> Reply:
    """The first day, or both, with the name of the window or without it."""
    try:
        if whole := None if turn.chosen else _whole_said(turn, Phase(draft.phase)):
            return _ask_if_right(turn, *whole)
    except Refusal as no:
        return _anew(no, _first_day(turn, Phase(draft.phase)))
    first = any_day_said(turn.chosen or turn.text, turn.today)
    entered(Phase(draft.phase), first, first, turn.today)  # a day of no year that is entered is told at once
    same = Answer(words("windows.tap_same_day"), first.isoformat())
    return ask(
        "windows.last_day",
        then=hear_last,
        choices=picking.days(turn, same),
        draft=Draft(draft.phase, first.isoformat()),
        phase=cards.PHASES[Phase(draft.phase)],
        first=first,
    )


@feature.step
def hear_last(turn: Turn, draft: Draft) -> Reply:
    return _ask_if_right(
        turn, Phase(draft.phase), date.fromisoformat(draft.first), any_day_said(turn.chosen or turn.text, turn.today)
    )


@feature.step
def confirm(turn: Turn, draft: Draft) -> Reply:
    picking.only_yes(turn)
    first, last = date.fromisoformat(draft.first), date.fromisoformat(draft.last)
    window = entered(Phase(draft.phase), first, last, turn.today, by=turn.who.id)
    if _days(_counts_now(turn, window)) not in {draft.before, _days(window)}:  # somebody else was faster
        return _ask_if_right(turn, window.phase, first, last).adding(words("windows.changed_meanwhile"))
    keep(turn.store, window)
    phase, span = cards.PHASES[window.phase], cards.span(window)
    told = say("windows.saved", phase=phase, year=window.fiscal_year, span=span)
    return told.offering(*_onward(window.fiscal_year))


@feature.on()
def remove(turn: Turn) -> Reply:
    own = _own(turn)
    if not own:
        return say("windows.none_entered").offering(Go(words("windows.tap_enter"), "windows.enter"))
    return _ask_which(turn, own)


@feature.step
def hear_removed(turn: Turn) -> Reply:
    own = _own(turn)
    if picking.page_turned(turn) is not None:
        return _ask_which(turn, own)
    named = [one for one in own if turn.chosen == _id(one)] or _typed(turn, own)
    if len(named) != 1:
        raise Refusal("windows.which_removed")
    gone = take_out(turn.store, named[0].fiscal_year, named[0].phase)
    told = say("windows.removed", phase=cards.PHASES[gone.phase], year=gone.fiscal_year, span=cards.span(gone))
    return told.offering(*_onward(gone.fiscal_year))


def _which() -> Reply:
    return ask("windows.which", then=hear_which, choices=[Answer(cards.PHASES[one], one.value) for one in ENTERED])


def _first_day(turn: Turn, phase: Phase) -> Reply:
    named, days = cards.PHASES[phase], picking.days(turn)
    return ask("windows.first_day", then=hear_first, choices=days, draft=Draft(phase.value), phase=named)


def _anew(no: Refusal, asked: Reply) -> Reply:
    """The no, and the same question: days of a window that cannot be ask for nothing else."""
    return replace(asked, bubbles=(Words(no.key, no.facts),))


def _whole_said(turn: Turn, asked: Phase) -> tuple[Phase, date, date] | None:
    """Both days, where both were told, of the window that is named or else asked about."""
    whole = sentence_said(turn.text, turn.today)
    span = whole[1:] if whole else span_said(turn.text, turn.today)
    return (whole[0] if whole else asked, *span) if span and span[0] < span[1] else None


def _ask_if_right(turn: Turn, phase: Phase, first: date, last: date) -> Reply:
    """The question, and what it takes the place of."""
    window = entered(phase, first, last, turn.today, by=turn.who.id)
    before = _counts_now(turn, window)
    reply = ask(
        "windows.is_it_right_over" if over(window, turn.today) else "windows.is_it_right",
        then=confirm,
        choices=picking.yes(),
        draft=Draft(phase.value, first.isoformat(), last.isoformat(), _days(before)),
        phase=cards.PHASES[phase],
        year=window.fiscal_year,
        span=cards.span(window),
    )
    return reply.adding(words("windows.instead_of", span=cards.told(before))) if before else reply


def _counts_now(turn: Turn, window: Window) -> Window | None:
    """What is known of the same window so far."""
    return next((one for one in windows(turn.store, window.fiscal_year) if one.phase is window.phase), None)


def _days(window: Window | None) -> str:
    return f"{window.first}..{window.last}" if window else ""


def _own(turn: Turn) -> list[Window]:
    running = fiscal_year_of(turn.today)
    years = range(OLDEST, running + YEARS_AHEAD + 1)
    return [one for year in years for one in turn.store.windows.of_year(year)]


def _ask_which(turn: Turn, own: list[Window]) -> Reply:
    taps = [
        Answer(words("windows.entered_one", phase=cards.PHASES[one.phase], year=one.fiscal_year), _id(one))
        for one in own
    ]
    return ask("windows.remove_which", then=hear_removed, choices=picking.choices(taps, turn))


def _typed(turn: Turn, own: list[Window]) -> list[Window]:
    if not turn.text:
        return []
    named = phases_said(turn.text)
    return [one for one in own if one.phase in named]


def _id(window: Window) -> str:
    return f"{window.fiscal_year} {window.phase.value}"


def _onward(year: int) -> list[Go]:
    another = Go(words("windows.tap_another"), "windows.enter")
    return [another, Go(words("windows.tap_calendar"), "assessment.calendar", {"year": year})]
