"""What the answer to a question about a document changes: days, owners, years, which total is official."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from itadomain.asking import OF_AGENCY
from itadomain.changes import Act, answers_for, give, keep, settle_all
from itadomain.corrections import with_period
from itadomain.documents.folding import arabic, packed
from itadomain.measures import Measure
from itadomain.organisation import unit_named
from itadomain.periods import Doubt, follow_up
from itadomain.ports import Store
from itadomain.questions import About, Question
from itadomain.refusals import Refusal
from itadomain.right_years import move_plan, move_result, year_said
from itadomain.scores import Result, score

#: An answer that leaves the print as it is.
AS_PRINTED = "="
#: How an answer begins that says no.
DENYING = ("ไม่", "no")


@dataclass(frozen=True)
class Settled:
    """What came of an answer: the measures that it is about as they were, and those of them that it left alone."""

    measures: Sequence[Measure]
    left: Sequence[Measure] = ()


def settle(store: Store, question: Question, answer: str, act: Act) -> Settled:
    """Keep an answer and what it changes; Refusal where it means nothing."""
    measures = [one for measure_id in question.measures if (one := store.measures.get(measure_id))]
    left = () if answer == AS_PRINTED else EFFECTS[question.about](store, question, measures, answer, act)
    store.questions.save(question.answered(answer, act.by, act.today))
    return Settled(measures, left)


def may_stand(question: Question) -> bool:
    """Whether leaving the print as it is settles a question: there must be a print, and one only."""
    return question.about not in {About.PLAN_YEAR, About.SCORE_YEAR} and question.key not in OF_AGENCY


def disowned(question: Question, answer: str) -> bool:
    """Whether an answer says that a document is not this agency's; what was kept of it is still kept."""
    return question.key in OF_AGENCY and answer.strip().casefold().startswith(DENYING)


def with_official(result: Result, total: Decimal) -> Result:
    """The result with `total` as its official one, whether the document prints it or not."""
    return replace(result, settled=total)


#: What an answer does; it gives the measures that it leaves alone.
Effect = Callable[[Store, Question, Sequence[Measure], str, Act], Sequence[Measure]]


def _print(*_: object) -> Sequence[Measure]:
    """Nothing is changed: the answer stands beside the document."""
    return ()


def _total(store: Store, question: Question, _measures: Sequence[Measure], answer: str, _act: Act) -> Sequence[Measure]:
    result = store.scores.of_year(int(question.facts["year"]))
    if result:
        store.scores.save(with_official(result, score(arabic(answer))))
    return ()


def _period(store: Store, question: Question, measures: Sequence[Measure], answer: str, act: Act) -> Sequence[Measure]:
    other = [one for one in measures if not one.cancelled_on and packed(one.when) != packed(answer)]
    for measure in (free := [one for one in other if _as_asked(question, one.when)]):
        keep(store, measure, with_period(measure, answer), act)
    return [one for one in other if one not in free]


def _follow_up(
    store: Store, question: Question, measures: Sequence[Measure], answer: str, act: Act
) -> Sequence[Measure]:
    other = [one for one in measures if not one.cancelled_on and packed(one.cadence) != packed(answer)]
    free = [one for one in other if _as_asked(question, one.cadence)]
    done = {one.id for one in settle_all(store, free, answer, act)} if free else set()
    return [one for one in other if one.id not in done]


def _as_asked(question: Question, wording: str) -> bool:
    """Whether a wording still stands as it did when it was asked about; what people have said since goes before."""
    before = question.facts.get("own") or question.facts.get("printed")
    if before:
        return packed(wording) == packed(before)
    doubt = follow_up(wording, None).doubt
    return doubt is not None and doubt.code is Doubt.EMPTY


def _owner(store: Store, question: Question, measures: Sequence[Measure], answer: str, act: Act) -> Sequence[Measure]:
    unit = unit_named(store.units.all(), answer)
    if unit is None:
        raise Refusal("questions.no_unit", answer=answer)
    for measure in measures:
        if not (measure.cancelled_on or answers_for(store, measure, unit)):
            give(store, measure, unit, act, str(question.facts.get("printed", "")))
    return ()


def _plan_year(
    store: Store, _question: Question, measures: Sequence[Measure], answer: str, act: Act
) -> Sequence[Measure]:
    move_plan(store, measures, year_said(answer), act)
    return ()


def _score_year(
    store: Store, question: Question, _measures: Sequence[Measure], answer: str, _act: Act
) -> Sequence[Measure]:
    move_result(store, question, year_said(answer))
    return ()


EFFECTS: Mapping[About, Effect] = {
    About.PRINT: _print,
    About.TOTAL: _total,
    About.PERIOD: _period,
    About.FOLLOW_UP: _follow_up,
    About.OWNER: _owner,
    About.PLAN_YEAR: _plan_year,
    About.SCORE_YEAR: _score_year,
}
