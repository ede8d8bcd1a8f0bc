"""Settle what a document left open: which total counts, when a measure runs, how often it is reported on.

secretary เรื่องที่ต้องยืนยัน
bot       มีเรื่องที่ต้องยืนยัน 2 เรื่อง …   [ข้อ 1] [ข้อ 2]
secretary [ข้อ 1]
bot       มาตรการ 7 … ไม่ได้ระบุระยะเวลา ดำเนินการช่วงใดคะ
secretary ม.ค. - มี.ค. 2566
bot       บันทึกแล้ว: 1 ม.ค. 2566 ถึง 31 มี.ค. 2566   [เรื่องถัดไป]
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
from itadomain.settling import AS_PRINTED, settle

feature = Feature("questions", roles=INSIDERS)

MOST_TAPS = 12


@dataclass(frozen=True)
class Asked:
    """The question that is being answered."""

    question: str


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
    question = _open(turn, str(turn.values.get("id", "")))
    if question is None:
        return waiting(turn)
    taps = [Answer(choice, choice) for choice in question.choices[:MOST_TAPS]]
    if question.about in {About.PRINT, About.TOTAL}:
        taps.append(Answer(words("questions.as_printed"), AS_PRINTED))
    draft = Asked(question.id)
    return ask(question.key, then=answer, choices=taps, draft=draft, **question.facts).adding(_source(question))


@feature.step
def answer(turn: Turn, draft: Asked) -> Reply:
    question = _open(turn, draft.question)
    if question is None:
        return waiting(turn)
    said = turn.chosen or turn.text.strip()
    if not said:
        raise Refusal("questions.answer_in_words")
    measures = settle(turn.store, question, said, Act(turn.today, turn.who.id))
    left = sum(one.id != question.id for one in turn.store.questions.open())
    return say("questions.settled", answer=_said(said)).adding(*_rules(question, measures, said)).offering(*_next(left))


def _open(turn: Turn, question_id: str) -> Question | None:
    may_change(turn.who, turn.store.units.all(), turn.today)
    question = turn.store.questions.get(question_id)
    return question if question and question.open else None


def _rules(question: Question, measures: Sequence[Measure], said: str) -> list[Words]:
    """By which rule the days are known now, in words, for people to see whether they were understood."""
    if said == AS_PRINTED or not measures:
        return []
    year = measures[0].plan_year
    if question.about is About.PERIOD:
        return [_told(period(said, year).rule)]
    if question.about is About.FOLLOW_UP:
        return [_told(follow_up(said, year, period(measures[0].when, year).span).rule)]
    return []


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
