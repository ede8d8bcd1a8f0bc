"""The table of measures in the form of its fiscal year: which columns stand in it, and what a measure has in each.

To 2566 a plan lists measures, in 2567 it answers topics by the questions that fell short (docs/sources.md). Of later
years no form is known: what the plan itself says decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from itadomain.measures import Measure

FIRST_WITH_TOPICS = 2567
LAST_KNOWN = 2567


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
    {Part.TOPIC: 15, Part.QUESTION: 13, Part.FINDING: 22, Part.STEPS: 25, Part.PERIOD: 13, Part.OWNER: 12},
    joined=(Part.QUESTION, Part.FINDING),
    once=True,
)


def form_of(year: int, plan: Sequence[Measure]) -> Form:
    """The form of a year's plan; of years whose form nobody knows, the one that holds what this plan says."""
    if year <= LAST_KNOWN:
        return BY_TOPIC if year >= FIRST_WITH_TOPICS else BY_MEASURE
    return BY_TOPIC if any(one.questions or one.finding for one in plan) else BY_MEASURE


def cell(measure: Measure, part: Part) -> Sequence[str]:
    """What a measure has in a column, a line each."""
    number = measure.number
    told: Mapping[Part, Sequence[str]] = {
        Part.MEASURE: [f"{number}. {measure.title}" if number else measure.title],
        Part.TOPIC: [f"({number}) {measure.title}" if number else measure.title],
        Part.QUESTION: measure.questions,
        Part.FINDING: [measure.finding],
        Part.STEPS: _counted(measure.steps or [measure.method]),
        Part.OWNER: measure.owners,
        Part.PERIOD: [measure.when],
        Part.FOLLOW_UP: [measure.cadence],
    }
    return [line for line in told[part] if line]


def _counted(steps: Sequence[str]) -> Sequence[str]:
    """As people count them off; one alone needs no number."""
    return [f"{nth}. {one}" for nth, one in enumerate(steps, 1)] if len(steps) > 1 else steps
