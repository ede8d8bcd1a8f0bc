"""Settle what a document left open: which total counts, when a measure runs, how often it is reported on.

secretary เรื่องที่ต้องยืนยัน
bot       มีเรื่องที่ต้องยืนยัน 2 เรื่อง …   [ข้อ 1] [ข้อ 2]
secretary [ข้อ 1]
bot       มาตรการ 7 … ไม่ได้ระบุระยะเวลา ดำเนินการช่วงใดคะ
secretary ม.ค. - มี.ค. 2566
bot       บันทึกแล้ว: 1 ม.ค. 2566 ถึง 31 มี.ค. 2566   [เรื่องถัดไป]

Who answers what somebody else has answered meanwhile hears who that was, and what they said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.kit import Answer, Card, Feature, Go, Reply, Row, Turn, Words, ask, say, show, words
from itadomain.changes import Act, may_change
from itadomain.measures import Measure
from itadomain.people import INSIDERS
from itadomain.periods import Told, follow_up, period
from itadomain.questions import About, Question
from itadomain.refusals import Refusal
from itadomain.right_years import year_said
from itadomain.settling import AS_PRINTED, Settled, disowned, may_stand, settle

feature = Feature("questions", roles=INSIDERS)

MOST_TAPS = 12
MOST_CHOICES = 11
#: An answer to these moves everything that a document brought.
OF_YEARS = {About.PLAN_YEAR, About.SCORE_YEAR}


@dataclass(frozen=True)
class Asked:
    """The question that is being answered, and a year that was typed for it and is still to be confirmed."""

    question: str
    year: str = ""


@feature.on()
def waiting(turn: Turn) -> Reply:
    may_change(turn.who, turn.store.units.all(), turn.today)
    found = turn.store.questions.open()
    if not found:
        return say("questions.none").offering(Go(words("help.tap_menu"), "help.menu"))
    summary = words("questions.waiting", count=len(found))
    rows = [Row(words("questions.nth", no=no), Words(one.key, one.facts)) for no, one in enumerate(found, 1)]
    return show(Card(summary=summary, title=summary, rows=rows[:MOST_TAPS])).offering(*_taps(found))


@feature.on()
def one(turn: Turn) -> Reply:
    question = _meant(turn, str(turn.values.get("id", "")))
    if question is None or not question.open:
        return _over(turn, question)
    taps = [Answer(choice, choice) for choice in question.choices[:MOST_CHOICES]]
    if may_stand(question):
        taps.append(Answer(words("questions.as_printed"), AS_PRINTED))
    draft = Asked(question.id)
    return ask(question.key, then=answer, choices=taps, draft=draft, **question.facts).adding(_source(question))


@feature.step
def answer(turn: Turn, draft: Asked) -> Reply:
    question = _meant(turn, draft.question)
    if question is None or not question.open:
        return _over(turn, question)
    said = turn.chosen or turn.text.strip()
    if not said:
        raise Refusal("questions.answer_in_words")
    if question.about in OF_YEARS and said not in (*question.choices, draft.year):
        return _is_it_sure(question, said)
    settled = settle(turn.store, question, said, Act(turn.today, turn.who.id))
    told = [] if said == AS_PRINTED else [*_done(question, settled.measures, said), *_left(settled)]
    told += [words("questions.not_ours")] if disowned(question, said) else []
    waiting_still = sum(one.id != question.id for one in turn.store.questions.open())
    return say("questions.settled", answer=_said(said)).adding(*told).offering(*_next(waiting_still))


def _is_it_sure(question: Question, said: str) -> Reply:
    """A whole plan goes where the answer says, and cannot be asked for again: a slip of the finger is caught."""
    year = str(year_said(said))
    sure = Answer(words("questions.tap_sure", year=year), year)
    return ask("questions.sure", then=answer, draft=Asked(question.id, year), choices=[sure], year=year)


def _meant(turn: Turn, question_id: str) -> Question | None:
    may_change(turn.who, turn.store.units.all(), turn.today)
    return turn.store.questions.get(question_id)


def _over(turn: Turn, question: Question | None) -> Reply:
    """Who has answered a question, and how; the list where it is none at all."""
    if question is None:
        return waiting(turn)
    by = turn.store.people.get(question.answered_by, turn.today)
    facts = {"by": by.name if by and by.name else words("history.nobody"), "day": question.answered_on}
    reply = say("questions.was_answered", answer=_said(question.answer), **facts)
    return reply.offering(*_next(len(turn.store.questions.open())))


def _done(question: Question, measures: Sequence[Measure], said: str) -> list[Words]:
    """What is known now, in words, for people to see whether they were understood: by which rule, in which year."""
    if question.about is About.SCORE_YEAR:
        return [words("questions.result_of", year=year_said(said))]
    if not measures:
        return []
    year = measures[0].plan_year
    match question.about:
        case About.PLAN_YEAR:
            return [words("questions.plan_of", year=year_said(said), count=len(measures))]
        case About.PERIOD:
            return [_told(period(said, year).rule)]
        case About.FOLLOW_UP:
            return [_told(follow_up(said, year, period(measures[0].when, year).span).rule)]
    return []


def _left(settled: Settled) -> list[Words]:
    """Which measures an answer left alone."""
    numbers = [one.number or str(one.place) for one in settled.left]
    return [words("questions.left", numbers=numbers)] if numbers else []


def _told(rule: Told) -> Words:
    return Words(rule.key, rule.facts)


def _said(answer: str) -> str | Words:
    return words("questions.as_printed") if answer == AS_PRINTED else answer


def _source(question: Question) -> Words:
    return words("questions.source", document=question.document)


def _taps(found: Sequence[Question]) -> list[Go]:
    return [
        Go(words("questions.tap_nth", no=no), "questions.one", {"id": question.id})
        for no, question in enumerate(found[:MOST_TAPS], 1)
    ]


def _next(left: int) -> list[Go]:
    onward = [Go(words("questions.tap_next", count=left), "questions.waiting")] if left > 0 else []
    return [*onward, Go(words("help.tap_menu"), "help.menu")]
