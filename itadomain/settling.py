"""What the answer to a question about a document changes: a measure's days, whose it is, which total is official."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from itadomain.changes import Act, give, keep, settle_all
from itadomain.corrections import with_period
from itadomain.documents.folding import arabic
from itadomain.measures import Measure
from itadomain.organisation import unit_named
from itadomain.ports import Store
from itadomain.questions import About, Question
from itadomain.refusals import Refusal
from itadomain.scores import Headline, Result, score

#: An answer that leaves the print as it is.
AS_PRINTED = "="


def settle(store: Store, question: Question, answer: str, act: Act) -> Sequence[Measure]:
    """Keep an answer and what it changes; gives the measures that it is about. Refusal where it means nothing."""
    measures = [one for measure_id in question.measures if (one := store.measures.get(measure_id))]
    if answer != AS_PRINTED:
        EFFECTS[question.about](store, question, measures, answer, act)
    store.questions.save(question.answered(answer, act.by, act.today))
    return measures


def with_official(result: Result, total: Decimal) -> Result:
    """The result with `total` as its official one; a total that is not printed has no grade beside it."""
    official = next((one for one in result.headlines if one.total == total), Headline(total))
    return replace(result, headlines=(official, *(one for one in result.headlines if one != official)))


Effect = Callable[[Store, Question, Sequence[Measure], str, Act], None]


def _print(_store: Store, _question: Question, _measures: Sequence[Measure], _answer: str, _act: Act) -> None:
    """Nothing is changed: the answer stands beside the document."""


def _total(store: Store, question: Question, _measures: Sequence[Measure], answer: str, _act: Act) -> None:
    result = store.scores.of_year(int(question.facts["year"]))
    if result:
        store.scores.save(with_official(result, score(arabic(answer))))


def _period(store: Store, _question: Question, measures: Sequence[Measure], answer: str, act: Act) -> None:
    for measure in measures:
        keep(store, measure, with_period(measure, answer), act)


def _follow_up(store: Store, _question: Question, measures: Sequence[Measure], answer: str, act: Act) -> None:
    settle_all(store, measures, answer, act)


def _owner(store: Store, _question: Question, measures: Sequence[Measure], answer: str, act: Act) -> None:
    unit = unit_named(store.units.all(), answer)
    if unit is None:
        raise Refusal("questions.no_unit", answer=answer)
    for measure in measures:
        give(store, measure, unit, act)


EFFECTS: Mapping[About, Effect] = {
    About.PRINT: _print,
    About.TOTAL: _total,
    About.PERIOD: _period,
    About.FOLLOW_UP: _follow_up,
    About.OWNER: _owner,
}
