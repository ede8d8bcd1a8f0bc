"""Answer a survey of the agency, a question a bubble, with taps or in words; it can be left and gone on with for days.

villager ตอบแบบสำรวจ K7Q2
bot      [card: แบบสำรวจของหน่วยงาน ไม่ใช่แบบ EIT ของ ป.ป.ช. · 19 ข้อ ประมาณ 2 นาที · what is kept, and how]
         [เริ่มตอบ] [ตอบแบบสั้น] [ไว้ทีหลัง] [ตอบแบบของ ป.ป.ช. แล้ว]
villager [เริ่มตอบ]
bot      [card: ข้อ 1 จาก 19 · the question]   … (see survey_questions)
villager ทำแบบสำรวจต่อ
bot      ทำต่อจากที่ค้างไว้ ผ่านแล้ว 6 ข้อ / [card: ข้อ 7 จาก 19 · the question]   …
(EIT)    villager ประเมินบริการ
bot      [card: ขณะนี้ ป.ป.ช. เปิดให้ตอบแบบ EIT · where, until when]   [เปิดแบบของ ป.ป.ช.] [ตอบแบบสั้น]

Whoever works for the agency is asked what insiders are asked. Where nothing is open, what is said of a service may be
told at once, good or bad. While the official questionnaire is near, it alone is shown, beside the short one.
"""

from dataclasses import dataclass

from handlers.kit import LEAVING, Answer, Feature, Reply, Turn, say, words
from handlers.surveying import survey_cards as cards
from handlers.surveying import survey_questions as questions
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal
from itadomain.surveys import answering, opening, points
from itadomain.surveys.said_steps import agreed, declined, scanned
from itadomain.surveys.survey import Kind, Survey

feature = Feature("survey")

#: A poster was scanned while something else is told.
POSTER = "heard:poster"
BEGIN, SHORT, LATER, ELSEWHERE = "begin", "short", "later", "elsewhere"


@dataclass(frozen=True)
class Door:
    """The survey that is offered, and the service point whose poster somebody came from."""

    survey: str = ""
    point: str = ""


@feature.on("intent:satisfaction_survey")
def start(turn: Turn) -> Reply:
    """What this person is asked now; who works for the agency is asked as such, wherever they scanned a poster."""
    kind, brief = Kind.INSIDERS if turn.who.may(INSIDERS) else Kind.OUTSIDERS, _brief(turn)
    if brief and turn.number("rating"):
        return questions.begin(turn, brief, _point(turn))
    if near := opening.official(turn.store, kind.instrument, turn.today):
        return cards.official(near, brief, _point(turn))
    found = answering.running(turn.store, kind, turn.today)
    if found is None:
        return short(turn)
    if answering.begun(turn.store, found, turn.who, turn.today):
        return questions.go_on(turn, found)
    if not answering.done(turn.store, found, turn.who):
        return _door(turn, found, brief)
    told = say("survey.answered_already")
    return told.offering(*([cards.tap_short(_point(turn))] if brief else []), *cards.at_once(), cards.menu())


@feature.on(POSTER, aside=True)
def scan(turn: Turn) -> Reply:
    """A poster amid something else that is told: it is no part of that, and loses none of it."""
    return say("survey.after_this", typed=points.typed(_point(turn)))


@feature.on()
def short(turn: Turn) -> Reply:
    brief = _brief(turn)
    if brief:
        return questions.begin(turn, brief, _point(turn))
    visit = None if turn.who.may(INSIDERS) else answering.running(turn.store, Kind.VISIT, turn.today)
    if visit is None:
        return cards.nothing_open(turn)
    return say("survey.answered_today").offering(*cards.at_once(), cards.menu())


@feature.on()
def resume(turn: Turn) -> Reply:
    found = answering.unfinished(turn.store, turn.who, turn.today)
    if found is None:
        return start(turn)
    return questions.go_on(turn, answering.asked(turn.store, found[0].id, turn.today))


@feature.on()
def enough(turn: Turn) -> Reply:
    """What was answered so far is all that they answer."""
    found = answering.unfinished(turn.store, turn.who, turn.today)
    if found is None:
        raise Refusal("survey.nothing_begun")
    return questions.enough(turn, answering.asked(turn.store, found[0].id, turn.today))


@feature.on()
def forget(turn: Turn) -> Reply:
    """What was answered and not sent is theirs to drop."""
    found = answering.unfinished(turn.store, turn.who, turn.today)
    if found is None:
        raise Refusal("survey.nothing_begun")
    turn.store.participation.drop_draft(turn.who.id, found[0].id)
    return say("survey.forgotten").offering(cards.menu())


@feature.hearing(LEAVING, POSTER, "said:yes", "said:no")
def choose(turn: Turn, draft: Door) -> Reply:
    if scanned(turn.text):
        return start(turn)
    if turn.chosen in {LATER, LEAVING} or declined(turn.text):
        return say("survey.later").offering(cards.menu())
    survey = answering.asked(turn.store, draft.survey, turn.today)
    if turn.chosen == ELSEWHERE:
        answering.leave_alone(turn.store, survey, turn.who, turn.today)
        return say("survey.left_alone", ours=cards.ours(survey.kind)).offering(cards.menu())
    if turn.chosen == SHORT and (brief := _brief(turn)):
        return questions.begin(turn, brief, draft.point)
    if turn.chosen != BEGIN and not agreed(turn.text):
        raise Refusal("survey.begin_or_later")
    return questions.begin(turn, survey, draft.point)


def _door(turn: Turn, found: Survey, brief: Survey | None) -> Reply:
    """Whose survey it is and what is kept; who answered the official one may say so, and is left alone."""
    told = answering.elsewhere(turn.store, found, turn.who)
    choices = [
        Answer(words("survey.tap_begin"), BEGIN),
        *([Answer(words("survey.tap_short"), SHORT)] if brief else []),
        Answer(words("survey.tap_later"), LATER),
        *([] if told else [Answer(words("survey.tap_elsewhere"), ELSEWHERE)]),
    ]
    card = cards.door(turn, found)
    reply = Reply((card,), taps=choices, then=choose, draft=Door(found.id, _point(turn)))
    return reply.offering(*cards.at_once()) if found.kind is Kind.OUTSIDERS else reply


def _brief(turn: Turn) -> Survey | None:
    """The short one, where they are somebody who is served, and have not answered it since it began anew."""
    return answering.waiting_for(turn.store, Kind.VISIT, turn.who, turn.today)


def _point(turn: Turn) -> str:
    """The code of the service point whose poster they came from, as it was typed or tapped."""
    found = points.point_in(turn.store, str(turn.values.get("point", "")) or turn.text)
    return found.code if found else ""
