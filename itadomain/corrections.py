"""What of a measure can be changed by itself, and how each part is understood from somebody's words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from itadomain.fiscal import BUDDHIST_ERA, FiscalYear
from itadomain.frameworks import framework_for
from itadomain.measures import Measure, Target
from itadomain.periods import Doubt, follow_up, period
from itadomain.refusals import Refusal
from itadomain.thai import SHORT_MONTHS, fold

LONGEST = 500  # characters of a title
LONGEST_TEXT = 1000
AMOUNT = re.compile(r"\s*(\d[\d,]*(?:\.\d+)?)\s*(\S.*)")
NUMBER = re.compile(r"\d+")
#: The cadences that are offered, as a plan would print them.
CADENCES = ("ทุกเดือน", "ทุกไตรมาส", "ทุก 6 เดือน")
#: The period that is offered.
WHOLE_YEAR = "ตลอดปีงบประมาณ"
#: How it is said that a measure is done only once it is published, or that it need not be.
PUBLISHED, NEED_NOT = "เผยแพร่แล้ว", "ไม่ต้อง"
MUST_SAID = {PUBLISHED, "ต้อง", "ต้องเผยแพร่", "ต้องเผยแพร่ก่อน", "ใช่", "yes"}
NEED_NOT_SAID = {NEED_NOT, "ไม่ต้องเผยแพร่", "ไม่", "ไม่ใช่", "no"}
#: A period may reach beyond its year or begin before it: whoever changes it has seen the days.
BEYOND = {Doubt.AFTER_YEAR, Doubt.BEFORE_YEAR}


class Part(StrEnum):
    """What of a measure can be changed by itself."""

    TITLE = "title"
    METHOD = "method"
    PERIOD = "period"
    FOLLOW_UP = "follow_up"
    TARGET = "target"
    INDICATORS = "indicators"
    EXTENSION = "extension"  # a period with a later end
    PUBLISHED = "published"  # whether it is done only once it is published


def with_period(measure: Measure, wording: str) -> Measure:
    """The measure with another period; Refusal where the words name no days."""
    found = period(wording, measure.plan_year)
    if found.span is None or (found.doubt and found.doubt.code not in BEYOND):
        raise Refusal("changes.no_days", said=wording)
    return replace(measure, settled_period=wording)


def with_follow_up(measure: Measure, wording: str) -> Measure:
    """The measure with another follow-up; Refusal where the words name no days."""
    found = follow_up(wording, measure.plan_year, period(measure.when, measure.plan_year).span)
    if found.doubt or not found.due:
        raise Refusal("changes.no_days", said=wording)
    return replace(measure, settled_follow_up=wording)


def extended(measure: Measure, wording: str) -> Measure:
    """The measure with a later end; where only an end is said, it begins when it began. Refusal where it is earlier."""
    before, after = period(measure.when, measure.plan_year), period(wording, measure.plan_year)
    if after.end is None:
        raise Refusal("changes.no_days", said=wording)
    if before.end and after.end <= before.end:
        raise Refusal("changes.not_later", end=before.end)
    began = before.start if before.start and (after.open_start or after.start != before.start) else None
    return with_period(measure, f"{_day(began)} - {_day(after.end)}" if began else wording)


def missing(measure: Measure) -> Part:
    """What has to be said so that a measure has days: its period where the follow-up is clear, else the follow-up."""
    after = follow_up(measure.cadence, measure.plan_year, period(measure.when, measure.plan_year).span)
    clear = after.due or (after.doubt and after.doubt.code is Doubt.NONE_INSIDE)
    return Part.PERIOD if clear else Part.FOLLOW_UP


def target_of(text: str) -> Target:
    """«3 กระบวนงาน»: a number and what it counts; Refusal where one of them is missing."""
    found = AMOUNT.fullmatch(fold(text))
    amount = Decimal(found[1].replace(",", "")) if found else Decimal(0)
    if found is None or amount <= 0:
        raise Refusal("changes.no_target")
    return Target(amount, text[found.start(2) :].strip())


def indicators_of(text: str, year: int) -> tuple[int, ...]:
    """«7, 10»: the official numbers of indicators; Refusal where one is named that the year does not have."""
    found = {int(number) for number in NUMBER.findall(fold(text))}
    known = {one.no for one in framework_for(year).framework.indicators}
    if not found or not found <= known:
        raise Refusal("changes.no_indicator", most=max(known))
    return tuple(sorted(found))


def with_publishing(measure: Measure, said: str) -> Measure:
    """The measure, done only once it is published, or without that; Refusal where the words are neither."""
    folded = fold(said).strip()
    if folded not in MUST_SAID | NEED_NOT_SAID:
        raise Refusal("changes.must_or_not")
    return replace(measure, must_publish=folded in MUST_SAID)


def with_title(measure: Measure, title: str) -> Measure:
    """The measure under another title."""
    return replace(measure, title=in_words(title, LONGEST))


#: How each part is understood: from a measure and what somebody says to the changed measure, or Refusal.
READ: Mapping[Part, Callable[[Measure, str], Measure]] = {
    Part.TITLE: with_title,
    Part.METHOD: lambda measure, said: replace(measure, method=said),
    Part.PERIOD: with_period,
    Part.FOLLOW_UP: with_follow_up,
    Part.TARGET: lambda measure, said: replace(measure, target=target_of(said)),
    Part.INDICATORS: lambda measure, said: replace(measure, indicators=indicators_of(said, measure.plan_year)),
    Part.EXTENSION: extended,
    Part.PUBLISHED: with_publishing,
}


def rewritten(measure: Measure, part: Part, said: str) -> Measure:
    """The measure with one part as somebody says it; Refusal where that cannot be."""
    return READ[part](measure, in_words(said, LONGEST_TEXT))


def facts_of(measure: Measure) -> dict[str, str]:
    """What can be changed of a measure, in words, by the names under which it is written down."""
    target = f"{measure.target.amount} {measure.target.of}" if measure.target else ""
    return {
        "title": measure.title,
        "method": measure.method,
        "period": measure.when,
        "follow_up": measure.cadence,
        "target": target,
        "indicators": ", ".join(map(str, measure.indicators)),
        "published": PUBLISHED if measure.must_publish else "",
    }


def new_measure(year: FiscalYear, title: str, when: str, cadence: str, indicators: Sequence[int] = ()) -> Measure:
    """A measure that no document prints, with days that can be told; Refusal where they cannot."""
    blank = Measure("", year, "", in_words(title, LONGEST), indicators=tuple(indicators))
    return with_follow_up(with_period(blank, when), cadence)


def in_words(text: str, longest: int) -> str:
    """What somebody says, without needless blanks; Refusal where it is nothing, or too long."""
    said = " ".join(text.split())
    if not said:
        raise Refusal("changes.say_something")
    if len(said) > longest:
        raise Refusal("changes.too_long", most=longest)
    return said


def _day(day: date) -> str:
    """A day as a plan prints it: 31 มี.ค. 2570."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year + BUDDHIST_ERA}"
