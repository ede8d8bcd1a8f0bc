"""What the features that change measures share: who may, which measure is meant, and how it is shown as it stands."""

from collections.abc import Mapping
from typing import Any

from handlers.kit import Answer, Card, Reply, Row, Turn, Words, ask, say, words
from handlers.kit.reply import Step
from handlers.plan.measure_cards import number_in, titled
from itadomain.changes import Act, may_change, owners_of, standing
from itadomain.corrections import CADENCES, NEED_NOT, PUBLISHED, WHOLE_YEAR, Part, facts_of
from itadomain.measures import Measure
from itadomain.periods import follow_up, period
from itadomain.refusals import Refusal

YES = "yes"
LABELS: Mapping[Part, Words] = {
    Part.TITLE: words("changes.tap_title"),
    Part.METHOD: words("changes.tap_method"),
    Part.PERIOD: words("changes.tap_period"),
    Part.EXTENSION: words("changes.tap_extension"),
    Part.FOLLOW_UP: words("changes.tap_follow_up"),
    Part.TARGET: words("changes.tap_target"),
    Part.INDICATORS: words("changes.tap_indicators"),
    Part.PUBLISHED: words("changes.tap_published"),
}
CADENCE_LABELS = (words("changes.tap_monthly"), words("changes.tap_quarterly"), words("changes.tap_half_yearly"))


def check(turn: Turn) -> None:
    """Refusal for whoever does not look after the whole agency."""
    may_change(turn.who, turn.store.units.all(), turn.today)


def act(turn: Turn, why: str = "") -> Act:
    """Who does it, and today."""
    return Act(turn.today, turn.who.id, why)


def meant(turn: Turn, measure_id: str = "") -> Measure:
    """The measure that a tap or a draft names, where this person may change it and it stands."""
    check(turn)
    return standing(turn.store.measures.get(measure_id or str(turn.values.get("id", ""))))


def which(turn: Turn, then: Step) -> Reply:
    """The question which measure of the newest plan is meant; or that there is no plan."""
    check(turn)
    years = turn.store.measures.years()
    if not years:
        return say("measures.none")
    return ask("changes.which", then=then, year=years[0], count=turn.store.measures.count(years[0]))


def typed(turn: Turn) -> Measure:
    """The measure of the newest plan whose number is typed."""
    check(turn)
    years, number = turn.store.measures.years(), number_in(turn.text)
    return standing(turn.store.measures.numbered(years[0], number) if years and number else None)


def confirmed(turn: Turn) -> None:
    """Refusal where what was shown is not confirmed by its tap, or by a yes."""
    if (turn.chosen or turn.text.strip().casefold()) not in {YES, "ใช่"}:
        raise Refusal("changes.not_confirmed")


def yes() -> Answer:
    """The tap that saves."""
    return Answer(words("changes.tap_save"), YES)


def cadences() -> list[Answer]:
    """How often something may be reported on."""
    return [Answer(label, cadence) for label, cadence in zip(CADENCE_LABELS, CADENCES, strict=True)]


def whole_year() -> Answer:
    """The tap for all of the fiscal year."""
    return Answer(words("changes.tap_whole_year"), WHOLE_YEAR)


def publishing() -> list[Answer]:
    """Whether a measure is done only once it is published."""
    return [Answer(words("changes.tap_must_publish"), PUBLISHED), Answer(words("changes.tap_need_not"), NEED_NOT)]


def said(turn: Turn) -> str:
    """What was tapped or typed."""
    return turn.chosen or turn.text


def as_it_stands(turn: Turn, measure: Measure) -> Card:
    """A measure with everything that can be changed of it."""
    names = [unit.name for unit_id in owners_of(turn.store, measure) if (unit := turn.store.units.get(unit_id))]
    facts = facts_of(measure)
    rows = [Row(LABELS[part], fact(facts[part])) for part in Part if part in facts]
    return Card(
        summary=words("changes.as_it_stands", title=measure.title),
        title=titled(measure),
        subtitle=words("measures.title", year=measure.plan_year),
        rows=[*rows, Row(words("changes.units"), names or words("history.nothing"))],
    )


def fact(told: str) -> Any:
    """A fact of a measure, or that there is none."""
    return told or words("history.nothing")


def in_days(measure: Measure, part: Part) -> list[Words]:
    """The days that a changed period or follow-up means."""
    if part in {Part.PERIOD, Part.EXTENSION}:
        rule = period(measure.when, measure.plan_year).rule
    elif part is Part.FOLLOW_UP:
        rule = follow_up(measure.cadence, measure.plan_year, period(measure.when, measure.plan_year).span).rule
    else:
        return []
    return [Words(rule.key, rule.facts)]
