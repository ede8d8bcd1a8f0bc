"""The table of measures in the form of its fiscal year: which columns stand in it, and what a measure has in each.

To 2566 a plan lists measures, in 2567 it answers topics by the questions that fell short (docs/sources.md). In 2569 it
chooses an indicator and says what is done about that: one agency's page tells so, nothing official does. Of the other
later years no form is known: what the plan itself says decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from itadomain.frameworks import framework_for
from itadomain.frameworks.shape import Name
from itadomain.measures import Measure
from itadomain.surveys.known import known
from itadomain.surveys.survey import REHEARSALS

FIRST_WITH_TOPICS = 2567
LAST_KNOWN = 2567
CHOOSES_AN_INDICATOR = 2569


class Part(StrEnum):
    """What stands in a column."""

    MEASURE = "measure"  # มาตรการ
    TOPIC = "topic"  # ประเด็น
    QUESTION = "question"  # ข้อคำถาม
    FINDING = "finding"  # ข้อค้นพบ
    STEPS = "steps"  # ขั้นตอน/วิธีการ
    OWNER = "owner"  # ผู้รับผิดชอบ
    PERIOD = "period"  # ระยะเวลา
    FOLLOW_UP = "follow_up"  # การติดตามผล
    INDICATOR = "indicator"  # ตัวชี้วัดที่เลือก
    RESULT = "result"  # ผลการดำเนินการ
    OBSTACLE = "obstacle"  # ปัญหา/อุปสรรค
    NEXT = "next"  # ข้อเสนอแนะ


@dataclass(frozen=True)
class Form:
    """The columns from left to right with their shares of the width, in hundredths.

    `joined` stand under one heading; where `once`, what several rows have alike in the first column stands once
    beside them all.
    """

    columns: Mapping[Part, int]
    joined: Sequence[Part] = ()
    once: bool = False


BY_MEASURE = Form({Part.MEASURE: 24, Part.STEPS: 36, Part.OWNER: 14, Part.PERIOD: 13, Part.FOLLOW_UP: 13})
BY_TOPIC = Form(
    {Part.TOPIC: 14, Part.QUESTION: 19, Part.FINDING: 19, Part.STEPS: 24, Part.PERIOD: 12, Part.OWNER: 12},
    joined=(Part.QUESTION, Part.FINDING),
    once=True,
)
#: The page has neither steps nor follow-up; where a plan tells them they are not dropped.
BY_INDICATOR = Form(
    {Part.INDICATOR: 17, Part.MEASURE: 22, Part.STEPS: 26, Part.OWNER: 13, Part.PERIOD: 11, Part.FOLLOW_UP: 11},
    once=True,
)
LEFT_OUT_WHERE_EMPTY = frozenset({Part.STEPS, Part.FOLLOW_UP})
#: What a report puts beside the plan, and which of the plan's columns it has room for.
TOLD = {Part.RESULT: 22, Part.OBSTACLE: 10, Part.NEXT: 11}
BESIDE_THEM = {Part.MEASURE: 14, Part.TOPIC: 14, Part.INDICATOR: 13, Part.STEPS: 19, Part.OWNER: 12, Part.PERIOD: 12}


def form_of(year: int, plan: Sequence[Measure]) -> Form:
    """The form of a year's plan; of years whose form nobody knows, the one that holds what this plan says."""
    if year <= LAST_KNOWN:
        return BY_TOPIC if year >= FIRST_WITH_TOPICS else BY_MEASURE
    if any(one.questions or one.finding for one in plan):
        return BY_TOPIC
    if year == CHOOSES_AN_INDICATOR and any(one.indicators for one in plan):
        return _without_empty(BY_INDICATOR, plan)
    return BY_MEASURE


def is_confirmed(year: int) -> bool:
    """Whether documents of the year show its form."""
    return year <= LAST_KNOWN


def report_form_of(year: int, plan: Sequence[Measure]) -> Form:
    """The form of what a plan came to: that of its year, as far as there is room, with what was done beside it."""
    form = form_of(year, plan)
    columns = {part: BESIDE_THEM[part] for part in form.columns if part in BESIDE_THEM}
    return replace(form, columns={**columns, **TOLD}, joined=())


def _without_empty(form: Form, plan: Sequence[Measure]) -> Form:
    empty = {part for part in LEFT_OUT_WHERE_EMPTY if not any(cell(one, part) for one in plan)}
    return replace(form, columns={part: share for part, share in form.columns.items() if part not in empty})


def cell(measure: Measure, part: Part) -> Sequence[str]:
    """What a measure has in a column, a line each."""
    number = measure.number
    told: Mapping[Part, Sequence[str]] = {
        Part.MEASURE: [f"{number}. {measure.title}" if number else measure.title],
        Part.TOPIC: [f"({number}) {measure.title}" if number else measure.title],
        Part.QUESTION: [_worded(code, measure.plan_year - 1) for code in measure.questions],
        Part.FINDING: [measure.finding],
        Part.STEPS: _counted(measure.steps or [measure.method]),
        Part.OWNER: measure.owners,
        Part.PERIOD: [measure.when],
        Part.FOLLOW_UP: [measure.cadence],
        Part.INDICATOR: [_named(no, measure.plan_year) for no in measure.indicators],
    }
    return [line for line in told[part] if line]


def _counted(steps: Sequence[str]) -> Sequence[str]:
    """As people count them off; one alone needs no number."""
    return [f"{nth}. {one}" for nth, one in enumerate(steps, 1)] if len(steps) > 1 else steps


def _worded(code: str, assessed: int) -> str:
    """A question as it was asked in the year that the plan answers; its code alone where that is not confirmed."""
    wording = _wordings(assessed).get(code)
    return f"{code} {wording.th}" if wording else code


@cache
def _wordings(assessed: int) -> Mapping[str, Name]:
    asked = [one for kind in REHEARSALS.values() for one in known(kind, assessed)]
    return {one.code: one.wording for one in asked if one.confidence.confirmed}


def _named(no: int, year: int) -> str:
    names = {one.no: one.name.th for one in framework_for(year).framework.indicators}
    return f"{no}. {names[no]}" if no in names else f"{no}."
